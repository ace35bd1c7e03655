"""What people do with the night from a shell: gates, loose ends, rulings, holds, undo, roles handed over, messages
(docs/contract.md, What people do)."""

import re

import pytest

from nights import little
from programs import event, one_sentence, run, wait_until

IN = {"pools": {"front": "in"}}
PASSED = {"state": "passed", "total": 1, "passed": 1, "failed": 0, "startedAt": "2025-09-14T08:00:00Z",
    "finishedAt": "2025-09-14T08:05:00Z"}


def gate(hub, name="before-open"):
    return {g["id"]: g for g in hub.status()["gates"]}[name]


def loose(hub):
    return {e["id"]: e for e in hub.status()["looseEnds"]}


def meet(client):
    """All that the gate of the little night needs."""
    for number in (1, 2, 3):
        client.taken(event("server", f"node-{number}", IN, source="balancer"))
    client.taken(event("tests", "smoke", PASSED, source="runner"))


def people(hub):
    return [e for e in hub.entries() if e.get("via") != "hub"]


# ---------------------------------------------------------------------------------------------------------------- gates


def test_approve_prints_what_the_gate_needs_and_sends_the_entry_that_was_seen(hub):
    hub = hub(at="Sun 05:00")
    meet(hub.connect())
    before = hub.status()["entry"]
    result = hub.ok("approve", "before-open")
    assert "3 of 3" in result.out and "Release Approver" in result.out and "met" in result.out, result
    last = hub.entries()[-1]["event"]
    assert last["data"] == {"decision": "approved", "as": "Release Approver", "seen": before}
    assert gate(hub)["state"] == "open"
    hub.ok("step", "open-up", "start")


def test_a_shut_gate_says_each_need_with_its_reason_and_cannot_be_approved(hub):
    hub = hub(at="Sun 05:00")
    client = hub.connect()
    meet(client)
    client.taken(event("server", "node-2", {"pools": {"front": "out"}}, source="balancer"))
    result = hub.run("approve", "before-open")
    assert result.code == 1 and "not met" in result.out and "node-2" in result.out, result
    one_sentence(result, "before-open", "node-2")
    assert gate(hub)["approvals"] == []


def test_an_approval_of_what_has_changed_since_it_was_seen_is_refused_with_the_difference(hub):
    hub = hub(at="Sun 05:00")
    client = hub.connect()
    meet(client)
    seen = hub.status()["entry"]
    changed = client.taken(event("tests", "smoke", {**PASSED, "total": 2, "passed": 2}, source="runner"))
    result = hub.run("approve", "before-open", "--seen", seen)
    assert result.code == 1, result
    one_sentence(result, f"entry {changed}", "look again")
    hub.ok("approve", "before-open", "--seen", changed)


def test_an_override_and_a_refusal_need_a_reason_and_stay_visible(hub):
    hub = hub(at="Sun 05:00")
    for arguments in (["approve", "before-open", "--override"], ["refuse", "before-open"],
        ["refuse", "before-open", "--reason", " "]):
        result = hub.run(*arguments)
        assert result.code == 2, result
        one_sentence(result, "--reason")
    assert people(hub) == []
    hub.ok("approve", "before-open", "--override", "--reason", "node-2 stays out tonight")
    assert gate(hub)["state"] == "open" and gate(hub)["approvals"][-1]["reason"] == "node-2 stays out tonight"
    hub.ok("refuse", "before-open", "--reason", "the smoke test has not run")
    assert gate(hub)["state"] == "shut" and [a["decision"] for a in gate(hub)["approvals"]] == ["overridden", "refused"]


def test_four_eyes_and_the_wrong_role_are_refused_from_the_shell(hub, cast):
    night = little(access=cast.access(**{"approver: Release Approver": [cast.guest, cast.lead]}))
    night["gates"]["before-open"].update(needs=[{"step": "prepare", "is": "done"}], four_eyes=["prepare"])
    hub = hub(night)
    lead, guest = hub.connect(user=cast.lead), cast.guest
    lead.taken(event("step", "prepare", {"state": "started"}))
    lead.taken(event("step", "prepare", {"state": "done"}))
    who = {"user": cast.lead, "group": None}
    result = hub.run("approve", "before-open", **as_user(cast.lead))
    assert result.code == 1, (result, who)
    one_sentence(result, "four eyes")
    result = hub.run("approve", "before-open", "--as", "Release Approver", **as_user(cast.watch))
    assert result.code == 1, result
    one_sentence(result, "may not")
    hub.ok("approve", "before-open", **as_user(guest))
    assert gate(hub)["state"] == "open" and gate(hub)["approvals"][0]["by"] == guest


