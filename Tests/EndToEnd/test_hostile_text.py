"""Text from outside never reaches a terminal as it is, and stays in the journal as it came."""

import re
import subprocess

import pytest

from nights import junit, little, put
from programs import WARROOM, environment, event, wait_until
from test_terminal import LEAVE, given_back

HOSTILE = (
    "HOSTILE\x1b]0;pwned\x07\x1b[2J\x1b[31mred\x1b[?1049l\x9b31m\x9d0;pwned\x9c"
    "\u202eevil\u202c\u2066iso\u2069\u200e\u200f\u061c\u200bzero\u200d\ufeff\r\nnext\x08\x00\x7f"
    "\u2028\u2029\U000e0041\u0300\u0301\u0302END")
# What may never stand in the bytes that reach a terminal, whatever the program itself writes there.
SIGNS = (0x202E, 0x202C, 0x2066, 0x2069, 0x200E, 0x200F, 0x061C, 0x200B, 0x200D, 0xFEFF, 0x2028, 0x2029, 0xE0041)
NEVER = [b"\x1b]0;pwned", b"\x1b[31mred", b"\xc2\x9b", b"\xc2\x9d", b"\xc2\x9c", b"\x00", b"pwned\x07"]
NEVER += [chr(sign).encode() for sign in SIGNS]


def clean(raw):
    return [bad for bad in NEVER if bad in raw]


@pytest.fixture
def poisoned(hub):
    """A hub that has hostile text in everything that can carry text."""
    night = little(sources={"tool": {"kind": "status-files", "path": "{state}/tool/*.json", "every": "200ms"},
                            "reports": {"kind": "junit", "path": "{state}/smoke/*.xml", "run": "smoke",
                                "every": "200ms"}})
    night["title"] = "Title " + HOSTILE.replace("\x00", "").replace("\U000e0041", "")  # YAML knows no pairs of escapes
    hub = hub(night, at="Sun 04:31")
    client = hub.connect()
    pools = {"front": "in", HOSTILE: "out"}
    client.taken(
        event("server", "node-1", {"patch": "running", "detail": HOSTILE, "pools": pools}, source=f"tool {HOSTILE}"))
    client.taken(event("server", f"server {HOSTILE}", {"patch": "failed", "detail": HOSTILE}, source="tool-2"))
    client.taken(event("review", "review/alpha/one", {"mark": "issues", "reviewer": f"rev {HOSTILE}", "note": HOSTILE}))
    client.taken(event("check", "review/alpha/more", {"state": "added", "title": f"check {HOSTILE}"}))
    client.taken(event("tests", "smoke", {
        "state": "failed", "total": 2, "passed": 1, "failed": 1, "failures": [{"name": HOSTILE, "message": HOSTILE}],
        "url": HOSTILE}, source="runner"))
    client.taken(event("alert", HOSTILE, {"state": "firing", "name": HOSTILE, "summary": HOSTILE, "server": HOSTILE}))
    client.taken(event("looseend", HOSTILE, {"state": "open", "what": HOSTILE}))
    client.taken(event("step", "prepare", {"state": "failed", "note": HOSTILE}))
    client.taken(event("note", HOSTILE, {"text": HOSTILE}))
    client.taken(event("note", "work", {"text": "LONG " + "x" * 10_000 + HOSTILE}))
    put(hub.state / "tool" / f"x{HOSTILE[7:11]}.json".replace("/", "").replace("\x00", ""), "{" + HOSTILE)
    put(hub.state / "smoke" / "r.xml", junit([("K", "HOSTILE &#x9b;31m &#x202e;evil", "m &#x9d;0;pwned")]))
    wait_until(lambda: {s["id"]: s for s in hub.status()["sources"]}["tool"]["reason"], 5)
    return hub


def test_hostile_text_never_reaches_the_terminal_as_it_is(poisoned, screen):
    for columns, rows in ((200, 50), (80, 24)):
        terminal = screen(poisoned, columns, rows)
        terminal.wait_for("HOSTILE")
        for _ in range(11):  # every pane, zoomed, with the detail of a row
            for key in ("z", "j", "\r", "j", "\x1b", "z", "\t"):
                terminal.type(key)
                terminal.settle(0.025)
        assert terminal.process.poll() is None
        terminal.type("q")
        terminal.wait_exit()
        raw = bytes(terminal.raw)
        assert not clean(raw), f"at {columns} by {rows}: {clean(raw)}"
        assert raw.count(LEAVE) == 1, "a note has left the alternate screen"
        given_back(terminal)


def test_the_screen_keeps_its_grid_under_hostile_text(poisoned, screen):
    terminal = screen(poisoned)
    text = terminal.wait_for("HOSTILE")
    terminal.settle()
    assert re.search(r"Sun 14 Sep  04:3\d:\d\d  EST", terminal.text) and "IST (UTC+5:30)" in terminal.text
    assert [line for line in terminal.lines if re.match(r"^\s*SOURCES ", line)], text


@pytest.mark.parametrize("command", [["status"], ["log"], ["open"]], ids=" ".join)
def test_hostile_text_is_cleaned_in_the_text_of_commands(poisoned, folder, command):
    done = subprocess.run([WARROOM, *command, "--socket", poisoned.socket], capture_output=True,
        env=environment(folder), timeout=10)
    assert done.returncode == 0 and b"HOSTILE" in done.stdout
    assert not clean(done.stdout), clean(done.stdout)
    assert b"\x1b" not in done.stdout and b"\x07" not in done.stdout and b"\r" not in done.stdout


def test_hostile_text_is_cleaned_in_errors(hub, folder):
    hub = hub(at="Sun 04:31")
    hostile = HOSTILE.replace("\x00", "")
    for arguments in (["mark", hostile, "ok"], ["step", hostile, "start"], ["emit", f"{folder}/{hostile}"],
        ["mark", "review/alpha/one", hostile]):
        done = subprocess.run([WARROOM, *arguments, "--socket", hub.socket], capture_output=True,
            env=environment(folder), timeout=10)
        assert done.returncode in (1, 2) and done.stderr
        assert not clean(done.stderr) and b"\x1b" not in done.stderr, done.stderr


def test_what_the_journal_keeps_is_not_cleaned(poisoned):
    notes = [e["event"]["data"]["text"] for e in poisoned.entries() if e["event"]["type"] == "warroom.note"]
    assert notes[0] == HOSTILE
