"""Events and claims: what is taken, what is refused, and what is kept (docs/contract.md, Events)."""

import json
import re

import pytest

from nights import little
from programs import event

GOOD = [
    ("step", "prepare", {"state": "started"}),
    ("step", "prepare", {"state": "done"}),
    ("step", "prepare", {"state": "failed", "note": "the disk is full"}),
    ("step", "prepare", {"state": "skipped", "note": "not needed"}),
    ("step", "prepare", {"state": "workaround", "note": "by hand"}),
    ("step", "prepare", {"state": "not-applicable", "note": "no such job here"}),
    ("step", "prepare", {"state": "reset"}),
    ("server", "node-1", {"patch": "running"}),
    ("server", "node-1", {"patch": "excluded", "reboot": "not-needed", "verify": "none"}),
    ("server", "node-1", {"reboot": "up", "bootedAt": "2025-09-14T02:31:04Z", "startedAt": "2025-09-14T02:31:52.5Z",
        "readyAt": "2025-09-13T22:32:00-04:00"}),
    ("server", "node-1", {"verify": "passed", "reach": "unreachable", "detail": "WinRM timed out"}),
    ("server", "node-1", {"pools": {"front": "draining"}}),
    ("server", "node-1", {"alerts": "muted", "mutedUntil": "2025-09-14T12:00:00Z"}),
    ("review", "review/alpha/one", {"mark": "ok", "reviewer": "rev-1", "note": "Tested"}),
    ("review", "review/alpha/one", {"mark": "issues", "note": "503"}),
    ("review", "review/alpha/one", {"mark": "no-response", "note": "silent"}),
    ("review", "review/alpha/one", {"mark": "pending"}),
    ("review", "ops/core/post-check", {"mark": "ok"}),
    ("check", "review/alpha/extra", {"state": "added", "title": "One more"}),
    ("hold", "node-1", {"state": "held", "reason": "sanity failed"}),
    ("hold", "node-1", {"state": "released", "reason": "repaired"}),
    ("tests", "smoke", {"state": "running", "total": 32, "passed": 13, "failed": 1}),
    ("tests", "smoke", {"state": "failed", "total": 2, "passed": 1, "failed": 1, "errors": 0, "skipped": 0, "flaky": 0,
                        "failures": [{"name": "Portal / pays", "message": "503"}], "runID": "7",
                        "startedAt": "2025-09-14T08:00:00Z",
                        "finishedAt": "2025-09-14T08:05:00Z", "url": "https://ci.example/7"}),
    ("tests", "smoke", {"state": "interrupted"}),
    ("pipeline", "build/Run", {"state": "succeeded", "runID": "20250914.1", "startedAt": "2025-09-14T08:00:00Z"}),
    ("batch", "close/1", {"job": "close", "biller": "B", "demo": False, "paymentType": "card", "module": "m",
        "state": "failed", "reason": "multishard", "scheduledAt": "2025-09-14T03:45:00Z"}),
    ("alert", "f1ngerpr1nt",
        {"state": "firing", "name": "HighLatency", "severity": "critical", "server": "node-1", "summary": "slow"}),
    ("message", "tell/#ops", {"state": "posted", "text": "All done"}),
    ("looseend", "pingdom/portal", {"state": "open", "what": "Pingdom in maintenance"}),
    ("ruling", "node-1/patch", {"value": "installed", "reason": "seen on the console"}),
    ("note", "anything at all", {"text": "hello"}),
]

