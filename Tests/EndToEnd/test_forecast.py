"""Where the night is going, what must be tested again, and the batch closes beside it. The shipped programs are tried
on nights made for it, each under its own names and under random ones, and on the sample nights."""

import json
import re
import shutil

import pytest

from nights import SAMPLES, little, write_runbook
from programs import Hub, event
from renaming import Names, load
from test_rehearsal import by_id, script
from test_rollcall import find


@pytest.fixture(params=[None, 1, 2], ids=["own names", "random names 1", "random names 2"])
def names(request):
    return Names(request.param)


def step(subject, state, **data):
    return {"type": "step", "subject": subject, "data": {"state": state, **data}}


# A wave of an hour, a check of half an hour behind it, a change beside them, and what opens at midnight: till 00:10.
PLAN = [{"id": "work", "title": "Work", "steps": [
    {"id": "patch", "title": "Patch", "at": "Sat 22:00", "takes": "60m", "backout": "40m", "wave": "first"},
    {"id": "look", "title": "Look", "takes": "30m", "gate": "before-look"},
    {"id": "change", "title": "Change", "at": "Sat 22:30", "takes": "20m"},
    {"id": "open-up", "title": "Open up", "at": "Sun 00:00", "takes": "10m", "after": ["look", "change"]}]}]
GATES = {"before-look": {"title": "Before looking", "needs": [{"step": "patch", "is": "done"}]}}
LATE = [
    {"at": "Sat 22:30", "send": step("change", "started")}, {"at": "Sat 22:50", "send": step("change", "done")},
    {"at": "Sat 23:30", "send": step("patch", "started")}, {"at": "Sun 00:50", "send": step("patch", "done")},
    {"at": "Sun 00:50", "send": step("look", "started")}]
WINDOW = {"opens": "Sat 19:00", "closes": "Sun 01:00"}


def test_a_late_wave_the_header_names_the_right_step_and_overrun_at_six_moments(rehearse, folder, screen, names):
    hub = rehearse(script(folder, LATE, names, phases=PLAN, gates=GATES, window=WINDOW), at="Sun 04:10", speed=0)
    moments = [
        ("Sat 23:20", None, None), ("Sat 23:21", 60, "patch"), ("Sat 23:40", 600, "patch"),
        ("Sun 00:45", 1500, "patch"),
        ("Sun 00:51", 1800, "patch"), ("Sun 04:10", 12000, "look")]
    for at, overrun, cause in moments:
        document = hub.status(at=at)
        forecast = document["forecast"]
        assert (forecast["overrun"], forecast["cause"]) == (overrun, cause and names(cause)), at
        kinds = [trouble["kind"] for trouble in document["troubles"]]
        assert ("overrun" in kinds) == (overrun is not None), at
    running = hub.status(at="Sat 23:40")
    steps = by_id(running["steps"])
    patch, look, change = names("patch"), names("look"), names("change")
    assert running["forecast"]["criticalPath"] == [patch, look, names("open-up")]
    assert running["forecast"]["end"] == "2025-09-14T05:10:00Z"
    # Begun at 23:30, it can be undone in the window if that is begun by 00:20.
    assert running["forecast"]["pointOfNoReturn"] == "2025-09-14T04:20:00Z"
    assert steps[patch]["baseline"] == "2025-09-14T02:00:00Z" and steps[patch]["forecast"] == "2025-09-14T04:30:00Z"
    assert steps[look]["forecast"] == "2025-09-14T04:30:00Z" and steps[look]["forecastEnd"] == "2025-09-14T05:00:00Z"
    assert steps[look]["critical"] and not steps[change]["critical"] and steps[change]["forecast"] is None
    shown = screen(hub, 80, 24)
    titles = {one["id"]: one["title"] for one in hub.status()["steps"]}
    shown.wait_for(f"! ends 3 h 20 after the window, Sun 04:20 / 13:50: {titles[look]}")


def test_without_durations_the_end_is_unknown_and_the_steps_are_counted(hub):
    night = hub(little(), at="Sat 19:13", speed=0)
    forecast = night.status()["forecast"]
    assert forecast["end"] is None and forecast["unknown"] == 4 and forecast["behind"] == 780
    assert forecast["overrun"] is None and forecast["cause"] is None and forecast["criticalPath"] == []


