"""Users of this machine on one socket: the kernel and the runbook's `access` decide who may do what
(docs/contract.md, Roles)."""

import json
import os
import stat
import time

import pytest

from nights import little
from programs import event, identity, run, wait_until

CASES = {
    "a mark of its own row": ("review", "review/alpha/one", {"mark": "ok"}),
    "a mark of another row": ("review", "review/beta/three", {"mark": "ok"}),
    "a mark on monitoring's board": ("review", "ops/core/post-check", {"mark": "ok"}),
    "no-response of a review": ("review", "review/beta/three", {"mark": "no-response", "note": "silent"}),
    "a step that it owns": ("step", "prepare", {"state": "started"}),
    "a step of somebody else": ("step", "patch", {"state": "started", "note": "Prepare is not done"}),
    "a server": ("server", "node-1", {"patch": "installed"}),
    "tests": ("tests", "smoke", {"state": "running", "total": 1}),
    "a pipeline": ("pipeline", "build/Run", {"state": "running"}),
    "a batch": ("batch", "close/1", {"state": "running"}),
    "an alert": ("alert", "f1", {"state": "firing", "name": "Slow"}),
    "a loose end open": ("looseend", "pingdom/portal", {"state": "open", "what": "Pingdom"}),
    "a loose end forgiven": ("looseend", "pingdom/portal", {"state": "forgiven", "note": "why not"}),
    "a note": ("note", "work", {"text": "hello"}),
    "a hold": ("hold", "node-1", {"state": "held", "reason": "broken"}),
    "an approval": ("approval", "before-open", {"decision": "approved", "as": "Release Approver"}),
    "a ruling": ("ruling", "node-1/patch", {"value": "installed", "reason": "seen"}),
}
FEEDS = {"a server", "tests", "a pipeline", "a batch", "an alert", "a loose end open"}
MAY = {
    "lead": set(CASES) - {"an approval"},
    "watch": {"a mark on monitoring's board"},
    "team": {"a mark of its own row", "a step that it owns", "a note"},
    "tool": FEEDS | {"a step that it owns", "a step of somebody else"},
    "guest": set(),
}


@pytest.fixture
def guarded(hub, cast):
    """A live hub with access; --at makes it a rehearsal."""
    def start(**options):
        return hub(little(access=cast.access(), **options.pop("night", {})), **options)
    return start


@pytest.mark.parametrize("role", list(MAY))
def test_each_role_may_do_what_the_table_says_and_nothing_else(guarded, cast, role):
    hub = guarded(at="Sun 04:31")  # before the boards are due
    client = hub.connect(user=getattr(cast, role))
    wrong = []
    for name, made in CASES.items():
        if name == "a loose end forgiven":
            hub.connect(user=cast.lead).taken(event(*CASES["a loose end open"]))
        answer = client.ask(event(*made))
        if answer["ok"] != (name in MAY[role]):
            wrong.append(f"{name}: {answer}")
    assert not wrong, "\n".join(wrong)
    by = {e["by"] for e in hub.entries() if e.get("via") != "hub"}
    assert by <= {getattr(cast, role), cast.lead}


def test_monitoring_may_say_no_response_on_any_board_after_it_is_due(guarded, cast):
    hub = guarded(at="Mon 03:29", speed=60)  # due Mon 13:00 IST = 03:30 in New York
    client = hub.connect(user=cast.watch)
    client.refused(event(*CASES["no-response of a review"]))
    wait_until(lambda: hub.status()["now"] > "2025-09-15T07:30:01Z", 5)
    client.taken(event(*CASES["no-response of a review"]))
    client.refused(event("review", "review/beta/three", {"mark": "ok"}))


