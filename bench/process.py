"""What the kernel says of a process, and the one environment every measured program runs in."""
import ctypes
import os
import platform
import struct
import subprocess
import time

PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241}.get(platform.machine())
SOFTWARE, TASK_CLOCK, INHERITED, CLOSES_ON_EXEC = 1, 1, 2, 8
LIBC = ctypes.CDLL(None, use_errno=True)


class Failure(Exception):
    """A figure that could not be taken; its text is one sentence for the reader of the table."""


def environment(home):
    # A user's own themes, sockets and locale would make two machines' figures differ.
    unwanted = ("WARROOM_SOCKET", "WARROOM_THEME", "COLORFGBG", "NO_COLOR", "LINES", "COLUMNS", "ESCDELAY", "LANG",
                "LANGUAGE", "LC_CTYPE")
    env = {name: value for name, value in os.environ.items() if name not in unwanted}
    return env | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": home, "XDG_CONFIG_HOME": home,
                  "XDG_STATE_HOME": home, "XDG_RUNTIME_DIR": home}


def cpu_seconds(pid):
    # The process's own CPU clock: nanoseconds, ended threads included. /proc/PID/stat counts in 10 ms,
    # more than an idle terminal uses in the whole measurement.
    try:
        return time.clock_gettime_ns((~pid << 3) | 2) / 1e9
    except OSError:
        raise Failure(f"process {pid} ended while its CPU time was being taken") from None


class Clock:
    """The CPU time of a process from now on: with the children that it starts, where the kernel counts for us."""

    def __init__(self, pid):
        attributes = struct.pack("IIQQQQQ", SOFTWARE, 128, TASK_CLOCK, 0, 0, 0, INHERITED).ljust(128, b"\0")
        self.pid, self.fd = pid, -1
        if PERF_EVENT_OPEN:
            self.fd = LIBC.syscall(PERF_EVENT_OPEN, attributes, pid, -1, -1, CLOSES_ON_EXEC)

    def ms(self):
        if self.fd < 0:
            return cpu_seconds(self.pid) * 1000
        return struct.unpack("Q", os.read(self.fd, 8))[0] / 1e6

    def close(self):
        if self.fd >= 0:
            os.close(self.fd)


def pss_megabytes(pid):
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        for line in rollup:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / 1e6
    raise Failure("the kernel tells no PSS")


def run(argv, timeout):
    """The words a helper prints; its complaint becomes the reason why a figure is missing."""
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=timeout, errors="replace")
    except subprocess.TimeoutExpired:
        raise Failure(f"{os.path.basename(argv[0])} was not done after {timeout:.0f} s") from None
    if done.returncode != 0:
        raise Failure(done.stderr.strip() or f"{os.path.basename(argv[0])} ended with {done.returncode}")
    return done.stdout


def end(process):
    """Ends a child of ours and waits for it, whatever it does about the signal."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
