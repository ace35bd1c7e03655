"""Facts keep their claimant, and what follows from that: authority, divergence and ruling, loose ends, holds, approvals
(docs/contract.md, Claims and Loose ends)."""

import json

import pytest

from nights import little, put
from programs import event, wait_until


def files(path, **more):
    return {"kind": "status-files", "path": path, "every": "200ms", **more}


def node(name, **data):
    return {"type": "warroom.server", "subject": name, "data": data}


def server(hub, name="node-1"):
    return {s["name"]: s for s in hub.status()["servers"]}[name]


def step(hub, name):
    return {s["id"]: s for s in hub.status()["steps"]}[name]


def gate(hub, name="before-open"):
    return {g["id"]: g for g in hub.status()["gates"]}[name]


def loose(hub):
    return {e["id"]: e for e in hub.status()["looseEnds"] if e["state"] == "open"}


def with_steps(*steps, **changes):
    night = little(**changes)
    night["phases"][0]["steps"] += list(steps)
    return night


def test_the_authority_of_a_field_is_shown_whoever_speaks_later(hub):
    hub = hub(little(sources={"patcher": files("{state}/patch.json", authority=["patch"])}), at="Sun 04:31")
    put(hub.state / "patch.json", node("node-1", patch="running"))
    wait_until(lambda: server(hub)["patch"] == "running", 5)
    client = hub.connect()
    client.taken(event("server", "node-1", {"patch": "installed", "verify": "passed"}, source="somebody"))
    assert server(hub)["patch"] == "running", "the source with authority has the word"
    assert server(hub)["verify"] == "passed", "on other fields it has not"
    assert any("node-1" in d["id"] for d in hub.status()["divergences"])


def test_a_ruling_settles_a_divergence_until_a_claim_changes(hub):
    hub = hub(at="Sun 04:31")
    client = hub.connect()
    client.taken(event("server", "node-1", {"patch": "installed"}, source="one"))
    client.taken(event("server", "node-1", {"patch": "failed"}, source="two"))
    found = [d["id"] for d in hub.status()["divergences"]]
    assert len(found) == 1 and "node-1" in found[0]
    client.taken(event("ruling", found[0], {"value": "installed", "reason": "seen on the console"}))
    assert hub.status()["divergences"] == [] and server(hub)["patch"] == "installed"
    client.taken(event("server", "node-1", {"patch": "running"}, source="two"))
    assert [d["id"] for d in hub.status()["divergences"]] == found, "a ruling lapses when a claim changes"


def test_a_step_is_done_by_evidence_only_where_the_runbook_says_so(hub):
    hub = hub(with_steps({"id": "by-evidence", "title": "By evidence",
        "done_when": {"wave": "first", "patch": "installed"}}), at="Sun 04:31")
    client = hub.connect()
    for name in ("node-1", "node-2"):
        client.taken(event("server", name, {"patch": "installed"}, source="ansible"))
    assert step(hub, "by-evidence")["state"] != "done"
    client.taken(event("server", "node-3", {"patch": "installed"}, source="ansible"))
    assert step(hub, "by-evidence")["state"] == "done"
    assert step(hub, "patch")["state"] != "done", "the wave's other step has no done_when"


def test_a_persons_word_on_a_step_goes_before_the_evidence(hub):
    hub = hub(with_steps({"id": "by-evidence", "title": "By evidence",
        "done_when": {"wave": "first", "patch": "installed"}}), at="Sun 04:31")
    client = hub.connect()
    for name in ("node-1", "node-2", "node-3"):
        client.taken(event("server", name, {"patch": "installed"}, source="ansible"))
    client.taken(event("step", "by-evidence", {"state": "failed", "note": "it hums"}))
    assert step(hub, "by-evidence")["state"] == "failed"


# ---------------------------------------------------------------------------------------------------------- loose ends


@pytest.fixture
def opening():
    """Steps that switch something off, and those that switch it on again."""
    return with_steps(
        {"id": "mute", "title": "Mute", "opens": ["alerts/@first", "pingdom/portal"]},
        {"id": "unmute", "title": "Unmute", "closes": ["alerts/@first"]},
        {"id": "pingdom-1", "title": "Pingdom, first half", "closes": ["pingdom/portal"]},
        {"id": "pingdom-2", "title": "Pingdom, second half", "closes": ["pingdom/portal"]})