def test_durations_are_learned_from_earlier_nights_without_what_waited_for_people(folder):
    def line(number, subject, state, time):
        return json.dumps(
            {"specversion": "1.0", "id": f"{subject}-{number}", "source": "people/lead", "type": "warroom.step",
                           "subject": subject, "time": time, "data": {"state": state, "note": "early"}})

    for month, minutes in ((6, 20), (7, 30), (8, 40)):
        date = f"2025-{month:02}-10"
        name = f"little-{date}"
        earlier = Hub(folder, write_runbook(folder, little(date=date), f"{name}.yaml"),
            state=folder / "xdg-state" / "warroom" / name, name=name).start()
        try:
            lines = [line(1, "prepare", "started", f"{date}T20:00:00Z"),
                line(2, "prepare", "done", f"{date}T20:{minutes}:00Z")]
            earlier.ok("emit", stdin="\n".join(lines) + "\n")
        finally:
            earlier.ok("stop")
            earlier.process.wait(10)
    tonight = Hub(folder, write_runbook(folder, little()), at="Sat 18:00", speed=0).start()
    try:
        steps = by_id(tonight.status()["steps"])
        assert (steps["prepare"]["takes"], steps["prepare"]["learned"]) == (1800, True)
        assert (steps["patch"]["takes"], steps["patch"]["learned"]) == (None, False)
        assert tonight.entries()[0]["event"]["data"]["learned"] == {"prepare": 1800}
        assert tonight.status()["forecast"]["unknown"] == 3
        # Begun 40 minutes ago, it is late by ten; what has no time, learned or given, is late by nothing.
        client = tonight.connect()
        client.taken(event("step", "tell", {"state": "started"}, time="2025-09-13T20:00:00Z"))
        assert tonight.status()["sentence"]["text"].startswith("Tell is under way, ")
        client.taken(event("step", "prepare", {"state": "started", "note": "early"}, time="2025-09-13T21:20:00Z"))
        steps, said = by_id(tonight.status()["steps"]), tonight.status()["sentence"]
        assert (steps["prepare"]["shouldEnd"], steps["tell"]["shouldEnd"]) == ("2025-09-13T21:50:00Z", None)
        assert said["subject"] == "prepare" and said["state"] == "running", said
        assert "It is 10 min late: " in said["text"], said
        page = " ".join(tonight.ok("status").out.split())
        assert "It is 10 min late: " in page and "Prepare 40 of 30 min" in page, page
    finally:
        tonight.kill()


def test_a_tick_goes_stale_when_what_it_tested_changes_and_both_entries_stay(rehearse, folder, names):
    boards = {"review": {"title": "Review", "due": "Mon 13:00 IST", "teams": {"alpha": {"title": "Alpha", "checks": {
        "one": {"title": "Processor", "recheck_after": ["patch"]}, "two": {"title": "Second"}}}}}}
    phases = [{"id": "work", "title": "Work",
        "steps": [{"id": "patch", "title": "Switch it off", "at": "Sat 22:00", "tickets": ["QQ-255"]}]}]
    mark = {"type": "review", "subject": "review/alpha/one", "data": {"mark": "ok", "note": "as it is"}}
    other = {"type": "review", "subject": "review/alpha/two", "data": {"mark": "ok"}}
    moments = [
        {"at": "Sun 06:10", "send": mark}, {"at": "Sun 06:11", "send": other},
        {"at": "Sun 06:40", "send": step("patch", "done")},
        {"at": "Sun 07:00", "send": mark}]
    hub = rehearse(script(folder, moments, names, boards=boards, phases=phases, gates={}), at="Sun 07:10", speed=0)

    def check(at, name):
        return by_id(by_id(by_id(hub.status(at=at)["boards"])[names("review")]["teams"])[names("alpha")]["checks"])[
            names(name)]
    assert check("Sun 06:30", "one")["recheck"] is None
    assert check("Sun 06:45", "one")["recheck"] == "QQ-255 finished after this test"
    assert check("Sun 06:45", "one")["mark"] == "ok"
    assert check("Sun 06:45", "two")["recheck"] is None
    assert check("Sun 07:10", "one")["recheck"] is None
    assert len([e for e in hub.entries() if e["event"]["subject"] == names("review/alpha/one")]) == 2


