"""What somebody outside has told, and what it was: through the programs, from a shell, a socket and a terminal."""

import re

import pytest

from nights import little, write_runbook
from programs import event, one_sentence, wait_until


def heard(hub):
    return {one["entry"]: one for one in hub.status()["heard"]}


def holding(hub):
    return {(one["kind"], one["subject"]): one["text"] for one in hub.status()["closing"]
            if one["kind"] in ("heard", "unlooked-alert")}


def troubles(hub):
    return [one for one in hub.status()["troubles"] if one["kind"] == "heard"]


def test_heard_prints_its_number_alone_and_looked_closes_it(hub):
    hub = hub(at="Sun 04:31")
    result = hub.ok("heard", "Kiosk shows an old page", "--from", "a customer", "--on", "node-2")
    number = int(result.out)
    last = hub.entries()[-1]
    assert last["entry"] == number and last["event"]["type"] == "warroom.heard"
    assert last["event"]["subject"] == "node-2"
    assert last["event"]["data"] == {"text": "Kiosk shows an old page", "from": "a customer"}
    assert heard(hub)[number]["was"] is None and heard(hub)[number]["subject"] == "node-2"
    assert hub.ok("looked", f"heard/{number}", "the cache of the kiosk").out == (
        f"looked at heard/{number}, entry {number + 1}\n")
    assert heard(hub)[number]["was"] == "the cache of the kiosk"
    assert holding(hub) == {}


def test_without_a_subject_it_is_about_the_night_and_an_alias_is_the_server_itself(hub, folder):
    night = little(servers={"node-1": {"kind": "web", "pools": ["front"], "aliases": ["Kiosk 1"]},
                            "node-2..3": {"kind": "web", "pools": ["front"]}})
    hub = hub(write_runbook(folder, night), at="Sun 04:31")
    for on in ([], ["--on", "Kiosk 1"], ["--on", "node-1"], ["--on", "wave/first"], ["--on", "first"]):
        hub.ok("heard", "it hangs", "--from", "a caller", *on)
    assert [one["subject"] for one in hub.status()["heard"]] == [
        "little-2025-09-14.rehearsal", "node-1", "node-1", "first", "first"]


@pytest.mark.parametrize("arguments, code, words", [
    (["heard"], 2, ["TEXT is missing"]),
    (["heard", "it hangs"], 2, ["--from WHO"]),
    (["heard", "it hangs", "--from", " "], 2, ["--from WHO"]),
    (["heard", " ", "--from", "a caller"], 1, ["'text' must say what was heard"]),
    (["heard", "it hangs", "--from", "a caller", "--on", "node"], 1,
     ["nothing of this night is called 'node'", "near it: node-1, node-2, node-3"]),
    (["heard", "it hangs", "--from", "a caller", "--on", "\x1b[2Jnode"], 1, ["nothing of this night is called 'node'"]),
    (["looked", "heard/1"], 2, ["TEXT is missing"]),
    (["looked", "heard/1", "a cache"], 1, ["entry 1 is nothing that was heard", "nothing waits for a look"]),
    (["looked", "alert/f9", "a cache"], 1, ["there is no alert 'f9'"]),
    (["looked", "node-1", "a cache"], 1, ["not heard/N or alert/FINGERPRINT"]),
    (["heard", "it hangs", "--form", "a caller"], 2, ["--form"]),
])
def test_what_cannot_be_taken_is_one_sentence_that_says_how_to_go_on(hub, arguments, code, words):
    result = hub(at="Sun 04:31").run(*arguments)
    assert result.code == code, result
    one_sentence(result, *words)


def test_it_holds_the_close_which_names_it_and_so_does_an_alert_that_fires(hub):
    hub = hub(at="Sun 04:31")
    client = hub.connect()
    number = int(hub.ok("heard", "Kiosk shows\nan old\x1b[2J page", "--from", "a customer", "--on", "patch").out)
    client.taken(event("alert", "f1", {"state": "firing", "name": "Slow", "server": "node-1"}, source="pager"))
    client.taken(event("alert", "f2", {"state": "firing", "name": "Gone"}, source="pager"))
    client.taken(event("alert", "f2", {"state": "resolved"}, source="pager"))
    assert set(holding(hub)) == {("heard", f"heard/{number}"), ("unlooked-alert", "alert/f1")}
    result = hub.run("close")
    assert result.code == 1
    assert any(f"heard/{number}, from a customer on Patch: Kiosk shows an old page" in line
               and line.endswith("nobody has looked") for line in result.err.split("\n")), result
    assert "alert/f1, Slow, node-1, firing" in result.err
    hub.ok("looked", "alert/f1", "a cold cache")
    hub.ok("looked", f"heard/{number}", "the cache of the kiosk")
    assert holding(hub) == {}
    assert "heard/" not in hub.run("close").err
    client.taken(event("alert", "f1", {"state": "resolved"}, source="pager"))
    client.taken(event("alert", "f1", {"state": "firing"}, source="pager"))
    assert set(holding(hub)) == {("unlooked-alert", "alert/f1")}, "what fires again is not looked at"