def test_an_approver_may_approve_as_his_role_and_not_as_another(hub, cast):
    night = little(access=cast.access(**{"approver: Release Approver": [cast.guest]}))
    night["approvers"].append("Other Approver")
    night["gates"]["before-open"]["needs"] = [{"step": "prepare", "is": "done"}]
    night["gates"]["second"] = {"needs": [{"step": "prepare", "is": "done"}], "approvers": ["Other Approver"]}
    hub = hub(night, at="Sun 04:31")
    hub.connect(user=cast.lead).taken(event("step", "prepare", {"state": "done"}))
    client = hub.connect(user=cast.guest)
    client.taken(event(*CASES["an approval"]))
    client.refused(event("approval", "second", {"decision": "approved", "as": "Other Approver"}))
    client.refused(event("approval", "second", {"decision": "approved", "as": "Release Approver"}))
    client.refused(event(*CASES["a mark of its own row"]))


def test_a_viewer_may_read_everything(guarded, cast):
    hub = guarded()
    number = hub.connect(user=cast.lead).taken(event("note", "work", {"text": "for all eyes"}))
    client = hub.connect(user=cast.guest)
    assert client.ask({"status": {}}, "status")["status"]["entry"] >= number
    hello = client.subscribe(**{"from": 1})
    assert hello["user"] == cast.guest and hello["roles"] == ["viewer"]
    assert client.entries_to(number)[-1]["event"]["data"]["text"] == "for all eyes"
    assert client.ask({"history": {"subject": "work"}}, "history")


def test_nobody_can_raise_his_role_with_as(guarded, cast):
    hub = guarded()
    client = hub.connect(user=cast.guest)
    client.subscribe(**{"as": "lead"})
    client.refused(event(*CASES["a note"]))


def test_a_lead_who_subscribes_as_viewer_cannot_write_there(guarded, cast):
    hub = guarded()
    client = hub.connect(user=cast.lead)
    client.subscribe(**{"as": "viewer"})
    client.refused(event(*CASES["a note"]))
    hub.connect(user=cast.lead).taken(event(*CASES["a note"]))


def test_who_started_the_hub_is_lead_only_where_access_names_none(hub, cast, folder):
    named = hub(little(access=cast.access()))
    assert named.connect().ask(event(*CASES["a note"]))["ok"] is False, (
        "access names a lead, and it is not the user who started the hub")
    unnamed = hub(little(access=cast.access(lead=[])), state=folder / "state-2", name="hub-2")
    unnamed.connect().taken(event(*CASES["a note"]))
    assert unnamed.connect(user=cast.lead).ask(event(*CASES["a note"]))["ok"] is False


def test_a_refusal_is_journalled_with_who_what_and_why(guarded, cast):
    hub = guarded()
    reason = hub.connect(user=cast.guest).refused(event("review", "review/alpha/one", {"mark": "ok"}))
    refusals = wait_until(lambda: [e for e in hub.entries() if e["event"]["type"] == "warroom.refusal"], 3)
    assert len(refusals) == 1 and refusals[0]["via"] == "hub"
    data = refusals[0]["event"]["data"]
    assert cast.guest in data["who"] and "review" in data["what"] + refusals[0]["event"]["subject"] and data["why"]
    assert data["why"] in reason or reason in data["why"]


def test_refusals_are_journalled_at_most_once_a_second_for_one_user_and_then_counted(guarded, cast):
    hub = guarded()
    clients = [hub.connect(user=cast.guest) for _ in range(2)]
    start = time.monotonic()
    for n in range(100):
        clients[n % 2].refused(event("note", "work", {"text": f"knock {n}"}))
    hub.connect(user=cast.team).refused(event(*CASES["a server"]))

    def refusals(user):
        return [e["event"]["data"] for e in hub.entries() if e["event"]["type"] == "warroom.refusal"
            and user in e["event"]["data"]["who"]]
    assert len(refusals(cast.guest)) <= time.monotonic() - start + 1
    assert len(refusals(cast.team)) == 1, "another user has a second of his own"

    def all_are_counted():
        knocks.append(clients[0].refused(event("note", "work", {"text": "and again"})))
        found = refusals(cast.guest)
        return len(found) + sum(data.get("more", 0) for data in found) >= 100
    knocks = []
    wait_until(all_are_counted, 5,
        lambda: f"what was not journalled one by one is counted nowhere: {refusals(cast.guest)}")