def as_user(name):
    from programs import identity
    return identity(name)


def test_a_gate_that_is_not_there_and_an_approver_that_must_be_named(hub):
    night = little(approvers=["Release Approver", "Network Approver"])
    night["gates"]["before-open"].update(needs=[{"step": "prepare", "is": "done"}],
        approvers=["Release Approver", "Network Approver"])
    hub = hub(night, at="Sun 05:00")
    result = hub.run("approve", "nowhere")
    assert result.code == 1, result
    one_sentence(result, "nowhere", "before-open")
    result = hub.run("approve", "before-open")
    assert result.code == 2, result
    one_sentence(result, "--as", "Network Approver")


# ------------------------------------------------------------------------------------------- holds, rulings, loose ends


def test_a_held_server_leaves_its_wave_openly_until_it_is_released(hub):
    hub = hub(at="Sun 05:00")
    hub.ok("hold", "node-3", "--reason", "the disk is full")
    assert {w["id"]: w["of"] for w in hub.status()["waves"]} == {"first": 2} and "hold/node-3" in loose(hub)
    hub.ok("release", "node-3")
    assert {w["id"]: w["of"] for w in hub.status()["waves"]} == {"first": 3} and "hold/node-3" not in loose(hub)
    result = hub.run("hold", "node-33")
    assert result.code == 1, result
    one_sentence(result, "node-33")


def test_a_ruling_says_which_claim_holds_and_needs_a_reason(hub):
    hub = hub(at="Sun 05:00")
    client = hub.connect()
    client.taken(event("server", "node-1", {"patch": "failed"}, source="awx"))
    client.taken(event("server", "node-1", {"patch": "installed"}, source="wsus"))
    [found] = hub.status()["divergences"]
    assert hub.run("rule", found["id"], "installed").code == 2
    for name, value, words in [("node-2/patch", "installed", found["id"]), (found["id"], "instaled", "installed")]:
        result = hub.run("rule", name, value, "--reason", "a slip of the keys")
        assert result.code == 1, result
        one_sentence(result, words)
    hub.ok("rule", found["id"], "installed", "--reason", "AWX had lost its connection")
    assert hub.status()["divergences"] == []
    assert {s["name"]: s["patch"] for s in hub.status()["servers"]}["node-1"] == "installed"


def test_a_loose_end_is_forgiven_by_name_and_reason_and_only_while_it_is_open(hub):
    hub = hub(at="Sun 05:00")
    hub.connect().taken(event("looseend", "pingdom/portal", {"state": "open", "what": "Pingdom in maintenance"}))
    assert hub.run("forgive", "pingdom/portal").code == 2
    result = hub.run("forgive", "pingdom/other", "--reason", "why not")
    assert result.code == 1, result
    one_sentence(result, "pingdom/other")
    hub.ok("forgive", "pingdom/portal", "--reason", "it ends by itself at 06:00")
    assert loose(hub) == {}
    entry = hub.entries()[-1]
    assert entry["event"]["data"]["note"] == "it ends by itself at 06:00" and entry["by"]


def test_undo_sends_the_same_again_as_taken_back(hub):
    hub = hub(at="Sun 05:00")
    hub.ok("mark", "review/alpha/one", "ok")
    marked = hub.status()["entry"]
    assert hub.run("undo", marked).code == 2, "it needs a reason"
    for wrong in ("none", "0"):
        assert hub.run("undo", wrong, "--reason", "x").code == 2
    result = hub.run("undo", marked + 40, "--reason", "x")
    assert result.code == 1, result
    one_sentence(result, str(marked + 40))
    result = hub.run("undo", 1, "--reason", "x")
    assert result.code == 1, result
    one_sentence(result, "hub's own")
    hub.ok("undo", marked, "--reason", "the wrong row")
    last = hub.entries()[-1]["event"]
    assert (last["type"], last["subject"], last["data"]["undoes"], last["data"]["note"]) == (
        "warroom.review", "review/alpha/one", marked, "the wrong row")
    hub.ok("mark", "review/alpha/one", "issues", "--note", "503")
    result = hub.run("undo", marked, "--reason", "once more")
    assert result.code == 1, result