def test_a_loose_end_opens_when_its_step_starts_and_closes_when_its_closing_step_is_done(hub, opening):
    hub = hub(opening, at="Sun 04:31")
    client = hub.connect()
    assert loose(hub) == {}
    client.taken(event("step", "mute", {"state": "started"}))
    assert set(loose(hub)) == {"alerts/node-1", "alerts/node-2", "alerts/node-3", "pingdom/portal"}
    client.taken(event("step", "mute", {"state": "done"}))
    client.taken(event("step", "unmute", {"state": "started"}))
    assert len(loose(hub)) == 4, "started is not done"
    client.taken(event("step", "unmute", {"state": "done"}))
    assert set(loose(hub)) == {"pingdom/portal"}
    client.taken(event("step", "pingdom-1", {"state": "done"}))
    assert set(loose(hub)) == {"pingdom/portal"}, "with several closing steps, the last closes"
    client.taken(event("step", "pingdom-2", {"state": "done"}))
    assert loose(hub) == {}


def test_a_skipped_closing_step_closes_nothing(hub, opening):
    hub = hub(opening, at="Sun 04:31")
    client = hub.connect()
    client.taken(event("step", "mute", {"state": "started"}))
    client.taken(event("step", "unmute", {"state": "skipped", "note": "no time"}))
    assert "alerts/node-1" in loose(hub)


def test_out_draining_muted_open_a_loose_end_and_down_does_not(hub):
    hub = hub(at="Sun 04:31")
    client = hub.connect()
    client.taken(event("server", "node-1", {"pools": {"front": "out"}}, source="balancer"))
    client.taken(event("server", "node-2", {"pools": {"front": "down"}}, source="balancer"))
    client.taken(event("server", "node-3", {"alerts": "muted"}, source="pager"))
    assert set(loose(hub)) == {"pool/node-1/front", "alerts/node-3"}
    client.taken(event("server", "node-1", {"pools": {"front": "in"}}, source="balancer"))
    client.taken(event("server", "node-3", {"alerts": "on"}, source="pager"))
    assert loose(hub) == {}


def test_where_a_source_watches_it_only_that_source_closes_a_loose_end(hub, opening):
    hub = hub({**opening, "sources": {"pager": files("{state}/pager.json", authority=["alerts"])}}, at="Sun 04:31")
    put(hub.state / "pager.json", [node(f"node-{n}", alerts="muted") for n in (1, 2, 3)])
    wait_until(lambda: server(hub, "node-3")["alerts"] == "muted", 5)
    client = hub.connect()
    client.taken(event("step", "mute", {"state": "done"}))
    client.taken(event("step", "unmute", {"state": "done"}))
    assert "alerts/node-1" in loose(hub), "a tick closes nothing that a source still sees muted"
    put(hub.state / "pager.json", [node(f"node-{n}", alerts="on") for n in (1, 2, 3)])
    wait_until(lambda: not [e for e in loose(hub) if e.startswith("alerts/")], 5, lambda: f"{loose(hub)}")


def test_forgiving_a_loose_end_needs_a_reason(hub):
    hub = hub(at="Sun 04:31")
    client = hub.connect()
    client.taken(event("looseend", "pingdom/portal", {"state": "open", "what": "Pingdom"}))
    client.refused(event("looseend", "pingdom/portal", {"state": "forgiven"}))
    client.taken(event("looseend", "pingdom/portal", {"state": "forgiven", "note": "it ends by itself at 06:00"}))
    assert loose(hub) == {}


def test_a_gate_can_need_that_there_is_no_loose_end(hub):
    night = little()
    night["gates"]["before-open"]["needs"] = [{"looseEnds": "none"}]
    hub = hub(night, at="Sun 04:31")
    client = hub.connect()
    assert gate(hub)["needs"][0]["met"] is True
    client.taken(event("looseend", "pingdom/portal", {"state": "open", "what": "Pingdom"}))
    assert gate(hub)["needs"][0]["met"] is False


# --------------------------------------------------------------------------------------------------------------- holds


def test_a_held_server_leaves_its_waves_n_openly(hub):
    hub = hub(at="Sun 04:31")
    client = hub.connect()
    client.taken(event("hold", "node-3", {"state": "held", "reason": "sanity failed"}))
    for name in ("node-1", "node-2"):
        client.taken(event("server", name, {"patch": "installed", "pools": {"front": "in"}}, source="balancer"))
    wave = {w["id"]: w for w in hub.status()["waves"]}["first"]
    assert (wave["done"], wave["of"]) == (2, 2)
    client.taken(event("server", "node-3", {"pools": {"front": "in"}}, source="balancer"))
    assert gate(hub)["needs"][0]["met"] is False, "a held server must be out of every pool"
    client.taken(event("server", "node-3", {"pools": {"front": "out"}}, source="balancer"))
    assert gate(hub)["needs"][0]["met"] is True
    assert any("node-3" in e for e in loose(hub)), "it is a loose end"
    client.taken(event("hold", "node-3", {"state": "released", "reason": "repaired"}))
    assert {w["id"]: w for w in hub.status()["waves"]}["first"]["of"] == 3 and gate(hub)["needs"][0]["met"] is False