def test_a_slot_that_goes_by_with_issues_open_asks_to_engage(rehearse, folder, screen, names):
    boards = {"review": {"title": "Review",
        "teams": {"alpha": {"title": "Alpha", "checks": {"closes": {"title": "Batch closes"}}}}}}
    batch = {"guard": "23:00-00:30", "slot": ":45", "engage": "Integrations & CS", "checks": ["review/alpha/closes"]}
    moments = [{"at": "Sun 06:10", "send": {"type": "review", "subject": "review/alpha/closes", "data": {
        "mark": "issues", "note": "2 batches not closed within the hour, multishard errors"}}}]
    hub = rehearse(script(folder, moments, names, boards=boards, batch=batch), at="Sun 06:50", speed=0)
    before = hub.status(at="Sun 06:20")["batchGuard"]
    assert before["nextSlot"] == "2025-09-14T10:45:00Z" and before["missed"] is None
    after = hub.status(at="Sun 06:45")
    assert after["batchGuard"]["missed"] == {
        "slot": "2025-09-14T10:45:00Z", "failed": [names("review/alpha/closes")], "engage": "Integrations & CS"}
    assert "missed-slot" in [trouble["kind"] for trouble in after["troubles"]]
    shown = screen(hub, 120, 35)
    shown.wait_for("engage Integrations & CS")


def test_a_wave_in_the_batch_closes_is_told_while_the_jobs_are_not_held(rehearse, folder, names):
    batch = {"guard": "23:00-00:30", "slot": ":45", "needs_step": "change"}
    hub = rehearse(script(folder, LATE[:2], names, phases=PLAN, gates=GATES, batch=batch), at="Sun 00:10", speed=0)
    assert [o["step"] for o in hub.status(at="Sat 22:40")["batchGuard"]["overlaps"]] == [names("patch")]
    assert "batch-guard" in [trouble["kind"] for trouble in hub.status(at="Sat 22:40")["troubles"]]
    later = hub.status(at="Sat 22:55")
    assert later["batchGuard"]["overlaps"] == []
    assert "batch-guard" not in [trouble["kind"] for trouble in later["troubles"]]


def test_the_restart_order_host_by_host(rehearse, folder, names):
    def server(name, **data):
        return {"type": "server", "subject": name, "data": data}
    servers = {"node-1..3": {"kind": "web", "pools": ["front"], "restart_after": ["base"]},
        "base": {"kind": "database"}}
    moments = [
        {"at": "Sat 22:30", "send": server("node-1", bootedAt="2025-09-14T02:10:00Z")},
        {"at": "Sat 23:31", "send": server("node-2", bootedAt="2025-09-14T03:30:00Z")},
        {"at": "Sat 23:20", "send": server("base", bootedAt="2025-09-14T03:00:00Z", readyAt="2025-09-14T03:10:00Z")}]
    hub = rehearse(script(folder, moments, names, servers=servers), at="Sat 23:50", speed=0)
    found = {s["name"]: s["restart"] for s in hub.status()["servers"]}
    [one, two, three, base] = [found[names(name)] for name in ("node-1", "node-2", "node-3", "base")]
    assert one["state"] == "recycle needed" and one["after"] == names("base")
    assert "22:10" in one["why"] and "23:10" in one["why"]
    assert two["state"] == "in order" and three["state"] == "unknown" and base is None
    assert [t["subject"] for t in hub.status()["troubles"] if t["kind"] == "recycle-needed"] == [names("base")]
    plain = rehearse(script(folder, [], names), at="Sat 23:50", speed=0, name="plain",
        state=folder / "plain-state").status()
    assert {s["restart"]["state"] for s in plain["servers"]} == {"not configured"}


# ---------------------------------------------------------------------------------------------------- the sample nights


def troubles(document, kind):
    return [trouble["text"] for trouble in document["troubles"] if trouble["kind"] == kind]


