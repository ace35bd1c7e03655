"""Journals with a few bytes changed: `verify` and the hub say so in words, neither dies of it, and no entry that has
changed is called whole."""

import contextlib
import shutil
import sqlite3
import subprocess

from stage import BIN, HungUp, attack, environment, event, note, status_of

FILES = ("journal.sqlite", "journal.sqlite-wal")


def rows(path):
    """What the journal says, in each of its columns; None where SQLite itself cannot read it."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as journal:
        journal.text_factory = bytes
        return [journal.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ("entry", "runbook")]


def written(stage):
    """The state folder of a hub that was killed, so that its WAL is there, too, and what its journal says."""
    hub = stage.hub(at="Sun 04:31")
    client = hub.connect()
    for n in range(40):
        client.taken(note(f"said number {n}"))
        client.taken(event("server", f"node-{n % 3 + 1}", {"patch": ("running", "pending")[n % 2], "detail": "é" * n}))
    hub.kill()
    kept = stage.folder / "kept"
    shutil.copytree(hub.state, kept)
    with contextlib.closing(sqlite3.connect(hub.state / "journal.sqlite")) as journal:
        journal.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folded = stage.folder / "folded"
    shutil.copytree(hub.state, folded)
    (folded / "journal.sqlite-wal").unlink(missing_ok=True)
    return hub, (kept, folded), rows(folded / "journal.sqlite")


def flip(stage, state):
    """Changes one to three bytes of the journal, or of its WAL; what was done."""
    path = stage.random.choice([state / name for name in FILES if (state / name).exists()])
    data, done = bytearray(path.read_bytes()), []
    for _ in range(stage.random.randint(1, 3)):
        at, bit = stage.random.randrange(len(data)), 1 << stage.random.randrange(8)
        data[at] ^= bit
        done.append(f"{path.name}[{at}]^{bit}")
    path.write_bytes(data)
    return " ".join(done)


@attack("flipped bytes in the journal and its WAL: verify and hub end in words, nothing changed is whole", 50,
        least=1.5, brief=True)
def journals(stage):
    hub, sources, before = written(stage)
    while stage.left() > 0:
        shutil.rmtree(hub.state)
        shutil.copytree(stage.random.choice(sources), hub.state)
        done = flip(stage, hub.state)
        ran = subprocess.run([BIN / "warroom-hub", "verify", hub.state], capture_output=True, timeout=30,
            env=environment(hub.folder))
        stage.count("flips")
        stage.count(f"verify {ran.returncode}")
        stage.check(ran.returncode >= 0, f"verify dies of signal {-ran.returncode} of {done}")
        if ran.returncode == 0 and rows(hub.state / "journal.sqlite") not in (before, None):
            # A WAL whose last groups do not count any more is shorter, and nothing in it has changed.
            after = rows(hub.state / "journal.sqlite")
            shorter = all(now == then[:len(now)] for now, then in zip(after, before))
            stage.check(shorter and "-wal" in done, f"verify says that a changed journal is whole: {done}")
        if stage.figures["flips"] % 4 == 0:
            start(stage, hub, done)


def start(stage, hub, done):
    """A hub on that journal: it serves, or says why not."""
    with contextlib.suppress(AssertionError):
        hub.start()
    with contextlib.suppress(HungUp, TimeoutError, OSError, AssertionError):
        if hub.process.poll() is None:
            status_of(hub)
            stage.count("served")
    code = hub.process.poll()
    stage.check(code is None or code >= 0, f"the hub dies of signal {-(code or 0)} of {done}")
    hub.kill()
