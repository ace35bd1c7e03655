"""The night is guarded, through the shipped programs: each thing that must be told, with what must stay silent."""

import pytest

from nights import SAMPLES, little, put
from programs import event, wait_until
from test_durability import follow

ROLE = "Release Approver"


def files(path, **more):
    return {"kind": "status-files", "path": path, "every": "200ms", **more}


def node(name, **data):
    return {"type": "warroom.server", "subject": name, "data": data}


def by_id(hub, section, name):
    return {one["id"]: one for one in hub.status()[section]}[name]


def gate(hub, name="before-open"):
    return by_id(hub, "gates", name)


def step(hub, name):
    return by_id(hub, "steps", name)


def kinds(hub):
    return [trouble["kind"] for trouble in hub.status()["troubles"] if trouble["kind"] not in ("source", "hole")]


def close(hub, user=None):
    client = hub.connect(user=user)
    return client.ask(event("bridge", hub.status()["bridge"]["id"], {"state": "closed"}))


def guarded(**changes):
    """Two waves in one pool; the second is patched behind the gate; the first is pulled out and put back."""
    night = little(
        servers={"node-1..4": {"kind": "web", "pools": ["front"]}},
        waves={"first": ["node-1..2"], "second": ["node-3..4"]},
        pipelines={"build": {"title": "Build", "stages": ["Run", "Approve"]}},
        sources={"pools": files("{state}/pools.json", authority=["pools", "reach"])})
    night["phases"][0]["steps"] = [
        {"id": "pull", "title": "Pull out", "at": "Sat 20:00", "opens": ["pool/@first/front"]},
        {"id": "put-back", "title": "Put back", "at": "Sat 21:00", "after": ["pull"], "closes": ["pool/@first/front"],
            "owner": "review/beta"},
        {"id": "second", "title": "Patch the second wave", "at": "Sun 04:30", "gate": "before-open",
            "done_when": {"wave": "second", "patch": "installed"}},
        {"id": "mute", "title": "Mute", "opens": ["pingdom/portal"]},
        {"id": "exercise", "title": "Exercise", "after": ["put-back"], "done_when": {"pipeline": "build/Run"}},
    ]
    night["gates"]["before-open"].update(needs=[{"wave": "first", "pools": "in"}], button="build/Approve")
    night.update(changes)
    return night


def pools(hub, **memberships):
    """The balancer's file: each node's membership, and `all_ok` for the rest."""
    put(hub.state / "pools.json",
        [node(f"node-{n}", reach="ok", pools={"front": memberships.get(f"node_{n}", "in")}) for n in (1, 2, 3, 4)])


def when(hub, name, membership):
    wait_until(lambda: {s["name"]: s for s in hub.status()["servers"]}[name]["pools"].get("front") == membership, 6)


def first_wave(hub, client):
    pools(hub)
    when(hub, "node-1", "in")
    client.taken(event("step", "pull", {"state": "started"}))
    pools(hub, node_1="out", node_2="out")
    when(hub, "node-2", "out")
    client.taken(event("step", "pull", {"state": "done"}))
    client.taken(event("step", "put-back", {"state": "started"}))
    pools(hub)
    when(hub, "node-2", "in")
    client.taken(event("step", "put-back", {"state": "done"}))


# ------------------------------------------------------------------------------------------------- nothing is forgotten


def without_boards(**changes):
    night = guarded(boards=None, **changes)
    for step in night["phases"][0]["steps"]:
        step.pop("owner", None)
    (night.get("access") or {}).pop("team: review/alpha", None)
    return night


def test_the_night_is_not_closed_over_an_open_loose_end_and_says_what_is_in_the_way(hub):
    hub = hub(without_boards(), at="Sun 04:31")
    client = hub.connect()
    client.taken(event("step", "mute", {"state": "done"}))
    answer = close(hub)
    assert not answer["ok"] and "pingdom/portal" in answer["error"]
    assert "no step ends it" in answer["error"]
    assert [one["subject"] for one in hub.status()["closing"]] == ["pingdom/portal"]
    client.taken(event("looseend", "pingdom/portal", {"state": "forgiven", "note": "it ends by itself"}))
    assert close(hub)["ok"] and hub.status()["bridge"]["state"] == "closed"
    client.taken(event("note", "pull", {"text": "a late word"}))
    assert hub.status()["bridge"]["afterClose"] == 1