def test_a_check_is_added_on_the_night_under_an_id_of_its_title(hub):
    hub = hub(at="Sun 05:00")
    hub.ok("add-check", "review/alpha", "Kiosk: is it up?")
    checks = {c["id"]: c for b in hub.status()["boards"] if b["id"] == "review" for t in b["teams"]
        if t["id"] == "alpha" for c in t["checks"]}
    assert checks["kiosk-is-it-up"]["title"] == "Kiosk: is it up?" and checks["kiosk-is-it-up"]["mark"] == "pending"
    hub.ok("mark", "review/alpha/kiosk-is-it-up", "ok")
    for arguments, code in ((["alpha", "x"], 2), (["review/alpha", "!?"], 2), (["review/nobody", "x"], 1),
        (["review/alpha", "kiosk, is it up"], 1)):
        result = hub.run("add-check", *arguments)
        assert result.code == code, result
        one_sentence(result)


# ------------------------------------------------------------------------------------------------------------- messages


def test_a_message_is_printed_and_recorded_and_never_posted_by_a_guess(hub):
    night = little(date="2025-09-14")
    night["phases"][0]["steps"][3]["message"] = {"#ops": "Done for {date}"}
    hub = hub(night, at="Sun 05:00")
    assert hub.ok("message", "tell/#ops").out == "Done for 2025-09-14\n" == hub.ok("message", "tell").out
    assert people(hub) == [], "printing records nothing"
    result = hub.run("message", "tell/#ops", "--post")
    assert result.code == 1, result
    one_sentence(result, "--posted")
    hub.ok("message", "tell/#ops", "--posted")
    [sent] = hub.status()["messages"]
    assert (sent["id"], sent["state"], sent["text"]) == ("tell/#ops", "posted", "Done for 2025-09-14")
    for wrong in ("nowhere", "tell/#other", "prepare"):
        result = hub.run("message", wrong)
        assert result.code == 1, result
        one_sentence(result)


# -------------------------------------------------------------------------------------------------------------- closing


def test_close_lists_what_is_in_the_way_and_ends_the_night_once_nothing_is(hub):
    hub = hub(little(boards=None, gates=None,
        phases=[{"id": "work", "title": "Work", "steps": [{"id": "prepare", "title": "Prepare"}]}]), at="Sun 11:30")
    client = hub.connect()
    client.taken(event("looseend", "pingdom/portal", {"state": "open", "what": "Pingdom in maintenance"}))
    hub.ok("step", "prepare", "start")
    result = hub.run("close")
    lines = result.err.strip().split("\n")
    assert result.code == 1 and "2 things are in the way" in lines[0] and len(lines) == 3, result
    assert "pingdom/portal" in lines[1] and "prepare" in lines[2], result
    assert hub.status()["bridge"]["state"] != "closed"
    hub.ok("step", "prepare", "done")
    hub.ok("forgive", "pingdom/portal", "--reason", "it ends by itself")
    hub.ok("close")
    assert hub.status()["bridge"]["state"] == "closed"
    assert hub.run("close").code == 1


def test_only_the_lead_closes(hub, cast):
    access = {role: members for role, members in cast.access().items() if not role.startswith("team:")}
    hub = hub(little(access=access, boards={}, gates=None, phases=[]))
    hub.status()
    result = hub.run("close", **as_user(cast.watch))
    assert result.code == 1, result
    one_sentence(result)


# --------------------------------------------------------------------------------------------------- roles of the night


