"""A hub that stands still, and a terminal that takes nothing: who waits says for what, and nobody waits for ever."""

import fcntl
import os
import signal
import socket
import termios
import time

import pytest

from hostile import FakeHub, for_ever, once
from programs import WARROOM, Terminal, one_sentence, run, wait_until
from stopped import standing_still


@pytest.fixture
def full(folder):
    """A socket whose queue of callers is full, and that accepts nobody."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(folder / "full.sock"))
    listener.listen(0)
    callers = []
    while True:
        caller = socket.socket(socket.AF_UNIX)
        caller.setblocking(False)
        try:
            caller.connect(str(folder / "full.sock"))
        except BlockingIOError:
            break
        callers.append(caller)
    yield folder / "full.sock"
    listener.close()
    for caller in callers:
        caller.close()


@pytest.mark.parametrize(
    "command", [["status"], ["mark", "a/b/c", "ok"], ["verify"], ["open"], ["emit"], ["stop"]], ids=" ".join)
def test_a_hub_that_accepts_nobody_is_3_and_a_sentence(full, folder, command):
    start = time.monotonic()
    result = run(*command, "--socket", full, folder=folder, timeout=20)
    assert result.code == 3 and 4 < time.monotonic() - start < 9, result
    one_sentence(result, "has accepted nobody for 5 s", full)


def test_a_hub_whose_queue_is_full_is_found_and_not_taken_for_none(full, folder, hub):
    other = hub(at="Sun 04:31", start=False)
    started = run("serve", other.runbook, "--state", folder / "more", "--socket", full, folder=folder)
    assert started.code == 1 and "another hub listens" in started.err, started
    assert full.exists()


@pytest.mark.parametrize("command", [["status"], ["note", "x"], ["open"], ["verify"], ["stop"]], ids=" ".join)
def test_a_hub_that_stands_still_is_3_and_a_sentence(hub, command):
    hub = hub(at="Sun 04:31")
    with standing_still(hub.process):
        start = time.monotonic()
        result = hub.run(*command, timeout=20)
        assert result.code == 3 and time.monotonic() - start < 9, result
        one_sentence(result, "does not answer, for 5 s")


def test_emit_into_a_hub_that_stands_still_says_so(hub):
    hub = hub(at="Sun 04:31")
    event = '{"specversion":"1.0","id":"a","source":"x","type":"warroom.note","subject":"prepare","data":{"text":"t"}}'
    with standing_still(hub.process):
        result = hub.run("emit", stdin=event, timeout=20)
        assert result.code == 3, result
        one_sentence(result, "answered nothing for 5 s")
    assert hub.run("emit", stdin=event).code == 0


def test_a_screen_says_what_it_waits_for_and_then_that_nobody_answers(folder):
    fake = FakeHub(folder / "deaf.sock", once(b""))
    terminal = Terminal([WARROOM, "open", "--socket", fake.socket], folder)
    try:
        terminal.wait_for("waiting for the hub at", 3)
        assert terminal.wait_exit(8) == 3
        assert "does not answer" in terminal.text and b"\x1b[?1049l" in terminal.raw
    finally:
        terminal.close()
        fake.close()


def test_a_key_leaves_while_the_first_picture_is_waited_for(folder):
    fake = FakeHub(folder / "deaf.sock", once(b""))
    terminal = Terminal([WARROOM, "open", "--socket", fake.socket], folder)
    try:
        terminal.wait_for("waiting for the hub at", 3)
        terminal.type("q")
        assert terminal.wait_exit(2) == 0
    finally:
        terminal.close()
        fake.close()


# ------------------------------------------------------------------------------------- a terminal that takes nothing


def stuck(terminal):
    """Nobody reads the terminal any more, and as much is drawn as it holds."""
    for turn in range(40):
        fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, b"\x50\x00\xff\x00\x00\x00\x00\x00")
        os.kill(terminal.process.pid, signal.SIGWINCH)
        time.sleep(0.01)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
@pytest.mark.parametrize("how", ["unread", "stopped"])
def test_a_screen_that_is_told_to_end_ends_though_its_terminal_takes_nothing(hub, screen, name, how):
    terminal = screen(hub(at="Sun 04:31"), 250, 80)
    terminal.wait_for("Alpha")
    if how == "stopped":
        termios.tcflow(terminal.slave, termios.TCOOFF)
    stuck(terminal)
    start = time.monotonic()
    terminal.signal(getattr(signal, name))
    wait_until(lambda: terminal.process.poll() is not None, 2.5, f"it has not ended after {name}")
    assert terminal.process.returncode == 0 and time.monotonic() - start < 2.5
    assert termios.tcgetattr(terminal.slave)[3] == terminal.before[3], "the modes are not given back"


def test_a_rehearsal_whose_terminal_takes_nothing_takes_its_hub_and_folder_with_it(folder, hub):
    runbook = hub(at="Sun 04:31").runbook
    (folder / "tmp").mkdir()
    terminal = Terminal(
        [WARROOM, "open", runbook, "--rehearse", "--at", "Sun 04:31"], folder, 250, 80,
        env={"TMPDIR": folder / "tmp"})
    try:
        terminal.wait_for("Alpha", 15)
        assert list((folder / "tmp").iterdir())
        termios.tcflow(terminal.slave, termios.TCOOFF)
        stuck(terminal)
        terminal.signal(signal.SIGTERM)
        wait_until(lambda: terminal.process.poll() is not None, 8)
        assert not list((folder / "tmp").iterdir())
    finally:
        terminal.close()


@pytest.mark.parametrize("command", [["log", "--follow"], ["serve"]], ids=" ".join)
def test_a_command_that_is_told_to_end_ends_though_its_terminal_takes_nothing(hub, folder, command):
    hub = hub(at="Sun 04:31")
    words = ["--socket", hub.socket] if command[0] == "log" else [
        hub.runbook, "--state", folder / "own", "--socket", folder / "own.sock", "--at", "Sun 04:31"]
    terminal = Terminal([WARROOM, *command, *words], folder)
    try:
        terminal.wait_for("serves at" if command[0] == "serve" else "opened", 8)
        termios.tcflow(terminal.slave, termios.TCOOFF)
        terminal.signal(signal.SIGTERM)
        wait_until(lambda: terminal.process.poll() is not None, 3)
    finally:
        terminal.close()


def test_a_hub_whose_terminal_takes_nothing_goes_on_serving(hub, folder):
    runbook = hub(at="Sun 04:31", start=False).runbook
    terminal = Terminal(
        [WARROOM, "serve", runbook, "--state", folder / "own", "--socket", folder / "own.sock", "--at", "Sun 04:31"],
        folder)
    try:
        terminal.wait_for("serves at", 8)
        termios.tcflow(terminal.slave, termios.TCOOFF)
        # Each amendment on the disk is a line of its log.
        for turn in range(3):
            assert run("amend", runbook, "--reason", "x", "--socket", folder / "own.sock", folder=folder).code in (0, 1)
        assert run("status", "--socket", folder / "own.sock", folder=folder).code == 0
        assert run("stop", "--socket", folder / "own.sock", folder=folder).code == 0
        wait_until(lambda: terminal.process.poll() is not None, 3)
    finally:
        terminal.close()
