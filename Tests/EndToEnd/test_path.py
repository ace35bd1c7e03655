"""The one path that everything stands on: from a fact outside to a character on every screen."""

import json
import re

import nights
from nights import junit, little, put
from programs import event, wait_until


def row(text, name):
    """The screen's lines that speak of something."""
    return [line for line in text.splitlines() if name in line]


def shows(name, pattern):
    return lambda text: any(re.search(pattern, line) for line in row(text, name))


def focus_reviews(terminal, check):
    """Goes to the reviews with the keys that everybody knows, and to the row of one check."""
    for _ in range(14):
        terminal.type("z")
        terminal.settle(0.06)
        if check in terminal.text:
            break
        terminal.type("z\t")
        terminal.settle(0.06)
    else:
        raise AssertionError(f"Tab and z never showed {check!r}:\n{terminal.text}")
    for _ in range(60):
        if any("▌" in line for line in row(terminal.text, check)):
            return
        terminal.type("j")
        terminal.settle(0.05)
    raise AssertionError(f"the cursor never came to {check!r}:\n{terminal.text}")


def test_a_status_file_renamed_into_place_is_read_on_the_screen(sample, screen):
    hub = sample()
    terminal = screen(hub)
    terminal.wait_for(shows("Web6-10", r"Web6-10\s+\S\s+0/5\s+\S\s+0/5"))
    put(hub.state / "patch" / "web6-10.json", [
        {"type": "warroom.server", "subject": "IC-Web6", "data": {"patch": "installed", "reboot": "up"}}])
    terminal.wait_for(shows("Web6-10", r"Web6-10\s+\S\s+1/5\s+\S\s+1/5"))


def test_an_event_on_the_socket_is_read_on_the_screen(hub, screen):
    hub = hub(at="Sun 04:31")
    terminal = screen(hub)
    terminal.wait_for(shows("Node-1-3", r"^\s+Node-1-3\s+\S 0/3"))  # a bare number would be no name
    client = hub.connect()
    client.taken(event("server", "node-1", {"patch": "installed"}, source="ansible"))
    terminal.wait_for(shows("Node-1-3", r"^\s+Node-1-3\s+\S 1/3"))


def test_a_mark_from_a_shell_is_on_two_terminals_with_the_same_entries_in_the_same_order(sample, screen):
    hub = sample()
    watcher = hub.connect()
    watcher.subscribe(**{"from": 1})
    terminals = [screen(hub), screen(hub, 120, 35)]
    for terminal in terminals:
        terminal.wait_for(shows("Payments", "0/4|· 4"))
    hub.ok("mark", "india/payments/paypal", "ok", "--reviewer", "pay-in-1", "--note", "Tested")
    for terminal in terminals:
        terminal.wait_for(shows("Payments", "1/4|✓ 1"))
    printed = hub.log_lines()
    heard = [line.raw.decode() for line in watcher.entries_to(json.loads(printed[-1])["entry"])]
    assert heard == printed


def test_space_on_one_terminals_review_is_on_the_other(sample, screen):
    hub = sample()
    one, other = screen(hub), screen(hub, 120, 35)
    for terminal in (one, other):
        terminal.wait_for("Payments")
    focus_reviews(one, "Paypal")
    one.type(" ")
    one.wait_for(shows("Paypal", r"✓.*Paypal"))
    other.wait_for(shows("Payments", "1/4|✓ 1"))
    checks = {c["id"]: c for b in hub.status()["boards"] if b["id"] == "india"
              for t in b["teams"] if t["id"] == "payments" for c in t["checks"]}
    assert checks["paypal"]["mark"] == "ok"
    assert checks["paypal"]["reviewer"], "a mark must say who reviewed"
    assert [c["mark"] for c in checks.values()].count("ok") == 1


def test_a_junit_report_is_on_the_screen_with_k_of_n_and_the_failed_by_name(hub, screen, folder):
    hub = hub(little(sources={
        "reports": {"kind": "junit", "path": "{state}/smoke/*.xml", "run": "smoke", "every": "200ms"}}), at="Sun 04:31")
    terminal = screen(hub, 120, 35)
    terminal.wait_for("Smoke")
    cases = [("Portal", f"case {n}", None) for n in range(13)] + [("Portal", "pays twice", "expected 200, got 503")]
    put(hub.state / "smoke" / "report.xml", junit(cases))
    terminal.wait_for(lambda text: re.search(r"✗ Smoke failed, 1 of 14", text) and "✗ Portal.pays twice" in text)
    tests = {t["id"]: t for t in hub.status()["tests"]}["smoke"]
    assert (tests["state"], tests["total"], tests["passed"], tests["failed"]) == ("failed", 14, 13, 1)
    assert [f["name"] for f in tests["failures"]] and "pays twice" in tests["failures"][0]["name"]


def test_a_report_in_which_a_name_comes_twice_counts_its_last_occurrence_and_calls_it_flaky(hub):
    hub = hub(little(sources={
        "reports": {"kind": "junit", "path": "{state}/smoke/*.xml", "run": "smoke", "every": "200ms"}}), at="Sun 04:31")
    put(hub.state / "smoke" / "report.xml",
        junit([("Portal", "wobbles", "first try"), ("Portal", "wobbles", None), ("Portal", "stands", None)]))

    def smoke():
        return {t["id"]: t for t in hub.status()["tests"]}["smoke"]
    wait_until(lambda: smoke()["total"] == 2, 5, lambda: f"two distinct cases are not two: {smoke()}")
    found = smoke()
    assert (found["state"], found["passed"], found["failed"], found["flaky"]) == ("passed", 2, 0, 1)


def test_the_sample_night_at_0431_stands_on_one_screen_of_80_by_24(sample, screen):
    hub = sample()
    hub.run("emit", nights.SAMPLE / "until-0431.ndjson")
    terminal = screen(hub)
    terminal.wait_for(shows("Web1-5", r"Web1-5 .*4/5"))
    text = terminal.settle()
    assert re.search(r"Sun 14 Sep  04:3\d:\d\d  EST \(EDT, UTC-4\)", text)
    assert re.search(r"Sun 14 Sep  14:0\d:\d\d  IST \(UTC\+5:30\)", text)
    assert "REHEARSAL" in text
    assert "IC-Web4 dropped out" in text, "the sentence does not name the odd one"
    assert re.search(r"! Web4 out of Internal LB since 03:52", text), "the odd one is not named under its wave"
    assert re.search(r"STILL OFF[^✓]*IC-Web4 out", text), "the odd one is not among what is still off"
    for name in ("Payments", "Payer", "Integration", "SRE"):
        assert row(text, name), f"the marks of {name} are not shown"
    assert row(text, "32/32"), "smoke 1 passed 32 of 32"
    assert len(re.findall(r"(?i)smoke.?[12]|regression", text)) >= 3, "the three test runs are not shown"
    steps = [line for line in text.splitlines()
        if re.search(r"(Sat|Sun|Mon) \d\d:\d\d\s+(Sat|Sun|Mon) \d\d:\d\d", line)]
    assert len(steps) >= 3, "the next three steps in both zones are not shown"
    assert re.search(r"(?m)^\s*SOURCES +\S worst: \w+, \d+ s old", text), "the worst source's age is not shown"
