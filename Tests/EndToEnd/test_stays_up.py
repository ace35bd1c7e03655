"""Nothing stops the hub, and nothing is lost on the way: its disk, its clock, its socket, its callers, the name
service."""

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nights import little, put, write_runbook
from programs import ROOT, HungUp, Terminal, WARROOM, environment, event, one_sentence, run, wait_until

sys.path.insert(0, str(ROOT / "Tests" / "Attack"))
from faults import Faults  # noqa: E402

FILES = {"kind": "status-files", "path": "{state}/files/*.json", "every": "500ms"}


@pytest.fixture
def faulty(hub, folder):
    """A live hub whose disk, clock and name service have faults on demand."""
    try:
        faults = Faults(folder)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no C compiler: the faults cannot be made")

    def start(night=None, **options):
        made = hub(night or little(), wrap=faults.wrap, **options)
        made.faults = faults
        return made
    return start


def troubles(hub):
    return {trouble["kind"]: trouble for trouble in hub.status()["troubles"]}


def of_type(hub, kind):
    return [entry["event"]["data"] for entry in hub.entries() if entry["event"]["type"] == f"warroom.{kind}"]


def time_of(text):
    return datetime.fromisoformat(text)


# ------------------------------------------------------------------------------------------------------------ the disk


def test_a_disk_that_takes_its_time_is_told_on_every_screen_after_a_second_and_holds_up_nobody_else(faulty):
    hub = faulty()
    screen, lead = hub.connect(), hub.connect()
    screen.subscribe()
    screen.take("beat")
    hub.faults.sync_ms = 2500
    lead.send(said := event("note", "work", {"text": "slow"}))
    began = time.monotonic()
    beat = screen.take(lambda line: line.get("beat", {}).get("troubles"), 4)["beat"]
    assert time.monotonic() - began < 2
    assert [trouble["kind"] for trouble in beat["troubles"]] == ["unkept"]
    document = hub.status()
    assert time.monotonic() - began < 2.4, "the status waits for the disk"
    assert document["troubles"][0]["kind"] == "unkept" and document["troubles"][0]["rank"] == 1
    assert document["sentence"]["text"].startswith("Nothing can be kept"), document["sentence"]
    assert lead.take("ok", 5)["id"] == said["id"]
    hub.faults.sync_ms = 0
    lead.taken(event("note", "work", {"text": "quick again"}))
    assert "unkept" not in troubles(hub) and "it took" in troubles(hub)["disk"]["text"]
    assert not [data for data in of_type(hub, "note") if "could be kept" in data["text"]], "nothing was lost"


def test_a_quick_disk_says_nothing(faulty):
    hub = faulty()
    hub.connect().taken(event("note", "work", {"text": "quick"}))
    assert not {"unkept", "clock", "callers"} & set(troubles(hub))


def test_a_failing_disk_refuses_with_the_id_and_what_it_lost_is_offered_again(hub, folder):
    if os.geteuid() != 0:
        pytest.skip("only root can make a disk that is full")
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], check=True)
    try:
        hub = hub(little(sources={"files": FILES}), state=disk / "state")
        wait_until(lambda: "are left on the disk" in troubles(hub).get("disk", {}).get("text", ""), 5)
        with open(disk / "full", "wb", buffering=0) as full:
            try:
                while True:
                    full.write(bytes(4096))
            except OSError:
                pass
        lead, refused = hub.connect(), None
        for number in range(2000):
            answer = lead.ask(said := event("note", "work", {"text": f"{number} " + "x" * 4000}))
            if not answer["ok"]:
                refused = answer
                break
        assert refused["id"] == said["id"] and "the disk is full" in refused["error"]
        put_at = folder / "node-1.json"
        put_at.write_text(json.dumps({"type": "warroom.server", "subject": "node-1", "data": {"patch": "failed"}}))
        (hub.state / "files").mkdir(exist_ok=True)
        os.symlink(put_at, hub.state / "files" / "node-1.json")
        wait_until(lambda: troubles(hub).get("unkept"), 5)
        assert hub.status()["servers"][0]["patch"] is None, "what is not kept is not shown"
        os.unlink(disk / "full")
        wait_until(lambda: hub.status()["servers"][0]["patch"] == "failed", 10)
        wait_until(lambda: [data for data in of_type(hub, "note") if "could be kept" in data["text"]], 5)
        assert "unkept" not in troubles(hub)
        hub.kill(signal.SIGTERM)
        assert run("verify", hub.state, folder=folder).code == 0
    finally:
        hub.kill() if hasattr(hub, "kill") else None
        subprocess.run(["umount", "-l", disk], check=False)


@pytest.mark.parametrize("name", ["journal.sqlite", "journal.sqlite-wal"])
def test_a_journal_that_was_taken_away_keeps_nothing_until_it_is_put_back(hub, name):
    hub = hub()
    client = hub.connect()
    client.taken(event("note", "work", {"text": "before"}))
    (hub.state / name).rename(hub.state / "aside")
    client.refused(event("note", "work", {"text": "into nothing"}), "was removed or replaced", "put it back")
    assert troubles(hub)["unkept"]["rank"] == 1
    (hub.state / "aside").rename(hub.state / name)
    client.taken(event("note", "work", {"text": "after"}))
    wait_until(lambda: "unkept" not in troubles(hub), 3)
    hub.kill()
    assert run("verify", hub.state, folder=hub.folder).code == 0
    hub.start()
    texts = [data["text"] for data in of_type(hub, "note")]
    assert "before" in texts and "after" in texts and "into nothing" not in texts


