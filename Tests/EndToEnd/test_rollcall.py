"""Reviews on real terminals: ticks, issues, silence, the roll-call, stale servers, and the hand-over."""

import os
import pwd
import re

from nights import little, put
from programs import event, wait_until
from stopped import standing_still

ME = pwd.getpwuid(os.geteuid()).pw_name


def find(terminal, words):
    """Searches, so that the row found is selected."""
    terminal.type("/" + words)
    terminal.wait_for(f"search: {words}")
    terminal.type("\r")
    terminal.wait_for(lambda text: "found" in text)


def marks(hub, board):
    return {(t["id"], c["id"]): c for b in hub.status()["boards"] if b["id"] == board for t in b["teams"]
        for c in t["checks"]}


def reviews(hub, subject=None):
    return [e for e in hub.entries() if e["event"]["type"] == "warroom.review"
        and subject in (None, e["event"]["subject"])]


# --------------------------------------------------------------------------------------------------------------- a tick


def test_a_tick_with_its_words_is_on_every_terminal_in_both_times_and_one_entry(sample, screen):
    hub = sample(at="2025-09-15T03:35:00Z")  # Monday 09:05 in India
    hers, shared = screen(hub, 120, 35), screen(hub, 120, 35, "--present")
    hers.wait_for("REVIEW")
    shared.wait_for("REVIEW")
    hers.type("3z")
    find(hers, "KioskAPI")
    hers.type("R")
    hers.wait_for("ROLL-CALL")
    hers.type("v")
    hers.wait_for("how it was verified")
    hers.type("Verified HealthCheck API\r")
    hers.wait_for(lambda text: "in the journal" in text)
    hers.type("\x1b")
    page = hers.wait_for(lambda text: re.search(rf"✓ KioskAPI\s+ok\s+{ME}\s+Sun 23:35\s+Mon 09:05", text))
    assert "Verified HealthCheck API" in page
    shared.wait_for("Integration 1/7")
    shared.type("o")
    [entry] = reviews(hub)
    assert entry["event"]["subject"] == "india/integration/kiosk-api"
    assert entry["event"]["data"]["note"] == "Verified HealthCheck API"


def test_while_the_hub_does_not_answer_the_own_screen_says_not_yet_acknowledged(hub, screen):
    hub = hub(at="Sun 04:31")
    hers = screen(hub, 120, 35)
    hers.wait_for("Alpha")
    hers.type("3z")
    find(hers, "First check")
    with standing_still(hub.process):
        hers.type(" ")
        hers.wait_for("sent, not yet acknowledged")
        assert "✓ First check" not in hers.text, "nothing is shown as done before it is durable"
    hers.wait_for("in the journal")
    assert len(reviews(hub)) == 1


# ------------------------------------------------------------------------------------------------------ observed issues


def test_issues_are_reported_with_words_or_not_at_all(sample, screen):
    hub = sample(at="2025-09-15T03:35:00Z")
    his = screen(hub, 120, 35)
    his.wait_for("REVIEW")
    his.type("3z")
    find(his, "Skybot, batch closes")
    his.type("R")
    his.wait_for("ROLL-CALL")
    his.type("i")
    his.wait_for("what was observed")
    his.type("\r")
    his.wait_for("a word of why")
    assert reviews(hub) == []
    his.type("2 batches not closed within the hour, multishard errors\r")
    his.wait_for("in the journal")
    page = his.wait_for(lambda text: re.search(rf"Skybot, batch closes +issues +{ME} +Sun 23:35 +Mon 09:05", text))
    assert "2 batches not closed within the hour" in page
    assert marks(hub, "india")[("payments", "skybot-batch-closes")]["mark"] == "issues"


# ------------------------------------------------------------------------------------------- silence on the post-checks