BAD = [
    ("unknown type", ("frobnication", "work", {"state": "done"}), "frobnication"),
    ("a type of somebody else's", ("../note", "work", {"text": "x"}), None),
    ("unknown step", ("step", "nowhere", {"state": "started"}), "nowhere"),
    ("unknown state", ("step", "prepare", {"state": "finished"}), "state"),
    ("no state", ("step", "prepare", {}), "state"),
    ("a state that is no text", ("step", "prepare", {"state": 7}), "state"),
    ("failed without a note", ("step", "prepare", {"state": "failed"}), "note"),
    ("skipped without a note", ("step", "prepare", {"state": "skipped"}), "note"),
    ("workaround without a note", ("step", "prepare", {"state": "workaround"}), "note"),
    ("not-applicable without a note", ("step", "prepare", {"state": "not-applicable", "note": ""}), "note"),
    ("a wrong patch word", ("server", "node-1", {"patch": "done"}), "patch"),
    ("a wrong reboot word", ("server", "node-1", {"reboot": "yes"}), "reboot"),
    ("a wrong pool word", ("server", "node-1", {"pools": {"front": "UP"}}), "front"),
    ("pools that are no table", ("server", "node-1", {"pools": "in"}), "pools"),
    ("a wrong alerts word", ("server", "node-1", {"alerts": "off"}), "alerts"),
    ("a boot time that is none", ("server", "node-1", {"bootedAt": "yesterday"}), "bootedAt"),
    ("an empty server report", ("server", "node-1", {}), None),
    ("a wrong mark", ("review", "review/alpha/one", {"mark": "green"}), "mark"),
    ("issues without a note", ("review", "review/alpha/one", {"mark": "issues"}), "note"),
    ("an unknown board", ("review", "nobody/alpha/one", {"mark": "ok"}), "nobody"),
    ("an unknown team", ("review", "review/nobody/one", {"mark": "ok"}), "nobody"),
    ("an unknown check", ("review", "review/alpha/nothing", {"mark": "ok"}), "nothing"),
    ("a check without a title", ("check", "review/alpha/extra", {"state": "added"}), "title"),
    ("a check in an unknown team", ("check", "review/nobody/extra", {"state": "added", "title": "x"}), "nobody"),
    ("an unknown gate", ("approval", "before-nothing", {"decision": "approved", "as": "Release Approver"}),
        "before-nothing"),
    ("a wrong decision", ("approval", "before-open", {"decision": "fine", "as": "Release Approver"}), "decision"),
    ("refused without a reason", ("approval", "before-open", {"decision": "refused", "as": "Release Approver"}),
        "reason"),
    ("overridden without a reason", ("approval", "before-open", {"decision": "overridden", "as": "Release Approver"}),
        "reason"),
    ("an unknown test run", ("tests", "smoke-9", {"state": "running"}), "smoke-9"),
    ("a wrong tests word", ("tests", "smoke", {"state": "green"}), "state"),
    ("a count that is no number", ("tests", "smoke", {"state": "running", "total": "many"}), "total"),
    ("a negative count", ("tests", "smoke", {"state": "running", "total": -1}), "total"),
    ("a wrong pipeline word", ("pipeline", "build/Run", {"state": "partiallySucceeded"}), "state"),
    ("a wrong batch word", ("batch", "close/1", {"state": "done"}), "state"),
    ("a wrong alert word", ("alert", "f1", {"state": "acknowledged"}), "state"),
    ("a wrong message word", ("message", "tell/#ops", {"state": "sent"}), "state"),
    ("a wrong loose end word", ("looseend", "x/y", {"state": "gone"}), "state"),
    ("a note without text", ("note", "work", {}), "text"),
    ("the hub's own source event", ("source", "smoke", {"state": "current"}), None),
    ("the hub's own refusal", ("refusal", "work", {"who": "a", "what": "b", "why": "c"}), None),
    ("data that is no table", ("note", "work", "text"), None),
]


@pytest.fixture
def rehearsal(hub):
    """A rehearsal, whose starter may do everything; 04:31 is after the steps and before the reviews."""
    return hub(at="Sun 04:31")


@pytest.fixture
def client(rehearsal):
    return rehearsal.connect()


def test_every_kind_of_event_is_taken_and_kept_word_for_word(rehearsal, client):
    sent = [event(*good) for good in GOOD]
    for made in sent:
        client.taken(made)
    kept = {e["event"]["id"]: e["event"] for e in rehearsal.entries()}
    assert [kept.get(made["id"]) for made in sent] == sent


