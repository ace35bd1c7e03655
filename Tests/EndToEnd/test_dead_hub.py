"""A hub that dies: every terminal says so, comes back by itself, and nothing that was acknowledged is lost."""

import re

from nights import little, put
from programs import event, wait_until
from stopped import standing_still


def silent(text):
    """Whether a screen says that it is old, since when in both zones, and why."""
    return (re.search(r"THIS PICTURE IS OLD +since Sun 04:3\d / Sun 14:0\d", text)
        and re.search(r"The hub has not answered for \d+ s\b", text) and "decide nothing from this picture" in text)


def test_every_terminal_says_that_the_hub_is_silent_and_comes_back_by_itself(sample, screen):
    hub = sample()
    terminals = [screen(hub), screen(hub, 120, 35)]
    for terminal in terminals:
        terminal.wait_for("Payments")
    hub.kill()
    for terminal in terminals:
        terminal.wait_for(silent, 8)
        assert terminal.process.poll() is None
    hub.start()
    hub.ok("mark", "india/payments/paypal", "ok", "--reviewer", "pay-in-1")
    for terminal in terminals:
        terminal.wait_for(lambda text: not re.search("PICTURE IS OLD|has not answered|silent", text), 8)
        terminal.wait_for(lambda text: re.search(r"Payments.*(1/4|✓ 1)", text), 8)


def test_a_hub_that_stands_still_is_silent_too(hub, screen):
    hub = hub(at="Sun 04:31")
    terminal = screen(hub)
    terminal.wait_for("Alpha")
    with standing_still(hub.process):
        terminal.wait_for(silent, 8)
    terminal.wait_for(lambda text: not re.search("PICTURE IS OLD|has not answered|silent", text), 8)


def test_what_was_acknowledged_before_a_kill_is_there_after_it(hub):
    hub = hub()
    client = hub.connect()
    numbers = [client.taken(event("note", "work", {"text": f"note {n}"})) for n in range(20)]
    hub.kill()
    hub.start()
    notes = {e["entry"]: e["event"]["data"]["text"] for e in hub.entries() if e["event"]["type"] == "warroom.note"}
    assert [notes.get(n) for n in numbers] == [f"note {n}" for n in range(20)]


def test_after_a_restart_an_entry_says_from_when_to_when_the_hub_was_away(hub):
    hub = hub()
    last = hub.connect().taken(event("note", "work", {"text": "the last before the kill"}))
    hub.kill()
    hub.start()
    entries = {e["entry"]: e for e in hub.entries()}
    opened = [e for e in entries.values() if e["event"]["type"] == "warroom.bridge" and e["entry"] > last]
    assert len(opened) == 1 and opened[0]["event"]["data"]["state"] == "opened"
    assert opened[0]["entry"] == last + 1 and opened[0]["via"] == "hub"
    away = opened[0]["event"]["data"]["awayFrom"]
    assert away.rstrip("Z") <= opened[0]["receivedAt"].rstrip("Z") and away[:19] >= entries[last]["receivedAt"][:19]


def test_after_a_restart_every_source_starts_as_never_seen(hub):
    hub = hub(little(sources={
        "pools": {"kind": "status-files", "path": "{state}/pools.json", "every": "200ms"},
        "other": {"kind": "status-files", "path": "{state}/other.json", "every": "200ms"}}))
    put(hub.state / "pools.json", {"type": "warroom.server", "subject": "node-1", "data": {"pools": {"front": "in"}}})
    put(hub.state / "other.json", {"type": "warroom.server", "subject": "node-2", "data": {"pools": {"front": "in"}}})

    def states():
        return {s["id"]: s["state"] for s in hub.status()["sources"]}
    wait_until(lambda: (states()["pools"], states()["other"]) == ("current", "current"), 5, lambda: f"{states()}")
    hub.kill()
    (hub.state / "pools.json").unlink()
    hub.start()
    wait_until(lambda: states()["other"] == "current", 5, lambda: f"{states()}")
    assert states()["pools"] == "never-seen"
    # What it said before is kept, though it counts for nothing now.
    node = {s["name"]: s for s in hub.status()["servers"]}["node-1"]
    assert node["pools"]["front"] == "in" and node["stale"]


def test_a_subscriber_that_comes_back_hears_what_it_missed(hub):
    hub = hub()
    client = hub.connect()
    last = client.taken(event("note", "work", {"text": "heard"}))
    hub.kill()
    hub.start()
    missed = hub.connect().taken(event("note", "work", {"text": "missed"}))
    client = hub.connect()
    client.subscribe(**{"from": last + 1})
    got = client.entries_to(missed)
    assert [e["entry"] for e in got] == list(range(last + 1, missed + 1))
    assert got[-1]["event"]["data"]["text"] == "missed"