def test_the_night_with_durations_sees_the_overrun_coming_and_nobody_edits_a_time(rehearse, folder, screen):
    """IC-Web8 never comes back from its boot: what waits for its wave moves, minute by minute, with the clock."""
    shutil.copytree(SAMPLES / "2025-10-12", folder / "late")

    def is_left(moment):
        what = json.dumps(moment)
        # The wave's reports end with the one of 05:05, and what comes after the wave does not come.
        day, clock = moment["at"].split()[:2] if not moment["at"].startswith("+") else ("", "")
        after = clock > "06:46" if day == "Sun" else day == "Mon"
        return not after and not (clock > "05:05" and day == "Sun"
            and re.search("web6-10-|patch/web6-10.json|pools/web6-10.json|changes-complete", what))
    moments = [moment for moment in load(folder / "late" / "rehearsal.yaml") if is_left(moment) or "every" in moment]
    moments.append({"at": "Sun 05:20", "write": {"path": "patch/late.json", "json": [
        {"type": "warroom.server", "subject": "IC-Web8", "data": {"patch": "installed", "reboot": "rebooting"}}]}})
    (folder / "late" / "rehearsal.yaml").write_text(json.dumps(moments))
    hub = rehearse(folder / "late" / "runbook.yaml", at="Sun 11:00", speed=0)

    def at(time):
        document = hub.status(at=time)
        starts = {step["id"]: step["forecast"] and step["forecast"][11:16] for step in document["steps"]}
        times = [starts[name] for name in ("smoke-2", "regression", "alerts-on-1", "finish-message")]
        return document["forecast"], times, troubles(document, "overrun")
    after = ["12:00", "12:45", "14:15", "14:33"]  # UTC: 08:00 and 08:45 as planned, and what follows
    for time in ("Sun 05:30", "Sun 05:50", "Sun 07:13"):
        forecast, starts, said = at(time)
        assert starts == after and forecast["overrun"] is None and forecast["behind"] is None and not said, (
            "its lateness is still taken up")
    assert by_id(hub.status(at="Sun 05:50")["steps"])["web6-10-patch"]["forecast"] == "2025-10-12T09:50:00Z"
    assert at("Sun 07:18")[1] == ["12:05", *after[1:]], "Smoke 2 moves, the regression after it does not yet"
    forecast, starts, said = at("Sun 08:38")
    assert starts == ["13:25", "13:55", "15:25", "15:43"] and forecast["overrun"] is None and not said
    assert forecast["criticalPath"][:2] == ["web6-10-patch", "web6-10-sanity"] and forecast["criticalPath"][-3:] == [
        "finish-maintenance", "jobs-product-integrations", "finish-message"]
    # The window ends at 12:00: the first minute that breaks it is told at 08:51, and it is the wave that does.
    assert at("Sun 08:50")[0]["overrun"] is None
    assert (at("Sun 08:51")[0]["overrun"], at("Sun 08:51")[0]["cause"]) == (60, "web6-10-patch")
    forecast, starts, said = at("Sun 11:00")
    assert (forecast["overrun"], forecast["cause"]) == (7800, "web6-10-patch")
    assert starts == ["15:47", "16:17", "17:47", "18:05"]
    assert said == [
        "the night will end 2 h 10 after its window, because of Approve Web6-10-Patching: end Sun 14:10 / Sun 23:40"]
    assert all(step["planned"] == step["baseline"] for step in hub.status()["steps"]), "nobody has edited a time"
    screen(hub, 80, 24).wait_for("ends 2 h 10 after the window")
    screen(hub, 120, 35).wait_for("ends 2 h 10 after the window, Sun 14:10 / 23:40")


def test_on_the_sample_night_a_restart_and_a_change_ask_for_a_test_again(sample, rehearse, screen, folder):
    """The test of 06:10 proves nothing once a server behind it has restarted and JEDI-255 is done; on the night that is
    served it is JEDI-255 alone."""
    path = "india/integration/stratus-file-processor"

    def check(document):
        return by_id(by_id(by_id(document["boards"])["india"]["teams"])["integration"]["checks"])[
            "stratus-file-processor"]
    hub = rehearse(at="Mon 09:40 IST", speed=0, state=folder / "played")
    for at, reason in [
        ("Sun 06:19", None), ("Sun 06:30", "IC-Web3 restarted after this test"),
        ("Sun 06:45", "IC-Web3 restarted after this test, and 1 more"),
        ("Mon 09:39 IST", "IC-Web3 restarted after this test, and 1 more"), ("Mon 09:40 IST", None)]:
        assert check(hub.status(at=at))["recheck"] == reason, at
    assert path in [one["subject"] for one in hub.status(at="Mon 09:39 IST")["closing"]]
    assert path not in [one["subject"] for one in hub.status()["closing"]]
    both = [entry["event"]["data"].get("note") for entry in hub.entries() if entry["event"]["subject"] == path]
    assert both == ["Tested", "Tested, after JEDI-255"]

    served = sample(at="Sun 06:10", name="served")
    served.ok("mark", path, "ok", "--note", "Tested")
    terminal = screen(served, 120, 35)
    client = served.connect()
    client.taken(event("step", "jedi-255", {"state": "failed", "note": "half of the tasks are off"}))
    assert check(served.status())["recheck"] == "JEDI-255 finished after this test"
    assert check(served.status())["mark"] == "ok"
    terminal.type("3z")
    find(terminal, "StratusFileProcessor")
    terminal.type("\r")
    terminal.wait_for(lambda text: "check again" in text and "JEDI-255 finished after this test" in text)
    served.ok("mark", path, "ok", "--note", "Tested again")
    terminal.wait_for(lambda text: "check again" not in text and text.count("Tested") > 2)
    assert check(served.status())["recheck"] is None
    assert len([entry for entry in served.entries() if entry["event"]["subject"] == path]) == 2


