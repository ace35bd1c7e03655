"""Where the night is going, what must be tested again, and the batch closes beside it: through the shipped programs."""

import json

from nights import little, write_runbook
from programs import Hub, wait_until
from test_rehearsal import by_id, script


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


def test_a_late_wave_the_header_names_the_right_step_and_overrun_at_six_moments(rehearse, folder, screen):
    hub = rehearse(script(folder, LATE, phases=PLAN, gates=GATES, window=WINDOW), at="Sun 04:10", speed=0)
    moments = [
        ("Sat 23:20", None, None), ("Sat 23:21", 60, "patch"), ("Sat 23:40", 600, "patch"), ("Sun 00:45", 1500, "patch"),
        ("Sun 00:51", 1800, "patch"), ("Sun 04:10", 12000, "look")]
    for at, overrun, cause in moments:
        document = hub.status(at=at)
        forecast = document["forecast"]
        assert (forecast["overrun"], forecast["cause"]) == (overrun, cause), at
        kinds = [trouble["kind"] for trouble in document["troubles"]]
        assert ("overrun" in kinds) == (overrun is not None), at
    running = hub.status(at="Sat 23:40")
    steps = by_id(running["steps"])
    assert running["forecast"]["criticalPath"] == ["patch", "look", "open-up"]
    assert running["forecast"]["end"] == "2025-09-14T05:10:00Z"
    # Begun at 23:30, it can be undone in the window if that is begun by 00:20.
    assert running["forecast"]["pointOfNoReturn"] == "2025-09-14T04:20:00Z"
    assert steps["patch"]["baseline"] == "2025-09-14T02:00:00Z" and steps["patch"]["forecast"] == "2025-09-14T04:30:00Z"
    assert steps["look"]["forecast"] == "2025-09-14T04:30:00Z" and steps["look"]["forecastEnd"] == "2025-09-14T05:00:00Z"
    assert steps["look"]["critical"] and not steps["change"]["critical"] and steps["change"]["forecast"] is None
    shown = screen(hub, 80, 24)
    shown.wait_for("3 h 20: look")


def test_without_durations_the_end_is_unknown_and_the_steps_are_counted(hub):
    night = hub(little(), at="Sat 19:13", speed=0)
    forecast = night.status()["forecast"]
    assert forecast["end"] is None and forecast["unknown"] == 4 and forecast["behind"] == 780
    assert forecast["overrun"] is None and forecast["cause"] is None and forecast["criticalPath"] == []


def test_durations_are_learned_from_earlier_nights_without_what_waited_for_people(folder):
    def event(number, subject, state, time):
        return json.dumps({"specversion": "1.0", "id": f"{subject}-{number}", "source": "people/lead", "type": "warroom.step",
                           "subject": subject, "time": time, "data": {"state": state}})

    for month, minutes in ((6, 20), (7, 30), (8, 40)):
        date = f"2025-{month:02}-10"
        name = f"little-{date}"
        earlier = Hub(folder, write_runbook(folder, little(date=date), f"{name}.yaml"), state=folder / "xdg-state" / "warroom" / name, name=name).start()
        try:
            lines = [event(1, "prepare", "started", f"{date}T20:00:00Z"), event(2, "prepare", "done", f"{date}T20:{minutes}:00Z")]
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
    finally:
        tonight.kill()


def test_story_9_a_tick_goes_stale_when_what_it_tested_changes_and_both_entries_stay(rehearse, folder, screen):
    boards = {"review": {"title": "Review", "due": "Mon 13:00 IST", "teams": {"alpha": {"title": "Alpha", "checks": {
        "one": {"title": "Processor", "recheck_after": ["patch"]}, "two": {"title": "Second"}}}}}}
    phases = [{"id": "work", "title": "Work", "steps": [{"id": "patch", "title": "Switch it off", "at": "Sat 22:00", "tickets": ["QQ-255"]}]}]
    mark = {"type": "review", "subject": "review/alpha/one", "data": {"mark": "ok"}}
    other = {"type": "review", "subject": "review/alpha/two", "data": {"mark": "ok"}}
    moments = [
        {"at": "Sun 06:10", "send": mark}, {"at": "Sun 06:11", "send": other}, {"at": "Sun 06:40", "send": step("patch", "done")},
        {"at": "Sun 07:00", "send": mark}]
    hub = rehearse(script(folder, moments, boards=boards, phases=phases, gates={}), at="Sun 07:10", speed=0)

    def checks(at):
        return by_id(by_id(by_id(hub.status(at=at)["boards"])["review"]["teams"])["alpha"]["checks"])
    assert checks("Sun 06:30")["one"]["recheck"] is None
    assert checks("Sun 06:45")["one"]["recheck"] == "QQ-255 finished after this test" and checks("Sun 06:45")["one"]["mark"] == "ok"
    assert checks("Sun 06:45")["two"]["recheck"] is None
    assert checks("Sun 07:10")["one"]["recheck"] is None
    assert len([e for e in hub.entries() if e["event"]["subject"] == "review/alpha/one"]) == 2


