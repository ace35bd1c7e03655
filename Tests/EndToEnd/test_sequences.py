"""Escape sequences are one thing each: on a terminal that sends what nobody knows, nothing is lost and nothing acts."""

import os
import re

import pytest

from programs import wait_until

UNKNOWN = [
    b"\x1b[24;80R", b"\x1b[?62;22c", b"\x1b]11;rgb:0000/0000/0000\x07", b"\x1b]52;c;cXVpdA==\x1b\\",
    b"\x1bP>|x 370\x1b\\",
    b"\x1b[I", b"\x1b[O", b"\x1b[1;5C", b"\x1b[1;2A", b"\x1b[27;5;113~", b"\x1b[113;5u", b"\x1bq", b"\x1bC",
    b"\x1b\x1b[A", b"\x1b[<35;4;4M", b"\x1b[" + b"1;" * 500 + b"q", b"\x1b]0;" + b"q" * 10_000 + b"\x07",
]


@pytest.fixture
def writing(hub, screen):
    """A screen on which a note is being written."""
    made = hub(at="Sun 04:31")
    terminal = screen(made)
    terminal.wait_for("Alpha")
    terminal.type("tnode-1 began")
    terminal.wait_for("node-1 began")
    return made, terminal


def notes(hub):
    return [e["event"]["data"]["text"] for e in hub.entries() if e["event"]["type"] == "warroom.note"]


def test_a_sequence_that_nobody_knows_is_nothing_and_the_text_stays(writing):
    hub, terminal = writing
    for sequence in UNKNOWN:
        terminal.type(sequence)
    terminal.type("!")
    terminal.wait_for("node-1 began!")
    terminal.type("\r")
    wait_until(lambda: notes(hub) == ["node-1 began!"], 3, lambda: terminal.text)
    for sequence in UNKNOWN:
        terminal.type(sequence)
    terminal.settle()
    assert "ROLL-CALL" not in terminal.text and "Really" not in terminal.text and terminal.process.poll() is None


@pytest.mark.parametrize("home, end", [("[1~", "[4~"), ("[7~", "[8~"), ("OH", "OF"), ("[H", "[F")])
def test_home_and_end_of_putty_rxvt_and_the_console_move_in_the_text(writing, home, end):
    hub, terminal = writing
    terminal.type(f"\x1b{home}at 4 \x1b{end}!\r")
    wait_until(lambda: notes(hub) == ["at 4 node-1 began!"], 3, lambda: terminal.text)


def test_a_sequence_that_comes_byte_by_byte_is_one_thing(writing):
    hub, terminal = writing
    for byte in b"\x1b[24;80R\x1b]11;rgb:1/1/1\x1b\\\x1b[1~":
        os.write(terminal.master, bytes([byte]))
        terminal.pump(0.01)
    terminal.type("> \r")
    wait_until(lambda: notes(hub) == ["> node-1 began"], 3, lambda: terminal.text)


def test_a_lone_escape_is_escape_though_nothing_follows(writing):
    _, terminal = writing
    terminal.type("\x1b")
    terminal.wait_for("nothing was sent", 1)


def test_a_long_paste_is_whole_in_the_journal_and_one_that_does_not_fit_says_so_before_enter(writing):
    hub, terminal = writing
    whole = " ".join(f"word{n}" for n in range(1500))  # 13,000 bytes
    terminal.type("\x15")
    for text in (whole, " " + "x" * 8000):
        data = f"\x1b[200~{text}\x1b[201~".encode()
        while data:  # a terminal's buffer holds 4 KB
            written = os.write(terminal.master, data[:1024])
            data = data[written:]
            terminal.pump(0.01)
    terminal.wait_for("bytes too long")
    terminal.type("\r")
    terminal.wait_for("nothing was sent")
    assert notes(hub) == []
    terminal.type("\x17")  # the last word goes
    terminal.wait_for(lambda text: "too long" not in text)
    terminal.type("\x7f\r")
    wait_until(lambda: notes(hub) == [whole], 3, lambda: terminal.text)


def test_ctrl_z_in_a_text_field_suspends_and_the_text_is_there_again(writing):
    from programs import Terminal, WARROOM

    hub, _ = writing
    script = f'{WARROOM} open --socket {hub.socket}; echo "STOPPED with $?"; read; fg; echo "ENDED with $?"'
    terminal = Terminal(["bash", "--norc", "-mc", script], hub.folder)
    try:
        terminal.wait_for("Alpha")
        terminal.type("thalf a no")
        terminal.wait_for("half a no")
        terminal.type("\x1a")
        terminal.wait_for("STOPPED with 148")
        terminal.type("\n")
        terminal.wait_for(lambda text: re.search(r"half a no\s*$", text) and "STOPPED" not in text)
        terminal.type("te\r")
        wait_until(lambda: notes(hub) == ["half a note"], 3, lambda: terminal.text)
    finally:
        terminal.close()
