"""A runbook that is changed in the night, and one that must be signed: `warroom amend` and `warroom sign` through the
shipped programs (docs/contract.md, The runbook)."""

import hashlib
import json
import os
import pwd
import re
import sqlite3
import stat

import pytest

from nights import little, put, write_runbook
from programs import event, one_sentence, wait_until

ME = pwd.getpwuid(os.getuid()).pw_name
MINE = {"lead": [ME], "approver: Release Approver": [ME]}


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def changed(**more):
    """The little night with a step more and a time moved."""
    night = little(**more)
    steps = night["phases"][0]["steps"]
    steps[1]["at"] = "Sat 23:00"
    steps.insert(2, {"id": "look-around", "title": "Look around", "after": ["patch"], "takes": "5m"})
    return night


def amend(hub, night, **how):
    write_runbook(hub.folder, night)
    return hub.ok("amend", "--reason", "The balancer is late", **how)


def step(hub, name, **how):
    return next((one for one in hub.status(**how)["steps"] if one["id"] == name), None)


def untimed(document):
    """What a bridge is, without what only its time makes."""
    return {key: document[key] for key in ("steps", "gates", "boards", "servers", "runbook", "sources", "pairs")}


# ---------------------------------------------------------------------------------------------------------------- amend


def test_terminals_follow_an_amendment_and_the_baseline_stays(hub, folder, screen):
    hub = hub(at="Sat 21:00", speed=0)
    two = [screen(hub, 120, 35) for _ in range(2)]
    for one in two:
        one.wait_for("Patch")
    hub.ok("step", "prepare", "start")
    amended = amend(hub, changed(title="Little Night, amended"))
    assert "step look-around (Look around) is added: takes 5 min; after patch" in amended.out
    assert "step patch (Patch): at Sat 23:00 / Sun 08:30, was Sat 22:00 / Sun 07:30" in amended.out
    for one in two:
        one.wait_for("Little Night, amended")
        one.wait_for("Sat 23:00")
    patch = step(hub, "patch")
    assert (patch["baseline"], patch["planned"]) == ("2025-09-14T02:00:00Z", "2025-09-14T03:00:00Z")
    assert step(hub, "look-around")["baseline"] is None
    assert step(hub, "prepare")["state"] == "running"
    entry = hub.entries()[-1]
    assert entry["event"]["data"] == {
        "state": "amended", "runbook": sha(hub.runbook), "reason": "The balancer is late"}
    assert entry["by"] == ME and "via" not in entry
    # Both go on from there with the entries alone.
    hub.ok("note", "All is well")
    for one in two:
        one.wait_for("All is well")


def test_after_kill_9_and_a_restart_the_bridge_is_the_same(hub):
    hub = hub(at="Sat 21:00", speed=0)
    hub.ok("step", "prepare", "start")
    amend(hub, changed())
    hub.ok("step", "prepare", "done")
    before = hub.status()
    hub.kill()
    # What is on the disk by then is not asked for.
    write_runbook(hub.folder, little(title="Something else"))
    hub.start()
    after = hub.status()
    assert after["runbook"]["inForce"] == before["runbook"]["inForce"] != after["runbook"]["onDisk"]
    after["runbook"]["onDisk"] = before["runbook"]["onDisk"]
    assert untimed(after) == untimed(before)
    assert hub.ok("verify").out.startswith("whole")


def test_a_terminal_that_came_back_with_the_entries_alone_follows_too(hub, screen):
    """It lacks the text, and fetches the bridge."""
    hub = hub(at="Sat 21:00", speed=0)
    shown = screen(hub, 120, 35)
    shown.wait_for("Patch")
    hub.kill()
    shown.wait_for(lambda text: "THIS PICTURE IS OLD" in text and "The hub has not answered for" in text, 8)
    hub.start()
    shown.wait_for(lambda text: "PICTURE IS OLD" not in text and "has not answered" not in text, 10)
    amend(hub, changed(title="Little Night, amended"))
    shown.wait_for("Little Night, amended", 10)
    shown.wait_for("Sat 23:00")
    hub.ok("note", "All is well")
    shown.wait_for("All is well")


def test_the_small_screen_says_that_a_night_is_not_signed(hub, screen):
    hub = hub(signed_night())
    hub.ok("sign")
    hub.ok("live")
    amend(hub, changed(sign=["Release Approver"], access=MINE))
    screen(hub, 80, 24).wait_for("LIVE, NOT SIGNED")
    screen(hub, 80, 24, "--present").wait_for("LIVE, NOT SIGNED")


