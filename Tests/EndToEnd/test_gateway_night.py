"""A night on which a gateway is upgraded while calls run over it, with ten mistakes: each is refused, or told as a
trouble of the first rank, at the minute at which it is made (sample-data/gateway-upgrade)."""

import os
import pwd
import re

import pytest

from nights import SAMPLES
from programs import one_sentence, run

NIGHT = SAMPLES / "gateway-upgrade" / "runbook.yaml"
SCRIPT = SAMPLES / "gateway-upgrade" / "rehearsal.yaml"
ME = pwd.getpwuid(os.geteuid()).pw_name


@pytest.fixture
def night(rehearse):
    return rehearse(NIGHT, at="Thu 05:30", speed=0)


def first_rank(hub, at):
    return {t["kind"]: t["text"] for t in hub.status(at=at)["troubles"] if t["rank"] == 1}


def refusals(night):
    """Why the hub refused a moment of the script, by what it sends."""
    lines = SCRIPT.read_text().split("\n")
    found = re.findall(r"rehearsal.yaml:(\d+):\d+: \S+ the hub refused it: (.*)", night.log())
    return {re.search(r"subject: (\S+?),", lines[int(number) - 1])[1]: why for number, why in found}


def test_of_ten_mistakes_each_is_refused_or_told_at_once(night):
    refused = refusals(night)
    # 1, 2: begun before its time, and past the gate that asks the core; "no impact is expected" opens nothing.
    assert refused["announce"].startswith("its time is Thu 01:30")
    assert refused["upgrade-1"] == "gate before-upgrade-1 is shut: 0 of 1 out of all pools: GW-1 is in the Voice core"
    # 3: approved although the gateway carries calls.
    assert refused["before-upgrade-1"].startswith("gate before-upgrade-1 is shut: ")
    # 4: the totals are fine, before anything of what they look at has happened.
    assert refused["watch/operations/totals"].startswith("nothing of what it looks at has happened yet: ")
    # 5: done all the same.
    told = first_rank(night, "Thu 00:20:30")
    assert told["patch-in-pool"] == "GW-1 is being patched while it is in the Voice core" and "past-gate" in told
    held = {w["id"]: w["held"] for w in night.status(at="Thu 00:20:30")["waves"]}
    assert held["gateway-1"]["cause"] == "patch-in-pool" and held["gateway-2"] is None
    # 6: it boots once more.
    assert "second-boot" not in first_rank(night, "Thu 00:40")
    assert first_rank(night, "Thu 00:42")["second-boot"].startswith("GW-1 booted 2 times, 1 expected: Thu 00:25")
    # 7: an alarm that nobody takes up holds the close.
    assert "unlooked-alert" in [c["kind"] for c in night.status(at="Thu 00:51")["closing"]]
    # 8: the emergency test has failed, and saying done does not make it so.
    after = night.status(at="Thu 02:07")
    assert {t["id"]: t["state"] for t in after["tests"]}["emergency-1"] == "failed"
    assert {s["id"]: s["state"] for s in after["steps"]}["emergency-1"] == "failed"
    assert "Emergency.call from a mobile" in first_rank(night, "Thu 02:07")["failed"]
    assert refused["emergency-1"].startswith("wave gateway-1 is held by hub since Thu 00:20")
    # 9: two callers stay on the header, three are of the first rank.
    assert "heard" not in first_rank(night, "Thu 02:32") and len(night.status(at="Thu 02:32")["heard"]) == 2
    assert "000 does not connect" in first_rank(night, "Thu 02:45")["heard"]
    # 10: the next gateway, and the close.
    assert refused["divert-2"].startswith("wave gateway-1 is held by hub since Thu 00:20")
    assert refused["gateway-upgrade-2025-09-18.rehearsal"].startswith("the night cannot be closed, 8 things")
    assert night.status()["bridge"]["state"] != "closed"


def test_the_first_thing_that_every_screen_says_is_what_is_wrong_for_callers(night, rehearse, screen, folder):
    for columns, rows in ((80, 24), (120, 35), (200, 50)):
        terminal = screen(night, columns, rows)
        terminal.wait_for(lambda text: "GW-1" in text and "heard" in text.lower())
    early = rehearse(NIGHT, at="Thu 00:21", speed=0, name="early", state=folder / "early")
    for columns, rows in ((80, 24), (120, 35), (200, 50)):
        # On a small screen the sentence takes two rows.
        screen(early, columns, rows).wait_for(lambda text: re.search(
            r"GW-1 is being patched while it is in the Voice[ \u259a\n]+core", text))


def test_the_night_itself_is_not_live_before_its_text_is_signed(hub, folder):
    runbook = folder / "runbook.yaml"
    runbook.write_text(NIGHT.read_text().replace('"%voice"', ME).replace('"%change"', ME))
    live = hub(runbook)
    assert live.status()["bridge"]["state"] == "opened"
    one_sentence(live.run("step", "announce", "start", "--note", "early"), "not signed yet", "Change Approver")
    live.ok("sign", "--as", "Change Approver")
    live.ok("step", "announce", "start", "--note", "early")


def test_nothing_of_the_plan_is_wrong_by_itself(folder):
    result = run("check", NIGHT, folder=folder)
    assert "fault" not in result.out, result.out
