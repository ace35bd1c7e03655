"""What happens to the servers of a wave is seen at once, holds it where the runbook says so, and has to soak."""

import pytest

from nights import little, put
from programs import one_sentence, wait_until

SOURCES = {
    "patch": {"kind": "status-files", "path": "{state}/patch/*.json", "every": "200ms"},
    "pools": {"kind": "status-files", "path": "{state}/pools/*.json", "every": "200ms"},
}


def says(hub, folder, name, **data):
    put(hub.state / folder / f"{name}.json", {"type": "warroom.server", "subject": name, "data": data})


def everything_in(hub):
    for name in ("node-1", "node-2", "node-3"):
        says(hub, "pools", name, pools={"front": "in"})
    wait_until(lambda: all(s["pools"]["front"] == "in" for s in hub.status()["servers"]), saying="nothing is in")


def wave(hub):
    return hub.status()["waves"][0]


def troubles(hub, kind):
    return [t for t in hub.status()["troubles"] if t["kind"] == kind]


@pytest.fixture
def waves(hub):
    """A hub whose one wave has these options, with all its servers in their pool."""
    def start(**options):
        made = hub(little(sources=SOURCES, waves={"first": {"servers": ["node-1..3"], **options}}), at="Sun 04:31")
        everything_in(made)
        return made
    return start


def test_a_server_patched_in_its_pool_is_of_the_first_rank_at_once_and_on_every_screen(waves, screen):
    hub = waves()
    says(hub, "patch", "node-2", patch="running")
    found = wait_until(lambda: troubles(hub, "patch-in-pool"), saying="nobody says that node-2 is patched in its pool")
    assert [(t["subject"], t["rank"], t["text"]) for t in found] == [
        ("node-2", 1, "node-2 is being patched while it is in the Front")]
    assert hub.status()["troubles"][0]["kind"] == "patch-in-pool", "it comes first"
    assert wave(hub)["held"] is None, "the runbook does not ask for more"
    for columns, rows in ((80, 24), (120, 35), (200, 50)):
        screen(hub, columns, rows).wait_for("node-2 is being patched while it is in the Front")
    says(hub, "pools", "node-2", pools={"front": "out"})
    wait_until(lambda: not troubles(hub, "patch-in-pool"), saying="it is out, and still told")


def test_a_wave_that_stops_by_itself_is_held_by_an_entry_of_the_hub_and_lifted_by_the_named_role(waves):
    hub = waves(stop_on=["patch-in-pool"], lift=["lead"])
    says(hub, "patch", "node-2", patch="running")
    held = wait_until(lambda: wave(hub)["held"], saying="the wave is not held")
    assert (held["by"], held["cause"], held["reason"]) == (
        "hub", "patch-in-pool", "node-2 is being patched while it is in the Front")
    entries = [e for e in hub.entries() if e["event"]["type"] == "warroom.hold"]
    assert [(e["by"], e["via"], e["event"]["subject"]) for e in entries] == [("hub", "hub", "wave/first")]
    assert [t["rank"] for t in troubles(hub, "held-wave")] == [1]
    assert "held-wave" in [o["kind"] for o in hub.status()["closing"]]
    refused = hub.run("step", "patch", "start", "--note", "it will do")
    assert refused.code == 1
    one_sentence(refused, "wave first is held by hub", "warroom release wave/first")
    assert hub.run("release", "wave/first").code == 1, "a reason is needed"
    hub.ok("release", "wave/first", "--reason", "it was a page that nobody is sent to")
    assert wave(hub)["held"] is None
    hub.kill()
    hub.start()
    assert wave(hub)["held"] is None, "what stopped it before does not stop it again, after a restart neither"
    assert len([e for e in hub.entries() if e["event"]["type"] == "warroom.hold"]) == 2


def test_boots_are_counted_and_versions_are_compared(waves):
    hub = waves(stop_on=["second-boot"])
    says(hub, "patch", "node-1", patch="installed", reboot="up", bootedAt="2025-09-14T08:00:00Z", version="10.2")
    says(hub, "patch", "node-2", patch="installed", reboot="up", bootedAt="2025-09-14T08:01:00Z", version="10.1")
    wait_until(lambda: wave(hub)["versions"] == "1 of 3 at 10.2, node-2 at 10.1",
               saying=lambda: f"the versions are not told: {wave(hub)['versions']}")
    says(hub, "patch", "node-1", patch="installed", reboot="up", bootedAt="2025-09-14T08:00:30Z", version="10.2")
    says(hub, "patch", "node-3", patch="installed", reboot="up", bootedAt="2025-09-14T08:02:00Z", version="10.2")
    wait_until(lambda: troubles(hub, "version"), saying="all are patched, and nobody says that node-2 is behind")
    assert [s["boots"] for s in hub.status()["servers"]] == [1, 1, 1]
    assert wave(hub)["held"] is None and not troubles(hub, "second-boot")
    says(hub, "patch", "node-1", patch="installed", reboot="up", bootedAt="2025-09-14T08:20:00Z", version="10.2")
    assert wait_until(lambda: wave(hub)["held"], saying="a second boot holds nothing")["cause"] == "second-boot"
    text = troubles(hub, "second-boot")[0]["text"]
    assert text.startswith("node-1 booted 2 times, 1 expected: Sun 04:00, Sun 04:20"), text


def test_a_gate_waits_until_its_wave_has_run_without_a_gap(waves):
    hub = waves(soak="3s")

    def soak():
        gate = hub.status()["gates"][0]
        return next(n for n in gate["needs"] if "without a gap" in n["text"])

    assert soak()["why"] == "first must run 3 s without a gap: node-1 verify is unknown"
    for name in ("node-1", "node-2", "node-3"):
        says(hub, "patch", name, patch="installed", reboot="up", verify="passed")
    wait_until(lambda: soak()["met"], 8, lambda: f"it has run long enough: {soak()}")
    says(hub, "pools", "node-3", pools={"front": "out"})
    wait_until(lambda: not soak()["met"], saying="a gap is no gap")
    assert soak()["why"].endswith("node-3 Front is out") and wave(hub)["soak"]["since"] is None
    says(hub, "pools", "node-3", pools={"front": "in"})
    wait_until(lambda: wave(hub)["soak"]["since"], saying="it is in again")
    assert not soak()["met"], "the time begins anew"
    wait_until(lambda: soak()["met"], 8, "it has run long enough again")


def test_a_wave_is_held_by_hand_with_a_reason_and_an_undo_takes_it_back(waves, screen):
    hub = waves()
    one_sentence(hub.run("hold", "wave/first"), "a wave is held and released with a 'reason'", "--reason TEXT")
    one_sentence(hub.run("hold", "wave/none", "--reason", "x"), "no server or wave 'wave/none'")
    one_sentence(hub.run("release", "wave/first", "--reason", "x"), "wave first is not held")
    terminal = screen(hub, 80, 24)
    hub.ok("hold", "wave/first", "--reason", "the vendor asks us to wait")
    terminal.wait_for("is held by")
    entry = hub.entries()[-1]["entry"]
    hub.ok("undo", entry, "--reason", "the wrong wave")
    terminal.wait_for(lambda text: "is held by" not in text)
    assert wave(hub)["held"] is None
