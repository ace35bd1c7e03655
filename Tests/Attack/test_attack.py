"""Ten seconds of `make attack` among all tests: those attacks that show something in a moment, with a new seed each
time. A failure names the seed with which the same inputs come again."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

import attacks  # noqa: F401
from stage import ATTACKS

SEED = random.SystemRandom().randrange(1 << 32)


@pytest.mark.parametrize("name", [name for name, one in ATTACKS.items() if one.brief])
def test_the_programs_hold_against(name):
    ran = subprocess.run([sys.executable, "-B", Path(__file__).parent, "--seed", str(SEED), "--seconds", "0", name],
        capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_an_attack_that_finds_something_fails_and_says_the_seed(tmp_path):
    """Against a hub that is none: what an attack cannot show has not held."""
    for name in ("warroom", "warroom-hub"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 0\n")
        (tmp_path / name).chmod(0o755)
    ran = subprocess.run([sys.executable, "-B", Path(__file__).parent, "--seed", "7", "--seconds", "0", "kills"],
        capture_output=True, text=True, timeout=60, env={"PATH": "/usr/bin:/bin", "WARROOM_BIN": str(tmp_path)})
    assert ran.returncode == 1 and "seed 7" in ran.stdout and "kills              FAILED" in ran.stdout, ran