def test_story_10_a_slot_that_goes_by_with_issues_open_asks_to_engage(rehearse, folder, screen):
    boards = {"review": {"title": "Review", "teams": {"alpha": {"title": "Alpha", "checks": {"closes": {"title": "Batch closes"}}}}}}
    batch = {"guard": "23:00-00:30", "slot": ":45", "engage": "Integrations & CS", "checks": ["review/alpha/closes"]}
    moments = [{"at": "Sun 06:10", "send": {"type": "review", "subject": "review/alpha/closes", "data": {
        "mark": "issues", "note": "2 batches not closed within the hour, multishard errors"}}}]
    hub = rehearse(script(folder, moments, boards=boards, batch=batch), at="Sun 06:50", speed=0)
    before = hub.status(at="Sun 06:20")["batchGuard"]
    assert before["nextSlot"] == "2025-09-14T10:45:00Z" and before["missed"] is None
    after = hub.status(at="Sun 06:45")
    assert after["batchGuard"]["missed"] == {"slot": "2025-09-14T10:45:00Z", "failed": ["review/alpha/closes"], "engage": "Integrations & CS"}
    assert "missed-slot" in [trouble["kind"] for trouble in after["troubles"]]
    shown = screen(hub, 120, 35)
    shown.wait_for("engage Integrations & CS")


def test_a_wave_in_the_batch_closes_is_told_while_the_jobs_are_not_held(rehearse, folder):
    batch = {"guard": "23:00-00:30", "slot": ":45", "needs_step": "change"}
    hub = rehearse(script(folder, LATE[:2], phases=PLAN, gates=GATES, batch=batch), at="Sun 00:10", speed=0)
    assert [o["step"] for o in hub.status(at="Sat 22:40")["batchGuard"]["overlaps"]] == ["patch"]
    assert "batch-guard" in [trouble["kind"] for trouble in hub.status(at="Sat 22:40")["troubles"]]
    later = hub.status(at="Sat 22:55")
    assert later["batchGuard"]["overlaps"] == [] and "batch-guard" not in [trouble["kind"] for trouble in later["troubles"]]


def test_the_restart_order_host_by_host(rehearse, folder):
    def server(name, **data):
        return {"type": "server", "subject": name, "data": data}
    servers = {"node-1..3": {"kind": "web", "pools": ["front"], "restart_after": ["base"]}, "base": {"kind": "database"}}
    moments = [
        {"at": "Sat 22:30", "send": server("node-1", bootedAt="2025-09-14T02:10:00Z")},
        {"at": "Sat 22:31", "send": server("node-2", bootedAt="2025-09-14T03:30:00Z")},
        {"at": "Sat 23:20", "send": server("base", bootedAt="2025-09-14T03:00:00Z", readyAt="2025-09-14T03:10:00Z")}]
    hub = rehearse(script(folder, moments, servers=servers), at="Sat 23:50", speed=0)
    found = {s["name"]: s["restart"] for s in hub.status()["servers"]}
    assert found["node-1"]["state"] == "recycle needed" and found["node-1"]["after"] == "base"
    assert "22:10" in found["node-1"]["why"] and "23:10" in found["node-1"]["why"]
    assert found["node-2"]["state"] == "in order" and found["node-3"]["state"] == "unknown" and found["base"] is None
    assert [t["subject"] for t in hub.status()["troubles"] if t["kind"] == "recycle-needed"] == ["base"]
    assert {s["restart"]["state"] for s in rehearse(script(folder, []), at="Sat 23:50", speed=0, name="plain", state=folder / "plain-state").status()["servers"]} == {"not configured"}
