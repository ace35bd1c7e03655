"""Attacks the shipped programs, and says what held.

    python3 -B Tests/Attack [--seed N] [--seconds S] [NAME…]

A line an attack: its name, whether its goals held, its figures; what was found stands below it. With the seed that is
printed first the same inputs come again, in any choice of attacks; when a kill falls is the machine's. Exit codes: 0
all held, 1 something was found, 2 wrong usage.
"""

import argparse
import fnmatch
import random
import resource
import signal
import sys
import time
import traceback

import attacks  # noqa: F401
from stage import ATTACKS, BIN, LeftOut, SECONDS, Stage

BOUND = 600  # seconds: all of it ends by then


class TooLong(BaseException):
    """The attack's time is over, whatever it waits for; nothing on its way may take this for a fault of the hub."""


def too_long(*_):
    raise TooLong


def made(name, seed, seconds, bound):
    """One attack: its stage, and why it was left out."""
    stage = Stage(name, seed, seconds)
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(max(1, int(bound)))
    try:
        ATTACKS[name].run(stage)
    except LeftOut as why:
        return stage, str(why)
    except TooLong:
        stage.findings.append(f"did not end within {bound:.0f} s")
    except Exception as fault:  # an attack that fell over has not shown that its goal holds
        where = traceback.extract_tb(fault.__traceback__)[-1]
        stage.findings.append(f"{type(fault).__name__}: {str(fault)[:300]} ({where.filename}:{where.lineno})")
    finally:
        signal.alarm(0)
        stage.close()
    return stage, None


def words(value):
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)


def show(name, stage, why):
    """Prints an attack's line and its findings; whether it held."""
    verdict = "left out" if why else "FAILED" if stage.findings else "held"
    told = why or ", ".join(f"{figure} {words(value)}" for figure, value in stage.figures.items())
    print(f"{name:18} {verdict:8} {time.monotonic() - stage.began:4.0f} s  {told}", flush=True)
    for finding in stage.told():
        print(f"{'':20}{finding}", flush=True)
    return not stage.findings


def attack_all(names, seed, seconds):
    """Makes these attacks one after the other, each with its part of the time; whether all held."""
    share, began, held = seconds / sum(ATTACKS[name].seconds for name in names), time.monotonic(), True
    for name in names:
        chosen = ATTACKS[name]
        spent = max(chosen.least, chosen.seconds * share)
        bound = min(3 * spent + 60, BOUND - (time.monotonic() - began))
        held = show(name, *made(name, seed, spent, bound)) and held
    return held


def main():
    # A thousand callers are a thousand descriptors here, too.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    parser = argparse.ArgumentParser(prog="Tests/Attack", description="Attacks the shipped programs.",
        epilog="\n".join(f"{a.name:18} {a.says}" for a in ATTACKS.values()),
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of all attacks together; some need their time")
    parser.add_argument("names", nargs="*", metavar="NAME", help="below, or a pattern as flood-*; left out, all")
    chosen = parser.parse_args()
    names = [name for wanted in chosen.names or ["*"] for name in fnmatch.filter(ATTACKS, wanted)]
    for wanted in chosen.names:
        if not fnmatch.filter(names, wanted):
            parser.error(f"there is no attack '{wanted}'")
    if not (BIN / "warroom-hub").exists():
        parser.error(f"warroom-hub is not in {BIN}: run `make release`, or set WARROOM_BIN")
    print(f"seed {chosen.seed}: to repeat, --seed {chosen.seed}", flush=True)
    return 0 if attack_all(names, chosen.seed, chosen.seconds) else 1


if __name__ == "__main__":
    sys.exit(main())