def test_status_before_the_amendment_shows_the_plan_of_then(hub):
    hub = hub(at="Sat 21:00", speed=600)
    began = hub.entries()[0]["receivedAt"]
    hub.ok("step", "prepare", "start")
    wait_until(lambda: hub.status()["now"] > "2025-09-14T01:10:00Z")
    amend(hub, changed())
    assert step(hub, "look-around")
    old = hub.status(at=began)
    assert [one["id"] for one in old["steps"]] == ["prepare", "patch", "open-up", "tell"]
    assert old["runbook"]["inForce"] != hub.status()["runbook"]["inForce"]
    assert "Sat 22:00" in hub.ok("status", "--at", began).out


def test_a_second_amendment_and_one_that_goes_back_are_taken_too(hub):
    hub = hub(at="Sat 21:00", speed=0)
    first = hub.status()["runbook"]["inForce"]
    amend(hub, changed())
    amend(hub, changed(title="Third text"))
    assert hub.status()["bridge"]["title"] == "Third text"
    amend(hub, little())
    assert hub.status()["runbook"]["inForce"] == first == sha(hub.runbook)
    hub.kill()
    hub.start()
    assert hub.status()["runbook"]["inForce"] == first and step(hub, "look-around") is None


def test_the_trouble_that_the_file_differs_is_on_the_screen_with_the_way_out_and_goes(hub, folder, screen):
    hub = hub(at="Sat 21:00", speed=0)
    shown = screen(hub, 160, 45)
    shown.wait_for("Patch")
    write_runbook(folder, changed())
    # Under the word of the troubles, in the column at the right, with its age at the end of its first row.
    shown.wait_for(lambda text: re.search(
        r"TROUBLES.*\n.* ~ the runbook on disk has changed: 'warroom amend +\d+ s *\n.* --reason TEXT' takes it",
        text), 8)
    assert hub.status()["runbook"]["onDisk"] == sha(hub.runbook) != hub.status()["runbook"]["inForce"]
    hub.ok("amend", "--reason", "It is the right one")
    shown.wait_for(lambda text: "TROUBLES" not in text and "~ the runbook on disk has" not in text)
    assert not [one for one in hub.status()["troubles"] if one["subject"] == "runbook"]
    write_runbook(folder, {**changed(), "surprise": 1})
    shown.wait_for(lambda text: "TROUBLES" in text and "has faults" in text, 8)


def test_a_dry_run_shows_the_difference_and_changes_nothing(hub, folder):
    hub = hub(at="Sat 21:00", speed=0)
    write_runbook(folder, changed())
    result = hub.ok("amend", "--dry-run")
    assert "look-around" in result.out and result.out.endswith("nothing is changed: this was a dry run\n")
    elsewhere = write_runbook(folder, changed(), "elsewhere.yaml")
    assert hub.ok("amend", elsewhere, "--dry-run").out == result.out
    assert hub.status()["runbook"]["inForce"] != sha(hub.runbook)
    assert not [one for one in hub.entries() if one["event"]["data"].get("state") == "amended"]
    refused = hub.run("amend")
    assert refused.code == 1 and "--reason" in refused.err and "look-around" in refused.out


@pytest.mark.parametrize("what, night, words", [
    ("the same text", little(), ["nothing is different"]),
    ("another date", little(date="2025-09-21"), ["id and date", "little-2025-09-21"]),
    ("another id", little(id="large"), ["id and date"]),
    ("a fault", {**little(), "surprise": 1}, ["has faults", "UNKNOWN-KEY"]),
    ("another socket", little(socket="other.sock"), ["'socket'"]),
], ids=lambda value: value if isinstance(value, str) else "")
def test_what_cannot_be_an_amendment_is_refused(hub, folder, what, night, words):
    hub = hub(at="Sat 21:00", speed=0)
    write_runbook(folder, night)
    result = hub.run("amend", "--reason", "why not")
    assert result.code == 1, result
    one_sentence(type("Said", (), {"err": result.err})(), *words)
    client = hub.connect()
    client.refused(event("bridge", "little-2025-09-14.rehearsal", {
        "state": "amended", "runbook": sha(hub.runbook), "reason": "why not"}), words[0])


def test_a_file_that_cannot_be_read_is_refused(hub, folder):
    hub = hub(at="Sat 21:00", speed=0)
    hub.runbook.unlink()
    result = hub.run("amend", "--reason", "why not")
    assert result.code == 2 and "cannot be read" in result.err, result
    hub.connect().refused(event("bridge", "little-2025-09-14.rehearsal", {
        "state": "amended", "runbook": "0" * 64, "reason": "why not"}), "cannot be read")