# ----------------------------------------------------------------------------------------------------------- the clock


def test_a_clock_set_forward_is_a_trouble_until_the_lead_rules_and_wall_makes_the_night_go_by_it(faulty):
    hub = faulty()
    before = time_of(hub.status()["now"])
    hub.faults.clock_step = 3600
    wait_until(lambda: "clock" in troubles(hub), 5)
    assert troubles(hub)["clock"]["text"].startswith("the computer's clock is 1 h ahead of the night's,")
    assert time_of(hub.status()["now"]) - before < timedelta(seconds=30), "the night goes on by its own clock"
    assert hub.run("rule", "clock", "later", "--reason", "why not").code == 1
    hub.ok("rule", "clock", "wall", "--reason", "It had stood still")
    wait_until(lambda: time_of(hub.status()["now"]) - before > timedelta(minutes=59), 3)
    wait_until(lambda: [data["offset"] for data in of_type(hub, "clock")] == [3600, 0], 5)
    assert "clock" not in troubles(hub) and not hub.status()["divergences"]


def test_a_clock_set_back_is_ruled_by_the_night_only_which_never_goes_back(faulty):
    hub = faulty()
    hub.faults.clock_step = -7200
    wait_until(lambda: "clock" in troubles(hub), 5)
    one_sentence(refused := hub.run("rule", "clock", "wall", "--reason", "It is right"), "never goes back")
    assert refused.code == 1
    hub.ok("rule", "clock", "night", "--reason", "Somebody set it")
    assert "clock" not in troubles(hub)
    hub.kill()
    hub.start()
    assert abs(time_of(hub.status()["now"]).timestamp() - time.time()) < 30, "it goes on where it was"
    assert "clock" not in troubles(hub), "the ruling holds for as long as the clocks are so"


def test_a_journal_ahead_of_the_clock_goes_on_at_its_own_pace_and_says_by_how_much(faulty):
    hub = faulty()
    hub.kill()
    hub.faults.clock_step = 86400
    hub.start()
    wait_until(lambda: time_of(hub.status()["now"]).timestamp() > time.time() + 80000, 3)
    hub.ok("note", "of tomorrow")
    hub.kill()
    hub.faults.clock_step = 0
    hub.start()
    first, began = time_of(hub.status()["now"]), time.monotonic()
    wait_until(lambda: "clock" in troubles(hub), 5)
    assert "behind the night's" in troubles(hub)["clock"]["text"]
    passed = (time_of(hub.status()["now"]) - first).total_seconds()
    assert abs(passed - (time.monotonic() - began)) < 1, "it stands still"


def test_an_event_of_the_clock_is_the_hubs_own(hub):
    client = hub().connect()
    client.refused(event("clock", "little-2025-09-14", {"offset": 0}), "the hub's own")
    client.refused(event("ruling", "clock", {"value": "wall", "reason": "why not"}), "are one")


# ---------------------------------------------------------------------------------------------- callers and the socket


def test_a_socket_that_is_removed_is_made_anew(hub):
    hub = hub()
    attached = hub.connect()
    hub.socket.unlink()
    wait_until(hub.listens, 4)
    hub.ok("note", "through the new one")
    attached.taken(event("note", "work", {"text": "through the old one"}))
    assert "made anew" in hub.log()
    assert stat.S_IMODE(hub.socket.stat().st_mode) == 0o600


def test_a_file_that_is_no_socket_is_never_removed(hub, folder):
    precious = folder / "hub.sock"
    precious.write_text("precious")
    hub = hub(start=False)
    hub.spawn()
    assert hub.process.wait(10) == 1
    assert precious.read_text() == "precious" and "is no socket" in hub.log()


def test_one_user_has_so_many_connections_and_no_more_and_whoever_is_there_goes_on(hub):
    hub = hub()
    lead = hub.connect()
    lead.taken(event("note", "work", {"text": "first"}))
    many = [hub.connect() for _ in range(255)]
    one_more = hub.connect()
    assert "connections" in one_more.read(5)["cut"]
    lead.taken(event("note", "work", {"text": "still here"}))
    status = lead.ask({"status": {}}, "status")["status"]
    assert [trouble["rank"] for trouble in status["troubles"] if trouble["kind"] == "callers"] == [2]
    for client in many:
        client.close()
    wait_until(lambda: hub.run("note", "after").code == 0, 5)


def test_what_stands_behind_the_last_newline_is_a_line_when_the_writing_end_is_closed(hub):
    hub = hub()
    client = hub.connect()
    client.socket.sendall(json.dumps(event("note", "work", {"text": "no newline"})).encode())
    client.socket.shutdown(socket.SHUT_WR)
    assert client.read(5)["ok"] is True
    with pytest.raises(HungUp):
        client.read(5)


