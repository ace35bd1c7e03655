"""The power is cut under load: the hub's file system is stopped in the middle of what it writes, and mounted again.

FS_IOC_SHUTDOWN drops what the kernel holds and has not written, as a cut does; a sync that has been answered counts,
all else is gone. The file system lies in a file, so nothing else of the machine is touched.
"""

import ctypes
import fcntl
import os
import signal
import struct
import subprocess
import time

from kills import restart, write_until
from stage import LeftOut, attack, percentile, verify, wait_until
from stopped import thread_states  # after stage, which finds it

FS_IOC_SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2
CLONE_NEWNS = 0x20000
CUTS_OF_ONE = 5  # of one file system, until a new one is made


def command(*words):
    try:
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
    except OSError as fault:
        raise LeftOut(f"{words[0]} is not here: {fault.strerror}") from None
    if done.returncode:
        raise LeftOut(f"{words[0]} does not work here: {(done.stderr or done.stdout).strip()[:120]}")


class Disk:
    """A file system of its own, in a file."""

    def __init__(self, folder, number):
        self.image, self.place = folder / f"disk-{number}", folder / f"mounted-{number}"
        self.place.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(64 << 20)
        command("mkfs.ext4", "-q", "-F", self.image)
        self.mount()

    def mount(self):
        command("mount", "-o", "loop", self.image, self.place)

    def cut(self, hub):
        """Cuts the power of a hub and its disk. The hub stops first: while the kernel shuts a file system down, it may
        answer a sync of which nothing is kept, and no disk does that."""
        hub.process.send_signal(signal.SIGSTOP)
        wait_until(lambda: set(thread_states(hub.process.pid)) <= {"T", "D"}, saying="it was told to stop, and runs")
        place = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(place, FS_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(place)

    def back(self):
        """Power comes back."""
        command("umount", self.place)
        self.mount()

    def gone(self):
        command("umount", self.place)
        self.image.unlink()


def own_mounts():
    """What is mounted from here on is gone with this process, however it ends."""
    if os.geteuid():
        raise LeftOut("only root can mount the disk whose power is cut")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS):
        raise LeftOut(f"no mounts of its own are given here: {os.strerror(ctypes.get_errno())}")
    command("mount", "--make-rprivate", "/")


@attack("cuts the power under load, on a file system of its own: nothing acknowledged is missing", 50, least=3)
def cuts(stage):
    own_mounts()
    restarts, number = [], 0
    while stage.left() > 0:
        disk, hub = Disk(stage.folder, number), None
        number += 1
        for _ in range(CUTS_OF_ONE):
            if hub is None:
                hub = stage.hub(state=disk.place / "state")
            def end():
                time.sleep(stage.random.uniform(0.005, 0.4))
                disk.cut(hub)
                hub.kill()
            taken = write_until(hub, end)
            disk.back()
            code, said = verify(hub)
            stage.check(code == 0, f"verify says {code} after a cut: {said}")
            stage.count("cuts")
            stage.count("acknowledged", len(taken))
            restarts.append(restart(stage, hub, taken, "a cut"))
            if stage.left() <= 0:
                break
        hub.kill()
        disk.gone()
    stage.figure("restart p50 ms", percentile(restarts, .5))
    stage.figure("restart max ms", max(restarts))
