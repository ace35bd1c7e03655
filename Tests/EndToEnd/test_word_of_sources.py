"""What a source says when it is looked at is what is known now, with the age of what it rests on; what cannot be known
is not green (docs/contract.md, Time and Sources)."""

import json
import os
import signal
import time

import pytest

from nights import little, put
from programs import wait_until


def night(**changes):
    pools = {"kind": "status-files", "path": "{state}/pools/*.json", "every": "200ms", "stale_after": "4s",
             "authority": ["pools", "reach"]}
    return little(**{"sources": {"pools": pools}, **changes})


def node(name, **data):
    return {"type": "warroom.server", "subject": name, "data": data}


def server(hub, name="node-1"):
    return next(s for s in hub.status()["servers"] if s["name"] == name)


def source(hub, name="pools"):
    return next(s for s in hub.status()["sources"] if s["id"] == name)


def run_of(hub, name="smoke"):
    return next(t for t in hub.status()["tests"] if t["id"] == name)


def texts(hub):
    return [t["text"] for t in hub.status()["troubles"]]


@pytest.mark.parametrize("age", [0, 20, 86_400])
def test_a_file_moved_into_place_is_believed_however_old_it_is(hub, age):
    hub = hub(night(), at="Sun 04:31")
    path = hub.state / "pools" / "node-1.json"
    put(path, node("node-1", pools={"front": "in"}, reach="ok"))
    wait_until(lambda: server(hub)["pools"].get("front") == "in", 5)
    put(path, node("node-1", pools={"front": "out"}, reach="unreachable"), mtime=time.time() - age)
    wait_until(lambda: server(hub)["pools"].get("front") == "out", 5)
    assert server(hub)["reach"] == "unreachable" and not server(hub)["stale"]
    if age:
        wait_until(lambda: source(hub)["reason"] == "node-1.json is dated before what it takes the place of", 5)
    put(path, node("node-1", pools={"front": "out"}, reach="unreachable"))
    wait_until(lambda: source(hub)["reason"] is None, 5)


def test_there_and_back_again_within_one_tick_of_the_clock_ends_on_the_last(hub):
    hub = hub(night(), at="Sun 04:31")
    path = hub.state / "pools" / "node-1.json"
    tick = int(time.time())
    for value in ["in", "out", "in", "draining", "in"]:
        put(path, node("node-1", pools={"front": value}), mtime=tick)
        wait_until(lambda value=value: server(hub)["pools"].get("front") == value, 5)


def test_one_id_for_all_that_a_tool_ever_says_hides_nothing(hub):
    hub = hub(night(), at="Sun 04:31")
    path = hub.state / "pools" / "node-1.json"
    for value in ["in", "out", "in"]:
        put(path, {"id": "status", **node("node-1", pools={"front": value})})
        wait_until(lambda value=value: server(hub)["pools"].get("front") == value, 5)


def test_one_living_file_does_not_keep_a_dead_one_fresh_and_replay_knows_when_it_died(hub):
    hub = hub(night(), at="Sun 04:31", speed=1)
    for name in ("node-1", "node-2"):
        put(hub.state / "pools" / f"{name}.json", node(name, pools={"front": "in"}, reach="ok"))
    wait_until(lambda: server(hub, "node-2")["pools"].get("front") == "in", 5)
    before = hub.status()["now"]

    def died():
        os.utime(hub.state / "pools" / "node-2.json")
        return server(hub)["stale"]
    wait_until(died, 10)
    assert not server(hub, "node-2")["stale"] and source(hub)["state"] == "current"
    assert source(hub)["stale"] == ["node-1"]
    assert any("nothing new on node-1 for more than 4 s" in text for text in texts(hub))
    entries = [json.loads(line)["event"] for line in hub.ok("log", "--json").out.splitlines()]
    told = [e["data"] for e in entries if e["type"] == "warroom.source" and "stale" in e["data"]]
    assert [d["stale"] for d in told] == [["node-1"]]
    then = json.loads(hub.ok("status", "--json", "--at", before).out)
    assert not next(s for s in then["servers"] if s["name"] == "node-1")["stale"]

    def back():
        for name in ("node-1", "node-2"):
            os.utime(hub.state / "pools" / f"{name}.json")
        return not server(hub)["stale"]
    wait_until(back, 5)
    entries = [json.loads(line)["event"] for line in hub.ok("log", "--json").out.splitlines()]
    assert any(e["data"].get("fresh") == ["node-1"] for e in entries if e["type"] == "warroom.source")


def test_a_tool_may_write_a_new_name_each_time_and_remove_the_old_one(hub):
    hub = hub(night(), at="Sun 04:31")
    names = ("node-1", "node-2", "node-3")
    for number in range(1, 4):
        put(hub.state / "pools" / f"status-{number}.json", [node(n, pools={"front": "in"}) for n in names])
        wait_until(lambda: source(hub)["state"] == "current", 5)
        if number > 1:
            (hub.state / "pools" / f"status-{number - 1}.json").unlink()
        time_of = source(hub)["lastGood"]
        wait_until(lambda: source(hub)["lastGood"] >= time_of, 5)
    assert source(hub)["reason"] is None
    assert not any(server(hub, name)["stale"] for name in names)
    # Nobody speaks of node-3 any more: it alone is stale, and named.
    put(hub.state / "pools" / "status-4.json", [node(n, pools={"front": "in"}) for n in names[:2]])
    (hub.state / "pools" / "status-3.json").unlink()
    wait_until(lambda: server(hub, "node-3")["stale"], 5)
    assert not server(hub)["stale"]
    assert source(hub)["reason"] == "status-3.json is gone, and with it the word on node-3"


