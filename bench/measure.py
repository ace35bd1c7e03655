"""The measurements. Each opens hubs of its own, runs the two sides turn by turn, and returns its figures."""
import json
import os
import random
import time
from contextlib import ExitStack
from dataclasses import dataclass

from figures import Figure
from hub import Fanout, Hub, Lines
from night import STEP, TITLE, event, events_file
from process import Failure, cpu_seconds, pss_megabytes, run
from pty_run import Screen, now
from traffic import traffic

OVERVIEW, WIDE = (120, 35), (200, 50)  # the feed, where notes are seen at once, is part of the wide screen only
MARK = TITLE.encode()


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

    def paint(self, served):
        with self.screen(served) as screen:
            return screen.painted(MARK)

    def load(self, hub, connections, in_flight, seconds, count, notes_only=True):
        """Events answered ok, seconds."""
        path = os.path.join(hub.folder, "events.jsonl")
        events_file(path, notes_only)
        argv = [self.tools["load"], hub.socket, path, *map(str, (connections, in_flight, seconds, count))]
        ok, refused, took, *first = run(argv, seconds + 40).split(maxsplit=3)
        if int(refused):
            raise Failure(f"the hub refused {refused} of the load's events, first {' '.join(first).strip()}")
        return int(ok), float(took)

    def bare(self, folder, seconds):
        """Inserts a second of bare sqlite3, and the disk's fdatasync in ms."""
        rate, sync = run([self.tools["bare_sqlite"], folder, str(seconds)], seconds + 60).split()
        return float(rate), float(sync) / 1000


def first_paint(bench):
    with ExitStack() as stack:
        served = bench.pair(stack)
        for one in served:  # the first of each reads the program from the disk
            bench.paint(one)
        ours, theirs = zip(*[[bench.paint(one) for one in served] for _ in range(bench.rounds * 4)])
    return [Figure("first paint, 120x35", "ms", ours, theirs, 2.1, 2.5, by_ratio=True)]


def idle(bench, seconds=10.0):
    cpu, sent, hub_cpu = ([], []), ([], []), []
    with ExitStack() as stack:
        hub, fanout = served = bench.pair(stack)
        for _ in range(min(bench.rounds, 3)):
            for side, one in enumerate(served):
                with bench.screen(one) as screen:
                    screen.painted(MARK)
                    screen.rest(2)
                    before, hub_before, began = cpu_seconds(screen.pid), cpu_seconds(hub.pid), time.monotonic()
                    count = screen.rest(seconds)
                    took = time.monotonic() - began
                    cpu[side].append((cpu_seconds(screen.pid) - before) * 1000 / took)
                    sent[side].append(count / took)
                    if one is hub:
                        hub_cpu.append((cpu_seconds(hub.pid) - hub_before) * 1000 / took)
    return [Figure("idle terminal, CPU a second", "ms", *cpu, 0.3, 0.5),
            Figure("idle terminal, bytes a second", "B", *sent, 40, 60),
            Figure("idle hub, CPU a second", "ms", hub_cpu, goal=1)]


def markers():
    # Two alphabets in turn: every cell of a marker differs from the one before, so that ncurses, which skips cells
    # that stay, must write it in one piece. No letter twice in a row, which ncurses could send as a repetition.
    draw, alphabets = random.Random(), ("bdfhkmpr", "cgjnqsvx")
    while True:
        for letters in alphabets:
            yield "".join(draw.sample(letters, 8))


def latencies(screen, prepare, count):
    words, samples = markers(), []
    for n in range(count + 1):
        # Apart by more than a frame limit, and out of step with every clock.
        screen.rest(random.uniform(0.06, 0.14))
        word = next(words)
        act = prepare(word, f"{word}-{now()}")
        screen.forget()
        began = now()
        act()
        seen = screen.until(word.encode())
        if n:  # the first finds code and caches cold
            samples.append((seen - began) / 1e6)
    return samples


def by_socket(line, answered):
    unanswered = []

    def confirm():
        while answered and unanswered:
            answer = line.receive()
            unanswered.pop()
            if not answer.get("ok"):
                raise Failure(f"the hub refused a note: {answer.get('error')}")

    def prepare(word, number):
        confirm()  # of the event before, out of the measured time
        sent = json.dumps(event("note", STEP, {"text": word}, number), separators=(",", ":")).encode() + b"\n"
        first = not prepare.called
        prepare.called = True

        def act():
            line.socket.sendall(sent)
            unanswered.append(sent)
            if first:  # a refusal is then told as one, not as a text that never came
                confirm()
        return act
    prepare.called = False
    return prepare


