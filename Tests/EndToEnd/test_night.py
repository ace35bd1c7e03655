"""The sample nights, minute by minute: what the program says at a time is what pages written by hand say."""

import os
import re
import shutil
import time

import pytest

from facts import FIXTURES, faults, page
from nights import SAMPLES
from programs import wait_until
from renaming import copy

NIGHTS = {
    "2025-09-14": {
        "sat-1905": "Sat 19:05", "sat-2240": "Sat 22:40", "sun-0210": "Sun 02:10", "sun-0431": "Sun 04:31",
        "sun-0530": "Sun 05:30",
        "sun-0820": "Sun 08:20", "sun-1030": "Sun 10:30", "mon-0910-ist": "Mon 09:10 IST",
        "mon-1200-ist": "Mon 12:00 IST"},
    "2025-10-12": {"sun-0445": "Sun 04:45", "mon-1245-ist": "Mon 12:45 IST"},
    "engageip-billing": {"sat-2253": "Sat 22:53", "sun-0030": "Sun 00:30"},
}
MINUTES = [(night, name, at) for night, minutes in NIGHTS.items() for name, at in minutes.items()]


@pytest.mark.parametrize("night, name, at", MINUTES, ids=[f"{night} {at}" for night, _, at in MINUTES])
def test_at_this_minute_the_night_is_what_its_page_says(rehearse, night, name, at):
    facts = page(FIXTURES / night / f"{name}.tsv")
    wrong = faults(rehearse(SAMPLES / night / "runbook.yaml", at=at, speed=0).status(), facts)
    assert not wrong, "\n".join(wrong)
    assert len(facts) >= 40


@pytest.mark.parametrize("night", NIGHTS)
def test_under_random_names_the_night_is_the_same(rehearse, folder, night):
    """The program knows no night: where every name in the runbook and in what happens is another, what it says differs
    by those names only."""
    runbook, renaming = copy(SAMPLES / night, folder / "copy", seed=night)
    text = runbook.read_text() + (folder / "copy" / "rehearsal.yaml").read_text()
    text = re.sub(r'(?m)^ *"(kind|type)": .*$', "", text)  # words of the format
    left = [name for name in renaming.new if re.search(rf"(?<![\w/.-]){re.escape(name)}(?![\w.-])", text)]
    assert not left, f"still there: {left}"
    for name, at in NIGHTS[night].items():
        facts = page(FIXTURES / night / f"{name}.tsv")
        for fact in facts:
            fact.path, fact.value = renaming.fact(fact.path, fact.value)
        hub = rehearse(runbook, at=at, speed=0, name=name, state=folder / name)
        wrong = faults(hub.status(), facts)
        hub.kill()
        assert not wrong, "\n".join(wrong)


def test_the_files_of_a_rehearsal_drive_a_hub_that_serves_the_night(rehearse, hub, folder):
    """The player's files are files like any others: where somebody else writes them, they say the same to `serve`. Of
    the alerts the files say that they are on: that all are muted by then is a person's step, which no file tells."""
    played = rehearse(at="Sun 04:31", speed=0)
    for name in ("patch", "events", "tests", "pools.json"):
        what, where = played.state / name, folder / "served" / name
        where.parent.mkdir(exist_ok=True)
        shutil.copytree(what, where) if what.is_dir() else shutil.copy(what, where)
    # In the order in which they were written: of two reports on one test run the later one is shown, by a clock that
    # runs.
    paths = sorted((folder / "served").rglob("*"), key=lambda path: path.stat().st_mtime_ns)
    for age, path in enumerate(reversed(paths)):
        touched = time.time_ns() - age * 10_000_000
        os.utime(path, ns=(touched, touched))
    said = {server["name"]: server for server in played.status()["servers"]}
    web = [server for name, server in said.items() if name.startswith("IC-Web")]
    assert {server["alerts"] for server in web} == {"muted"}
    for server in web:
        server["alerts"] = "on"
    served = hub(SAMPLES / "2025-09-14" / "runbook.yaml", at="Sun 04:31", speed=1, name="served",
        state=folder / "served")

    def differences():
        now = {server["name"]: server for server in served.status()["servers"]}
        return [(name, axis, said[name][axis], now[name][axis])
                for name in said for axis in ("patch", "reboot", "verify", "reach", "pools", "alerts", "bootedAt")
                if now[name][axis] != said[name][axis]]
    wait_until(lambda: not differences(), 5, lambda: f"{differences()}")

    def smoke():
        test = {test["id"]: test for test in served.status()["tests"]}["smoke-1"]
        return test["passed"], test["total"]
    wait_until(lambda: smoke() == (32, 32), 5, lambda: f"{smoke()}")
