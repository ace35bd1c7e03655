"""What every attack stands on: a folder, hubs, chance with a seed, time to spend, figures, and what it found.

An attack is a function with `@attack`. It takes a Stage, attacks, says what it counted with `stage.figure`, and holds
the program to its goals with `stage.check`. A goal that is missed is a finding; the attack goes on.
"""

import contextlib
import os
import pwd
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "EndToEnd"))

import nights  # noqa: E402
from faults import Faults  # noqa: E402
from programs import BIN, Client, Hub, HungUp, environment, event, wait_until  # noqa: E402

ME = pwd.getpwuid(os.getuid()).pw_name
SECONDS = 480  # what all attacks last together, when nobody says otherwise
SHOWN = 12  # kinds of findings


class LeftOut(Exception):
    """This attack cannot be made here; its words say why."""


@dataclass
class Attack:
    name: str
    says: str
    seconds: float  # of SECONDS
    least: float  # below this it shows nothing
    brief: bool  # part of the ten seconds of `make test`
    run: Callable


ATTACKS = {}


def attack(says, seconds, least=1.0, brief=False, name=None):
    """Makes a function an attack of its name, or of another."""
    def register(run):
        named = name or run.__name__
        ATTACKS[named] = Attack(named, says, seconds, least, brief, run)
        return run
    return register


class Stage:
    """The scene of one attack."""

    def __init__(self, name, seed, seconds):
        self.random = random.Random(f"{seed} {name}")
        self.seconds, self.began = seconds, time.monotonic()
        self.folder = Path(tempfile.mkdtemp(prefix="wr-attack-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.figures, self.findings, self.hubs = {}, [], []

    def left(self):
        """Seconds that remain of the attack's time."""
        return self.began + self.seconds - time.monotonic()

    def hub(self, night=None, faults=False, **options):
        """A hub of its own, which is started; with `faults` it has some (`hub.faults`), and none holds yet."""
        folder = self.folder / str(len(self.hubs))
        folder.mkdir(mode=0o755)
        if not isinstance(night, Path):
            night = nights.write_runbook(folder, night or lead_night())
        if faults:
            try:
                faults = Faults(folder)
            except (OSError, subprocess.CalledProcessError) as fault:
                raise LeftOut(f"the faults need a C compiler: {fault}") from None
            options["wrap"] = faults.wrap
        hub = Hub(folder, night, **options)
        hub.faults = faults
        self.hubs.append(hub)
        return hub.start()

    def check(self, holds, finding):
        """A goal: what is said is found where it does not hold."""
        if not holds:
            self.findings.append(finding)
        return holds

    def figure(self, name, value):
        self.figures[name] = value

    def count(self, name, more=1):
        self.figures[name] = self.figures.get(name, 0) + more

    def keep(self, name, data):
        """Where an input that did harm lies for whoever looks into it."""
        folder = nights.ROOT / ".build" / "attack"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{os.getpid()}-{self.figures.get('inputs', 0)}-{name}"
        path.write_bytes(data)
        return path

    def told(self):
        """The findings, the first of those that differ in numbers only."""
        kinds = {}
        for finding in self.findings:
            kinds.setdefault(re.sub(r"\d+", "0", finding), []).append(finding)
        lines = [found[0] + (f" (and {len(found) - 1} like it)" if len(found) > 1 else "") for found in kinds.values()]
        return lines[:SHOWN] + ([f"and {len(lines) - SHOWN} other kinds"] if len(lines) > SHOWN else [])

    def close(self):
        for hub in self.hubs:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                hub.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def lead_night(**changes):
    """The little night, led by who attacks: everybody else on this machine is a viewer."""
    return nights.little(**{"access": {"lead": [ME]}, **changes})


def viewer(hub):
    """A connection that may only look: another user's where root can be one."""
    if os.geteuid() == 0:
        return Client(hub.socket, user="nobody")
    client = hub.connect()
    client.subscribe(**{"as": "viewer", "from": 1})
    return client


def note(text, **more):
    return event("note", "work", {"text": text}, **more)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("inf")


def lead_waits(hub, seconds, every=0.02, patience=30.0, client=None):
    """Milliseconds that each durable note of the lead waits, one every 20 ms. Where one waits longer than that, those
    that were due meanwhile have waited too: a freeze of six seconds is 300 slow notes, not one."""
    client = client or hub.connect()
    waits, ends = [], time.monotonic() + seconds
    while (began := time.monotonic()) < ends:
        try:
            answer = client.ask(note("the lead's"), timeout=patience)
        except (TimeoutError, HungUp, OSError):
            return waits + [patience * 1000] * int(patience / every)
        wait = time.monotonic() - began
        assert answer["ok"], answer
        while wait > 0:
            waits.append(wait * 1000)
            wait -= every
        time.sleep(max(0, began + every - time.monotonic()))
    return waits


def status_of(hub, client=None, timeout=10.0):
    """The status document, over the socket."""
    asking = client or hub.connect()
    try:
        return asking.ask({"status": {}}, "status", timeout)["status"]
    finally:
        if client is None:
            asking.close()


def kept(hub, first=1):
    """What a hub's journal holds from an entry on: number to event's text."""
    with contextlib.closing(sqlite3.connect(f"file:{hub.state}/journal.sqlite?mode=ro", uri=True)) as journal:
        return dict(journal.execute("SELECT number, event FROM entry WHERE number >= ?", (first,)))


def verify(hub, *arguments, timeout=60):
    """`warroom-hub verify` of a hub's journal: its exit code, and what it said."""
    done = subprocess.run([BIN / "warroom-hub", "verify", hub.state, *arguments], capture_output=True, text=True,
        errors="replace", timeout=timeout, env=environment(hub.folder))
    return done.returncode, (done.stdout + done.stderr).strip()[-300:]


def lives(stage, hub, after):
    """Whether the hub runs and answers; a finding where it does not."""
    try:
        if hub.process.poll() is None:
            status_of(hub, timeout=5)
            return True
        finding = f"the hub ended with {hub.process.returncode} after {after}"
    except (TimeoutError, HungUp, OSError) as fault:
        finding = f"the hub does not answer ({fault!r}) after {after}"
    stage.check(False, finding)
    return False


__all__ = ["ATTACKS", "BIN", "Client", "Hub", "HungUp", "LeftOut", "ME", "attack", "environment", "event", "kept",
    "lead_night", "lead_waits", "lives", "nights", "note", "percentile", "status_of", "verify", "viewer", "wait_until"]
