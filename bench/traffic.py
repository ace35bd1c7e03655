"""What a screen writes: for one change, at rest, and under 5,000 events a second; beside htop and btop on the same
pty."""
import json
import shutil
import statistics
import threading
import time
from contextlib import ExitStack

from figures import Figure
from hub import Hub, Lines
from night import event
from process import Failure
from pty_run import Screen

RATE, BATCH = 5000, 50
BETWEEN = 0.012  # seconds: longer than the pieces of one frame are apart, shorter than two frames are


def changes(screen, line, count):
    """The bytes of a count that goes up or down by one, each alone."""
    sizes = []
    for n in range(count):
        # Away from the clock's tick: the bytes are those of the change.
        while screen.read(1.2) is None:
            pass
        screen.rest(0.15)
        line.send(event("server", f"IC-Web{n // 2 % 5 + 1}", {"patch": "installed" if n % 2 == 0 else "running"},
            f"traffic-{time.monotonic_ns()}"))
        if not line.receive().get("ok"):
            raise Failure("the hub refused an event of the traffic")
        sizes.append(screen.rest(0.25))
    return sizes


def flood(screen, hub, seconds):
    """Frames a second, bytes a second, events a second."""
    taken, stop = [0], threading.Event()
    with Lines(hub.socket) as line:
        def drain():
            while not stop.is_set():
                try:
                    got = line.socket.recv(1 << 18)
                except OSError:
                    return
                if not got:
                    return
                taken[0] += got.count(b"\n")

        def send():
            number, began = 0, time.monotonic()
            while not stop.is_set():
                batch = b"".join(
                    json.dumps(event("server", f"IC-Web{(number + n) % 10 + 1}",
                        {"patch": "installed" if (number + n) // 10 % 2 else "running"},
                        f"flood-{began}-{number + n}"), separators=(",", ":")).encode() + b"\n" for n in range(BATCH))
                try:
                    line.socket.sendall(batch)
                except OSError:
                    return
                number += BATCH
                time.sleep(max(0, began + number / RATE - time.monotonic()))

        threads = [threading.Thread(target=what, daemon=True) for what in (drain, send)]
        for thread in threads:
            thread.start()
        screen.rest(1)
        began, taken[0], size, starts, last = time.monotonic(), 0, 0, 0, 0
        while (left := began + seconds - time.monotonic()) > 0:
            screen.forget()
            stamp = screen.read(left)
            if not stamp:
                continue
            starts += (stamp - last) / 1e9 > BETWEEN
            last, size = stamp, size + len(screen.bytes)
        took = time.monotonic() - began
        stop.set()
        line.socket.shutdown(2)
    return starts / took, size / took, taken[0] / took


def other(name, size, env, seconds):
    """The bytes a second that another program of its kind writes at rest, and of one of its updates."""
    path = shutil.which(name)
    if not path:
        return None
    with Screen([path], *size, dict(env, HOME="/nonexistent", LANG="C.UTF-8")) as screen:
        screen.rest(3)
        bursts, last, total, began = [], 0, 0, time.monotonic()
        while (left := began + seconds - time.monotonic()) > 0:
            screen.forget()
            stamp = screen.read(left)
            if not stamp:
                continue
            if (stamp - last) / 1e9 > 0.2:
                bursts.append(0)
            last, total = stamp, total + len(screen.bytes)
            bursts[-1] += len(screen.bytes)
        return total / (time.monotonic() - began), statistics.median(bursts) if bursts else 0


def traffic(bench, seconds=8.0):
    size, figures = (120, 35), []
    with ExitStack() as stack:
        hub = stack.enter_context(Hub(bench.warroom, bench.base))
        line = stack.enter_context(Lines(hub.socket))
        with bench.screen(hub, size) as screen:
            screen.painted(b"BENCHNIGHT")
            screen.rest(1)
            ours = changes(screen, line, 6)
            at_rest = [screen.rest(seconds) / seconds]
            frames, flooded, rate = flood(screen, hub, seconds)
        others = {name: other(name, size, hub.env, seconds) for name in ("htop", "btop")}
    for name, wrote in others.items():
        if not wrote:
            figures.append(Figure(f"bytes beside {name}, 120x35", "B",
                missing=f"{name} is not installed (scripts/prepare.sh bench)"))
            continue
        a_second, an_update = wrote
        figures.append(Figure(f"one change beside one update of {name}, 120x35", "B", ours, [an_update]))
        figures.append(Figure(f"at rest beside {name}, bytes a second", "B", at_rest, [a_second]))
        figures.append(
            Figure(f"{rate:,.0f} events a second beside {name} at rest, bytes a second", "B", [flooded], [a_second]))
    figures.append(Figure(f"{rate:,.0f} events a second: frames a second", "/s", [frames], goal=30, limit=31))
    return figures
