"""Time is given, never taken: the hub's clock, its speed, its past, and two zones that are true (docs/contract.md,
Time)."""

import os
import re
import subprocess
import time
from datetime import datetime, timezone

import pytest

from nights import little, put, write_runbook
from programs import BIN, WARROOM, Terminal, event, run, wait_until


def seconds(instant):
    """An RFC 3339 instant as seconds; its fraction may have nine digits."""
    whole, _, fraction = instant.rstrip("Z").partition(".")
    return datetime.fromisoformat(whole).replace(tzinfo=timezone.utc).timestamp() + float(f"0.{fraction or 0}")


AT = seconds("2025-09-14T08:31:00Z")


def test_the_clock_runs_at_its_speed_and_at_0_it_stands_still(hub, folder):
    """Four rehearsals side by side."""
    speeds = (0, 0.5, 1, 60)
    hubs = {speed: hub(at="Sun 04:31", speed=speed, name=f"hub-{speed}", state=folder / f"state-{speed}")
        for speed in speeds}
    watchers = {speed: hubs[speed].connect() for speed in speeds}
    seen = {speed: [] for speed in speeds}
    for watcher in watchers.values():
        watcher.subscribe()
    for _ in range(3):
        for speed, watcher in watchers.items():
            now = seconds(watcher.take("beat", 3)["beat"]["now"])
            seen[speed].append((time.monotonic(), now))
    for speed in speeds:
        wall, bridge = seen[speed][-1][0] - seen[speed][0][0], seen[speed][-1][1] - seen[speed][0][1]
        # The beats of four hubs are read one after another, up to a second late.
        assert abs(bridge - 2 * speed) <= 0.1 * speed, (
            f"at speed {speed}: {bridge} s of bridge time in two beats, {wall:.2f} s")
        assert AT <= seen[speed][0][1] < AT + 5 * speed or speed == 0 and seen[speed][0][1] == AT
    assert hubs[0].status()["now"] == "2025-09-14T08:31:00Z"
    number = hubs[0].connect().taken(event("note", "work", {"text": "no time has passed"}))
    assert seconds(hubs[0].entries()[number - 1]["receivedAt"]) == AT


def test_without_at_and_speed_the_time_is_the_computers_and_the_mode_is_live(hub):
    hub = hub()
    before = time.time()
    hello = hub.connect().subscribe()
    assert hello["mode"] == "live" and hello["speed"] == 1 and hello["bridge"] == "little-2025-09-14"
    assert abs(seconds(hello["now"]) - before) < 1


@pytest.mark.parametrize("options", [{"at": "Sun 04:31"}, {"speed": 1}, {"at": "2025-09-14T08:31:00Z", "speed": 2}],
    ids=str)
def test_at_or_speed_make_it_a_rehearsal(hub, options):
    hub = hub(**options)
    hello = hub.connect().subscribe()
    assert hello["mode"] == "rehearsal" and hello["bridge"] == "little-2025-09-14.rehearsal"
    bridge = hub.status()["bridge"]
    assert bridge["mode"] == "rehearsal" and bridge["id"] == "little-2025-09-14.rehearsal"
    assert hub.entries()[0]["event"]["data"]["mode"] == "rehearsal"


@pytest.mark.parametrize("at, utc", [
    ("Sun 04:31", "2025-09-14T08:31:00Z"), ("Sat 22:00", "2025-09-14T02:00:00Z"),
    ("Mon 09:00 IST", "2025-09-15T03:30:00Z"),
    ("2025-09-14T08:31:00Z", "2025-09-14T08:31:00Z"), ("2025-09-14T14:01:00+05:30", "2025-09-14T08:31:00Z")])
def test_at_is_a_weekday_in_the_home_zone_or_the_labelled_one_or_rfc_3339(hub, at, utc):
    assert hub(at=at, speed=0).status()["now"] == utc


@pytest.mark.parametrize("at", ["yesterday", "Sun 25:00", "2025-09-14", "Xyz 04:31"])
def test_a_time_that_is_none_is_wrong_usage(folder, at):
    runbook = write_runbook(folder, little())
    result = run("serve", runbook, "--state", folder / "state", "--socket", folder / "s.sock", "--at", at,
        folder=folder)
    assert result.code == 2 and result.err.strip(), result


