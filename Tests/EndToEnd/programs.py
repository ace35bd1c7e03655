"""The shipped programs as people and scripts use them: a hub, a client of its socket, a terminal, a command."""

import atexit
import collections
import fcntl
import functools
import itertools
import json
import os
import pty
import pwd
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import time
from pathlib import Path

from emulator import Screen, Stream

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("WARROOM_BIN") or ROOT / ".build" / "release")
WARROOM = str(BIN / "warroom")


def wait_until(what, timeout=5.0, saying="it did not come true"):
    """Polls until `what()` is true, and returns its answer."""
    deadline = time.monotonic() + timeout
    while True:
        answer = what()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"{saying} within {timeout} s" if isinstance(saying, str) else saying())
        time.sleep(0.01)


def environment(folder, **changes):
    """A user's environment with nothing of this machine's in it; a value of None takes a name out."""
    env = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(folder), "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "XDG_STATE_HOME": f"{folder}/xdg-state", "XDG_RUNTIME_DIR": f"{folder}/xdg-run",
    }
    for name, value in changes.items():
        if value is None:
            env.pop(name, None)
        else:
            env[name] = str(value)
    return env


class Result:
    """How a command ended."""

    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    def lines(self):
        return self.out.removesuffix("\n").split("\n")

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out[-4000:]}\n--- stderr\n{self.err[-4000:]}"


