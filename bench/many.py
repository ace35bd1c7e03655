"""Many terminals on one hub: what all of them cost together, how late the last one is, and who pays for one that is
stopped."""
import json
import os
import re
import signal
import statistics
import struct
import subprocess
import time
from contextlib import contextmanager

from figures import Figure
from hub import Hub
from night import STEP, TITLE, event
from process import Failure, cpu_seconds, end
from terminal import Picture

TERMINALS, SIZE, STOPPED = 100, (120, 35), 10
READERS, READ_RATE = 100, 10_000
HEAD = struct.Struct("=qii")
ENTRY = re.compile(r"\bentry ([\d,]+)")
LINE = json.dumps(event("note", STEP, {"text": "note ^^"}, "@@"), separators=(",", ":"))


class Crowd:
    """So many terminals; each one's screen, and when its head showed which entry."""

    def __init__(self, bench, hub):
        self.path = os.path.join(hub.folder, "crowd")
        argv = [bench.tools["crowd"], str(TERMINALS), *map(str, SIZE), self.path, *hub.open()]
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=hub.env, text=True)
        self.pictures = [Picture(*SIZE) for _ in range(TERMINALS)]

    def __enter__(self):
        self.pids = [int(pid) for pid in self.process.stdout.readline().split()]
        if len(self.pids) < TERMINALS:
            raise Failure(f"only {len(self.pids)} of {TERMINALS} terminals could be started")
        return self

    def __exit__(self, *_):
        self.process.stdin.close()  # at which it ends them all
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            end(self.process)
        self.process.stdout.close()

    def signal(self, number, pids):
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def shown(self):
        """Of each terminal, the entries that its head came to show since this was asked, each with its time in ns."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        if not self.process.stdout.readline():
            raise Failure("what the terminals wrote is lost")
        with open(self.path, "rb") as file:
            data = file.read()
        entries, at = [[] for _ in self.pictures], 0
        while at < len(data):
            stamp, terminal, length = HEAD.unpack_from(data, at)
            at += HEAD.size + length
            picture = self.pictures[terminal]
            picture.feed(data[at - length:at])
            if 0 in picture.touched and (found := ENTRY.search("".join(picture.cells[0]))):
                entries[terminal].append((stamp, int(found[1].replace(",", ""))))
            picture.touched.clear()
        return entries

    def ready(self, seconds=30.0):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            time.sleep(0.5)
            self.shown()
            missing = sum(TITLE not in "".join(picture.cells[0]) for picture in self.pictures)
            if not missing:
                return
        raise Failure(f"{missing} of {TERMINALS} terminals were not ready within {seconds:g} s")


def fed(bench, hub, rate, seconds, connections=1):
    """Feeds the hub; of each entry, the ns when its event left and when it was answered."""
    argv = [bench.tools["feed"], "socket", hub.socket, str(rate / connections), str(seconds), "0", LINE]
    feeds = [subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(connections)]
    try:
        said = [feed.communicate(timeout=seconds + 40) for feed in feeds]
    finally:
        for feed in feeds:
            feed.kill()
    if any(feed.returncode for feed in feeds):
        raise Failure(" ".join(told for _, told in said).strip() or "the feeder failed")
    lines = (map(int, line.split()) for out, _ in said for line in out.splitlines())
    return {entry: (left, answered) for _, left, answered, entry in lines}


def lateness(shown, times, which):
    """Of every entry in `times`, the ms from the time `which` until one terminal's head showed it or a later one."""
    entries, late = sorted(times), []
    at = 0
    for stamp, entry in shown:
        while at < len(entries) and entries[at] <= entry:
            late.append((stamp - times[entries[at]][which]) / 1e6)
            at += 1
    return late, len(entries) - at