def test_a_file_of_tomorrow_is_told_and_blinds_nothing_and_backups_are_no_claims(hub):
    hub = hub(night(), at="Sun 04:31")
    put(hub.state / "pools" / "node-2.json", node("node-2", pools={"front": "in"}), mtime=time.time() + 86_400)
    put(hub.state / "pools" / "node-1.json", node("node-1", pools={"front": "in"}))
    for name in ("node-1.bak.json", "#node-1.json#", "node-1.json.orig", "node-1~.json"):
        put(hub.state / "pools" / name, node("node-1", pools={"front": "down"}))
    wait_until(lambda: "node-2.json is dated in the future" in (source(hub)["reason"] or ""), 5)

    def aged():
        os.utime(hub.state / "pools" / "node-1.json")
        return server(hub, "node-2")["stale"]
    wait_until(aged, 10)
    assert server(hub)["pools"]["front"] == "in" and not server(hub)["stale"]


def test_silence_is_not_zero(hub):
    hub = hub(night(pools={"front": {"title": "Front", "minimum": 2}}), at="Sun 04:31")
    names = ("node-1", "node-2", "node-3")
    for name in names:
        put(hub.state / "pools" / f"{name}.json", node(name, pools={"front": "in"}))
    wait_until(lambda: hub.status()["service"]["inService"] == 3, 5)
    wait_until(lambda: hub.status()["service"]["inService"] == 0, 10)
    pool = hub.status()["pools"][0]
    assert (pool["confirmed"], pool["unknown"], pool["serving"]) == (0, 3, 3)
    capacity = [t["text"] for t in hub.status()["troubles"] if t["kind"] == "capacity"]
    assert capacity == [
        "nobody knows how many the Front has in service, 0 of 3 for certain, at least 2 are needed"]


NEWMAN = """<testsuites name="Portal">
<testsuite name="Sign in" tests="2" failures="0" errors="0"><testcase name="is 200" classname="Portal"/>
<testcase name="is quick" classname="Portal"/></testsuite>
<testsuite name="Take a payment" tests="1" failures="1" errors="0"><testcase name="is 200" classname="Portal">
<failure message="got 502"/></testcase></testsuite>
<testsuite name="Show it" tests="1" failures="0" errors="0"><testcase name="is 200" classname="Portal"/></testsuite>
</testsuites>"""
SUBTESTS = """<testsuites><testsuite name="checks" tests="5" failures="0" errors="0" skipped="0">
<testcase classname="pay" name="each biller"/><testcase classname="pay" name="portal"/></testsuite></testsuites>"""


def reports(hub):
    return hub(little(sources={"smoke": {
        "kind": "junit", "path": "{state}/smoke/*.xml", "run": "smoke", "every": "200ms"}}), at="Sun 04:31")


def test_the_request_that_failed_is_not_hidden_behind_the_same_check_of_another(hub):
    hub = reports(hub)
    put(hub.state / "smoke" / "newman.xml", NEWMAN)
    run = wait_until(lambda: run_of(hub)["state"] != "not-started" and run_of(hub), 5)
    assert (run["state"], run["total"], run["passed"], run["failed"]) == ("failed", 4, 3, 1)
    assert [f["name"] for f in run["failures"]] == ["Take a payment: Portal.is 200"]


def test_a_green_report_that_counts_subtests_has_passed_with_a_remark(hub):
    hub = reports(hub)
    put(hub.state / "smoke" / "report.xml", SUBTESTS)
    put(hub.state / "smoke" / "coverage.xml", '<!DOCTYPE coverage SYSTEM "x"><coverage line-rate="1"/>')
    run = wait_until(lambda: run_of(hub)["state"] != "not-started" and run_of(hub), 5)
    assert (run["state"], run["total"], run["passed"]) == ("passed", 2, 2)
    assert source(hub, "smoke")["state"] == "current"


def feed(hub):
    return hub(little(sources={"feed": {
        "kind": "ndjson", "path": "{state}/feed.ndjson", "every": "200ms"}}), at="Sun 04:31")


def test_the_hole_that_copytruncate_leaves_swallows_no_event(hub):
    hub = feed(hub)
    path = hub.state / "feed.ndjson"
    with open(path, "wb", buffering=0) as writer:
        for name in ("node-1", "node-2"):
            writer.write(json.dumps(node(name, reach="ok")).encode() + b"\n")
        wait_until(lambda: server(hub, "node-2")["reach"] == "ok", 5)
        os.truncate(path, 0)
        writer.write(json.dumps(node("node-1", reach="unreachable")).encode() + b"\n")
        assert path.read_bytes().startswith(b"\0")
        wait_until(lambda: server(hub)["reach"] == "unreachable", 5)
    assert source(hub, "feed")["state"] == "current"


def test_a_feed_that_was_written_anew_while_the_hub_was_away_is_told_once_and_whole(hub):
    hub = feed(hub)
    path = hub.state / "feed.ndjson"

    def lines(*words):
        return "".join(json.dumps({"type": "warroom.note", "subject": "night", "data": {"text": w}}) + "\n"
                       for w in words)

    def notes():
        entries = [json.loads(line)["event"] for line in hub.ok("log", "--json").out.splitlines()]
        return [e["data"]["text"] for e in entries if e["type"] == "warroom.note"]
    path.write_text(lines("one", "two"))
    wait_until(lambda: notes() == ["one", "two"], 5)
    # Copied as it was, with one more: another inode, and nothing twice.
    hub.kill(signal.SIGTERM)
    path.unlink()
    path.write_text(lines("one", "two", "three"))
    hub.start()
    wait_until(lambda: notes() == ["one", "two", "three"], 5)
    # Cut, and written anew to the same inode.
    hub.kill(signal.SIGTERM)
    path.write_text(lines("four"))
    hub.start()
    wait_until(lambda: notes() == ["one", "two", "three", "four"], 5)
