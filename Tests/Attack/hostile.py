"""A hub that means harm: what attaches to it ends or waits in words, gives the terminal back, and stays small."""

import contextlib
import json
import os
import re
import resource
import signal
import socket
import subprocess
import termios
import threading
import time

import mutants
from programs import Terminal
from stage import BIN, attack, environment, viewer

MOST_MEMORY = 300 << 20  # bytes that a client may ask the system for, beside its program
FLOOD = 1 << 30  # bytes of a line without an end
# A terminal is told where its cursor goes, how it looks, its title and its modes by us, and nothing else.
FORBIDDEN = re.compile(rb"\x1b[PX^_]|\x1b\]52|\x1bc|\xc2[\x80-\x9f]")
FAR = "9999-12-31T23:59:59Z"


def recorded(stage):
    """What a real hub answers: the lines of a subscription, with a beat, and of a status."""
    hub = stage.hub(at="Sun 04:31", speed=1)
    client = hub.connect()
    client.subscribe()
    lines, ends = [], time.monotonic() + 1.3
    with contextlib.suppress(TimeoutError):
        while time.monotonic() < ends:
            client.lines.append(client.read(1.0))
    other = hub.connect()
    other.send({"subscribe": {}})
    lines = [other.read(5)]
    while "bridge" not in lines[-1] or lines[-1]["bridge"]["part"] < lines[-1]["bridge"]["of"]:
        lines.append(other.read(5))
    beat = next(line for line in client.lines if "beat" in line)
    status = viewer(hub).ask({"status": {}}, "status")
    hub.kill()
    return [line.raw for line in lines] + [beat.raw], status.raw


def changed(line, **fields):
    """A recorded line with some of its first object's fields changed."""
    document = json.loads(line)
    first = next(iter(document))
    document[first].update(fields)
    return json.dumps(document).encode()


def tricks(chance, lines, status):
    """Name, and the lines that answer whatever is asked; a name may come again with other lines."""
    hello, *bridge, beat = lines
    whole = b"\n".join(lines) + b"\n"
    for speed in (1e308, -1e308, 1e-320, -1):
        yield f"speed {speed:g}", b"\n".join([changed(hello, speed=speed), *bridge, beat, beat]) + b"\n"
    for now in (FAR, "0001-01-01T00:00:00Z", "1e308", 2**63):
        yield f"now {now}", b"\n".join([changed(hello, now=now), *bridge, changed(beat, now=now)]) + b"\n"
    for entry in (2**63 - 1, -1, 0, 2**64):
        yield f"entry {entry}", b"\n".join([changed(hello, entry=entry), *bridge, changed(beat, entry=entry)]) + b"\n"
    part = json.loads(bridge[0])
    for of, number in ((2**62, 1), (0, 0), (-1, 5), (1, 2)):
        part["bridge"].update(of=of, part=number)
        yield f"part {number} of {of}", hello + b"\n" + json.dumps(part).encode() + b"\n"
    yield "a depth of 100,000", b"[" * 100_000 + b"\n"
    yield "nothing but newlines", b"\n" * 100_000
    yield "no UTF-8", b"\xff\xfe\x80" * 1000 + b"\n"
    yield "a terminal's orders", whole.replace(b"Little Night", rb"\u001b]52;c;eA==\u0007\u001bP\u009b2J\u202e")
    yield "silence", b""
    while True:
        made = [mutants.text_of(chance, json.loads(line)) if chance.random() < .4 else line for line in lines]
        yield "mutated lines", b"\n".join(made) + b"\n" + mutants.bytes_of(chance, status) + b"\n"