def test_on_the_sample_night_failed_closes_are_reviewed_and_a_missed_slot_asks_to_engage(rehearse, screen, folder):
    """Two closes fail at 23:31, Payments reviews them at 09:08 in India; the slot of 23:45 goes by before anybody says
    that they are closed."""
    hub = rehearse(at="Mon 09:40 IST", speed=0)
    path = "india/payments/skybot-batch-closes"

    def guard(at):
        return hub.status(at=at)["batchGuard"]
    said = {"open": 0, "inTime": 0, "late": 0, "failed": 0, "unknown": 0, "total": 49}
    for at, counts in [
        ("Sun 23:10", {"open": 49}), ("Sun 23:40", {"failed": 2, "open": 6, "inTime": 41}),
        ("Sun 23:50", {"open": 3, "inTime": 46}),
        ("Sun 23:55", {"open": 1, "inTime": 48}), ("Mon 00:05", {"late": 1, "inTime": 48}),
        ("Mon 00:10", {"late": 1, "inTime": 48})]:
        assert guard(at)["counts"] == {**said, **counts}, at
        assert guard(at)["demo"]["total"] == 3
    last = guard("Mon 00:10")
    assert {row["paymentType"]: (row["total"], row["late"]) for row in last["byPaymentType"]} == {
        "card": (30, 1), "ACH": (15, 0), "PayPal": (4, 0)}
    assert {row["module"]: (row["total"], row["late"]) for row in last["byModule"]} == {
        "Standard": (43, 0), "Chase": (6, 1)}

    assert guard("Mon 09:14 IST")["nextSlot"] == "2025-09-15T03:45:00Z" and guard("Mon 09:14 IST")["missed"] is None
    missed = hub.status(at="Mon 09:16 IST")
    assert missed["batchGuard"]["missed"] == {
        "slot": "2025-09-15T03:45:00Z", "failed": [path], "engage": "Integrations & CS"}
    assert "engage Integrations & CS" in troubles(missed, "missed-slot")[0]
    assert guard("Mon 09:27 IST")["missed"] is None, "both closed, says Payments"

    before = rehearse(at="Mon 09:10 IST", speed=0, name="before", state=folder / "before")
    assert before.run("mark", path, "issues").code != 0, "issues need a text"
    terminal = screen(before, 120, 35)
    terminal.wait_for(lambda text: re.search(
        r"BATCH  somebody must look.*\n.* ! Sun 23:45 / Mon 09:15, in 5 min *\n.* ✗ 2 failed, 6 open", text)
        and "must rerun them in the slot at Sun 23:45 / Mon 09:15, in 5 min." in text)
    terminal.type("3z")
    find(terminal, "Skybot, batch closes")
    terminal.wait_for(lambda text: re.search(r"✗ Skybot, batch closes +issues ", text))
    terminal.type("\r")
    terminal.wait_for("2 late batch closes, multishard errors")
    after = rehearse(at="Mon 09:16 IST", speed=0, name="after", state=folder / "after")
    screen(after, 80, 24).wait_for("engage Integrations & CS")