def test_three_on_one_subject_are_a_trouble_of_the_first_rank_and_two_are_none(hub):
    hub = hub(at="Sun 04:31", speed=0)
    numbers = []
    for text in ("it hangs", "503", "nothing but 503"):
        assert troubles(hub) == []
        numbers.append(int(hub.ok("heard", text, "--from", "a caller", "--on", "open-up").out))
    (trouble,) = troubles(hub)
    assert trouble["rank"] == 1 and trouble["subject"] == "open-up"
    assert trouble["text"] == (
        "3 people told of Open up since Sun 04:31 / Sun 14:01, and nobody has looked; last: nothing but 503")
    assert "3 people told of Open up" in hub.ok("status").out and "3 people told of Open up" in hub.ok("handover").out
    hub.ok("looked", f"heard/{numbers[1]}", "another site")
    assert troubles(hub) == []


def test_both_can_be_taken_back(hub):
    hub = hub(at="Sun 04:31")
    first = int(hub.ok("heard", "it hangs", "--from", "a caller", "--on", "node-1").out)
    second = int(hub.ok("heard", "it hangs", "--from", "a caller", "--on", "node-1").out)
    hub.ok("looked", f"heard/{second}", "a cache")
    hub.ok("undo", second + 1, "--reason", "it was another one")
    assert set(holding(hub)) == {("heard", f"heard/{first}"), ("heard", f"heard/{second}")}
    hub.ok("undo", first, "--reason", "written twice")
    assert list(heard(hub)) == [second]
    result = hub.run("looked", f"heard/{first}", "a cache")
    assert result.code == 1
    one_sentence(result, "was taken back by entry")


def test_it_is_there_after_the_hub_was_killed(hub):
    hub = hub(at="Sun 04:31")
    number = int(hub.ok("heard", "it hangs", "--from", "a caller").out)
    hub.kill()
    hub.start()
    assert list(heard(hub)) == [number] and ("heard", f"heard/{number}") in holding(hub)


def test_a_terminal_writes_it_down_shows_its_age_and_lets_it_go_when_somebody_has_looked(hub, screen):
    hub = hub(at="Sun 04:31", speed=60)
    terminal = screen(hub, 80, 24)
    terminal.wait_for("Tab  pane")
    terminal.type("e")
    terminal.wait_for("what was said")
    terminal.type("Kiosk shows an old page\r")
    terminal.wait_for("from whom")
    terminal.type("a customer\r")
    terminal.wait_for(lambda text: "! heard" in text and "Kiosk" in text)
    (one,) = hub.status()["heard"]
    assert one["text"] == "Kiosk shows an old page" and one["from"] == "a customer"
    # A second of the wall is a minute of the night.
    terminal.wait_for("! heard 2 min")
    terminal.wait_for("! heard 3 min")
    terminal.type("8z")
    terminal.wait_for("heard: Kiosk shows an old page, from")
    terminal.type("g")
    terminal.wait_for("▌")
    terminal.type("a")
    terminal.wait_for("what was it")
    terminal.type("the cache of the kiosk\r")
    terminal.wait_for(lambda text: "! heard" not in text and "heard: Kiosk" not in text)
    wait_until(lambda: hub.status()["heard"][0]["was"] == "the cache of the kiosk")


def test_a_terminal_shows_what_a_script_has_written_down_and_a_presenter_too(hub, screen):
    hub = hub(at="Sun 04:31", speed=0)
    terminals = [screen(hub, 80, 24), screen(hub, 120, 35), screen(hub, 120, 35, "--present")]
    for text in ("Kiosk shows an old page", "it hangs", "503"):
        number = int(hub.ok("heard", text, "--from", "a caller").out)
    for terminal in terminals:
        terminal.wait_for(lambda text: "! heard" in text and "+2" in text and "Kiosk" in text)
        terminal.wait_for("3 people told of the night")
    for back in (2, 1, 0):
        hub.ok("looked", f"heard/{number - back}", "a cache")
    for terminal in terminals:
        terminal.wait_for(lambda text: not re.search(r"! heard \d|heard on the night", text))


def test_who_may_write_it_down_and_who_may_say_what_it_was(hub, cast):
    hub = hub(little(access=cast.access()), at="Sun 04:31")
    numbers = []
    for who in (cast.lead, cast.watch, cast.team, cast.tool):
        client = hub.connect(user=who)
        numbers.append(client.taken(event("heard", "node-1", {"text": "it hangs", "from": "a caller"})))
    guest = hub.connect(user=cast.guest)
    guest.refused(event("heard", "node-1", {"text": "it hangs", "from": "a caller"}), "anybody but a viewer")
    hub.connect(user=cast.tool).refused(
        event("looked", f"heard/{numbers[0]}", {"was": "a cache"}), "the lead, monitoring and the teams")
    guest.refused(event("looked", f"heard/{numbers[0]}", {"was": "a cache"}), "the lead, monitoring and the teams")
    for who, number in zip((cast.lead, cast.watch, cast.team), numbers):
        hub.connect(user=who).taken(event("looked", f"heard/{number}", {"was": "a cache"}))
    assert [one["was"] for one in hub.status()["heard"]] == ["a cache", "a cache", "a cache", None]