def by_file(folder):
    def prepare(word, number):
        hidden, shown = os.path.join(folder, ".note.tmp"), os.path.join(folder, "note.json")
        with open(hidden, "w") as file:
            json.dump({"type": "warroom.note", "subject": STEP, "data": {"text": word}}, file, separators=(",", ":"))
        return lambda: os.rename(hidden, shown)
    return prepare


def turn_by_turn(bench, count, prepare):
    samples = ([], [])
    with ExitStack() as stack:
        served = bench.pair(stack)
        lines = [stack.enter_context(Lines(one.socket)) for one in served]
        for _ in range(bench.rounds):
            for side, one in enumerate(served):
                with bench.screen(one, bench.feed_size) as screen:
                    screen.painted(MARK)
                    samples[side].extend(latencies(screen, prepare(one, lines[side]), count))
    return samples


def socket_to_screen(bench):
    samples = turn_by_turn(bench, 60, lambda one, line: by_socket(line, isinstance(one, Hub)))
    return [Figure("socket to screen, median", "ms", *samples, 1.5, 3),
        Figure("socket to screen, p99", "ms", *samples, 5, 10, share=99)]


def file_to_screen(bench):
    samples = turn_by_turn(bench, 40, lambda one, _: by_file(one.drop))
    return [Figure("renamed file to screen", "ms", *samples, 2.5, 5),
        Figure("renamed file to screen, p99", "ms", *samples, share=99)]


def durable(bench, seconds=3.0):
    single, many, bare, syncs = [], [], [], []
    with Hub(bench.warroom, bench.base) as hub:
        for _ in range(bench.rounds):
            for rates, connections, in_flight in ((single, 1, 1), (many, 64, 64)):
                ok, took = bench.load(hub, connections, in_flight, seconds, 0)
                rates.append(ok / took)
            rate, sync = bench.bare(hub.folder, seconds)
            bare.append(rate)
            syncs.append(sync)
    sync = sorted(syncs)[len(syncs) // 2]
    return [Figure("durable events, one by one", "/s", single, bare, 0.3, by_ratio=True, at_least=True),
            Figure("durable events, 64 connections", "/s", many, bare, 25000, at_least=True,
                   waived=f"the disk syncs in {sync:.2f} ms" if sync > 0.2 else "")]


def memory(bench):
    figures = ([], []), []
    with ExitStack() as stack:
        hub, fanout = served = bench.pair(stack)
        for _ in range(min(bench.rounds, 3)):
            for side, one in enumerate(served):
                with bench.screen(one) as screen:
                    screen.painted(MARK)
                    screen.rest(2)
                    figures[0][side].append(pss_megabytes(screen.pid))
                    if one is hub:
                        figures[1].append(pss_megabytes(hub.pid))
    return [Figure("PSS of the terminal", "MB", *figures[0], 20), Figure("PSS of the hub", "MB", figures[1], goal=35)]


def night(bench):
    attach, plain, start, told = [], [], [], f"night of {bench.entries:,}"
    with ExitStack() as stack:
        hub, fanout = served = bench.pair(stack)
        ok, took = bench.load(hub, 64, 16, 600, bench.entries, notes_only=False)
        if ok < bench.entries:
            raise Failure(f"only {ok} of {bench.entries} entries were taken in {took:.0f} s")
        for one in served:
            bench.paint(one)
        for _ in range(bench.rounds):
            attach.append(bench.paint(hub))
            plain.append(bench.paint(fanout))
        with bench.screen(hub) as screen:
            screen.painted(MARK)
            screen.rest(2)
            sizes = pss_megabytes(screen.pid), pss_megabytes(hub.pid)
        for _ in range(min(bench.rounds, 3)):
            hub.stop()
            start.append(hub.start())
    return [Figure(f"{told}: attach, 120x35", "ms", attach, plain, 60),
        Figure(f"{told}: hub start", "s", start, goal=3),
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


ALL = {"paint": first_paint, "idle": idle, "socket": socket_to_screen, "file": file_to_screen, "durable": durable,
    "memory": memory, "traffic": traffic, "night": night, "rules": rules}