def test_only_the_lead_closes_and_a_clear_night_is_closed_at_once(hub, cast):
    hub = hub(without_boards(access=cast.access()), at="Sun 04:31")
    assert not close(hub, user=cast.guest)["ok"]
    assert close(hub, user=cast.lead)["ok"]


# ------------------------------------------------------------------------------- a gate on evidence, and what is undone


def test_a_server_that_leaves_its_pool_shuts_the_gate_undoes_its_step_and_takes_the_sentence(hub):
    hub = hub(guarded(), at="Sun 03:50")
    client = hub.connect()
    first_wave(hub, client)
    assert gate(hub)["state"] == "ready" and step(hub, "put-back")["undone"] is None and kinds(hub) == []
    pools(hub, node_2="out")
    when(hub, "node-2", "out")
    status = hub.status()
    assert gate(hub)["state"] == "shut" and "node-2" in gate(hub)["needs"][0]["why"]
    back = step(hub, "put-back")
    assert back["state"] == "done" and back["undone"]["by"] == "pools" and "node-2" in back["undone"]["what"]
    assert status["sentence"]["text"].startswith("node-2 dropped out of ") and status["sentence"]["state"] == "act"
    assert status["sentence"]["on"] == "Beta"
    assert hub.ok("status").out.splitlines() and "node-2 dropped out of " in hub.ok("status").out
    client.refused(event("approval", "before-open", {"decision": "approved", "as": ROLE}), "shut")
    client.taken(event("approval", "before-open", {"decision": "overridden", "as": ROLE, "reason": "told to"}))
    assert gate(hub)["override"]["reason"] == "told to"
    pools(hub)
    when(hub, "node-2", "in")
    assert step(hub, "put-back")["undone"] is None and gate(hub)["override"], "an override stays to the end"


def test_a_gate_that_would_leave_too_few_is_shut_with_the_count(hub):
    hub = hub(guarded(pools={"front": {"title": "Front", "minimum": 2}}), at="Sun 03:50")
    client = hub.connect()
    first_wave(hub, client)
    assert gate(hub)["state"] == "ready"
    client.taken(event("hold", "node-1", {"state": "held", "reason": "sanity failed"}))
    pools(hub, node_1="out")
    when(hub, "node-1", "out")
    shut = gate(hub)
    assert shut["state"] == "shut"
    assert any("1 in service with second out, minimum 2" in need["why"] for need in shut["needs"])
    front = {pool["name"]: pool for pool in hub.status()["pools"]}["front"]
    assert (front["of"], front["confirmed"], front["minimum"], front["leaving"][0]["left"]) == (3, 3, 2, 1)


# ---------------------------------------------------------------------------------------------------------- two persons


def test_whoever_started_the_step_does_not_approve_and_an_undone_approval_counts_no_more(hub, cast):
    night = guarded(access=cast.access(**{f"approver: {ROLE}": [cast.guest, cast.lead]}))
    night["gates"]["before-open"]["four_eyes"] = ["put-back"]
    hub = hub(night, at="Sun 03:50")
    lead = hub.connect(user=cast.lead)
    first_wave(hub, lead)
    approval = {"decision": "approved", "as": ROLE}
    lead.refused(event("approval", "before-open", approval), "four eyes")
    guest = hub.connect(user=cast.guest)
    number = guest.taken(event("approval", "before-open", approval))
    assert gate(hub)["state"] == "open"
    guest.taken(event("approval", "before-open", {**approval, "undoes": number, "note": "wrong gate"}))
    assert gate(hub)["state"] == "ready" and gate(hub)["approvals"] == []


