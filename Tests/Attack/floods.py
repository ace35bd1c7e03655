"""One viewer asks for all that the hub can be asked, as fast as it can; the lead's notes are durable and answered
within 100 ms all the same."""

import contextlib
import functools
import json
import multiprocessing
import os
import signal
import socket
import time

from stage import HungUp, attack, lead_waits, lives, note, percentile, viewer

GOAL = 100.0  # ms, p99
BURSTS = ("status", "bridge", "subscribe", "from-1", "history", "status-at", "bridge-at", "nonsense")
CALLERS = 1000
calls = multiprocessing.Value("q")  # of the flood that is on, whose process counts them


def lines(request, count):
    return (json.dumps(request) + "\n").encode() * count


def call(hub):
    """One more viewer of the flood."""
    with calls.get_lock():
        calls.value += 1
    return viewer(hub)


def send_and_leave(hub, data):
    """64 KB of requests at a time, on connections that are closed at once."""
    while True:
        with contextlib.suppress(OSError):
            client = call(hub)
            client.socket.settimeout(20)
            client.socket.sendall(data)
            client.close()
        time.sleep(0.01)


def send_and_read(hub, data):
    """The same on one connection, whose answers are read."""
    client = call(hub)
    client.socket.setblocking(False)
    rest = memoryview(data)
    while True:
        with contextlib.suppress(BlockingIOError):
            rest = rest[client.socket.send(rest):] or memoryview(data)
        with contextlib.suppress(BlockingIOError):
            if not client.socket.recv(1 << 20):
                client.close()
                client = call(hub)
                client.socket.setblocking(False)
                rest = memoryview(data)
        time.sleep(0.0005)


def call_and_idle(hub, _):
    """A thousand connections that say nothing."""
    held = []
    for _ in range(CALLERS):
        with contextlib.suppress(OSError):
            held.append(call(hub))
    time.sleep(600)


def subscribe_and_sleep(hub, _):
    """A hundred screens that never read, and come back when they are cut."""
    while True:
        held = []
        for _ in range(100):
            with contextlib.suppress(OSError):
                client = call(hub)
                client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                client.send({"subscribe": {"from": 1}})
                held.append(client)
        time.sleep(6)
        for client in held:
            client.close()


def one_past(hub, at):
    """An honest look back, once a second."""
    client = call(hub)
    while True:
        client.ask({"status": {"at": at}}, lambda line: "status" in line or "ok" in line, timeout=60)
        time.sleep(1)


MOMENT = "2025-09-14T08:31:00.5Z"
LOOK_BACK = lines({"status": {"at": MOMENT}}, 200)
HISTORY = lines({"history": {"subject": "work", "limit": 500}}, 1000)
# What a viewer does with its connections, with what bytes, in words.
FLOODS = {
    "none": (None, b"", "nothing, to compare with"),
    "status": (send_and_leave, lines({"status": {}}, 4600), "64 KB of status requests at a time, and hangs up"),
    "status-read": (send_and_read, lines({"status": {}}, 4600), "status requests without end, and reads the answers"),
    "bridge": (send_and_leave, lines({"bridge": {}}, 4600), "64 KB of bridge requests at a time, and hangs up"),
    "subscribe": (send_and_leave, lines({"subscribe": {}}, 2000), "2,000 subscriptions at a time, and hangs up"),
    "from-1": (send_and_leave, lines({"subscribe": {"from": 1}}, 2000), "2,000 subscriptions from entry 1 at a time"),
    "history": (send_and_leave, HISTORY, "1,000 histories at a time, and hangs up"),
    "status-at": (send_and_leave, LOOK_BACK, "200 looks back at a time, and hangs up"),
    "bridge-at": (send_and_leave, lines({"bridge": {"at": MOMENT}}, 200), "200 bridges of then at a time"),
    "one-at": (one_past, MOMENT, "one honest look back a second"),
    "refused": (send_and_read, lines(note("a viewer's"), 300), "events that it may not say, without end"),
    "nonsense": (send_and_read, b"{nonsense\n" * 6000, "lines that are no JSON, without end"),
    "idle": (call_and_idle, b"", "1,000 connections that say nothing"),
    "slow": (subscribe_and_sleep, b"", "a hundred screens at a time that do not read"),
}


class Flood:
    """A process that floods until the block ends."""

    def __init__(self, what, hub, data):
        self.process = multiprocessing.get_context("fork").Process(target=self.run, args=(what, hub, data), daemon=True)

    @staticmethod
    def run(what, hub, data):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(120)
        with open(os.devnull, "w") as silence:
            os.dup2(silence.fileno(), 2)
        while True:  # whoever is hung up on calls again
            with contextlib.suppress(OSError, HungUp, TimeoutError):
                what(hub, data)
            time.sleep(0.01)

    def __enter__(self):
        self.process.start()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.join()


def lengthen(hub, entries):
    """Makes the journal as long as that of a busy night."""
    client, size = hub.connect(), 500
    for begin in range(0, entries, size):
        client.send(*(note(f"of long ago {n}") for n in range(begin, begin + size)))
        for _ in range(size):
            assert client.read(30)["ok"]
    client.close()


def flooded(what, data, stage):
    """One flood on a hub of its own; p50 and p99 of the lead."""
    hub = stage.hub(at="Sun 04:31")
    lengthen(hub, 40_000 if stage.seconds > 6 else 2_000)
    lead, calls.value = hub.connect(), 0
    with Flood(what, hub, data) if what else contextlib.nullcontext():
        time.sleep(0.1)
        waits = lead_waits(hub, max(1.0, stage.left()), client=lead, patience=10)
    p50, p99 = percentile(waits, .5), percentile(waits, .99)
    stage.figure("lead p50 ms", p50)
    stage.figure("p99 ms", p99)
    stage.figure("calls", calls.value)
    stage.check(calls.value or not what, "the flood has not come")
    stage.check(p99 <= GOAL, f"the lead waits {p99:,.0f} ms at p99 (p50 {p50:,.1f}, goal {GOAL:.0f})")
    stage.check(hub.process.poll() is None, f"the hub ended with {hub.process.returncode}")


for name, (what, data, says) in FLOODS.items():
    attack(f"a flood of one viewer, {says}: p99 of the lead is 100 ms", 9, least=3,
        name=f"flood-{name}")(functools.partial(flooded, what, data))


@attack("one viewer sends 64 KB of requests and leaves: the lead's next note is answered within 100 ms", 10, least=2,
        brief=True)
def bursts(stage):
    hub = stage.hub(at="Sun 04:31")
    lead, worst = hub.connect(), 0.0
    for name in BURSTS:
        _, data, _ = FLOODS[name]
        client = viewer(hub)
        client.socket.settimeout(20)
        with contextlib.suppress(OSError):
            client.socket.sendall(data)
        client.close()
        began = time.monotonic()
        lead.ask(note("the lead's"), timeout=90)
        wait = (time.monotonic() - began) * 1000
        worst = max(worst, wait)
        stage.count("bursts")
        stage.check(wait <= GOAL, f"after a burst of '{name}' the lead waits {wait:,.0f} ms (goal {GOAL:.0f})")
    stage.figure("worst ms", worst)
    lives(stage, hub, "the bursts")