def test_the_lead_is_offered_by_the_lead_and_accepted_by_the_offered_user_and_really_moves(hub, cast):
    hub = hub(little(access=cast.access()))
    assert hub.status()["bridge"]["lead"] == cast.lead, "who the runbook names, not who started the hub"
    result = hub.run("handover", "accept", **as_user(cast.watch))
    assert result.code == 1, result
    one_sentence(result)
    assert hub.run("handover", "offer", cast.watch, **as_user(cast.team)).code == 1, "only the lead offers"
    hub.ok("handover", "offer", cast.watch, **as_user(cast.lead))
    for other in (cast.team, cast.guest, cast.lead):
        result = hub.run("handover", "accept", **as_user(other))
        assert result.code == 1, result
    assert hub.status()["bridge"]["lead"] == cast.lead
    presenter = hub.connect(user=cast.watch)
    presenter.subscribe(**{"as": "viewer"})
    presenter.refused(event("lead", cast.watch, {"state": "accepted", "user": cast.watch}))
    hub.ok("handover", "accept", **as_user(cast.watch))
    assert hub.status()["bridge"]["lead"] == cast.watch
    hub.ok("hold", "node-1", "--reason", "as lead", **as_user(cast.watch))
    result = hub.run("release", "node-1", **as_user(cast.lead))
    assert result.code == 1, result
    one_sentence(result, "lead")
    presenter.refused(event("hold", "node-1", {"state": "released"}))
    assert hub.connect(user=cast.watch).subscribe()["roles"]
    assert "lead" in hub.connect(user=cast.watch).subscribe()["roles"]


def test_where_the_lead_is_gone_whom_access_names_takes_it_back_with_a_reason_that_stays(hub, cast):
    hub = hub(little(access=cast.access()))
    hub.ok("handover", "offer", cast.guest, **as_user(cast.lead))
    assert hub.status()["bridge"]["leadership"]["offer"]["user"] == cast.guest
    hub.ok("handover", "accept", **as_user(cast.guest))
    assert hub.status()["bridge"]["leadership"]["offer"] is None
    assert "lead-taken-back" not in [t["kind"] for t in hub.status()["troubles"]]
    assert hub.run("handover", "take", **as_user(cast.lead)).code == 2, "it needs a reason"
    for other in (cast.watch, cast.team, cast.tool):
        result = hub.run("handover", "take", "--reason", "mine now", **as_user(other))
        assert result.code == 1, result
        one_sentence(result, "lead")
    hub.ok("handover", "take", "--reason", "her terminal is gone", **as_user(cast.lead))
    bridge = hub.status()["bridge"]
    [taken] = bridge["leadership"]["takenBack"]
    assert bridge["lead"] == cast.lead
    assert (taken["by"], taken["from"], taken["reason"]) == (cast.lead, cast.guest, "her terminal is gone")
    hub.ok("hold", "node-1", "--reason", "as lead", **as_user(cast.lead))
    assert hub.run("release", "node-1", **as_user(cast.guest)).code == 1
    hub.ok("handover", "offer", cast.guest, **as_user(cast.lead))
    hub.ok("handover", "accept", **as_user(cast.guest))
    assert "her terminal is gone" in hub.ok("handover").out and "her terminal is gone" in hub.ok("log").out
    assert [t["text"] for t in hub.status()["troubles"] if t["kind"] == "lead-taken-back"], "to the end of the night"


def test_a_substitute_holds_the_role_for_the_night_and_the_lead_cannot_make_himself_an_approver(hub, cast):
    night = little(access=cast.access())
    night["gates"]["before-open"]["needs"] = [{"step": "prepare", "is": "done"}]
    hub = hub(night)
    hub.status()  # by then others may connect too
    lead = hub.connect(user=cast.lead)
    lead.taken(event("step", "prepare", {"state": "started"}))
    lead.taken(event("step", "prepare", {"state": "done"}))
    result = hub.run("substitute", "Release Approver", cast.lead, **as_user(cast.lead))
    assert result.code == 1, result
    one_sentence(result, "approver")
    assert hub.run("substitute", "Release Approver", cast.guest, **as_user(cast.guest)).code == 1, (
        "only the lead names one")
    assert hub.run("approve", "before-open", **as_user(cast.guest)).code == 1
    hub.ok("substitute", "Release Approver", cast.guest, **as_user(cast.lead))
    hub.ok("substitute", "review/beta", cast.guest, **as_user(cast.lead))
    hub.ok("approve", "before-open", **as_user(cast.guest))
    hub.ok("mark", "review/beta/three", "ok", **as_user(cast.guest))
    assert [(one["role"], one["user"], one["state"]) for one in hub.status()["bridge"]["substitutes"]] == [
        ("approver: Release Approver", cast.guest, "accepted"), ("team: review/beta", cast.guest, "accepted")]
    assert hub.run("mark", "review/alpha/one", "ok", **as_user(cast.guest)).code == 1, "the other row is not his"
    for role in ("Nobody's Approver", "review/nobody", "lead"):
        result = hub.run("substitute", role, cast.guest, **as_user(cast.lead))
        assert result.code in (1, 2), result
        one_sentence(result)