def test_silence_is_proposed_at_the_due_time_confirmed_by_a_person_and_answered_late_all_the_same(sample, screen):
    hub = sample(at="2025-09-14T14:59:00Z", speed=10)  # a minute before Sunday 11:00
    client = hub.connect()
    for team in ("sre", "spam", "bms", "wicked-tendies", "bif", "bbq", "platform"):
        client.taken(event("review", f"usa/{team}/post-check", {"mark": "ok"}))
    watch = screen(hub, 120, 35)
    watch.wait_for("REVIEW")
    assert marks(hub, "usa")[("egress", "post-check")]["proposed"] is None, "before the due time nothing is proposed"
    watch.type("3z")
    find(watch, "Egress")
    watch.wait_for(lambda text: re.search(r"! Egress.*no response\?", text), 20)
    assert marks(hub, "usa")[("egress", "post-check")]["mark"] == "pending", "a proposal is no mark"
    watch.type("c")
    watch.wait_for(lambda text: re.search(rf"∅ Egress +no response +{ME} +Sun 11:0\d +Sun 20:3\d", text))
    find(watch, "Live")
    watch.type("c")
    wait_until(lambda: sorted(c["mark"] for c in marks(hub, "usa").values()) == ["no-response"] * 2 + ["ok"] * 7)
    assert all(c["proposed"] is None for c in marks(hub, "usa").values())
    late = "2025-09-14T15:20:00Z"
    hub.kill()
    again = hub.__class__(hub.folder, hub.runbook, at=late, speed=0)
    try:
        again.start()
        again.ok("mark", "usa/egress/post-check", "ok")
        egress = marks(again, "usa")[("egress", "post-check")]
        assert egress["mark"] == "ok"
        assert [e["event"]["data"]["mark"] for e in reviews(again) if "egress" in e["event"]["subject"]] == [
            "no-response", "ok"], "both entries stay"
        page = screen(again, 120, 35)
        page.wait_for("REVIEW")
        page.type("3z")
        find(page, "Egress")
        page.wait_for(lambda text: re.search(r"✓ Egress\s+ok, late \d+ (min|s)", text))
    finally:
        again.kill()


def test_two_boards_with_teams_of_one_name_are_never_mixed_up(hub, screen):
    night = little()
    for board in ("ops", "review"):
        night["boards"][board]["teams"]["payments"] = {"title": "Payments",
            "checks": {"close": {"title": "Batch close"}}}
    hub = hub(night, at="Sun 04:31")
    terminal = screen(hub, 120, 35)
    terminal.wait_for("Alpha")
    terminal.type("R")
    seen = set()
    for place in range(1, 6):
        text = terminal.wait_for(f"team {place} of 5")
        if '"Payments, is Batch close ok?"' in text:
            board = "Operations" if "Operations" in text.split("ROLL-CALL")[1].split("\n")[0] else "Review"
            terminal.type("o")
            terminal.wait_for("in the journal")
            said = terminal.text.split("\n")[-1]
            assert board in said and "Payments" in said, said
            seen.add(board)
        terminal.type("n")
    assert seen == {"Operations", "Review"}
    assert {e["event"]["subject"] for e in reviews(hub)} == {"ops/payments/close", "review/payments/close"}


# ---------------------------------------------------------------------------------------------- stale is drawn as stale


def test_a_server_whose_source_is_silent_is_drawn_stale_and_counts_for_nothing(hub, folder, screen):
    night = little(sources={"patch": {"kind": "status-files", "path": "{state}/patch/*.json", "every": "100ms",
        "stale_after": "60s", "authority": ["patch"]}})
    path = folder / "state" / "patch" / "node-1.json"
    put(path, {"type": "warroom.server", "subject": "node-1", "data": {"patch": "running"}})
    hub = hub(night, at="Sun 05:12", speed=60)
    terminal = screen(hub, 120, 35)
    terminal.wait_for("SERVERS")
    terminal.type("2z")
    terminal.wait_for(lambda text: re.search(r"~.*node-1|node-1.*~", text), 10)
    server = {s["name"]: s for s in hub.status()["servers"]}["node-1"]
    assert server["patch"] == "running" and server["stale"] is True, "the last value stays"
    put(path, b'{"type": "warroom.ser')
    wait_until(lambda: {s["id"]: s for s in hub.status()["sources"]}["patch"]["state"] != "current", 5)
    assert {s["name"]: s for s in hub.status()["servers"]}["node-1"]["patch"] == "running"


# --------------------------------------------------------------------------------------------------------- handing over


