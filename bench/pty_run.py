"""A program on a pty of a given size, with the time at which its bytes left."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

from process import Failure

CONTROL = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()*+][0-9A-B]|\x1b[=>78DEHMc]|[\x0e\x0f]")
QUIET = 0.06  # longer than any frame limit, shorter than the second between two clock ticks


def now():
    return time.monotonic_ns()


class Screen:
    """Attached while in its `with` block; the program is ended on leaving it."""

    def __init__(self, argv, columns, rows, env):
        self.argv, self.size, self.env = argv, (columns, rows), env
        self.bytes = b""

    def __enter__(self):
        stamp_out, stamp_in = os.pipe()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                columns, rows = self.size
                signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and exec would hand that on
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                # Stamped here, so that the price of forking Python is not counted as the program's.
                os.write(stamp_in, struct.pack("q", now()))
                os.execve(self.argv[0], self.argv, self.env)
            finally:
                os._exit(127)
        os.close(stamp_in)
        stamp = os.read(stamp_out, 8)
        os.close(stamp_out)
        if len(stamp) != 8:
            self.__exit__()
            raise Failure(f"{os.path.basename(self.argv[0])} could not be started on a pty")
        self.started = struct.unpack("q", stamp)[0]
        self.ready = select.poll()
        self.ready.register(self.fd, select.POLLIN)
        return self

    def __exit__(self, *_):
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

    def text(self):
        return CONTROL.sub(b"", self.bytes)

    def forget(self):
        self.bytes = b""

    def read(self, seconds):
        """The time of the next bytes, None if none came."""
        if not self.ready.poll(max(0, seconds * 1000)):
            return None
        stamp = now()
        try:
            got = os.read(self.fd, 65536)
            stamp = now()
        except OSError:
            got = b""
        if not got:
            tail = self.text().decode(errors="replace").split()[-30:]
            raise Failure(f"{os.path.basename(self.argv[0])} left its screen: {' '.join(tail) or 'without a word'}")
        self.bytes += got
        return stamp

    def until(self, marker, seconds=5.0):
        """The time at which the text had left, cursor movements aside."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            stamp = self.read(left)
            if stamp and marker in self.text():
                return stamp
        columns, rows = self.size
        raise Failure(f"'{marker.decode()}' did not appear on the {columns}x{rows} screen within {seconds:g} s")

    def painted(self, marker, seconds=15.0):
        """From exec to the last byte of the burst in which the marker was drawn, in ms: the whole screen, not its
        top."""
        last = self.until(marker, seconds)
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline and (stamp := self.read(QUIET)):
            last = stamp
        return (last - self.started) / 1e6

    def rest(self, seconds):
        """Lets the program be, reading what it writes; returns the number of bytes."""
        deadline, count = time.monotonic() + seconds, 0
        while (left := deadline - time.monotonic()) > 0:
            self.forget()
            if self.read(left):
                count += len(self.bytes)
        return count