def test_roles_of_the_night_outlive_the_hub(hub, cast):
    made = hub(little(access=cast.access()))
    made.ok("handover", "offer", cast.team, **as_user(cast.lead))
    made.ok("handover", "accept", **as_user(cast.team))
    made.kill()
    made.start()
    assert made.status()["bridge"]["lead"] == cast.team
    made.ok("hold", "node-1", "--reason", "still lead", **as_user(cast.team))


# ---------------------------------------------------------------------------------------------------- hand-over, status


def test_the_hand_over_page_tells_what_is_open_off_silent_and_overridden(hub):
    hub = hub(at="Sun 11:05")
    client = hub.connect()
    client.taken(event("server", "node-2", {"alerts": "muted"}, source="balancer"))
    client.taken(event("looseend", "pingdom/portal", {"state": "open", "what": "Pingdom in maintenance"}))
    hub.ok("mark", "review/alpha/one", "issues", "--note", "503 on the portal")
    hub.ok("mark", "review/beta", "no-response", "--note", "silent")
    hub.ok("approve", "before-open", "--override", "--reason", "node-2 stays out")
    since = hub.status()["entry"]
    hub.ok("note", "the vendor has been called")
    page = hub.ok("handover").out
    for words in ("node-2", "pingdom", "503 on the portal", "Beta: no response", "Core", "before-open",
        "node-2 stays out", "the vendor has been called"):
        assert words in page, f"{words!r} is not on the page:\n{page}"
    changed = hub.ok("handover", "--since", since).out.split("CHANGED")[1]
    assert "the vendor has been called" in changed and "503 on the portal" not in changed
    for arguments in (["offer"], ["give", "me"], ["accept", "it"], ["--since", "x"]):
        assert hub.run("handover", *arguments).code == 2


def test_status_says_the_sentence_first_in_the_words_of_the_screen(hub, screen):
    hub = hub(at="Sun 05:01", speed=0)
    first = hub.ok("status").lines()[0]
    assert first.startswith(hub.status()["sentence"]["text"])
    terminal = screen(hub, 200, 50)
    shown = terminal.wait_for("READY")
    # The screen has room for more of the same: when what waits was planned for.
    who, waits = re.fullmatch(r"(.+; \w+)( cannot start until then\.)", hub.status()["sentence"]["text"]).groups()
    words = [line for line in shown.split("\n") if who in line and waits in line]
    assert words, f"{first}\n{shown}"


@pytest.mark.parametrize("arguments", [
    ["approve", "g"], ["refuse", "g", "--reason", "x"], ["hold", "s"], ["release", "s"],
    ["rule", "d", "v", "--reason", "x"], ["forgive", "l", "--reason", "x"],
    ["undo", "1", "--reason", "x"], ["add-check", "a/b", "t"], ["substitute", "monitoring", "u"], ["handover"],
    ["handover", "accept"], ["message", "s/c"],
    ["close"]], ids=" ".join)
def test_without_a_hub_the_hands_reach_nothing_and_say_so(folder, arguments):
    result = run(*arguments, folder=folder)
    assert result.code == 3, result
    one_sentence(result)


@pytest.mark.parametrize("arguments", [
    ["approve"], ["refuse"], ["hold"], ["release", "a", "b"], ["rule", "d"], ["forgive"], ["undo"],
    ["add-check", "a/b"], ["substitute", "monitoring"],
    ["message"], ["close", "now"], ["rule", "d", "v"], ["approve", "g", "--seen", "x"]], ids=" ".join)
def test_wrong_usage_of_the_hands_is_exit_2(hub, arguments):
    result = hub(at="Sun 05:00").run(*arguments)
    assert result.code == 2, result
    one_sentence(result)


def test_a_command_acts_on_what_is_so_now_and_not_at_the_last_entry(hub):
    hub = hub(at="Sun 04:31", speed=600)
    hub.ok("note", "nothing happens for a while")
    wait_until(lambda: hub.status()["now"] > "2025-09-14T08:51:00Z", 8, "the clock stands still")
    page = hub.ok("handover").out
    assert re.search(r"Sun 0[45]:[0-5]\d", page.split("\n")[0]) and "Sun 04:31" not in page.split("\n")[0], page