def test_only_the_rescheduled_jobs_keep_the_first_wave_out_of_the_closes(rehearse, folder):
    """The sample's step of 22:00 runs into the band of 23:00. That is flagged where the step of 19:00 is not done, and
    else it is not."""
    band = {"start": "2025-09-14T03:00:00Z", "end": "2025-09-14T04:30:00Z"}
    good = rehearse(at="Sat 23:10", speed=0)
    for at in ("Sat 19:10", "Sat 22:40", "Sat 23:10"):
        document = good.status(at=at)
        assert document["batchGuard"]["band"] == band and document["batchGuard"]["overlaps"] == [] and not troubles(
            document, "batch-guard"), at
    assert [one["step"] for one in good.status(at="Sat 19:03")["batchGuard"]["overlaps"]] == ["web1-5"], (
        "the step is not done yet")
    shutil.copytree(SAMPLES / "2025-09-14", folder / "left-out")
    script = folder / "left-out" / "rehearsal.yaml"
    moments = [moment for moment in load(script)
        if not re.search("reschedule-jobs|Pre-Maintenance", json.dumps(moment))]
    script.write_text(json.dumps(moments))
    bad = rehearse(folder / "left-out" / "runbook.yaml", at="Sat 22:40", speed=0, name="bad",
        state=folder / "bad").status()
    assert bad["batchGuard"]["overlaps"] == [{"step": "web1-5", "band": band, "unguarded": True}]
    [said] = troubles(bad, "batch-guard")
    assert said == (
        "Patch IC-Web1 thru 5 lies in the batch closes, and Run stage Pre-Maintenance is not done: "
        "Sat 23:00 / Sun 08:30 to 00:30")


def test_on_the_sample_night_what_started_before_its_database_must_be_recycled(rehearse, screen, folder):
    """The database is ready at 06:05; what has started before must be recycled, and clears host by host."""
    hub = rehearse(at="Sun 08:50", speed=0)

    def needed(at):
        document = hub.status(at=at)
        states = {server["name"]: server["restart"] for server in document["servers"] if server["restart"]}
        assert len(states) == 10 and all(one["after"] == "MCC Database Server" for one in states.values())
        amber = [name for name, one in states.items() if one["state"] == "recycle needed"]
        assert bool(amber) == bool(troubles(document, "recycle-needed"))
        green = [name for name, one in states.items() if one["state"] == "in order"]
        return tuple([int(name.removeprefix("IC-Web")) for name in names] for names in (amber, green))
    assert needed("Sun 06:04") == ([], []), "nobody knows when the database was ready"
    assert needed("Sun 06:06") == ([1, 2, 3, 4, 5, 6, 7], []), "three have not started since they were patched"
    assert needed("Sun 06:25") == ([1, 2, 4, 5, 6, 7], [3, 8, 9])
    assert needed("Sun 08:37") == ([2, 4, 5, 6, 7], [1, 3, 8, 9, 10])
    assert needed("Sun 08:45") == ([7], [1, 2, 3, 4, 5, 6, 8, 9, 10])
    assert needed("Sun 08:50") == ([], list(range(1, 11)))
    why = {server["name"]: server["restart"]["why"] for server in hub.status(at="Sun 06:06")["servers"]
        if server["restart"]}
    assert "22:42" in why["IC-Web3"] and "06:0" in why["IC-Web3"], why["IC-Web3"]
    then = rehearse(at="Sun 06:25", speed=0, name="then", state=folder / "then")
    terminal = screen(then, 120, 35)
    # Each wave names its own under it: since when, and always for how long.
    terminal.wait_for(lambda text: re.search(
        r"Web1-5 .*\n +! Web1, Web2, Web4, Web5 recycle needed (since 06:05, )?20 min", text)
        and re.search(r"Web6-10 .*\n +! Web6, Web7 recycle needed since 06:05, 20 min", text))
    terminal.type("2z")
    text = terminal.wait_for("IC-Web10  ")
    shown = dict(re.findall(r"(IC-Web\d+) .*?(! recycle|✓ up|▸ rebooting)", text))
    assert [int(name.removeprefix("IC-Web")) for name, word in shown.items() if word == "! recycle"] == [
        1, 2, 4, 5, 6, 7], text


def test_the_seeds_own_night_says_what_it_does_not_know_and_what_it_does(rehearse, screen):
    hub = rehearse(at="Sun 04:43", speed=0)
    forecast = hub.status()["forecast"]
    assert (forecast["end"], forecast["unknown"], forecast["overrun"], forecast["pointOfNoReturn"]) == (
        None, 30, None, None)
    assert forecast["behind"] == 720, "Web6-10 began at 04:42, not at 04:30"
    text = screen(hub, 200, 50).wait_for("in service 10 of 10")
    assert "no end time set: 30 steps have no duration" in text and "12 min late" in text
    assert hub.status(at="Sun 04:31")["service"] == {
        "inService": 9, "of": 10, "known": True, "unknown": 0}