@pytest.mark.parametrize("mode", ["rehearsal first", "live first"])
def test_a_rehearsal_never_shares_a_journal_with_a_live_night(hub, mode):
    first, second = ({"at": "Sun 04:31"}, {}) if mode == "rehearsal first" else ({}, {"at": "Sun 04:31"})
    started = hub(**first)
    started.connect().taken(event("note", "work", {"text": "mine"}))
    before = len(started.entries())
    started.kill()
    other = hub(start=False, name="other", **second)
    other.spawn()
    assert other.process.wait(10) == 1, other.log()
    assert other.log().strip()
    again = hub(**first)
    assert [e["event"]["data"].get("text") for e in again.entries()][:before].count("mine") == 1


def test_after_a_restart_the_clock_goes_on_from_the_last_entry(hub):
    hub = hub(at="Sun 04:31", speed=60)
    client = hub.connect()
    wait_until(lambda: seconds(client.ask({"status": {}}, "status")["status"]["now"]) > AT + 90, 5)
    client.taken(event("note", "work", {"text": "the last"}))
    last = seconds(hub.entries()[-1]["receivedAt"])
    assert last > AT + 90
    hub.kill()
    start = time.monotonic()
    hub.start()
    now = seconds(hub.status()["now"])
    assert last <= now <= last + 60 * (time.monotonic() - start) + 1, "the clock is set back, or has jumped"
    received = [seconds(e["receivedAt"]) for e in hub.entries()]
    assert received == sorted(received)


def test_a_files_time_is_mapped_through_the_hubs_clock(hub):
    """Two seconds of wall time before now are two minutes of a bridge at 60 times real speed."""
    hub = hub(little(sources={"tool": {"kind": "status-files", "path": "{state}/tool/*.json", "every": "200ms"}}),
        at="Sun 04:31", speed=60)
    wait_until(lambda: seconds(hub.status()["now"]) > AT + 150, 8)
    written = time.time() - 2
    put(hub.state / "tool" / "x.json", {"type": "warroom.server", "subject": "node-1", "data": {"patch": "installed"}},
        mtime=written)

    def found():
        return [e for e in hub.entries() if e["event"]["type"] == "warroom.server"]
    entry = wait_until(found, 5)[0]
    ago = seconds(hub.status()["now"]) - 60 * (time.time() - written)
    assert abs(seconds(entry["event"]["time"]) - ago) < 12, "the file's mtime does not stand on the bridge's clock"
    assert seconds(entry["event"]["time"]) <= seconds(entry["receivedAt"])


def test_a_file_of_last_month_is_as_old_as_it_is(hub):
    hub = hub(little(sources={"tool": {"kind": "status-files", "path": "{state}/tool/*.json", "every": "200ms",
        "stale_after": "5m"}}), at="Sun 04:31", start=False)
    old = {"mtime": time.time() - 30 * 86400}
    put(hub.state / "tool" / "x.json", {"type": "warroom.server", "subject": "node-1",
        "data": {"pools": {"front": "in"}}}, **old)
    hub.start()

    def source():
        return {s["id"]: s for s in hub.status()["sources"]}["tool"]
    wait_until(lambda: source()["state"] == "stale", 5, lambda: f"{source()}")
    assert abs(seconds(source()["lastGood"]) - (AT - 30 * 86400)) < 60
    assert {s["name"]: s for s in hub.status()["servers"]}["node-1"]["stale"]
    # What comes while the hub looks is as old as its coming, whatever time it bears.
    put(hub.state / "tool" / "y.json", {"type": "warroom.server", "subject": "node-2",
        "data": {"pools": {"front": "in"}}}, **old)
    wait_until(lambda: {s["name"]: s for s in hub.status()["servers"]}["node-2"]["pools"] == {"front": "in"}, 5)
    assert [s["stale"] for s in hub.status()["servers"]][:2] == [True, False]