def test_a_button_pressed_elsewhere_is_held_against_the_gate(hub):
    hub = hub(guarded(), at="Sun 03:50")
    client = hub.connect()
    client.taken(event("pipeline", "build/Approve", {"state": "succeeded"}, source="azure"))
    assert gate(hub)["button"]["text"] == "approved there, gate shut here" and "approved-there" in kinds(hub)
    client.taken(event("ruling", "gate/before-open", {"value": "approved", "reason": "it runs already"}))
    assert "approved-there" not in kinds(hub)


def test_approved_here_is_not_yet_seen_there_until_it_is(hub):
    hub = hub(guarded(), at="Sun 03:50")
    client = hub.connect()
    first_wave(hub, client)
    client.taken(event("approval", "before-open", {"decision": "approved", "as": ROLE}))
    assert gate(hub)["button"]["text"] == "approved here, not yet seen there"
    client.taken(event("pipeline", "build/Approve", {"state": "succeeded"}, source="azure"))
    assert gate(hub)["button"]["state"] == "agreed" and kinds(hub) == []


# -------------------------------------------------------------------------------------------------- evidence of tonight


def test_last_months_run_is_no_proof_and_one_that_ended_too_early_neither(hub):
    hub = hub(guarded(), at="Sun 03:50")
    client = hub.connect()
    client.taken(event("pipeline", "build/Run", {"state": "succeeded", "runID": "20250824.3"}, source="azure"))
    assert step(hub, "exercise")["state"] == "planned"
    client.taken(event("pipeline", "build/Run", {"state": "succeeded", "runID": "20250914.1"}, source="azure"))
    assert step(hub, "exercise")["state"] == "planned", "what it comes after is not done"
    first_wave(hub, client)
    assert step(hub, "exercise")["state"] == "planned", "too early"
    client.taken(event("pipeline", "build/Run", {"state": "running", "runID": "20250914.2"}, source="azure"))
    client.taken(event("pipeline", "build/Run", {"state": "succeeded", "runID": "20250914.2"}, source="azure"))
    assert step(hub, "exercise")["state"] == "done"


def test_a_test_run_from_before_the_steps_that_it_comes_after_is_too_early(hub):
    hub = hub(guarded(tests={"smoke": {"title": "Smoke", "after": ["put-back"]}}), at="Sun 03:50")
    client = hub.connect()
    passed = {"state": "passed", "total": 3, "passed": 3, "failed": 0}
    client.taken(event("tests", "smoke", passed, source="runner"))
    smoke = by_id(hub, "tests", "smoke")
    assert smoke["state"] == "not-tonight" and smoke["why"].startswith("too early")
    assert smoke["why"].endswith("Put back is not done")
    first_wave(hub, client)
    smoke = by_id(hub, "tests", "smoke")
    assert smoke["state"] == "not-tonight" and "Put back was done" in smoke["why"]
    client.taken(event("tests", "smoke", passed, source="runner"))
    smoke = by_id(hub, "tests", "smoke")
    assert smoke["state"] == "passed" and smoke["why"] is None


# ----------------------------------------------------------------------------------------------- silence is never an ok


def test_silence_is_proposed_after_the_due_time_confirmed_by_a_person_and_answered_late_all_the_same(hub):
    hub = hub(guarded(), at="Sun 11:05")
    client = hub.connect()

    def checks():
        return [c for board in hub.status()["boards"] if board["id"] == "ops" for team in board["teams"]
            for c in team["checks"]]
    assert [(c["mark"], c["proposed"]) for c in checks()] == [("pending", "no-response")]
    assert "ops/core/post-check" in [one["subject"] for one in hub.status()["closing"]]
    client.taken(event("review", "ops/core", {"mark": "no-response"}))
    assert checks()[0]["mark"] == "no-response"
    assert "ops/core/post-check" not in [one["subject"] for one in hub.status()["closing"]]
    client.taken(event("review", "ops/core/post-check", {"mark": "ok", "note": "seen", "reviewer": "Core"}))
    assert checks()[0]["mark"] == "ok"
    assert len([e for e in hub.entries() if e["event"]["type"] == "warroom.review"]) == 2, "both entries stay"