@functools.cache
def warroom_for_all():
    """The program where every user may run it: a copy, where others cannot reach the built one."""
    if all(folder.stat().st_mode & 0o001 for folder in [BIN, *BIN.resolve().parents]):
        return WARROOM
    copy = Path(tempfile.mkdtemp(prefix="wr-bin-", dir="/tmp"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    copy.chmod(0o755)
    for name in ("warroom", "warroom-hub"):
        shutil.copy(BIN / name, copy / name)
    return str(copy / "warroom")


def run(*arguments, folder, stdin="", timeout=15, env=None, **how):
    """Runs a `warroom` command to its end."""
    done = subprocess.run(
        [warroom_for_all() if "user" in how else WARROOM, *map(str, arguments)], input=stdin, capture_output=True,
        text=True, timeout=timeout,
        env=environment(folder, **(env or {})), cwd=how.pop("cwd", folder), errors="surrogateescape", **how)
    return Result(done)


def one_sentence(result, *words):
    """An error is one line on standard error that says what to do, and nothing on standard output."""
    lines = result.err.strip().split("\n")
    assert len(lines) == 1 and len(lines[0]) > 10, f"not one sentence: {result}"
    assert "Fatal" not in result.err and "Error Domain" not in result.err and "(" + "code" not in result.err, result
    for word in words:
        assert str(word).lower() in lines[0].lower(), f"{word!r} is not in: {lines[0]}"


# ------------------------------------------------------------------------------------------------------------ the hub


class Hub:
    """`warroom serve` with a state folder and a socket of its own."""

    def __init__(self, folder, runbook, at=None, speed=None, state=None, socket=None, name="hub", user=None, wrap=()):
        self.folder, self.runbook, self.wrap, self.user = Path(folder), runbook, list(wrap), user
        self.state = Path(state or self.folder / "state")
        self.socket = Path(socket or self.folder / f"{name}.sock")
        self.log_path = self.folder / f"{name}.log"
        self.arguments = ["serve", str(runbook), "--state", str(self.state), "--socket", str(self.socket)]
        if at is not None:
            self.arguments += ["--at", str(at)]
        if speed is not None:
            self.arguments += ["--speed", str(speed)]
        self.process = None

    def start(self):
        self.spawn()
        wait_until(self.listens, 10, lambda: f"the hub does not listen:\n{self.log()}")
        return self

    def spawn(self):
        who = identity(self.user) if self.user else {}
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [*self.wrap, warroom_for_all() if self.user else WARROOM, *self.arguments], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log,
                env=environment(self.folder), cwd=self.folder, start_new_session=True, **who)

    def listens(self):
        assert self.process.poll() is None, f"the hub ended with {self.process.returncode}:\n{self.log()}"
        probe = socket.socket(socket.AF_UNIX)
        try:
            probe.connect(str(self.socket))
            return True
        except OSError:
            return False
        finally:
            probe.close()

    def kill(self, number=signal.SIGKILL):
        """Ends the hub with a signal, and waits until it is gone."""
        if self.process and self.process.poll() is None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                pass
            self.process.wait(10)
        return self.process.returncode if self.process else None

    def log(self):
        return self.log_path.read_text(errors="replace")[-6000:] if self.log_path.exists() else "(no log)"

    def connect(self, user=None):
        return Client(self.socket, user=user)

    def run(self, *arguments, **how):
        return run(*arguments, "--socket", self.socket, folder=self.folder, **how)

    def ok(self, *arguments, **how):
        result = self.run(*arguments, **how)
        assert result.code == 0, f"{arguments}: {result}"
        return result

    def status(self, at=None):
        """The document of `status --json`."""
        return json.loads(self.ok("status", "--json", *(["--at", at] if at else [])).out)

    def log_lines(self, *arguments):
        """The lines of `log --json`, as they are printed."""
        return self.ok("log", "--json", *arguments).lines()

    def entries(self):
        return [json.loads(line) for line in self.log_lines()]


class Rehearsal(Hub):
    """`warroom rehearse`, whose socket is there when everything before T has been played."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.arguments[0] = "rehearse"


def identity(user):
    """What a child needs to run as another user, supplementary groups included."""
    who = pwd.getpwnam(user)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": os.getgrouplist(user, who.pw_gid)}


# --------------------------------------------------------------------------------------------------------- the socket


class Line(dict):
    """A line from the hub, and its bytes."""

    raw = b""


class HungUp(Exception):
    """The hub has closed the connection."""


class Client:
    """One connection to a hub's socket: JSON lines both ways."""

    def __init__(self, path, user=None):
        self.socket = socket.socket(socket.AF_UNIX)
        self.lines = collections.deque()
        self.rest = b""
        if user is None:
            self.socket.connect(str(path))
            return
        # The kernel notes who connects; the effective user is what it notes.
        who = pwd.getpwnam(user)
        groups = os.getgroups()
        os.setgroups(os.getgrouplist(user, who.pw_gid))
        os.setegid(who.pw_gid)
        os.seteuid(who.pw_uid)
        try:
            self.socket.connect(str(path))
        finally:
            os.seteuid(0)
            os.setegid(0)
            os.setgroups(groups)

    def send(self, *messages):
        """Sends lines in one write: objects, texts, or bytes as they are."""
        self.send_bytes(b"".join(
            (m if isinstance(m, bytes) else (m if isinstance(m, str) else json.dumps(m)).encode()) + b"\n"
            for m in messages))

    def send_bytes(self, data):
        self.socket.settimeout(20)
        self.socket.sendall(data)

    def read(self, timeout):
        """The next line; raises TimeoutError or HungUp."""
        deadline = time.monotonic() + timeout
        while b"\n" not in self.rest:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"no line from the hub within {timeout} s")
            self.socket.settimeout(left)
            try:
                piece = self.socket.recv(1 << 18)
            except TimeoutError:
                continue
            except ConnectionResetError:
                piece = b""
            if not piece:
                raise HungUp(self.rest)
            self.rest += piece
        raw, self.rest = self.rest.split(b"\n", 1)
        line = Line(json.loads(raw))
        line.raw = raw
        return line

    def take(self, wanted, timeout=5.0):
        """The first line with this key, or of which this is true; the others stay for later."""
        matches = wanted if callable(wanted) else lambda line: wanted in line
        for index, line in enumerate(self.lines):
            if matches(line):
                del self.lines[index]
                return line
        deadline = time.monotonic() + timeout
        while True:
            line = self.read(max(0.001, deadline - time.monotonic()))
            if matches(line):
                return line
            self.lines.append(line)

    def ask(self, message, wanted="ok", timeout=5.0):
        """Sends one line and takes its answer."""
        self.send(message)
        return self.take(wanted, timeout)

    def taken(self, message):
        """Sends an event that must be taken; its entry's number."""
        answer = self.ask(message)
        assert answer["ok"] is True, f"{message} was refused: {answer}"
        return answer["entry"]

    def refused(self, message, *words):
        """Sends an event that must be refused, with a reason that holds these words; the reason."""
        answer = self.ask(message)
        assert answer["ok"] is False, f"{message} was taken: {answer}"
        reason = answer["error"]
        assert reason and "\n" not in reason
        for word in words:
            assert str(word).lower() in reason.lower(), f"the reason does not speak of {word!r}: {reason}"
        return reason

    def subscribe(self, **options):
        """Subscribes, and returns the hello."""
        return self.ask({"subscribe": options}, "hello")["hello"]

    def entries_to(self, last, timeout=10.0):
        """The subscription's entries up to a number."""
        got = []
        while not got or got[-1]["entry"] < last:
            got.append(self.take(lambda line: "entry" in line and "event" in line, timeout))
        return got

    def close(self):
        self.socket.close()