def test_status_at_a_time_is_the_bridge_as_it_was_then(hub):
    hub = hub(at="Sun 04:31", speed=60)
    began = hub.entries()[0]["receivedAt"]
    client = hub.connect()
    client.taken(event("review", "review/alpha/one", {"mark": "issues", "note": "503"}))
    first = hub.entries()[-1]
    wait_until(lambda: seconds(hub.status()["now"]) > seconds(first["receivedAt"]) + 60, 5)
    client.taken(event("review", "review/alpha/one", {"mark": "ok"}))
    second = hub.entries()[-1]

    def mark(document):
        return document["boards"][1]["teams"][0]["checks"][0]["mark"]
    then = hub.status(at=first["receivedAt"])
    assert then["entry"] == first["entry"] and then["now"] == first["receivedAt"] and then["head"] == first["hash"]
    assert mark(then) == "issues" and mark(hub.status()) == "ok"
    assert mark(hub.status(at=second["receivedAt"])) == "ok"
    assert mark(hub.status(at=began)) == "pending"
    wait_until(lambda: seconds(hub.status()["now"]) > seconds("2025-09-14T08:33:00Z"), 5)
    assert hub.status(at="Sun 04:32")["now"] == "2025-09-14T08:32:00Z", "T may be written as on the office's wall"


def test_the_instants_of_the_status_are_rfc_3339_in_utc(hub):
    text = hub(at="Sun 04:31").ok("status", "--json").out
    found = re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', text)
    assert found and all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", one) for one in found)


def test_nanoseconds_are_kept_as_given(hub):
    hub = hub(at="Sun 04:31")
    hub.connect().taken(event("server", "node-1", {"bootedAt": "2025-09-14T02:31:04.123456789Z"},
        time="2025-09-14T02:31:04.000000001Z"))
    assert {s["name"]: s for s in hub.status()["servers"]}["node-1"]["bootedAt"] == "2025-09-14T02:31:04.123456789Z"
    assert hub.entries()[-1]["event"]["time"] == "2025-09-14T02:31:04.000000001Z"


def test_a_gap_of_more_than_a_minute_between_an_event_and_its_arrival_is_shown(hub, screen):
    hub = hub(at="Sun 04:31", speed=0)
    client = hub.connect()
    client.taken(event("note", "work", {"text": "came late"}, time="2025-09-14T08:09:00Z"))
    client.taken(event("note", "work", {"text": "came at once"}, time="2025-09-14T08:30:30Z"))
    late, prompt = hub.ok("log").lines()[-2:]
    gap = r"04:09|22 ?min"
    assert re.search(gap, late), f"nothing says that this happened 22 minutes before: {late}"
    assert "04:30" not in prompt and not re.search(r"30 ?s\b", prompt)
    feed = next(line for line in screen(hub, 200, 50).wait_for("came late").splitlines() if "came late" in line)
    assert re.search(gap, feed), f"the screen does not say it: {feed}"


def test_no_response_is_proposed_when_a_board_is_due_and_is_no_entry(hub):
    hub = hub(at="Sun 10:59", speed=60)
    began = hub.entries()[0]["receivedAt"]
    hub.connect().taken(event("review", "review/alpha/one", {"mark": "ok"}))

    def check():
        return hub.status()["boards"][0]["teams"][0]["checks"][0]
    assert (check()["mark"], check()["proposed"]) == ("pending", None)
    before = len(hub.entries())
    wait_until(lambda: check()["proposed"] == "no-response", 5, lambda: f"{check()}")
    assert check()["mark"] == "pending" and len(hub.entries()) == before
    assert hub.status(at=began)["boards"][0]["teams"][0]["checks"][0]["proposed"] is None


# ----------------------------------------------------------------------------------------------------------- two zones


def test_the_header_shows_both_zones_with_the_offices_word_and_the_truth(hub, screen):
    hub = hub(at="Sun 04:31", speed=0)
    for columns, rows in ((80, 24), (120, 35), (200, 50)):
        text = screen(hub, columns, rows).wait_for("EST (EDT, UTC-4)")
        assert "IST (UTC+5:30)" in text
        assert len(re.findall(r"(?i)\bsun(day)?\b", text)) >= 2, "a clock without its weekday"