def test_what_has_entries_cannot_leave(hub, folder):
    hub = hub(at="Sat 21:00", speed=0)
    hub.ok("step", "prepare", "start")
    hub.ok("mark", "review/alpha/one", "ok")
    night = little()
    night["phases"][0]["steps"][0]["id"] = "get-ready"
    night["phases"][0]["steps"][1]["after"] = ["get-ready"]
    night["boards"]["review"]["teams"]["alpha"]["checks"].pop("one")
    write_runbook(folder, night)
    result = hub.run("amend", "--reason", "a better name")
    assert result.code == 1 and "put back step prepare, check review/alpha/one" in result.err, result


def test_the_hub_reads_the_file_anew_and_takes_no_other_text(hub, folder):
    """What is sent is the hash of what its sender has seen."""
    hub = hub(at="Sat 21:00", speed=0)
    write_runbook(folder, changed())
    hub.connect().refused(event("bridge", "little-2025-09-14.rehearsal", {
        "state": "amended", "runbook": "0" * 64, "reason": "blind"}), sha(hub.runbook), "--dry-run")
    client = hub.connect()
    client.refused(event("bridge", "little-2025-09-14.rehearsal", {"state": "amended", "reason": "x"}), "'runbook'")
    client.refused(
        event("bridge", "little-2025-09-14.rehearsal", {"state": "amended", "runbook": sha(hub.runbook)}), "'reason'")


def test_a_reader_of_entries_gets_the_entry_and_one_with_a_bridge_the_bridge_anew(hub, folder):
    hub = hub(at="Sat 21:00", speed=0)
    reader, follower = hub.connect(), hub.connect()
    reader.subscribe(**{"from": 1})
    follower.subscribe()
    follower.take("bridge")
    amend(hub, changed())
    last = hub.status()["entry"]
    assert reader.entries_to(last)[-1]["event"]["data"]["state"] == "amended"
    assert follower.take("hello")["hello"]["entry"] == last
    assert follower.take("bridge")["entry"] == last
    hub.ok("note", "after it")
    assert follower.take(lambda line: "event" in line)["entry"] == last + 1


def test_what_is_watched_follows_the_amendment(hub, folder):
    """A source that comes is read, one that leaves counts for nothing, and one that changes is seen anew."""
    def sourced(**sources):
        return changed(sources=sources)
    old, other = folder / "old", folder / "other"
    files = {"kind": "status-files", "path": f"{old}/*.json", "every": "100ms"}
    hub = hub(little(sources={"stays": files}), at="Sat 21:00", speed=0)
    put(old / "a.json", {"type": "warroom.server", "subject": "node-1", "data": {"reach": "ok"}})
    wait_until(lambda: hub.status()["servers"][0]["reach"] == "ok")
    amend(hub, sourced(stays=files, comes={**files, "path": f"{other}/*.json"}))
    put(other / "b.json", {"type": "warroom.server", "subject": "node-2", "data": {"reach": "ok"}})
    wait_until(lambda: hub.status()["servers"][1]["reach"] == "ok", 5, "the new source is not read")
    assert [one["state"] for one in hub.status()["sources"]][:2] == ["current", "current"]
    amend(hub, sourced(comes={**files, "path": f"{old}/*.json"}))
    wait_until(lambda: hub.status()["sources"][0]["state"] == "current", 5, "the changed source is not read")
    assert [one["id"] for one in hub.status()["sources"]] == ["comes", "hub"]
    put(old / "a.json", {"type": "warroom.server", "subject": "node-1", "data": {"reach": "unreachable"}})
    wait_until(lambda: any(
        entry["event"]["data"].get("reach") == "unreachable" and entry["by"] == "comes" for entry in hub.entries()))
    before = hub.status()
    hub.kill()
    hub.start()
    wait_until(lambda: hub.status()["sources"][0]["state"] == "current", 5)
    assert untimed(hub.status())["servers"] == untimed(before)["servers"]


def test_a_journal_without_the_text_that_it_names_is_not_taken_up(hub, folder):
    hub = hub(at="Sat 21:00", speed=0)
    amend(hub, changed())
    hub.kill()
    journal = sqlite3.connect(hub.state / "journal.sqlite")
    journal.execute("DELETE FROM runbook WHERE fingerprint = ?", [sha(hub.runbook)])
    journal.commit()
    journal.close()
    hub.spawn()
    hub.process.wait(10)
    assert hub.process.returncode == 1 and "does not hold the text that it names" in hub.log()


