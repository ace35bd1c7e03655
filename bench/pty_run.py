"""A program on a pty of a given size, with the time at which its bytes left, and what then stood on the screen."""
import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections import deque

from process import Clock, Failure
from terminal import Picture

QUIET = 0.06  # longer than any frame limit, shorter than the second between two clock ticks
# What a terminal is asked, and says: without an answer some programs wait for one.
QUESTIONS = [(re.compile(asked), answer) for asked, answer in (
    (rb"\x1b\[0?c", b"\x1b[?62;22c"), (rb"\x1b\[>0?c", b"\x1b[>41;390;0c"), (rb"\x1b\[6n", b"\x1b[1;1R"),
    (rb"\x1b\[5n", b"\x1b[0n"), (rb"\x1b\]11;\?", b"\x1b]11;rgb:0000/0000/0000\x1b\\"))]


def now():
    return time.monotonic_ns()


class Screen:
    """Attached while in its `with` block; the program is ended on leaving it."""

    def __init__(self, argv, columns, rows, env):
        self.argv, self.size, self.env = argv, (columns, rows), env
        self.log, self.count, self.picture = deque(), 0, Picture(columns, rows)

    def __enter__(self):
        self.fd, terminal = os.openpty()
        try:
            self.set_size(*self.size)
            signals = (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
            actions = [(os.POSIX_SPAWN_OPEN, 0, os.ttyname(terminal), os.O_RDWR, 0),
                (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
            # Spawned, not forked: the price of forking Python is not the program's.
            self.started = now()
            self.pid = os.posix_spawn(self.argv[0], self.argv, self.env, file_actions=actions, setsid=True,
                setsigdef=signals)
        except OSError as error:
            os.close(self.fd)
            raise Failure(f"{os.path.basename(self.argv[0])} could not be started on a pty: {error}") from None
        finally:
            os.close(terminal)
        self.clock = Clock(self.pid)
        self.ready = select.poll()
        self.ready.register(self.fd, select.POLLIN)
        return self

    def __exit__(self, *_):
        self.clock.close()
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + 2
        while not self._ended():
            if time.monotonic() > deadline:
                self._signal(signal.SIGKILL)
                os.waitpid(self.pid, 0)
                break
            # What it says in leaving must be read, or it waits for us while we wait for it.
            if select.select([self.fd], [], [], 0.01)[0]:
                try:
                    os.read(self.fd, 65536)
                except OSError:
                    time.sleep(0.005)
        os.close(self.fd)

    def _signal(self, number):
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            pass

    def _ended(self):
        return os.waitpid(self.pid, os.WNOHANG)[0] != 0

    def set_size(self, columns, rows):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.size = columns, rows
        self.log.append((now(), self.size))
        self.set_size(columns, rows)

    def send(self, keys):
        os.write(self.fd, keys)

    def read(self, seconds):
        """The time of the next bytes, None if none came."""
        if not self.ready.poll(max(0, seconds * 1000)):
            return None
        try:
            got = os.read(self.fd, 65536)
            stamp = now()
        except OSError:
            got = b""
        if not got:
            tail = " ".join(self.text()).split()[-30:]
            raise Failure(f"{os.path.basename(self.argv[0])} left its screen: {' '.join(tail) or 'without a word'}")
        self.log.append((stamp, got))
        self.count += len(got)
        if b"\x1b" in got:
            for asked, answer in QUESTIONS:
                if asked.search(got):
                    self.send(answer)
        return stamp

    def replay(self):
        """Puts what was read on the picture, piece by piece; the time of each."""
        while self.log:
            stamp, piece = self.log.popleft()
            if isinstance(piece, bytes):
                self.picture.feed(piece)
            else:
                self.picture.resize(*piece)
            yield stamp

    def text(self):
        """The rows that stand on the screen."""
        for _ in self.replay():
            pass
        self.picture.touched.clear()
        return self.picture.text()

    def until(self, text, seconds=5.0):
        """The time at which the text stood on the screen: one that was not there before."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.read(left)
            for stamp in self.replay():
                if any(text in row for row in self.picture.changed()):
                    return stamp
        columns, rows = self.size
        raise Failure(f"'{text}' did not appear on the {columns}x{rows} screen within {seconds:g} s")

    def quiet(self, seconds=QUIET, most=1.0):
        """Reads until nothing has come for some time; the time of the last bytes, None if there were none."""
        last, deadline = None, time.monotonic() + most
        while time.monotonic() < deadline and (stamp := self.read(seconds)):
            last = stamp
        return last

    def painted(self, *texts, seconds=15.0):
        """From exec until all texts stood on the screen at once, and until the last byte of that burst, in ms."""
        deadline, missing, stood = time.monotonic() + seconds, set(texts), None
        while time.monotonic() < deadline and stood is None:
            # Read first, looked at afterwards: looking takes time, and the next bytes would be stamped late.
            if self.read(deadline - time.monotonic()):
                self.quiet()
            for stamp in self.replay():
                last, rows = stamp, self.picture.text()
                missing = {text for text in texts if not any(text in row for row in rows)}
                if not missing and stood is None:
                    stood = stamp
        if stood is None:
            columns, rows = self.size
            raise Failure(f"'{sorted(missing)[0]}' did not appear on the {columns}x{rows} screen within {seconds:g} s")
        return (stood - self.started) / 1e6, (last - self.started) / 1e6

    def rest(self, seconds):
        """Lets the program be, reading what it writes; the number of bytes."""
        deadline, before = time.monotonic() + seconds, self.count
        while (left := deadline - time.monotonic()) > 0:
            self.read(left)
        return self.count - before