TEAMS = {
    "sre": "SRE Team", "spam": "Payer Domain (Spam)", "bms": "Biller Domain (BMS)",
    "wicked-tendies": "Payments (Wicked Tendies)", "go-live": "Go Live",
    "bif": "Ingress Processes (BIF)", "bbq": "Bill Presentment (BBQ)", "egress": "Egress", "platform": "Platform Team"}


def test_the_night_closes_only_with_the_two_silent_teams_named_and_a_late_answer_stands_beside_it(hub):
    night = little(
        boards={"usa": {"title": "Monitoring Team USA", "by": "monitoring", "due": "Sun 11:00",
            "teams": {name: {"title": title} for name, title in TEAMS.items()}}},
        gates=None, phases=[{"id": "work", "title": "Work", "steps": [{"id": "prepare", "title": "Prepare"}]}])
    hub = hub(night, at="Sun 10:30", speed=400)
    client = hub.connect()

    def checks():
        return {team["id"]: team["checks"][0] for team in hub.status()["boards"][0]["teams"]}

    def silent():
        return {(checks()[name]["mark"], checks()[name]["proposed"]) for name in ("egress", "go-live")}
    client.taken(event("step", "prepare", {"state": "done"}))
    for team in TEAMS:
        if team not in ("egress", "go-live"):
            client.taken(event("review", f"usa/{team}/post-check", {"mark": "ok"}))
    before = hub.status()
    assert before["now"] < "2025-09-14T15:00" and silent() == {("pending", None)}, "until 11:00 they are pending"
    refused = hub.run("close").err
    assert "2 things are in the way" in refused and "usa/egress/post-check" in refused
    assert "usa/go-live/post-check" in refused and "usa/sre" not in refused

    wait_until(lambda: silent() == {("pending", "no-response")}, 15)
    assert hub.status()["now"] >= "2025-09-14T15:00" and hub.run("close").code == 1, "a proposal is no answer"
    hub.ok("mark", "usa/egress", "no-response")
    hub.ok("mark", "usa/go-live", "no-response")
    marks = [check["mark"] for check in checks().values()]
    assert (marks.count("ok"), marks.count("no-response"), marks.count("issues")) == (7, 2, 0)
    names = ["no response: Monitoring Team USA, Go Live", "no response: Monitoring Team USA, Egress"]
    said = hub.ok("close").out
    assert all(name in said for name in names), said
    bridge = hub.status()["bridge"]
    assert [(one["kind"], one["subject"]) for one in bridge["closedWith"]] == [
        ("no-response", "usa/go-live"), ("no-response", "usa/egress")]
    sentence = "The night is closed, with no response of Go Live and Egress (Monitoring Team USA)."
    assert hub.status()["sentence"]["text"] == sentence and hub.ok("status").out.startswith(sentence)
    assert hub.ok("log").lines()[-1].endswith("closed, with no response of Go Live and Egress (Monitoring Team USA)")
    assert hub.entries()[-1]["event"]["data"]["with"] == names and "afterClose" not in hub.entries()[-1]

    wait_until(lambda: hub.status()["now"] >= "2025-09-14T15:20", 15)
    hub.ok("mark", "usa/egress/post-check", "ok")
    egress = checks()["egress"]
    assert egress["mark"] == "ok" and 1200 <= egress["late"] < 7200 and checks()["sre"]["late"] is None
    assert len(hub.status()["bridge"]["closedWith"]) == 2 and hub.status()["sentence"]["text"] == sentence, (
        "it stays in the history")
    assert hub.entries()[-1]["afterClose"] is True and hub.ok("log").lines()[-1].endswith("(after the close)")
    assert [entry["event"]["data"]["mark"] for entry in hub.entries() if "egress" in entry["event"]["subject"]] == [
        "no-response", "ok"]
    follow([line.encode() for line in hub.log_lines()])