class HostileHub:
    """Answers every connection with the same bytes, and holds it open; or with a line that has no end."""

    def __init__(self, path, answer, endless=False):
        self.server, self.answer, self.endless = socket.socket(socket.AF_UNIX), answer, endless
        self.server.bind(str(path))
        self.server.listen(16)
        self.held, self.sent = [], 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self.server.accept()
                self.held.append(caller)
                threading.Thread(target=self.talk, args=(caller,), daemon=True).start()

    def talk(self, caller):
        with contextlib.suppress(OSError):
            caller.sendall(self.answer)
            while self.endless and self.sent < FLOOD:
                caller.sendall(b'{"a":"' + b"x" * (1 << 20) if not self.sent else b"x" * (1 << 20))
                self.sent += 1 << 20

    def close(self):
        for one in [self.server, *self.held]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY + (1 << 30), MOST_MEMORY + (1 << 30)))


def largest(pid):
    """The most memory that a program has had, in bytes."""
    with contextlib.suppress(OSError):
        for line in open(f"/proc/{pid}/status"):
            if line.startswith("VmHWM"):
                return int(line.split()[1]) << 10
    return 0


def commands(stage, name, path):
    """What reads from a hub, all at once, each to its end."""
    running = {word: subprocess.Popen([BIN / "warroom", word, *more, "--socket", path], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, preexec_fn=limited, env=environment(stage.folder))
        for word, *more in (["status"], ["log", "--json"], ["note", "hello"])}
    for word, ran in running.items():
        stage.count("commands")
        try:
            said, _ = ran.communicate(timeout=12)
        except subprocess.TimeoutExpired:
            ran.kill()
            stage.check(False, f"`warroom {word}` does not end within 12 s on {name}")
            continue
        stage.check(ran.returncode in (0, 1, 2, 3), f"`warroom {word}` ends with {ran.returncode} on {name}")
        stage.check(not FORBIDDEN.search(said), f"`warroom {word}` prints {name} raw")


def screen(stage, name, path, seconds):
    """A screen for some seconds; then it is told to end."""
    terminal = Terminal([BIN / "warroom", "open", "--socket", path], stage.folder)
    stage.count("screens")
    try:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and terminal.process.poll() is None:
            terminal.pump(0.05)
        memory = largest(terminal.process.pid)
        stage.check(memory < MOST_MEMORY, f"the screen takes {memory >> 20} MB on {name}")
        if terminal.process.poll() is None:
            terminal.signal(signal.SIGTERM)
        try:
            code = terminal.wait_exit(5)
        except AssertionError:
            stage.check(False, f"the screen does not end on SIGTERM on {name}")
            return
        told = (-signal.SIGTERM, 128 + signal.SIGTERM)
        stage.check(code in (0, 1, 2, 3, *told), f"the screen ends with {code} on {name}")
        after = termios.tcgetattr(terminal.slave)
        stage.check(after[3] & (termios.ICANON | termios.ECHO) == terminal.before[3] & (termios.ICANON | termios.ECHO),
            f"the terminal is not given back on {name}")
        stage.check(not FORBIDDEN.search(terminal.raw), f"the screen writes {name} raw")
    finally:
        terminal.close()


def against(stage, name, answer, seconds=0.4, endless=False, reads=True):
    """Commands and a screen on one hostile hub."""
    path = stage.folder / f"hostile-{stage.figures.get('hubs', 0)}.sock"
    hub = HostileHub(path, answer, endless)
    stage.count("hubs")
    try:
        screen(stage, name, path, seconds)
        if reads:
            commands(stage, name, path)
    finally:
        hub.close()
        os.unlink(path)


@attack("a hostile hub, its lines false or mutated: screen and commands end in words, the terminal is given back", 50,
        least=8)
def hostile(stage):
    lines, status = recorded(stage)
    against(stage, "a line without end", b"", seconds=3, endless=True, reads=False)
    for name, answer in tricks(stage.random, lines, status):
        if stage.left() <= 0 and name == "mutated lines":
            break
        # A command waits 5 s for a hub that says nothing of what it asked; once is enough to see that it ends.
        against(stage, name, answer, reads=name in ("silence", "no UTF-8", "a depth of 100,000"))
