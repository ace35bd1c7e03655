"""Faults that a hub is given while it runs: a library that it is started with, and a file that says which hold."""

import atexit
import functools
import mmap
import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

# In the order of `struct faults` in faults.c; the last three are counted there.
FIELDS = ("clock_step", "sync_ms", "sync_error", "write_error", "read_error", "name_ms", "name_error",
          "syncs", "names", "errors")


@functools.cache
def library():
    """The compiled library; raises OSError or CalledProcessError where there is no C compiler."""
    folder = Path(tempfile.mkdtemp(prefix="wr-faults-", dir="/tmp"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    source, made = Path(__file__).with_name("faults.c"), folder / "faults.so"
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O2", "-o", made, source, "-ldl"],
                   check=True, capture_output=True)
    return made


class Faults:
    """`faults.sync_ms = 2000` holds from then on, `faults.errors` says how often one was met."""

    def __init__(self, folder):
        path = folder / "faults"
        path.write_bytes(bytes(8 * len(FIELDS)))
        with open(path, "r+b") as file:
            object.__setattr__(self, "_shared", mmap.mmap(file.fileno(), 0))
        # What the hub is started behind: `warroom` is static and does not see it, `warroom-hub` does.
        object.__setattr__(self, "wrap", ["env", f"LD_PRELOAD={library()}", f"WARROOM_FAULTS={path}"])

    def __getattr__(self, name):
        return struct.unpack_from("q", self._shared, 8 * FIELDS.index(name))[0]

    def __setattr__(self, name, value):
        struct.pack_into("q", self._shared, 8 * FIELDS.index(name), value)
