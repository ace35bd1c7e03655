"""A journal that was cut short, or changed beside its entries, is told by `verify` and is not gone on with; numbers
outside their range are refused, and a journal of an older hub that holds them opens."""

import hashlib
import json
import re
import signal
import sqlite3
import stat

from nights import little
from programs import event, one_sentence, run


def lose(hub, count):
    with sqlite3.connect(hub.state / "journal.sqlite") as journal:
        last, = journal.execute("SELECT max(number) FROM entry").fetchone()
        journal.execute("DELETE FROM entry WHERE number > ?", (last - count,))
    return last


def refuses_to_start(hub, *words):
    hub.spawn()
    assert hub.process.wait(10) == 1, hub.log()
    said = hub.log().strip().split("\n")[-1]
    assert all(word in said for word in words), said


def test_a_journal_cut_short_is_told_and_gone_on_with_only_by_a_word_that_stays(hub):
    hub = hub()
    client = hub.connect()
    for n in range(6):
        client.taken(event("note", "work", {"text": f"note {n}"}))
    assert hub.kill(signal.SIGTERM) == 0
    head = hub.state / "head"
    assert stat.S_IMODE(head.stat().st_mode) == 0o600
    assert re.fullmatch(r"[0-9a-f]{64}@7\n", head.read_text())
    assert run("verify", hub.state, folder=hub.folder).code == 0
    assert lose(hub, 3) == 7
    one_sentence(run("verify", hub.state, folder=hub.folder), "3 entries are missing")
    refuses_to_start(hub, "ends at entry 4", "entry 7 was seen", "3 entries are missing", "--accept-loss REASON")
    hub.arguments += ["--accept-loss", "the disk of the old machine died"]
    hub.start()
    notes = [e["event"]["data"]["text"] for e in hub.entries() if e["event"]["type"] == "warroom.note"]
    assert "3 entries are missing" in notes[-1] and "the disk of the old machine died" in notes[-1]
    assert hub.kill(signal.SIGTERM) == 0
    assert run("verify", hub.state, folder=hub.folder).code == 0
    hub.arguments = hub.arguments[:-2]
    hub.start()


def test_a_journal_that_is_gone_is_not_begun_anew_in_silence(hub):
    hub = hub()
    hub.ok("note", "mine")
    assert hub.kill(signal.SIGTERM) == 0
    (hub.state / "journal.sqlite").unlink()
    refuses_to_start(hub, "2 entries are missing")


def test_a_runbook_that_was_changed_in_the_journal_is_told_and_not_gone_by(hub):
    hub = hub()
    hub.ok("note", "mine")
    assert hub.kill(signal.SIGTERM) == 0
    with sqlite3.connect(hub.state / "journal.sqlite") as journal:
        journal.execute("UPDATE runbook SET text = text || '\naccess: {lead: [mallory]}\n'")
    one_sentence(run("verify", hub.state, folder=hub.folder), "entry 1 names a runbook")
    refuses_to_start(hub, "the text that the journal holds is not the one that it names")


def test_a_subject_that_does_not_fit_its_event_is_told(hub):
    hub = hub()
    number = hub.connect().taken(event("note", "work", {"text": "mine"}))
    assert hub.kill(signal.SIGTERM) == 0
    with sqlite3.connect(hub.state / "journal.sqlite") as journal:
        journal.execute("UPDATE entry SET subject = 'elsewhere' WHERE number = ?", (number,))
    one_sentence(run("verify", hub.state, folder=hub.folder), f"broken at entry {number}")


def test_a_number_outside_its_range_is_refused_and_an_older_journal_that_holds_it_opens(hub):
    night = little()
    night["tests"] = {"smoke": {"title": "Smoke"}}
    hub = hub(night)
    data = {"state": "running", "passed": 2**63 - 1, "failed": 1}
    client = hub.connect()
    client.refused(event("tests", "smoke", data), "'passed' must be a whole number from 0 to 1000000000")
    for request in ({"limit": 0}, {"limit": 1001}, {"limit": -1}, {"before": 0}, {"before": 2**53}):
        assert next(iter(request)) in client.ask({"history": {"subject": "smoke", **request}})["error"]
    assert "'from'" in client.ask({"subscribe": {"from": 2**53}})["error"]
    client.refused(event("note", "smoke", {"text": "x" * 16_385}), "16 KiB")
    assert hub.kill(signal.SIGTERM) == 0
    with sqlite3.connect(hub.state / "journal.sqlite") as journal:
        number, at, head = journal.execute(
            "SELECT number, received_at, hash FROM entry ORDER BY number DESC LIMIT 1").fetchone()
        at = at // 10**9 * 10**9 + 10**9
        poison = json.dumps(event("tests", "smoke", data), sort_keys=True, separators=(",", ":"))
        when, = journal.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', ?, 'unixepoch')", (at // 10**9,)).fetchone()
        line = f'{{"entry":{number + 1},"receivedAt":"{when}","by":"ci","via":"feeder","event":{poison}}}'
        digest = hashlib.sha256(head.encode() + b"\n" + line.encode()).hexdigest()
        journal.execute("INSERT INTO entry VALUES (?, ?, 'ci', 'feeder', 'smoke', ?, ?, 0)",
                        (number + 1, at, poison, digest))
    assert run("verify", hub.state, folder=hub.folder).code == 0
    hub.start()
    assert hub.status()["tests"][0]["passed"] == 10**9
    assert "Smoke" in hub.ok("open").out + hub.ok("status").out


def test_a_connection_lessened_to_a_viewer_does_not_stop_the_hub(hub):
    hub = hub()
    client = hub.connect()
    client.send({"subscribe": {"as": "viewer"}})
    client.take(lambda line: "hello" in line)
    client.send({"stop": {}})
    assert client.take(lambda line: "ok" in line)["ok"] is False
    assert hub.process.poll() is None
    assert run("stop", "--socket", hub.socket, folder=hub.folder).code == 0
    assert hub.process.wait(10) == 0


def test_ids_are_compared_by_their_bytes_and_a_twin_of_a_source_is_refused(hub):
    night = little()
    night["sources"] = {"probe": {"kind": "status-files", "path": "{state}/probe/*.json"}}
    hub = hub(night)
    client = hub.connect()
    first = client.taken(event("note", "work", {"text": "x"}, id="\u00e9"))
    assert client.taken(event("note", "work", {"text": "x"}, id="e\u0301")) == first + 1
    for twin in ("probe\u200b", "\u202eprobe", "hub\u2060"):
        client.refused(event("note", "work", {"text": "x"}, source=twin), "looks like")


def test_speeds_and_times_of_the_command_line_have_their_range(folder, hub):
    path = hub(start=False).runbook
    for option in (["--speed", "100001"], ["--speed", "1e308"], ["--at", "1969-12-31T23:59:59Z"],
                   ["--at", "2200-01-01T00:00:00Z"]):
        result = run("serve", path, "--state", folder / "other", "--socket", folder / "other.sock", *option,
                     folder=folder)
        assert result.code == 2, (option, result)
