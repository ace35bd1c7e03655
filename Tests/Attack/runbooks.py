"""Runbooks that are wrong in every way that chance finds: their faults are told in words, within five seconds."""

import re
import subprocess

import mutants
from stage import BIN, attack, environment, nights

# What moves a cursor, colours a line or turns its words round, on the terminal of whoever looks for the fault.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@attack("mutated runbooks: check says what is wrong, and ends in no other way", 30, least=1, brief=True)
def runbooks(stage):
    seeds = [path.read_bytes() for path in sorted(nights.SAMPLES.glob("*/runbook.yaml"))]
    seeds.append(nights.write_runbook(stage.folder, nights.little(), "little.yaml").read_bytes())
    path = stage.folder / "runbook.yaml"
    while stage.left() > 0:
        path.write_bytes(mutants.bytes_of(stage.random, stage.random.choice(seeds), most=6))
        stage.count("inputs")
        try:
            ran = subprocess.run([BIN / "warroom-hub", "check", path], capture_output=True, timeout=5,
                env=environment(stage.folder))
        except subprocess.TimeoutExpired:
            stage.check(False, f"check does not end within 5 s on {stage.keep('runbook.yaml', path.read_bytes())}")
            continue
        stage.count(f"exit {ran.returncode}")
        if not stage.check(ran.returncode in (0, 1, 2), f"check ends with {ran.returncode}"):
            stage.check(False, f"that runbook is kept in {stage.keep('runbook.yaml', path.read_bytes())}")
        said = (ran.stdout + ran.stderr).decode(errors="surrogateescape")
        stage.check(not FORBIDDEN.search(said), f"check prints what moves a terminal: {said[:200]!r}")