# --------------------------------------------------------------------------------------------------------------- access


def test_a_change_of_access_takes_effect_for_those_who_are_there(hub, folder, cast):
    hub = hub(little(access=cast.access()))
    guest = hub.connect(user=cast.guest)
    guest.refused(event("note", "work", {"text": "hello"}), "may not do this")
    lead = hub.connect(user=cast.lead)
    access = {**cast.access(), "team: review/beta": [cast.guest]}
    write_runbook(folder, little(access=access))
    os.chmod(hub.runbook, 0o644)
    guest.refused(event("bridge", "little-2025-09-14", {
        "state": "amended", "runbook": sha(hub.runbook), "reason": "me too"}), "may not do this")
    lead.taken(event("bridge", "little-2025-09-14", {
        "state": "amended", "runbook": sha(hub.runbook), "reason": "beta is here"}))
    guest.taken(event("note", "work", {"text": "hello"}))
    write_runbook(folder, little(access={**access, "approver: Release Approver": [cast.lead]}))
    lead.refused(event("bridge", "little-2025-09-14", {
        "state": "amended", "runbook": sha(hub.runbook), "reason": "myself"}), "nobody makes himself an approver")


def test_a_socket_opens_and_closes_with_access(hub, folder):
    hub = hub(little())
    mode = lambda: stat.S_IMODE(hub.socket.stat().st_mode)
    assert mode() == 0o600
    assert "other users may connect" in amend(hub, little(access={"lead": [ME]})).out
    assert mode() == 0o666
    amend(hub, little())
    assert mode() == 0o600


# ----------------------------------------------------------------------------------------------------------------- sign


def signed_night(**more):
    return little(sign=["Release Approver"], access=MINE, **more)


def test_a_night_that_must_be_signed_is_not_live_before(hub, screen):
    hub = hub(signed_night())
    assert hub.status()["bridge"]["state"] == "opened"
    shown = screen(hub, 120, 35)
    shown.wait_for("NOT LIVE")
    refused = hub.run("live")
    assert refused.code == 1
    one_sentence(refused, "must be signed first", "warroom sign --as 'Release Approver'")
    assert "not signed yet" in hub.run("step", "prepare", "start").err
    wrong = hub.run("sign", "--as", "lead")
    assert wrong.code == 1
    one_sentence(wrong, "asks for the signature of Release Approver")
    assert hub.ok("sign", "--as", "Release Approver").out.startswith(sha(hub.runbook)[:12])
    again = hub.run("sign", "--as", "Release Approver")
    assert again.code == 1
    one_sentence(again, "signed as Release Approver already")
    hub.ok("live")
    shown.wait_for(lambda text: " LIVE" in text and "NOT LIVE" not in text and "NOT SIGNED" not in text)
    hub.ok("step", "prepare", "start")
    kept = hub.status()["runbook"]
    assert [(one["role"], one["by"]) for one in kept["signed"]] == [("approver: Release Approver", ME)]
    assert kept["missing"] == kept["unsigned"] == []


def test_a_night_amended_since_it_was_signed_says_so_and_holds_back_what_changed(hub, screen):
    hub = hub(signed_night())
    hub.ok("sign")
    hub.ok("live")
    shown = screen(hub, 120, 35)
    shown.wait_for("LIVE")
    night = signed_night()
    night["phases"][0]["steps"][3]["title"] = "Tell everybody"
    said = amend(hub, night)
    assert "until then these cannot start: Tell everybody" in said.out
    shown.wait_for("LIVE, NOT SIGNED")
    held = hub.run("step", "tell", "start")
    assert held.code == 1
    one_sentence(held, "not as it was signed", "warroom sign --as 'Release Approver'")
    hub.ok("step", "prepare", "start")
    assert hub.status()["runbook"]["unsigned"] == ["tell"]
    assert [one["kind"] for one in hub.status()["troubles"] if one["kind"] == "unsigned"] == ["unsigned"]
    hub.kill()
    hub.start()
    assert hub.status()["runbook"]["unsigned"] == ["tell"], "a restart forgets no signature"
    hub.ok("sign")
    hub.ok("step", "tell", "start")
    wait_until(lambda: not [one for one in hub.status()["troubles"] if one["kind"] == "unsigned"])


def test_a_rehearsal_needs_no_signature(hub):
    hub = hub(signed_night(), at="Sun 04:31", speed=0)
    assert hub.status()["bridge"]["state"] == "live"
    hub.ok("step", "prepare", "start")