class Load:
    """One rate on the crowd: the ms of every entry on every terminal but the last `without`, and the CPU used, in % of
    one core."""

    def __init__(self, bench, hub, crowd, rate, seconds, without=0):
        pids = crowd.pids[:TERMINALS - without]
        before, hub_before, began = sum(map(cpu_seconds, pids)), cpu_seconds(hub.pid), time.monotonic()
        times = fed(bench, hub, rate, seconds)
        took = time.monotonic() - began
        self.terminals = (sum(map(cpu_seconds, pids)) - before) / took * 100
        self.hub = (cpu_seconds(hub.pid) - hub_before) / took * 100
        time.sleep(1)
        self.fresh, self.last = [], []
        for shown in crowd.shown()[:len(pids)]:
            late, lacking = lateness(shown, times, 0)
            if lacking:
                raise Failure(f"a terminal lacked {lacking} of {len(times)} entries, at {rate} a second, a second "
                    "after the last answer")
            self.fresh += late
            self.last.append(max(0, lateness(shown, {max(times): times[max(times)]}, 1)[0][0]))


def many(bench):
    told, figures = f"{TERMINALS} terminals", []
    with Hub(bench.warroom, bench.base) as hub, Crowd(bench, hub) as crowd:
        crowd.ready()
        quiet = Load(bench, hub, crowd, 100, 5)
        crowd.signal(signal.SIGSTOP, crowd.pids[-STOPPED:])
        stopped = Load(bench, hub, crowd, 100, 5, without=STOPPED)
        crowd.signal(signal.SIGCONT, crowd.pids[-STOPPED:])
        time.sleep(1)
        crowd.shown()
        figures += [
            Figure(f"{told}, 100 events/s: freshness, p99", "ms", quiet.fresh, goal=100, share=99),
            Figure(f"{told}, 100 events/s: CPU of all and the hub", "%", [quiet.terminals + quiet.hub], goal=120),
            Figure(f"{told}, 100 events/s: CPU of the hub", "%", [quiet.hub]),
            Figure(f"and {STOPPED} stopped: freshness of the others, p99", "ms", stopped.fresh, quiet.fresh, 1.25,
                by_ratio=True, share=99),
            Figure(f"and {STOPPED} stopped: CPU of the hub", "%", [stopped.hub], [quiet.hub], 1.25, by_ratio=True)]
        try:
            busy = Load(bench, hub, crowd, 1000, 10)
            figures += [
                Figure(f"{told}, 1,000 events/s: the last entry after its answer, slowest", "ms", [max(busy.last)],
                    goal=250),
                Figure(f"{told}, 1,000 events/s: freshness, p99", "ms", busy.fresh, share=99),
                Figure(f"{told}, 1,000 events/s: CPU of all and the hub", "%", [busy.terminals + busy.hub])]
        except Failure as error:
            figures.append(Figure(f"{told}, 1,000 events/s: the last entry", "ms", missing=str(error)))
    return figures + readers(bench)


@contextmanager
def reading(bench, hub, count):
    with subprocess.Popen([bench.tools["readers"], hub.socket, str(count)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout.readline() != "ready\n":
                raise Failure("the readers could not attach")
            yield
            left = process.communicate(timeout=20)[0].split()
            if int(left[0]) < count:
                raise Failure(f"{count - int(left[0])} of {count} readers were cut off")
        finally:
            process.kill()


def readers(bench, seconds=4):
    """What many that only read cost the hub, beside none, turn by turn. Where the machine does not reach the rate, an
    event's share counts as if it did: otherwise a hub that is slowed down would look cheaper."""
    shares, rates = {0: [], READERS: []}, {0: [], READERS: []}
    with Hub(bench.warroom, bench.base) as hub:
        for _ in range(min(bench.rounds, 3)):
            for count in shares:
                with reading(bench, hub, count):
                    before = cpu_seconds(hub.pid)
                    times = fed(bench, hub, READ_RATE, seconds, connections=8)
                    shares[count].append((cpu_seconds(hub.pid) - before) / len(times) * READ_RATE * 100)
                    answered = sorted(answer for _, answer in times.values())
                    rates[count].append((len(answered) - 1) / (answered[-1] - answered[0]) * 1e9)
    reached = " and ".join(f"{statistics.median(found):,.0f}" for found in rates.values())
    more = [with_all - none for none, with_all in zip(*shares.values())]
    return [Figure(f"hub, {READ_RATE:,} events/s (reached: {reached}), no readers: CPU", "%", shares[0]),
        Figure(f"hub, the same, {READERS} readers: CPU more", "%", more, goal=20)]
