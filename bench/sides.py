"""The table: what a frame, a key, a size and a second cost us, beside the C program and others of our kind.

Every round has all programs once, in an order of its own. At rest they all stand at the same time.
"""
import random
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

from figures import Row, percentile
from process import Failure, cpu_seconds, pss_megabytes
from programs import FLOOR, SIZE, side_by_side
from pty_run import now
from words import freshness, word

FINAL = 132, 43
SETTLE = 0.5


class Rows(dict):
    """Rows by name: their values gather by program, and why one has none."""

    def add(self, program, **values):
        for name, value in values.items():
            self[name].values.setdefault(program, []).extend(value if isinstance(value, list) else [value])

    def lacks(self, program, error):
        for row in self.values():
            row.missing[program] = " ".join(str(error).split())
        print(f"{program}: {error}", file=sys.stderr)


def turns(bench, rows, rounds, measure, wanted=lambda program: True):
    """Measures each program once a round; one that fails is told and left out, all others go on."""
    with ExitStack() as stack:
        programs = [program for program in side_by_side(bench, stack) if wanted(program)]
        failed = set()
        for _ in range(rounds):
            for program in random.sample(programs, len(programs)):
                if program.name in failed:
                    continue
                try:
                    rows.add(program.name, **measure(program))
                except (Failure, OSError, subprocess.SubprocessError) as error:
                    failed.add(program.name)
                    rows.lacks(program.name, error)
    return list(rows.values())


@contextmanager
def settled(program, size=SIZE):
    with program.screen(size) as screen:
        screen.painted(*program.texts if size == SIZE else program.texts[:1])  # another size may not show all
        screen.quiet(0.2, 1.5)
        screen.rest(SETTLE)
        screen.text()
        yield screen


def ready(bench):
    """From exec until all that is to be seen stands there."""
    rows = Rows(ready=Row("ready on screen, 200x60", "ms", goal=12, most_ratio=2), cpu=Row("ready: CPU", "ms"))

    def measure(program):
        with program.screen() as screen:
            # The CPU time depends on no neighbour.
            return {"ready": screen.painted(*program.texts)[0], "cpu": cpu_seconds(screen.pid) * 1000}
    with ExitStack() as stack:  # the first of each reads the program from the disk
        for program in side_by_side(bench, stack):
            try:
                measure(program)
            except Failure:
                pass
    return turns(bench, rows, bench.rounds * 4, measure)


def at_rest(bench, seconds=10.0):
    rows = Rows(cpu=Row("at rest: CPU a second", "ms", goal=0.3), sent=Row("at rest: bytes a second", "B", goal=55),
        pss=Row("PSS of a terminal", "MB", goal=8))
    with ExitStack() as stack:
        screens = {}
        for program in side_by_side(bench, stack):
            try:
                screens[program.name] = stack.enter_context(settled(program))
            except Failure as error:
                rows.lacks(program.name, error)
        for _ in range(min(bench.rounds, 3)):
            before = {name: (screen.clock.ms(), screen.count) for name, screen in screens.items()}
            began = time.monotonic()
            while time.monotonic() < began + seconds:
                for name, screen in list(screens.items()):
                    try:
                        screen.rest(0.02)
                    except Failure as error:
                        rows.lacks(name, error)
                        del screens[name]
                    screen.text()
            took = time.monotonic() - began
            for name, screen in screens.items():
                cpu, count = before[name]
                rows.add(name, cpu=(screen.clock.ms() - cpu) / took, sent=(screen.count - count) / took,
                    pss=pss_megabytes(screen.pid))
    return list(rows.values())


def one_by_one(screen, acts):
    """Does one thing after another, apart by more than a frame limit and out of step with every clock. Of each: the ms
    until `act` returns its time, the CPU in ms and the bytes until the next; a clock's tick falls into few of them, and
    the median has none."""
    took, cpu, sent = [], [], []
    for n, act in enumerate(acts):
        before, count = screen.clock.ms(), screen.count
        began, seen = act()
        screen.rest(random.uniform(0.06, 0.14))
        if n > 1:  # the first find code and caches cold
            took.append((seen - began) / 1e6)
            cpu.append(screen.clock.ms() - before)
            sent.append(screen.count - count)
    return took, cpu, sent