def test_answers_keep_the_order_of_the_lines_whatever_they_are(hub):
    hub = hub(little(), at="Sun 04:31", speed=0)
    client = hub.connect()
    lines = []
    for number in range(40):
        lines += [event("note", "work", {"text": str(number)}), {"status": {"at": "2025-09-14T08:31:00Z"}},
                  "{nonsense", {"history": {"subject": "work", "limit": 1}}, {"status": {}}]
    raw = b"".join((line if isinstance(line, str) else json.dumps(line)).encode() + b"\n" for line in lines)
    client.socket.sendall(raw)
    last = 0
    for number in range(40):
        assert client.read(5)["ok"] is True
        assert client.read(5)["status"]["entry"] > last
        assert client.read(5)["ok"] is False
        last = client.read(5)["history"]["entries"][0]["entry"]
        assert client.read(5)["status"]["entry"] >= last, "a request sees what its connection has sent before it"


def test_events_of_a_connection_that_has_left_count_all_the_same(hub):
    hub = hub()
    client = hub.connect()
    client.socket.sendall(b"".join(
        json.dumps(event("note", "work", {"text": f"left {number}"})).encode() + b"\n" for number in range(600)))
    client.close()
    wait_until(lambda: hub.status()["entry"] >= 601, 5)


# ----------------------------------------------------------------------------------------------------- the name service


def test_who_is_known_tonight_keeps_tonights_roles_when_the_name_service_falls_silent(faulty):
    hub = faulty()
    hub.connect().taken(event("note", "work", {"text": "known"}))
    hub.faults.name_error = 5
    client = hub.connect()
    client.taken(event("note", "work", {"text": "still the lead"}))


# ------------------------------------------------------------------------------------------------- files and the night


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777], ids=oct)
def test_whatever_the_umask_files_are_for_their_owner_and_the_folder_can_be_passed_through(hub, folder, mask):
    hub = hub(start=False, state=folder / "deep" / "state")
    last = os.umask(mask)
    try:
        hub.spawn()
    finally:
        os.umask(last)
    wait_until(hub.listens, 10)
    hub.ok("note", "so that there is a WAL")
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in hub.state.iterdir() if path.is_file()}
    assert set(modes.values()) == {"0o600"}, modes
    assert stat.S_IMODE(hub.state.stat().st_mode) == 0o711
    assert stat.S_IMODE(hub.state.parent.stat().st_mode) == 0o700


def test_a_link_in_the_state_folder_is_not_followed(hub, folder):
    outside = folder / "outside"
    outside.write_text("precious")
    (folder / "state").mkdir()
    os.symlink(outside, folder / "state" / "journal.sqlite")
    hub = hub(start=False)
    hub.spawn()
    assert hub.process.wait(10) == 1 and outside.read_text() == "precious"


@pytest.fixture
def background(folder):
    """A hub in the background, started by `open`, and its terminal."""
    runbook = write_runbook(folder, little())
    terminal = Terminal([WARROOM, "open", runbook, "--socket", folder / "s"], folder)
    terminal.wait_for("Little Night")
    yield terminal, folder / "s"
    run("stop", "--socket", folder / "s", folder=folder)
    terminal.close()


def pid(folder):
    """The hub's process; 0 in the moment in which a new one writes it down."""
    words = next((folder / "xdg-state").rglob("lock")).read_text().split()
    return int(words[0]) if words else 0


def test_a_hub_in_the_background_that_is_killed_is_started_again_three_times(background, folder):
    terminal, path = background
    for turn in range(3):
        killed = pid(folder)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: pid(folder) not in (0, killed), 10)
        wait_until(lambda: run("note", f"{turn}", "--socket", path, folder=folder).code == 0, 10)
    log = next((folder / "xdg-state").rglob("hub.log"))
    assert log.read_text().count("is started again") == 3
    os.kill(pid(folder), signal.SIGKILL)
    wait_until(lambda: "stays down" in log.read_text(), 5)
    assert run("status", "--socket", path, folder=folder).code == 3
    terminal.wait_for(lambda text: "THIS PICTURE IS OLD" in text and "The hub has not answered for" in text, 8)


def test_a_hub_in_the_background_that_is_told_to_end_stays_down(background, folder):
    _, path = background
    run("stop", "--socket", path, folder=folder)
    log = next((folder / "xdg-state").rglob("hub.log"))
    wait_until(lambda: "ended in order" in log.read_text(), 5)
    wait_until(lambda: run("status", "--socket", path, folder=folder).code == 3, 3)
    assert "started again" not in log.read_text()


def test_a_hub_that_starts_while_another_program_holds_its_journal_waits_for_it(hub):
    hub = hub()
    hub.kill()
    with sqlite3.connect(hub.state / "journal.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        hub.spawn()
        with pytest.raises(subprocess.TimeoutExpired):
            hub.process.wait(2)
        other.execute("ROLLBACK")
    wait_until(hub.listens, 10)
    hub.ok("note", "after the backup")