def test_a_configured_sources_id_can_be_used_by_nobody_else(guarded, cast):
    hub = guarded(night={"sources": {"patch-tool": {"kind": "status-files", "path": "{state}/patch/*.json"}}})
    for user in (cast.tool, cast.lead):
        client = hub.connect(user=user)
        client.refused(event("server", "node-1", {"patch": "installed"}, source="patch-tool"), "patch-tool")
        client.refused(event("server", "node-1", {"patch": "installed"}, source="hub"), "hub")
        client.taken(event("server", "node-1", {"patch": "running"}, source="another-tool"))


def test_a_repetition_by_another_user_is_refused(guarded, cast):
    hub = guarded()
    made = event("note", "work", {"text": "mine"})
    hub.connect(user=cast.lead).taken(made)
    hub.connect(user=cast.team).refused(made)


def test_a_steps_report_by_a_feeder_is_a_tools_claim_and_the_persons_state_is_shown(guarded, cast):
    hub = guarded(at="Sun 04:31")
    hub.connect(user=cast.team).taken(event("step", "prepare", {"state": "started"}))
    hub.connect(user=cast.tool).taken(event("step", "prepare", {"state": "done"}, source="ansible"))
    step = {s["id"]: s for s in hub.status()["steps"]}["prepare"]
    assert step["state"] in ("started", "running") and len(step["claims"]) == 2
    assert hub.entries()[-1]["via"] == "feeder"


def test_a_feeders_start_past_a_shut_gate_is_journalled_and_shown_as_a_trouble(guarded, cast):
    hub = guarded(at="Sun 04:31")
    hub.connect(user=cast.lead).refused(event("step", "open-up", {"state": "started"}), "before-open")
    hub.connect(user=cast.tool).taken(event("step", "open-up", {"state": "started"}, source="ansible"))
    assert any("open-up" in json.dumps(t) for t in hub.status()["troubles"])


def test_a_command_of_another_user_is_known_by_that_user(guarded, cast, folder):
    hub = guarded(at="Sun 04:31")
    marked = run("mark", "ops/core/post-check", "ok", "--socket", hub.socket, folder=folder, **identity(cast.watch))
    assert marked.code == 0, marked
    check = hub.status()["boards"][0]["teams"][0]["checks"][0]
    assert (check["mark"], check["reviewer"]) == ("ok", cast.watch)
    refused = run("mark", "review/alpha/one", "ok", "--socket", hub.socket, folder=folder, **identity(cast.watch))
    assert refused.code == 1 and refused.err.strip(), refused


def test_only_the_lead_stops_the_hub(guarded, cast):
    hub = guarded()
    assert hub.connect(user=cast.guest).ask({"stop": {}})["ok"] is False
    assert hub.connect(user=cast.guest).ask({"status": {}}, "status")
    hub.connect(user=cast.lead).ask({"stop": {}})
    assert hub.process.wait(5) == 0


def mode_of(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def test_the_socket_is_0666_with_access_and_0600_without(hub, folder):
    user = "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody")
    assert mode_of(hub(little(access={"lead": [user]}), name="with").socket) == 0o666
    assert mode_of(hub(little(), name="without", state=folder / "state-2").socket) == 0o600


def test_the_socket_has_its_mode_whatever_the_umask_is(hub, folder):
    before = os.umask(0o077)
    try:
        with_access = hub(little(access={"lead": ["root"]}), name="with")
        os.umask(0)
        without = hub(little(), name="without", state=folder / "state-2")
    finally:
        os.umask(before)
    assert (mode_of(with_access.socket), mode_of(without.socket)) == (0o666, 0o600)


def test_without_access_other_users_cannot_even_connect(hub, cast):
    hub = hub()
    with pytest.raises(PermissionError):
        hub.connect(user=cast.guest)


def test_the_journal_is_for_the_hubs_user_only(guarded, cast):
    hub = guarded()
    hub.connect(user=cast.lead).taken(event(*CASES["a note"]))
    for path in [hub.state, *hub.state.rglob("*")]:
        if "sqlite" in path.name or path == hub.state:
            assert not mode_of(path) & 0o022, f"{path} can be written by others: {oct(mode_of(path))}"