def test_the_hand_over_page_is_one_key_away_and_the_same_as_the_command(hub, screen):
    hub = hub(at="Sun 11:30")
    client = hub.connect()
    client.taken(event("looseend", "pingdom/portal", {"state": "open", "what": "Pingdom in maintenance"}))
    client.taken(event("review", "review/beta", {"mark": "no-response", "note": "silent"}))
    client.taken(event("server", "node-2", {"alerts": "muted"}, source="balancer"))
    hub.ok("approve", "before-open", "--override", "--reason", "node-2 stays out")
    terminal = screen(hub, 120, 40)
    terminal.wait_for("Alpha")
    terminal.type("H")
    page = terminal.wait_for("Hand-over")
    printed = hub.ok("handover").out
    for words in ("pingdom", "node-2", "Beta: no response", "node-2 stays out"):
        assert words in page and words in printed, f"{words}:\n{page}\n{printed}"


# ----------------------------------------------------------------------------------------- decisions on a real terminal


def test_a_gate_is_approved_from_the_keyboard_in_two_steps(hub, screen):
    night = little()
    night["gates"]["before-open"]["needs"] = [{"step": "prepare", "is": "done"}]
    hub = hub(night, at="Sun 05:00")
    hub.ok("step", "prepare", "start")
    hub.ok("step", "prepare", "done")
    terminal = screen(hub)
    terminal.wait_for("Alpha")
    terminal.type("6z")
    find(terminal, "before-open")
    terminal.type("a")
    terminal.wait_for("refuse")
    terminal.type("\r")
    page = terminal.wait_for("Really approve")
    assert re.search(r"Now +Sun 05:0\d / Sun 14:3\d", page), page
    terminal.type("\r")
    terminal.wait_for("nothing was sent")
    assert {g["id"]: g["approvals"] for g in hub.status()["gates"]}["before-open"] == []
    terminal.type("a\r")
    terminal.wait_for("Really approve")
    terminal.type("y")
    terminal.wait_for("in the journal")
    [approval] = {g["id"]: g["approvals"] for g in hub.status()["gates"]}["before-open"]
    assert approval["decision"] == "approved" and approval["by"] == ME


def test_a_divergence_is_ruled_the_ruling_taken_back_and_brought_again_from_the_keyboard(hub, screen):
    hub = hub(at="Sun 05:00")
    client = hub.connect()
    client.taken(event("server", "node-1", {"patch": "failed"}, source="awx"))
    client.taken(event("server", "node-1", {"patch": "installed"}, source="wsus"))
    terminal = screen(hub, 120, 35)
    terminal.wait_for("Alpha")
    find(terminal, "node-1/patch")
    terminal.type("a")
    terminal.wait_for(lambda text: "failed, says awx, since Sun 05:00" in text and "installed, says wsus" in text)
    terminal.type("2")
    terminal.wait_for("why")
    terminal.type("seen on the console\r")
    page = terminal.wait_for("Really rule node-1/patch installed")
    assert "failed, says awx" in page and re.search(r"Now +Sun 05:0\d / Sun 14:3\d", page)
    assert hub.status()["divergences"]
    terminal.type("y")
    terminal.wait_for("in the journal")
    assert hub.status()["divergences"] == []
    terminal.type(":goto node-1\r")
    for count in (1, 0, 1):
        terminal.type("u")
        terminal.wait_for(f"undo entry {hub.status()['entry']}")
        terminal.type("a slip\r")
        terminal.wait_for("in the journal")
        assert len(hub.status()["divergences"]) == count


def test_the_lead_is_offered_from_the_page_of_whoever_takes_over(hub, screen):
    hub = hub(at="Sun 11:30")
    terminal = screen(hub, 120, 40)
    terminal.wait_for("Alpha")
    terminal.type("Ha")
    terminal.wait_for("offer the lead")
    terminal.type("o")
    terminal.wait_for("to whom")
    terminal.type("somebody\r")
    terminal.wait_for("Really offer the lead to somebody")
    terminal.type("y")
    terminal.wait_for("in the journal")
    assert hub.status()["bridge"]["leadership"]["offer"]["user"] == "somebody" and hub.status()["bridge"]["lead"] == ME