@pytest.mark.parametrize("made, word", [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_an_event_that_says_nothing_true_is_refused_with_the_reason(client, made, word):
    client.refused(event(*made), *([word] if word else []))


@pytest.mark.parametrize("field", ["id", "source", "type", "subject", "specversion"])
def test_an_event_without_a_needed_field_is_refused(client, field):
    made = event("note", "work", {"text": "incomplete"})
    del made[field]
    client.refused(made, field)


def test_an_event_of_another_specversion_is_refused(client):
    client.refused(event("note", "work", {"text": "old"}, specversion="0.3"), "specversion")


def test_a_time_that_is_none_is_refused(client):
    client.refused(event("note", "work", {"text": "when"}, time="half past four"), "time")


@pytest.mark.parametrize("name", ["node-1 ", "Node-1", "node-01", "node"])
def test_names_are_exact(rehearsal, client, name):
    """An unknown server is taken, but it is not the one whose name it resembles."""
    client.taken(event("server", name, {"patch": "installed"}))
    assert {s["name"]: s["patch"] for s in rehearsal.status()["servers"]}["node-1"] in (None, "pending")


def test_aliases_are_resolved_before_the_journal(hub):
    hub = hub(little(servers={"node-1..2": {"pools": ["front"]}, "node-3": {"aliases": ["The Third Node"]}}),
        at="Sun 04:31")
    hub.connect().taken(event("server", "The Third Node", {"patch": "installed"}))
    assert hub.entries()[-1]["event"]["subject"] == "node-3"
    assert {s["name"]: s["patch"] for s in hub.status()["servers"]}["node-3"] == "installed"


def test_what_the_runbook_does_not_know_is_taken_and_part_of_no_count(rehearsal, client):
    before = rehearsal.status()
    client.taken(event("server", "stranger-9", {"patch": "installed", "pools": {"front": "in", "back": "out"}},
        source="ansible"))
    client.taken(event("server", "node-1", {"pools": {"a pool of its own": "out"}}, source="ansible"))
    client.taken(
        event("alert", "unheard-of", {"state": "firing", "server": "stranger-9", "name": "Strange"}, source="ansible"))
    client.taken(event("batch", "unheard/1", {"state": "running"}, source="ansible"))
    client.taken(event("pipeline", "unheard of/Stage", {"state": "running"}, source="ansible"))
    after = rehearsal.status()
    assert after["waves"] == before["waves"] and after["gates"] == before["gates"]
    strangers = [s for s in after["servers"] if s["name"] == "stranger-9"]
    assert len(strangers) == 1 and strangers[0]["wave"] is None
    assert strangers[0].get("inRunbook") is False


def test_unknown_fields_are_kept_numbers_stay_as_written_and_keys_are_sorted(rehearsal, client):
    line = (
        '{"zebra":{"b":1.0,"a":[1e3,1E+3,-0,0.10,12345678901234567890,1.7976931348623157e309,{"z":null,"y":true}]},'
        '"type":"warroom.note","specversion":"1.0","subject":"work","source":"shell","id":"as-written",'
        '"data":{"text":"x","extra":1.50},"apple":"A"}')
    client.taken(line)
    kept = next(l for l in rehearsal.log_lines() if '"as-written"' in l)
    text = kept[kept.index('"event":') + 8:kept.rindex(',"hash":')]
    assert text == (
        '{"apple":"A","data":{"extra":1.50,"text":"x"},"id":"as-written","source":"shell","specversion":"1.0",'
        '"subject":"work","type":"warroom.note",'
        '"zebra":{"a":[1e3,1E+3,-0,0.10,12345678901234567890,1.7976931348623157e309,{"y":true,"z":null}],"b":1.0}}')


def test_control_c1_and_bidirectional_characters_stand_as_escapes_in_the_entry(rehearsal, client):
    hostile = "".join(map(chr, [*range(0, 32), 0x7F, *range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F),
        *range(0x2066, 0x206A)]))
    client.taken(event("note", "work", {"text": f"a{hostile}b é → 漢 😀"}, id="hostile"))
    printed = rehearsal.ok("log", "--json").out
    line = next(l for l in printed.split("\n") if '"hostile"' in l)
    assert json.loads(line)["event"]["data"]["text"] == f"a{hostile}b é → 漢 😀", "the value is altered"
    raw = [f"U+{ord(c):04X}" for c in hostile if c in line]
    assert not raw, f"these stand raw in the line: {raw}"
    assert re.search(r"\\u202[eE]", line) and re.search(r"\\u009[bB]", line)
    assert "é → 漢 😀" in line


# --------------------------------------------------------------------------------------------------------------- claims


def passed_tests():
    return event("tests", "smoke",
        {"state": "passed", "total": 3, "passed": 3, "failed": 0, "startedAt": "2025-09-14T08:31:00Z"}, source="runner")


def server(hub, name="node-1"):
    return {s["name"]: s for s in hub.status()["servers"]}[name]


def test_the_later_claim_of_a_tool_is_shown_and_an_older_effective_time_is_history(rehearsal, client):
    client.taken(event("server", "node-1", {"patch": "installed"}, source="ansible", time="2025-09-14T08:20:00Z"))
    client.taken(event("server", "node-1", {"patch": "running"}, source="ansible", time="2025-09-14T08:10:00Z"))
    assert server(rehearsal)["patch"] == "installed"
    client.taken(event("server", "node-1", {"patch": "failed"}, source="ansible", time="2025-09-14T08:25:00Z"))
    assert server(rehearsal)["patch"] == "failed"


def test_an_event_of_the_future_counts_from_when_it_was_received(rehearsal, client):
    client.taken(event("server", "node-1", {"patch": "running"}, source="ansible", time="2025-09-15T08:00:00Z"))
    client.taken(event("server", "node-1", {"patch": "installed"}, source="ansible"))
    assert server(rehearsal)["patch"] == "installed"


def test_two_tools_that_disagree_are_a_divergence_and_meet_no_gate(rehearsal, client):
    for node in ("node-1", "node-2", "node-3"):
        client.taken(event("server", node, {"pools": {"front": "in"}}, source="balancer"))
    client.taken(passed_tests())

    def gate():
        return {g["id"]: g for g in rehearsal.status()["gates"]}["before-open"]
    assert [n["met"] for n in gate()["needs"]] == [True, True] and gate()["state"] == "ready"
    client.taken(event("server", "node-2", {"pools": {"front": "out"}}, source="prober"))
    status = rehearsal.status()
    assert any("node-2" in json.dumps(d) for d in status["divergences"])
    assert [n["met"] for n in gate()["needs"]][0] is False and gate()["state"] == "shut"


def test_a_gate_is_shut_then_ready_then_open(rehearsal, client):
    def state():
        return {g["id"]: g for g in rehearsal.status()["gates"]}["before-open"]["state"]
    assert state() == "shut"
    client.refused(event("step", "open-up", {"state": "started"}), "before-open")
    for node in ("node-1", "node-2", "node-3"):
        client.taken(event("server", node, {"pools": {"front": "in"}}, source="balancer"))
    client.taken(passed_tests())
    assert state() == "ready"
    client.refused(event("step", "open-up", {"state": "started"}), "before-open")
    client.taken(event("approval", "before-open", {"decision": "approved", "as": "Release Approver"}))
    assert state() == "open"
    client.taken(event("server", "node-2", {"pools": {"front": "out"}}, source="balancer"))
    assert state() == "shut", "a need that fails before the start shuts the gate again"


def test_an_approval_is_refused_when_evidence_changed_after_what_was_seen(rehearsal, client):
    for node in ("node-1", "node-2", "node-3"):
        client.taken(event("server", node, {"pools": {"front": "in"}}, source="balancer"))
    seen = client.taken(passed_tests())
    client.taken(event("server", "node-3", {"pools": {"front": "draining"}}, source="balancer"))
    client.refused(event("approval", "before-open", {"decision": "approved", "as": "Release Approver", "seen": seen}))


def test_last_months_test_run_opens_no_gate(rehearsal, client):
    client.taken(event("tests", "smoke",
        {"state": "passed", "total": 3, "passed": 3, "failed": 0, "startedAt": "2025-08-24T08:00:00Z",
                                          "finishedAt": "2025-08-24T08:05:00Z"}, source="runner"))
    need = {g["id"]: g for g in rehearsal.status()["gates"]}["before-open"]["needs"][1]
    assert need["met"] is False and "tonight" in need["why"]


def test_an_undo_takes_back_the_latest_entry_of_its_subject_and_is_an_entry_itself(rehearsal, client):
    def mark():
        return rehearsal.status()["boards"][1]["teams"][0]["checks"][0]["mark"]
    first = client.taken(event("review", "review/alpha/one", {"mark": "ok", "reviewer": "rev-1"}))
    second = client.taken(event("review", "review/alpha/one", {"mark": "issues", "note": "wrong row"}))
    client.refused(event("review", "review/alpha/one", {"mark": "pending", "undoes": second}), "note")
    client.refused(event("review", "review/alpha/one", {"mark": "pending", "undoes": first, "note": "not the latest"}))
    client.refused(
        event("review", "review/alpha/two", {"mark": "pending", "undoes": second, "note": "not its subject"}))
    undo = client.taken(event("review", "review/alpha/one", {"mark": "ok", "undoes": second, "note": "wrong row"}))
    assert undo > second and mark() == "ok"


def test_a_person_and_a_tool_are_told_apart_in_the_entry(rehearsal, client):
    tool = client.taken(event("server", "node-1", {"patch": "installed"}, source="ansible"))
    person = client.taken(event("review", "review/alpha/one", {"mark": "ok"}))
    entries = {e["entry"]: e for e in rehearsal.entries()}
    assert "via" not in entries[person] and entries[person]["by"]
    assert entries[tool].get("via") == "feeder"


def test_an_added_check_can_be_marked_and_is_on_its_row(rehearsal, client):
    client.taken(event("check", "review/beta/extra", {"state": "added", "title": "One more"}))
    client.taken(event("review", "review/beta/extra", {"mark": "ok"}))
    checks = {c["id"]: c["mark"] for b in rehearsal.status()["boards"] if b["id"] == "review" for t in b["teams"]
        if t["id"] == "beta" for c in t["checks"]}
    assert checks == {"three": "pending", "extra": "ok"}
