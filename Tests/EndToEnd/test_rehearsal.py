"""A rehearsal comes through the doors of a real night: files, the socket, processes. Its player can be killed."""

import json
import os
import signal
import subprocess
import time

import pytest

from nights import SAMPLE, little
from programs import run, wait_until
from renaming import Names


def script(folder, moments, names=Names(), **changes):
    """The little night with a script beside it, under given names."""
    sources = {"tool": {"kind": "status-files", "path": "{state}/tool/*.json", "every": "1s"}}
    night, moments = names.take(little(rehearsal="script.yaml", **{"sources": sources, **changes}), moments)
    (folder / "script.yaml").write_text(json.dumps(moments))
    path = folder / "night.yaml"
    path.write_text(json.dumps(night))
    return path


def server(name, **data):
    return {"type": "warroom.server", "subject": name, "data": data}


def player(hub):
    """The process id of the hub's player: its only child."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(hub.process.pid)], capture_output=True,
        text=True).stdout.split()
    assert len(found) == 1, f"the hub has {len(found)} children"
    return int(found[0])


def by_id(items):
    return {item["id"]: item for item in items}


def test_the_sample_night_begun_at_0431_is_what_the_page_says_of_that_minute(rehearse):
    document = rehearse(at="Sun 04:31", speed=0).status()
    steps, gates, tests = by_id(document["steps"]), by_id(document["gates"]), by_id(document["tests"])
    servers = {s["name"]: s for s in document["servers"]}
    sources, waves = by_id(document["sources"]), by_id(document["waves"])
    assert document["now"] == "2025-09-14T08:31:00Z"
    assert document["bridge"]["id"] == "monthly-2025-09-14.rehearsal" and document["bridge"]["mode"] == "rehearsal"
    # Saturday 22:00, "patching for IC-Web1 thru 5", and everything after it up to the announcement.
    assert steps["reschedule-jobs"]["state"] == "done" and steps["web1-5"]["state"] == "done"
    assert steps["reschedule-jobs"]["actual"] == {"start": "2025-09-13T23:00:40Z", "end": "2025-09-13T23:06:31Z"}
    assert steps["web1-5-alerts-on"]["actual"]["end"] == "2025-09-14T03:13:05Z"
    assert (waves["web1-5"]["done"], waves["web1-5"]["of"], waves["web1-5"]["confirmed"]) == (5, 5, 4)
    assert (waves["web6-10"]["done"], waves["web6-10"]["of"]) == (0, 5)
    assert servers["IC-Web3"]["patch"] == "installed" and servers["IC-Web3"]["verify"] == "passed"
    assert servers["IC-Web6"]["patch"] == "pending"
    # "ensure IC-Web1 thru 5 are healthy and are put back in the pool": one is not.
    assert servers["IC-Web4"]["pools"] == {"backend-pool-invoicecloud-web": "in", "IC-LB-WebSVR-4AppSVR": "out"}
    assert gates["before-web6-10"]["state"] == "shut"
    assert [n["met"] for n in gates["before-web6-10"]["needs"]] == [False, True, True]
    assert steps["web1-5-confirm"]["state"] == "running" and steps["web6-10-patch"]["due"]
    assert not steps["web6-10-patch"]["ready"]
    assert "IC-Web4" in document["sentence"]["text"] and document["sentence"]["since"] == "2025-09-14T07:52:04Z"
    # Smoke 1 at 02:00; the others have not begun.
    assert (tests["smoke-1"]["state"], tests["smoke-1"]["passed"], tests["smoke-1"]["total"]) == ("passed", 32, 32)
    assert tests["smoke-2"]["state"] == tests["regression"]["state"] == "not-started"
    # The run of 24 August proves nothing of this night.
    assert steps["healthcheck-run"]["state"] not in ("done", "running")
    # Pingdom, the jobs, three alert systems, and the pool that nobody meant to leave.
    assert {end["id"] for end in document["looseEnds"]} == {
        "pingdom/mcc-biller-portal", "jobs/rescheduled", "alerts/system-1", "alerts/system-2", "alerts/system-3",
        "pool/IC-Web4/IC-LB-WebSVR-4AppSVR"}
    assert sources["pools"]["state"] == "current" and sources["pools"]["lastGood"] == "2025-09-14T08:30:45Z"
    assert sources["smoke-2"]["state"] == sources["regression"]["state"] == "never-seen"
    marks = [c["mark"] for b in document["boards"] for t in b["teams"] for c in t["checks"]]
    assert len(marks) == 24 and set(marks) == {"pending"}


def test_every_event_before_t_was_received_at_its_own_time(rehearse):
    entries = rehearse(at="Sun 08:20", speed=0).entries()
    received = {(e["event"]["subject"], json.dumps(e["event"]["data"].get("state"))): e["receivedAt"] for e in entries}
    assert entries[0]["receivedAt"] == "2025-09-13T23:00:00Z"
    assert received["pingdom-on", '"started"'] == "2025-09-14T08:16:02Z"
    web4 = [e["receivedAt"] for e in entries if e["event"]["subject"] == "IC-Web4" and "pools" in e["event"]["data"]]
    assert "2025-09-14T07:52:04Z" in web4, "what a file said was received when it was written"
    stale = [e for e in entries if e["event"]["subject"] == "pools" and e["event"]["data"].get("state") == "stale"]
    assert [e["receivedAt"][:19] for e in stale] == ["2025-09-14T12:12:03"], (
        "the probe fell silent once, for more than 60 s")
    times = [e["receivedAt"] for e in entries]
    assert all(e["event"]["type"] != "warroom.refusal" for e in entries), "the night's own script is refused nothing"
    assert len(times) > 200


def test_the_night_to_its_end_leaves_pingdom_and_two_teams(rehearse):
    hub = rehearse(at="Mon 09:55 IST", speed=0)
    document = hub.status()
    assert [end["id"] for end in document["looseEnds"]] == ["pingdom/mcc-biller-portal"]
    usa = {t["id"]: t["checks"][0]["mark"] for t in by_id(document["boards"])["usa"]["teams"]}
    assert [team for team, mark in usa.items() if mark == "no-response"] == ["go-live", "egress"]
    smoke = by_id(document["tests"])["smoke-2"]
    assert (smoke["state"], smoke["passed"], smoke["flaky"]) == ("passed", 32, 1)
    assert (hub.state / "events" / "scheduler.json").exists(), "a real process wrote a file"


def test_a_whole_night_is_caught_up_within_three_seconds(rehearse):
    begin = time.monotonic()
    rehearse(at="Mon 09:55 IST", speed=0)
    assert time.monotonic() - begin < 3


def test_the_clock_runs_on_from_t_and_what_comes_next_happens(rehearse, folder):
    night = script(folder, [
        {"at": "Sat 22:00", "write": {"path": "tool/a.json", "json": server("node-1", patch="running")}},
        {"at": "+5m", "send": {"type": "step", "subject": "prepare", "data": {"state": "started"}}},
        {"at": "Sat 23:00", "write": {"path": "tool/a.json", "json": server("node-1", patch="installed")}},
        {"at": "+1m", "send": {"type": "step", "subject": "prepare", "data": {"state": "done"}}}])
    hub = rehearse(night, at="Sat 22:30", speed=3600)
    assert by_id(hub.status()["steps"])["prepare"]["state"] in ("running", "done")
    wait_until(lambda: by_id(hub.status()["steps"])["prepare"]["state"] == "done", 10)
    wait_until(lambda: {s["name"]: s for s in hub.status()["servers"]}["node-1"]["patch"] == "installed", 10)


def test_killing_the_player_stops_all_change_and_the_hub_goes_on(rehearse, folder):
    row = json.dumps(server("node-1", detail="x"))
    night = script(folder, [
        {"at": "Sat 19:00", "every": "10s until Mon 10:00",
            "send": {"type": "note", "subject": "prepare", "data": {"text": "ticks"}}},
        {"at": "Sat 19:00", "every": "10s until Mon 10:00", "append": {"path": "tool/log.txt", "text": row + "\n"}},
        {"at": "Sat 19:00", "run": ["sh", "-c", "while :; do date +%N >>{state}/clock.txt; sleep 0.05; done"]}])
    hub = rehearse(night, speed=60)
    wait_until(lambda: len(hub.entries()) > 6 and (hub.state / "clock.txt").exists(), 10)
    os.kill(player(hub), signal.SIGKILL)
    wait_until(lambda: "the player has ended" in hub.log(), 5)
    entries = len(hub.entries())
    sizes = [os.path.getsize(hub.state / name) for name in ("tool/log.txt", "clock.txt")]
    first = hub.connect().subscribe()["now"]
    time.sleep(1)
    assert [os.path.getsize(hub.state / name) for name in ("tool/log.txt", "clock.txt")] == sizes
    assert len(hub.entries()) == entries
    assert hub.connect().subscribe()["now"] > first, "the hub's clock goes on"
    hub.ok("note", "still here", "--on", "prepare")


def test_the_player_ends_with_its_hub(rehearse):
    hub = rehearse(at="Sun 04:31")
    child = player(hub)
    hub.kill(signal.SIGKILL)
    wait_until(lambda: not os.path.exists(f"/proc/{child}"), 5)


def test_a_rehearsal_without_a_script_is_a_hub_whose_clock_is_set(rehearse, folder):
    path = folder / "plain.yaml"
    path.write_text(json.dumps(little()))
    assert rehearse(path, at="Sun 04:31", speed=0).status()["now"] == "2025-09-14T08:31:00Z"


@pytest.mark.parametrize("moment, place, words", [
    ({"at": "Sat 22:00", "write": {"path": "../x", "text": "x"}}, "script.yaml:1:", ["PATH", "state folder"]),
    ({"at": "Sat 22:00", "remove": "journal.sqlite"}, "script.yaml:1:", ["PATH", "hub's own"]),
    ({"at": "Satt 22:00", "touch": "x"}, "script.yaml:1:", ["TIME"]),
])
def test_a_script_with_faults_is_refused_with_their_places(folder, moment, place, words):
    result = run("rehearse", script(folder, [moment]), "--state", folder / "s", "--socket", folder / "s.sock",
        folder=folder)
    assert result.code == 2 and place in result.err
    for word in words:
        assert word in result.err


def test_open_rehearse_without_a_terminal_prints_the_night_and_leaves_nothing(folder):
    result = run("open", SAMPLE / "runbook.yaml", "--rehearse", "--at", "Sun 04:31", folder=folder)
    assert result.code == 0 and "IC-Web4" in result.out and "04:31" in result.out, result
    left = subprocess.run(["pgrep", "-f", str(folder)], capture_output=True, text=True).stdout
    assert not left, left


def test_lines_added_to_a_file_are_events_each_taken_once_also_by_a_hub_that_starts_anew(hub, folder):
    night = little(sources={"feed": {"kind": "ndjson", "path": "{state}/feed.ndjson", "every": "1s"}})
    first = hub(night, at="Sun 04:31")
    feed = first.state / "feed.ndjson"
    feed.write_text("".join(json.dumps(server(f"node-{n}", patch="installed")) + "\n" for n in (1, 2)) + "no event\n")

    def patched(running):
        return [s["name"] for s in running.status()["servers"] if s["patch"] == "installed"]
    wait_until(lambda: patched(first) == ["node-1", "node-2"], 5)
    wait_until(lambda: "line 3" in (by_id(first.status()["sources"])["feed"]["reason"] or ""), 5)
    first.kill(signal.SIGTERM)
    again = hub(night, at="Sun 04:31")
    with feed.open("a") as more:
        more.write(json.dumps(server("node-3", patch="installed")) + "\n")
    wait_until(lambda: patched(again) == ["node-1", "node-2", "node-3"], 5)
    told = [e["event"]["subject"] for e in again.entries() if e["by"] == "feed"]
    assert told == ["node-1", "node-2", "node-3"]
