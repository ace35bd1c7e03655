"""Programs that stand still for a while, as one that hangs does."""

import contextlib
import os
import signal
from pathlib import Path

from programs import wait_until


def thread_states(pid):
    """A letter for each thread of a program: R runs, S sleeps, T is stopped."""
    for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):  # a thread that has ended meanwhile
            yield stat.read_text().rpartition(")")[2].split()[0]


@contextlib.contextmanager
def standing_still(process):
    """Stops a program for a while. A signal takes hold only when the kernel gets round to it: all its threads stand
    before the body begins, or a busy machine lets one of them answer first."""
    os.kill(process.pid, signal.SIGSTOP)
    try:
        wait_until(lambda: set(thread_states(process.pid)) == {"T"}, saying="it was told to stop, and runs")
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)