# ----------------------------------------------------------------------------------------------------------- approvals


def approval(as_role="Release Approver", decision="approved", **more):
    return event("approval", "before-open", {"decision": decision, "as": as_role, **more})


@pytest.fixture
def two_approvers(hub, cast):
    """A gate with two roles, both of which one user has."""
    night = little(access=cast.access(**{"approver: First": [cast.guest, cast.team], "approver: Second": [cast.guest]}),
        approvers=["First", "Second"])
    night["gates"]["before-open"].update(needs=[{"step": "prepare", "is": "done"}], approvers=["First", "Second"],
        four_eyes=["prepare"])
    return hub(night, at="Sun 04:31")


def test_each_approval_is_by_a_different_person(two_approvers, cast):
    hub = two_approvers
    hub.connect(user=cast.lead).taken(event("step", "prepare", {"state": "done"}))
    client = hub.connect(user=cast.guest)
    client.taken(approval("First"))
    client.refused(approval("Second"))
    assert gate(hub)["state"] == "ready"


def test_who_did_the_step_does_not_approve_the_gate_that_wants_four_eyes(two_approvers, cast):
    hub = two_approvers
    client = hub.connect(user=cast.team)  # owns `prepare`, and may approve as First
    client.taken(event("step", "prepare", {"state": "done"}))
    client.refused(approval("First"))
    hub.connect(user=cast.guest).taken(approval("First"))


def test_an_approval_before_the_needs_are_met_does_not_open_the_gate(hub):
    hub = hub(at="Sun 04:31")
    answer = hub.connect().ask(approval())
    assert gate(hub)["state"] == "shut"
    if answer["ok"]:
        assert gate(hub)["approvals"]


def test_an_override_opens_the_gate_with_its_reason(hub):
    hub = hub(at="Sun 04:31")
    client = hub.connect()
    client.taken(approval(decision="overridden", reason="the vice president says so"))
    assert gate(hub)["approvals"][-1]["reason"] == "the vice president says so"
    client.taken(event("step", "open-up", {"state": "started", "note": "half an hour before its time"}))


def test_a_refusal_shuts_the_gate(hub):
    night = little()
    night["gates"]["before-open"]["needs"] = [{"step": "prepare", "is": "done"}]
    hub = hub(night, at="Sun 04:31")
    client = hub.connect()
    client.taken(event("step", "prepare", {"state": "done"}))
    client.taken(approval(decision="refused", reason="not yet"))
    assert gate(hub)["state"] in ("shut", "ready")
    client.refused(event("step", "open-up", {"state": "started"}), "before-open")


def test_of_two_reports_of_one_time_what_has_ended_holds_whichever_came_first(hub):
    """Clocks that tell whole seconds give both the same time. A report without a time speaks of now, and there the
    later one holds."""
    gates = {"before-open": {"title": "Before opening", "needs": [{"wave": "first", "pools": "in"}]}}
    hub = hub(little(tests={name: {"title": name.title()} for name in ("one", "two", "three")}, gates=gates),
        at="Sun 05:00", speed=0)
    client = hub.connect()
    passed, running = {"state": "passed", "total": 3, "passed": 3}, {"state": "running", "total": 3, "passed": 2}
    for run, reports, time in [("one", [passed, running], "2025-09-14T08:00:00Z"),
        ("two", [running, passed], "2025-09-14T08:00:00Z"), ("three", [passed, running], None)]:
        for report in reports:
            client.taken(event("tests", run, report, source="runner", time=time))
    assert {test["id"]: test["state"] for test in hub.status()["tests"]} == {
        "one": "passed", "two": "passed", "three": "running"}
    # A server goes back and forth, so the later entry holds.
    for patch in ("installed", "running"):
        client.taken(event("server", "node-1", {"patch": patch}, source="patcher", time="2025-09-14T08:00:00Z"))
    assert {server["name"]: server["patch"] for server in hub.status()["servers"]}["node-1"] == "running"