@pytest.mark.parametrize("date, at, clock, offset", [
    # Summer time ends at 02:00 EDT = 06:00Z: 01:00 comes again. It begins at 02:00 EST = 07:00Z: 02:00 never comes.
    ("2025-11-02", "2025-11-02T05:59:30Z", "01:59", "UTC-4"),
    ("2025-11-02", "2025-11-02T06:00:30Z", "01:00", "UTC-5"),
    ("2026-03-08", "2026-03-08T06:59:30Z", "01:59", "UTC-5"),
    ("2026-03-08", "2026-03-08T07:00:30Z", "03:00", "UTC-4"),
])
def test_the_home_clock_is_right_before_and_after_the_change(hub, screen, date, at, clock, offset):
    hub = hub(little(date=date), at=at, speed=0)
    day = datetime.fromisoformat(date).strftime("Sun %-d %b")
    text = screen(hub).wait_for(lambda text: f"{day}  {clock}:30" in text)
    assert re.search(rf"{day}  {clock}:30  EST \((EDT, )?{offset}\)", text), text
    utc = datetime.fromisoformat(at.rstrip("Z"))
    minutes = (utc.hour * 60 + utc.minute + 330) % 1440
    assert f"{day}  {minutes // 60:02}:{minutes % 60:02}:30  IST (UTC+5:30)" in text


def test_the_header_follows_the_change_while_it_is_watched(hub, screen):
    hub = hub(little(date="2025-11-02"), at="2025-11-02T05:59:00Z", speed=60)
    terminal = screen(hub)
    terminal.wait_for("EST (EDT, UTC-4)")
    terminal.wait_for(lambda text: re.search(r"Sun 2 Nov  01:0\d:\d\d  EST \(UTC-5\)", text)
        and "UTC-4" not in text)


@pytest.mark.parametrize("date, at, fault", [
    ("2026-03-08", "Sun 02:30", True), ("2025-11-02", "Sun 01:30", True),
    ("2025-11-02", "Sun 01:30 (first)", "2025-11-02T05:30:00Z"),
    ("2025-11-02", "Sun 01:30 (second)", "2025-11-02T06:30:00Z"), ("2026-03-08", "Sun 03:30", "2026-03-08T07:30:00Z")])
def test_a_step_in_a_missing_hour_is_a_fault_and_one_in_a_doubled_hour_must_say_which(folder, hub, date, at, fault):
    night = little(date=date)
    night["phases"][0]["steps"][0]["at"] = at
    if fault is True:
        result = run("check", write_runbook(folder, night), folder=folder)
        assert result.code == 1 and re.search(r"runbook\.yaml:\d+:\d+: fault \S+: .*" + at[4:9], result.out), result
    else:
        steps = {s["id"]: s for s in hub(night, at="Sat 12:00", speed=0).status()["steps"]}
        assert steps["prepare"]["planned"] == fault


def test_the_shipped_programs_know_both_zones_without_a_zone_database(hub, folder, screen):
    if os.geteuid() != 0 or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        pytest.skip("not root: the zone database cannot be hidden from the program")
    hide = [
        "unshare", "-m", "sh", "-c",
        'for d in /usr/share/zoneinfo /usr/lib/zoneinfo /etc/zoneinfo; do [ -d $d ] && mount -t tmpfs none $d; done; '
        'mount --bind /dev/null /etc/localtime 2>/dev/null; test ! -e /usr/share/zoneinfo/Asia && exec "$@"', "hidden"]
    hub = hub(little(date="2025-11-02"), at="2025-11-02T05:59:30Z", speed=0, wrap=hide)
    terminal = Terminal([*hide, WARROOM, "open", "--socket", hub.socket], folder)
    try:
        text = terminal.wait_for("EST (EDT, UTC-4)")
        assert "Sun 2 Nov  01:59:30  EST (EDT, UTC-4)" in text and "Sun 2 Nov  11:29:30  IST (UTC+5:30)" in text
    finally:
        terminal.close()
    assert {s["id"]: s["planned"] for s in hub.status()["steps"]}["patch"] == "2025-11-02T02:00:00Z"


@pytest.mark.parametrize("program", ["warroom", "warroom-hub"])
def test_the_shipped_programs_need_no_swift_on_the_machine(program):
    needs = subprocess.run(["ldd", BIN / program], capture_output=True, text=True).stdout
    assert not re.search(r"libswift|libFoundation|libdispatch|libicu|not found", needs), needs