# --------------------------------------------------------------------------------------------- stale counts for nothing


def test_a_stale_source_shuts_the_gate_and_undoes_nothing(hub):
    hub = hub(guarded(sources={"pools": files("{state}/pools.json", authority=["pools", "reach"], stale_after="60s")}),
        at="Sun 03:50", speed=60)
    client = hub.connect()
    first_wave(hub, client)
    wait_until(lambda: by_id(hub, "sources", "pools")["state"] == "stale", 10)
    assert gate(hub)["state"] == "shut" and "stale" in gate(hub)["needs"][0]["why"]
    assert step(hub, "put-back")["undone"] is None
    assert {pool["name"]: pool["confirmed"] for pool in hub.status()["pools"]} == {"front": 0}
    (hub.state / "pools.json").write_text('[{"type": "warroom.ser')
    wait_until(lambda: by_id(hub, "sources", "pools")["state"] == "unreadable", 6)
    assert {s["name"]: s["pools"].get("front") for s in hub.status()["servers"]}["node-1"] == "in", (
        "the last good value stays")


# ----------------------------------------------------------------------------------------------- smoke, then regression


@pytest.fixture
def two_runs(hub):
    night = guarded(tests={"smoke": {"title": "Smoke"}, "regression": {"title": "Regression"}})
    night["phases"][0]["steps"].append(
        {"id": "regression", "title": "Regression", "gate": "before-regression", "tests": "regression",
            "done_when": {"tests": "regression"}})
    night["gates"]["before-regression"] = {"title": "Clean smoke", "needs": [{"tests": "smoke", "is": "passed"}]}
    return hub(night, at="Sun 08:20")


def test_regression_that_starts_while_smoke_has_issues_is_a_trouble(two_runs):
    hub, client = two_runs, two_runs.connect()
    client.taken(event("tests", "smoke", {"state": "running", "total": 32, "passed": 13, "failed": 1}, source="runner"))
    assert kinds(hub) == []
    client.taken(
        event("tests", "regression", {"state": "running", "total": 400, "passed": 1, "failed": 0}, source="runner"))
    assert [t["subject"] for t in hub.status()["troubles"] if t["kind"] == "past-gate"] == ["regression"]


def test_what_passed_after_a_retry_needs_a_person_and_a_clean_pass_needs_nobody(two_runs):
    hub, client = two_runs, two_runs.connect()
    client.taken(event("tests", "smoke", {"state": "passed", "total": 32, "passed": 32, "failed": 0, "flaky": 1},
        source="runner"))
    assert gate(hub, "before-regression")["state"] == "shut"
    assert "passed after retry" in gate(hub, "before-regression")["needs"][0]["why"]
    client.taken(event("ruling", "smoke/result", {"value": "passed", "reason": "known slow login"}))
    assert gate(hub, "before-regression")["state"] == "open"
    client.taken(
        event("tests", "smoke", {"state": "interrupted", "total": 32, "passed": 20, "failed": 0}, source="runner"))
    assert gate(hub, "before-regression")["state"] == "shut" and by_id(hub, "tests", "smoke")["state"] == "interrupted"


# ------------------------------------------------------------------------------------------------------ another runbook


def test_the_same_rules_on_the_billing_servers(hub):
    hub = hub(SAMPLES / "engageip-billing" / "runbook.yaml", at="Sat 22:30")
    client = hub.connect()
    gates = {one["id"]: one for one in hub.status()["gates"]}
    assert gates["before-install"]["state"] == "shut"
    client.refused(event("step", "install-windows-updates", {"state": "started"}), "before-install")
    client.taken(event("step", "backup-databases", {"state": "done"}))
    client.taken(event("step", "backup-databases", {"state": "failed", "note": "tape"}, source="backup-tool"))
    answer = close(hub)
    assert not answer["ok"] and "critical/billing/admin-portal" in answer["error"]
    assert kinds(hub) == []
