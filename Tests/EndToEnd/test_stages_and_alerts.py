"""Alerts, pipelines and earlier test runs on a real terminal: what tools send is seen there, and who has looked."""

import re

from nights import little
from programs import event

LINE = {"line": {"title": "The line", "stages": ["Prepare", "Approve the rest"]}}


def test_an_alert_that_comes_in_is_in_its_pane_until_somebody_says_what_it_was(hub, screen):
    hub = hub(at="Sun 05:00")
    client = hub.connect()
    terminal = screen(hub, 120, 35)
    terminal.wait_for("Alpha")
    terminal.type(":pane alerts\rz")
    terminal.wait_for("none has come in")
    client.taken(event("alert", "f1", {"state": "firing", "name": "Slow", "server": "node-1"}, source="pager"))
    fires = re.compile(r"! fires +Sun 05:0\d +Sun 14:3\d.*Slow, node-1")
    page = terminal.wait_for(lambda text: fires.search(text))
    assert "nobody has looked" in page
    terminal.type("ja")
    terminal.wait_for("what was it")
    terminal.type("a cold cache\r")
    terminal.wait_for("in the journal")
    terminal.wait_for(lambda text: "✓ looked at" in text and "a cold cache" in text)
    client.taken(event("alert", "f1", {"state": "resolved", "name": "Slow"}, source="pager"))
    terminal.wait_for(lambda text: re.search(r"✓ over", text))


def test_a_stage_is_in_its_pane_as_it_waits_runs_and_ends_and_one_of_another_month_proves_nothing(hub, screen):
    hub = hub(little(pipelines=LINE), at="Sun 05:00")
    client = hub.connect()
    terminal = screen(hub, 120, 35)
    terminal.wait_for("Alpha")
    terminal.type(":pane pipelines\rz")
    terminal.wait_for(lambda text: text.count("not started") == 2)
    client.taken(event("pipeline", "line/Prepare", {"state": "succeeded", "runID": "20250824.3"}, source="ci"))
    terminal.wait_for(lambda text: "– line: Prepare" in text and "run dated 24 Aug" in text)
    client.taken(event("pipeline", "line/Approve the rest", {"state": "waiting"}, source="ci"))
    terminal.wait_for(lambda text: re.search(r"· line: Approve the rest +waits", text))
    client.taken(event("pipeline", "line/Approve the rest", {"state": "running"}, source="ci"))
    terminal.wait_for(lambda text: re.search(r"▸ line: Approve the rest +Sun 05:0\d→now", text))
    client.taken(event("pipeline", "line/Approve the rest", {"state": "failed"}, source="ci"))
    terminal.wait_for(lambda text: re.search(r"✗ line: Approve the rest", text) and "1 failed" in text)


def test_a_run_that_failed_before_is_still_told_under_the_one_that_passed_after_a_restart(hub, screen):
    night = little(tests={"smoke": {"title": "Smoke"}})
    hub = hub(night, at="Sun 05:00")
    client = hub.connect()
    for run, state, failed in (("r1", "failed", 2), ("r2", "passed", 0)):
        data = {"state": state, "total": 9, "passed": 9 - failed, "failed": failed, "runID": run}
        client.taken(event("tests", "smoke", data, source="ci"))
    terminal = screen(hub, 120, 35)
    terminal.wait_for("Alpha")
    terminal.type("4z")
    page = terminal.wait_for(lambda text: "before: failed 2 of 9" in text)
    assert re.search(r"✓ Smoke +passed 9/9", page) and "ci, run r1" in page
