"""The measurements. Each opens hubs of its own, runs the two sides turn by turn, and returns its figures."""
import json
import os
import random
import time
from contextlib import ExitStack
from dataclasses import dataclass

from figures import Figure
from hub import Fanout, Hub, Lines
from many import many
from night import STEP, TITLE, event, large_event, large_events_file, large_runbook, notes_file
from process import Failure, cpu_seconds, pss_megabytes, run
from pty_run import Screen, now
from sides import SIDES, one_by_one
from traffic import traffic
from words import word

OVERVIEW, WIDE = (120, 35), (200, 50)  # the feed, where notes are seen at once, is part of the wide screen only
MARK = TITLE


@dataclass
class Bench:
    warroom: str
    tools: dict
    base: str
    rounds: int
    entries: int
    feed_size: tuple = WIDE

    def screen(self, served, size=OVERVIEW):
        return Screen(served.open(), *size, served.env)

    def pair(self, stack):
        return stack.enter_context(Hub(self.warroom, self.base)), stack.enter_context(Fanout(self.tools, self.base))

    def paint(self, served, size=OVERVIEW):
        """From exec to the last byte of the burst that drew the mark: the whole screen, not its top; in ms."""
        with self.screen(served, size) as screen:
            return screen.painted(MARK)[1]

    def load(self, hub, connections, in_flight, seconds, count, write=notes_file):
        """Events answered ok, seconds."""
        path = os.path.join(hub.folder, "events.jsonl")
        write(path)
        argv = [self.tools["load"], hub.socket, path, *map(str, (connections, in_flight, seconds, count))]
        ok, refused, took, *first = run(argv, seconds + 40).split(maxsplit=3)
        if int(refused):
            raise Failure(f"the hub refused {refused} of the load's events, first {' '.join(first).strip()}")
        return int(ok), float(took)

    def bare(self, folder, seconds):
        """Inserts a second of bare sqlite3, and the disk's fdatasync in ms: median and p99."""
        rate, sync, late = run([self.tools["bare_sqlite"], folder, str(seconds)], seconds + 60).split()
        return float(rate), float(sync) / 1000, float(late) / 1000


def first_paint(bench):
    with ExitStack() as stack:
        served = bench.pair(stack)
        for one in served:  # the first of each reads the program from the disk
            bench.paint(one)
        ours, theirs = zip(*[[bench.paint(one) for one in served] for _ in range(bench.rounds * 4)])
    return [Figure("first paint, 120x35", "ms", ours, theirs, 2.1, 2.5, by_ratio=True)]


def latencies(screen, prepare, count):
    samples, number = [], random.randrange(1 << 20)
    for n in range(count + 1):
        # Apart by more than a frame limit, and out of step with every clock.
        screen.rest(random.uniform(0.06, 0.14))
        screen.text()
        made = word(number + n)
        act = prepare(made)
        began = now()
        act()
        seen = screen.until(made)
        if n:  # the first finds code and caches cold
            samples.append((seen - began) / 1e6)
    return samples


def by_file(folder):
    def prepare(word):
        hidden, shown = os.path.join(folder, ".note.tmp"), os.path.join(folder, "note.json")
        with open(hidden, "w") as file:
            json.dump({"type": "warroom.note", "subject": STEP, "data": {"text": word}}, file, separators=(",", ":"))
        return lambda: os.rename(hidden, shown)
    return prepare


def file_to_screen(bench):
    samples = ([], [])
    with ExitStack() as stack:
        served = bench.pair(stack)
        for _ in range(bench.rounds):
            for side, one in enumerate(served):
                with bench.screen(one, bench.feed_size) as screen:
                    screen.painted(MARK)
                    samples[side].extend(latencies(screen, by_file(one.drop), 40))
    return [Figure("renamed file to screen", "ms", *samples, 2.5, 5),
        Figure("renamed file to screen, p99", "ms", *samples, share=99)]