def events(bench, count=40):
    syncs = []
    rows = Rows(took=Row("event to screen", "ms"), late=Row("event to screen, p99", "ms", share=99),
        cpu=Row("one change: CPU", "ms", goal=0.5), sent=Row("one change: bytes", "B", goal=170))
    number = [random.randrange(1 << 20)]

    def measure(program):
        with settled(program) as screen, program.feeder() as feed:
            def act():
                number[0] += 1
                made = word(number[0])
                began = feed(made)
                return began, screen.until(made)
            took, cpu, sent = one_by_one(screen, [act] * (count + 2))
        if program.name == FLOOR:  # what the disk took for each, as its own hub saw it
            syncs.extend(program.syncs()[2:])
        # CPU and bytes are medians of their round, so that the row's spread is that of rounds.
        return {"took": took, "late": took, "cpu": statistics.median(cpu), "sent": statistics.median(sent)}
    turns(bench, rows, bench.rounds, measure, lambda program: program.fed)
    if syncs:
        median, late = statistics.median(syncs), percentile(syncs, 99)
        rows["took"].goal, rows["late"].goal = median + 0.7, late + 2
        rows["took"].name += f" (durable: a sync is {median:.2f}, p99 {late:.2f})"
    return list(rows.values())


def loads(bench, seconds=4.0):
    found = []
    for rate, median, late, share in ((100, 5, 20, 5), (1000, 10, 35, 10)):
        told = f"{rate:,} events/s"
        rows = Rows(fresh=Row(f"{told}: freshness", "ms", goal=median),
            late=Row(f"{told}: freshness, p99", "ms", goal=late, share=99),
            cpu=Row(f"{told}: CPU", "%", goal=share))
        first = [random.randrange(1 << 20)]

        def measure(program):
            with settled(program) as screen:
                first[0] += 1 << 16
                argv = program.load(bench.tools, rate, seconds, first[0])
                before, began = screen.clock.ms(), now()
                with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as feed:
                    screen.rest(seconds + 0.05)
                    cpu = (screen.clock.ms() - before) / ((now() - began) / 1e6) * 100
                    screen.rest(1)
                    out, told = feed.communicate(timeout=30)
                if feed.returncode:
                    raise Failure(told.strip() or "the feeder failed")
                left = [int(line.split()[1]) for line in out.splitlines()]
                fresh = freshness(screen, left, first[0])
            if len(fresh) < len(left):
                raise Failure(f"{len(left) - len(fresh)} of {len(left)} events at {rate} a second were not on the "
                    "screen a second after the last one")
            return {"fresh": fresh, "late": fresh, "cpu": cpu}
        found += turns(bench, rows, min(bench.rounds, 2), measure, lambda program: program.fed)
    return found


def keys(bench, count=30):
    rows = Rows(took=Row("key to picture", "ms", goal=0.9), cpu=Row("key: CPU", "ms", goal=0.7))

    def measure(program):
        with settled(program) as screen:
            def act(key):
                screen.text()
                began = now()
                screen.send(key)
                if not (seen := screen.read(2)):
                    raise Failure(f"{program.name} drew nothing for a key within 2 s")
                return began, screen.quiet(0.005) or seen
            took, cpu, _ = one_by_one(screen,
                [lambda key=program.keys[n % 2]: act(key) for n in range(count + 2)])
        return {"took": took, "cpu": statistics.median(cpu)}
    return turns(bench, rows, bench.rounds, measure, lambda program: program.keys)


TIMES = str.maketrans("123456789█▀▄", "000000000   ")


def drawn(rows):
    """A picture without what time changes: its digits, and the great ones of the clocks."""
    return [row.translate(TIMES).rstrip() for row in rows]


def sizes(bench):
    """Fifty sizes in a second: until the picture of the last one stands; and is it that of a fresh start?"""
    rows = Rows(took=Row("last of 50 sizes in 1 s: picture", "ms", goal=6),
        other=Row("and rows unlike a fresh start's", "", goal=0))

    def measure(program):
        with settled(program, FINAL) as fresh:
            wanted = drawn(fresh.text())
        with settled(program) as screen:
            for n in range(49):
                screen.resize(random.randrange(80, 240), random.randrange(24, 70))
                screen.rest(0.02)
            screen.resize(*FINAL)
            last = now()
            screen.rest(0.5)
            pictures = []
            for stamp in screen.replay():
                if stamp > last:
                    pictures.append((stamp, drawn(screen.picture.text())))
            if not pictures:
                raise Failure(f"{program.name} drew nothing for a new size")
            # The last burst may be a clock's tick: the picture stood when all of it but digits did.
            stood = next(stamp for stamp, picture in pictures if picture == pictures[-1][1])
        unlike = sum(a != b for a, b in zip(wanted, pictures[-1][1]))
        # The others show this machine, which is another one a moment later.
        return {"took": (stood - last) / 1e6} | ({"other": unlike} if program.fed else {})
    return turns(bench, rows, bench.rounds, measure, lambda program: program.name != "tail")


SIDES = {"ready": ready, "rest": at_rest, "event": events, "load": loads, "key": keys, "size": sizes}