_ids = itertools.count(1)


def event(kind, subject, data=None, source="shell", **more):
    """An event of type warroom.KIND."""
    made = {
        "specversion": "1.0", "id": f"e2e-{os.getpid()}-{next(_ids)}", "source": source, "type": f"warroom.{kind}",
        "subject": subject, "data": data if data is not None else {},
    }
    made.update(more)
    return {key: value for key, value in made.items() if value is not None}


# ------------------------------------------------------------------------------------------------------- the terminal


class Terminal:
    """A pseudo-terminal with a program on it, and what a person would see there."""

    def __init__(self, argv, folder, columns=80, rows=24, env=None, **how):
        self.master, self.slave = pty.openpty()
        self.raw = bytearray()
        self.screen = Screen(columns, rows)
        self.stream = Stream(self.screen)
        self._set_size(columns, rows)
        self.before = termios.tcgetattr(self.slave)
        slave = self.slave
        self.process = subprocess.Popen(
            [str(a) for a in argv], stdin=slave, stdout=slave, stderr=slave, cwd=folder, start_new_session=True,
            env=environment(folder, **(env or {})), preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0), **how)

    def _set_size(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def lines(self):
        return list(self.screen.display)

    @property
    def text(self):
        return "\n".join(self.lines)

    def pump(self, timeout):
        """Takes what the program writes within a time; whether there was anything."""
        ready, _, _ = select.select([self.master], [], [], max(0, timeout))
        if not ready:
            return False
        data = os.read(self.master, 1 << 16)
        self.raw += data
        self.stream.feed(data)
        return True

    def wait_for(self, wanted, timeout=5.0):
        """Waits until the screen shows a text, or until something is true of its text."""
        matches = wanted if callable(wanted) else lambda text: wanted in text
        deadline = time.monotonic() + timeout
        while True:
            if matches(self.text):
                # A frame may come in pieces: the rest of it is here in a moment.
                while self.pump(0.01) and time.monotonic() < deadline:
                    pass
                if matches(self.text):
                    return self.text
            left = deadline - time.monotonic()
            if left <= 0:
                ended = self.process.poll()
                state = "" if ended is None else f" (the program ended with {ended})"
                what = "it" if callable(wanted) else repr(wanted)
                raise AssertionError(f"{what} did not appear within {timeout} s{state}; the screen:\n{self.text}")
            self.pump(min(left, 0.1))

    def settle(self, quiet=0.15, timeout=5.0):
        """Waits until nothing has been written for a while."""
        deadline = time.monotonic() + timeout
        while self.pump(quiet) and time.monotonic() < deadline:
            pass
        return self.text

    def listen(self, seconds):
        """The bytes that the program writes in a span of time."""
        start, deadline = len(self.raw), time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.pump(left)
        return bytes(self.raw[start:])

    def type(self, keys):
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def signal(self, number):
        os.kill(self.process.pid, number)

    def wait_exit(self, timeout=5.0):
        """The program's exit code, once it has ended and all that it wrote is read."""
        deadline = time.monotonic() + timeout
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"the program has not ended within {timeout} s:\n{self.text}"
            self.pump(0.02)
        while self.pump(0.02):
            pass
        return self.process.returncode

    def close(self):
        if self.process.poll() is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait(5)
        os.close(self.master)
        os.close(self.slave)