def durable(bench, seconds=3.0):
    single, many, bare, syncs = [], [], [], []
    with Hub(bench.warroom, bench.base) as hub:
        for _ in range(bench.rounds):
            for rates, connections, in_flight in ((single, 1, 1), (many, 64, 64)):
                ok, took = bench.load(hub, connections, in_flight, seconds, 0)
                rates.append(ok / took)
            rate, sync, _ = bench.bare(hub.folder, seconds)
            bare.append(rate)
            syncs.append(sync)
    sync = sorted(syncs)[len(syncs) // 2]
    return [Figure("durable events, one by one", "/s", single, bare, 0.3, by_ratio=True, at_least=True),
            Figure("durable events, 64 connections", "/s", many, bare, 25000, at_least=True,
                   waived=f"the disk syncs in {sync:.2f} ms" if sync > 0.2 else "")]


def hub_at_rest(bench, seconds=10.0):
    """A hub with one terminal."""
    pss, cpu = [], []
    with Hub(bench.warroom, bench.base) as hub, bench.screen(hub) as screen:
        screen.painted(MARK)
        screen.rest(2)
        for _ in range(min(bench.rounds, 3)):
            before, began = cpu_seconds(hub.pid), time.monotonic()
            screen.rest(seconds)
            cpu.append((cpu_seconds(hub.pid) - before) * 1000 / (time.monotonic() - began))
            pss.append(pss_megabytes(hub.pid))
    return [Figure("idle hub, CPU a second", "ms", cpu, goal=1), Figure("PSS of the hub", "MB", pss, goal=35)]


def changes(hub, screen, count=30):
    """The terminal's CPU for one event of the night, in ms, of each."""
    draw = random.Random()
    with Lines(hub.socket) as line:
        def act():
            line.send(event(*large_event(draw, draw.randrange(1000)), f"change-{time.time_ns()}"))
            answer = line.receive()
            if not answer.get("ok"):
                raise Failure(f"the hub refused an event: {answer.get('error')}")
            return now(), now()
        return one_by_one(screen, [act] * (count + 2))[1]


def night(bench):
    """2,000 servers, 300 steps, 500 checks, and a long journal."""
    attach, start, told = {OVERVIEW: ([], []), WIDE: ([], [])}, [], f"large night, {bench.entries:,} entries"
    change, tick, start_cpu = [], [], []
    with ExitStack() as stack:
        hub = stack.enter_context(Hub(bench.warroom, bench.base, large_runbook))
        fanout = stack.enter_context(Fanout(bench.tools, bench.base))
        ok, took = bench.load(hub, 64, 16, 600, bench.entries, large_events_file)
        if ok < bench.entries:
            raise Failure(f"only {ok} of {bench.entries} entries were taken in {took:.0f} s")
        for size, samples in attach.items():
            for one, found in zip((hub, fanout), samples):
                bench.paint(one, size)
            for _ in range(bench.rounds * 2):
                for one, found in zip((hub, fanout), samples):
                    found.append(bench.paint(one, size))
        with bench.screen(hub) as screen:
            screen.painted(MARK)
            screen.rest(2)
            for _ in range(min(bench.rounds, 3)):
                before, began = screen.clock.ms(), time.monotonic()
                screen.rest(5)
                tick.append((screen.clock.ms() - before) / (time.monotonic() - began))
            change += changes(hub, screen)
            sizes = pss_megabytes(screen.pid), pss_megabytes(hub.pid)
        for _ in range(min(bench.rounds, 3)):
            hub.stop()
            start.append(hub.start())
            start_cpu.append(cpu_seconds(hub.pid))
    return [*(Figure(f"{told}: attach, {columns}x{rows}", "ms", *attach[columns, rows], goal)
            for (columns, rows), goal in ((OVERVIEW, 60), (WIDE, 80))),
        Figure(f"{told}: CPU of one change", "ms", change, goal=1),
        Figure(f"{told}: CPU of a second at rest", "ms", tick, goal=0.3),
        Figure(f"{told}: hub start", "s", start, goal=1 if bench.entries <= 200_000 else 5),
        Figure(f"{told}: hub start, CPU", "s", start_cpu),
        Figure(f"{told}: written, 64 connections", "/s", [ok / took]),
        Figure(f"{told}: PSS of the terminal", "MB", [sizes[0]]),
        Figure(f"{told}: PSS of the hub", "MB", [sizes[1]])]


def rules(bench):
    """The rules alone, on a night of 2,000 servers, 300 steps and 500 checks, beside a tenth of it: CPU time, no
    screen."""
    program = os.path.join(os.path.dirname(bench.warroom), "bench-rules")
    if not os.access(program, os.X_OK):
        raise Failure(f"{program} is not there: make bench builds it")
    found = [json.loads(run([program], 300)) for _ in range(min(bench.rounds, 3))]
    of = lambda name: [one[name] for one in found]
    return [Figure("large night: apply, an entry", "µs", of("entry_us"), of("entry_us_tenth"), 20),
            Figure("large night: all rules, from nothing", "ms", [us / 1000 for us in of("first_us")]),
            Figure("large night: all rules, a frame", "ms", [us / 1000 for us in of("frame_us")],
                [us / 1000 for us in of("frame_us_tenth")], 4),
            Figure("large night: all rules, a tick", "µs", of("tick_us"))] + [
            Figure(f"{night}: rules of one change, a {kind}", "µs", [one[kind][0] for one in of(key)])
            for night, key in (("sample night", "changes_us_sample"), ("large night", "changes_us"))
            for kind in ("note", "server", "mark", "step")]


ALL = SIDES | {"paint": first_paint, "file": file_to_screen, "durable": durable, "hub": hub_at_rest,
    "traffic": traffic, "many": many, "night": night, "rules": rules}
