"""Terminal manners: given back on every exit, any size, dumb or not a terminal, and at rest."""

import os
import re
import signal
import subprocess
import termios

import pytest

from nights import put
from programs import ROOT, WARROOM, Terminal, environment, event, wait_until
from stopped import standing_still

LEAVE = b"\x1b[?1049l"
ENTER = b"\x1b[?1049h"


def given_back(terminal):
    """The terminal is as it was found: modes, screen, cursor, mouse, paste."""
    now, before = termios.tcgetattr(terminal.slave), terminal.before
    assert now[:6] == before[:6] and now[6] == before[6], "the modes of the terminal are not what they were"
    raw = bytes(terminal.raw)
    assert ENTER in raw, "the program never had the screen"
    assert raw.rfind(LEAVE) > raw.rfind(ENTER), "the alternate screen is not left"
    assert raw.rfind(b"\x1b[?25h") > raw.rfind(b"\x1b[?25l"), "the cursor is still hidden"
    for mode in (b"1000", b"1002", b"1003", b"1006", b"2004", b"2031"):
        on = [m.end() for m in re.finditer(rb"\x1b\[\?([0-9;]*;)?%s(;[0-9;]*)?h" % mode, raw)]
        off = [m.end() for m in re.finditer(rb"\x1b\[\?([0-9;]*;)?%s(;[0-9;]*)?l" % mode, raw)]
        assert not on or (off and off[-1] > on[-1]), f"mode {mode.decode()} is left on"


def test_q_gives_the_terminal_back_and_exits_0(hub, screen):
    terminal = screen(hub(at="Sun 04:31"))
    terminal.wait_for("Alpha")
    terminal.type("q")
    assert terminal.wait_exit() == 0
    given_back(terminal)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGSEGV", "SIGILL", "SIGABRT", "SIGTRAP"])
def test_a_signal_ends_it_and_the_terminal_is_given_back(hub, screen, name):
    terminal = screen(hub(at="Sun 04:31"))
    terminal.wait_for("Alpha")
    terminal.signal(getattr(signal, name))
    code = terminal.wait_exit()
    given_back(terminal)
    if name in ("SIGSEGV", "SIGILL", "SIGABRT", "SIGTRAP"):
        assert code != 0, "a crash must not look like success"


def test_ctrl_c_leaves_and_gives_the_terminal_back(hub, screen):
    terminal = screen(hub(at="Sun 04:31"))
    terminal.wait_for("Alpha")
    terminal.type("\x03")
    terminal.wait_exit()
    given_back(terminal)


def test_a_terminal_whose_other_end_is_closed_goes_away(hub, screen):
    """As when an ssh connection breaks."""
    terminal = screen(hub(at="Sun 04:31"))
    terminal.wait_for("Alpha")
    os.close(terminal.slave)
    terminal.slave = os.open(os.devnull, os.O_RDONLY)
    os.close(terminal.master)
    terminal.master = os.open(os.devnull, os.O_RDONLY)
    assert terminal.process.wait(5) is not None


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again(hub, folder):
    hub = hub(at="Sun 04:31")
    script = f'{WARROOM} open --socket {hub.socket}; echo "STOPPED with $?"; stty -a; read; fg; echo "ENDED with $?"'
    terminal = Terminal(["bash", "--norc", "-mc", script], folder)
    try:
        terminal.wait_for("Alpha")
        terminal.type("\x1a")
        terminal.wait_for("STOPPED with 148")
        terminal.wait_for(lambda text: re.search(r"\bicanon\b.* echo\b", text.replace("\n", " ")))
        given_back(terminal)
        terminal.type("\n")
        terminal.wait_for(lambda text: "Alpha" in text and "STOPPED" not in text)
        hub.ok("mark", "review/alpha/one", "ok")
        terminal.wait_for(lambda text: re.search("Alpha.*(1/2|✓ 1)", text))
        terminal.type("q")
        terminal.wait_for("ENDED with 0")
    finally:
        terminal.close()


# --------------------------------------------------------------------------------------------------------------- sizes


def test_a_resize_is_drawn_at_once_at_every_size(sample, screen):
    hub = sample()
    terminal = screen(hub)
    terminal.wait_for("Payments")
    for columns, rows in ((200, 50), (40, 10), (20, 5), (120, 35), (80, 24)):
        terminal.resize(columns, rows)
        # Both clocks are never dropped; big digits stand for them from 120 columns on.
        clocks = (lambda text: "04:3" in text and "14:0" in text) if columns < 120 else (
            lambda text: "IST (UTC+5:30)" in text and "EST (EDT, UTC-4)" in text)
        terminal.wait_for(clocks, 2)
        terminal.settle()
        terminal.wait_for(clocks, 1)
        assert terminal.process.poll() is None
    text = terminal.text
    fresh = screen(hub)
    fresh.wait_for("Payments")

    def still(text):
        return [re.sub(r"\d", "0", line) for line in text.splitlines()[8:]]
    wait_until(lambda: terminal.pump(0.05) is not None and fresh.pump(0.05) is not None
        and still(terminal.text) == still(fresh.text), 3,
        lambda: f"after the resizes the screen differs from a new one:\n{text}\n---\n{fresh.text}")


def test_at_40_by_10_the_mode_both_clocks_and_the_sentence_are_left(sample, screen):
    terminal = screen(sample(), 40, 10)
    text = terminal.wait_for(lambda text: "04:31" in text and "14:01" in text and "must" in text)
    assert "REHEARSAL" in text


@pytest.mark.parametrize("columns, rows", [(20, 3), (1, 1), (300, 80), (500, 5), (5, 100)])
def test_it_starts_at_any_size(hub, screen, columns, rows):
    terminal = screen(hub(at="Sun 04:31"), columns, rows)
    terminal.wait_for(lambda text: text.strip())
    terminal.settle()
    assert terminal.process.poll() is None
    terminal.type("q")
    assert terminal.wait_exit() == 0


def test_a_storm_of_resizes_leaves_a_whole_screen(sample, screen):
    terminal = screen(sample())
    terminal.wait_for("Payments")
    for n in range(60):
        terminal.resize(30 + n * 3 % 170, 5 + n * 7 % 50)
        terminal.pump(0)
    terminal.resize(80, 24)
    terminal.settle()
    terminal.type("\x0c")  # redraw
    terminal.wait_for(lambda text: "Sun 14 Sep  04:3" in text and "Payments" in text
        and re.search(r"(?m)^\s*SOURCES ", text), 3)


# --------------------------------------------------------------------------------------------------- where is no screen


def test_on_a_dumb_terminal_open_prints_the_status_once_and_exits_0(sample, folder):
    hub = sample()
    terminal = Terminal([WARROOM, "open", "--socket", hub.socket], folder, 200, 60, env={"TERM": "dumb"})
    try:
        assert terminal.wait_exit() == 0
        assert b"\x1b" not in terminal.raw
        assert "Monthly Server Patching" in terminal.text and "EST (EDT, UTC-4)" in terminal.text
    finally:
        terminal.close()


@pytest.mark.parametrize("term", [None, "", "no-such-terminal"])
def test_on_a_terminal_that_nobody_knows_the_night_is_shown_all_the_same(sample, folder, term):
    hub = sample()
    terminal = Terminal([WARROOM, "open", "--socket", hub.socket], folder, 200, 60, env={"TERM": term})
    try:
        terminal.wait_for(lambda text: "Monthly Server Patching" in text and "EST (EDT, UTC-4)" in text)
        assert terminal.process.poll() in (None, 0)
    finally:
        terminal.close()


def test_with_standard_output_in_a_pipe_open_prints_the_status_once_and_exits_0(sample):
    hub = sample()
    result = hub.run("open")
    assert result.code == 0 and "Monthly Server Patching" in result.out and "\x1b" not in result.out, result
    for name in ("IC-Web4", "Payments", "smoke-1", "before-web6-10"):
        assert name.lower().replace("-", " ") in result.out.lower().replace("-", " "), (
            f"the status does not speak of {name}")


def test_without_a_utf_8_locale_every_byte_is_ascii(sample, screen):
    terminal = screen(sample(), env={"LANG": "C", "LC_ALL": "C"})
    terminal.wait_for("Payments")
    terminal.settle()
    assert max(terminal.raw) < 0x80


def test_no_color_is_honoured(sample, screen):
    terminal = screen(sample(), env={"NO_COLOR": "1"})
    terminal.wait_for("Payments")
    colours = re.findall(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m", bytes(terminal.raw))
    assert not colours


# -------------------------------------------------------------------------------------------------------------- themes

THEME = "background #000010\nplain #FEDCBA\nact #FF8800 bold\n"


def colours(terminal):
    """What has been drawn in since it was last asked, by the numbers of the 256 colours."""
    raw = bytes(terminal.raw)
    return {int(n) for n in re.findall(rb"38;5;(\d+)", raw)}


def nearest(red, green, blue):
    cube = [0, 95, 135, 175, 215, 255]
    near = [min(range(6), key=lambda n: abs(cube[n] - value)) for value in (red, green, blue)]
    return 16 + 36 * near[0] + 6 * near[1] + near[2]


def test_a_theme_file_is_used_and_read_anew_when_it_changes(hub, screen, folder):
    mine = folder / "mine.theme"
    put(mine, THEME)
    terminal = screen(hub(at="Sun 04:31", speed=0), 80, 24, "--theme", str(mine))
    terminal.wait_for("Alpha")
    terminal.settle()
    assert nearest(0xFE, 0xDC, 0xBA) in colours(terminal)
    terminal.raw.clear()
    put(mine, THEME.replace("FEDCBA", "00FF00"))
    wait_until(lambda: terminal.pump(0.05) is not None and nearest(0, 255, 0) in colours(terminal), 4,
        "the new colour is not drawn")
    put(mine, THEME.replace("#FEDCBA", "pink"))
    terminal.wait_for(lambda text: "mine.theme:2: 'pink' is no colour" in text, 4)
    terminal.type("?")
    terminal.wait_for("KEYS")  # the old look stays, and all goes on
    put(mine, THEME)
    terminal.raw.clear()
    wait_until(lambda: terminal.pump(0.05) is not None and nearest(0xFE, 0xDC, 0xBA) in colours(terminal), 4,
        "the mended file is not taken")


def test_a_file_of_ones_own_goes_before_the_theme_that_is_built_in(hub, screen, folder):
    put(folder / "config" / "warroom" / "themes" / "light.theme", THEME)
    hub = hub(at="Sun 04:31")
    home = {"XDG_CONFIG_HOME": str(folder / "config")}
    terminal = screen(hub, 80, 24, "--theme", "light", env=home)
    terminal.wait_for("Alpha")
    terminal.settle()
    assert nearest(0xFE, 0xDC, 0xBA) in colours(terminal)
    # The screen opens although the default theme is broken.
    put(folder / "config" / "warroom" / "themes" / "dark.theme", "plain puce\n")
    broken = screen(hub, 80, 24, env=home)
    broken.wait_for("dark.theme:1: 'puce' is no colour")
    assert broken.process.poll() is None


@pytest.mark.parametrize("theme, words", [("neon", "there is no theme 'neon'"),
    ("./none.theme", "there is no theme file"), ("bad.theme", "bad.theme:1: 'x' is no role")])
def test_what_is_no_theme_ends_with_2_and_says_where(hub, folder, theme, words):
    put(folder / "bad.theme", "x #000000\n")
    hub = hub(at="Sun 04:31")
    done = subprocess.run([WARROOM, "open", "--socket", hub.socket, "--theme", theme], capture_output=True,
        env=environment(folder), cwd=folder, timeout=10)
    assert done.returncode == 2 and words in done.stderr.decode(), done


def test_a_program_that_was_moved_has_its_themes_with_it(hub, folder):
    import shutil
    moved = folder / "elsewhere" / "warroom"
    moved.parent.mkdir()
    shutil.copy2(WARROOM, moved)
    hub = hub(at="Sun 04:31")
    for theme in ("dark", "light", "high-contrast", "colour-blind-safe", "monochrome"):
        terminal = Terminal([moved, "open", "--socket", hub.socket, "--theme", theme], folder)
        try:
            terminal.wait_for("Alpha")
            terminal.type("q")
            assert terminal.wait_exit() == 0
        finally:
            terminal.close()


@pytest.mark.parametrize("term, colorterm, depth", [
    ("xterm-256color", None, 256), ("xterm", None, 8), ("xterm", "truecolor", 1 << 24),
    ("xterm-256color", "24bit", 1 << 24),
    ("screen", "truecolor", 256), ("screen", None, 8), ("linux", None, 8), ("vt100", None, 0)])
def test_as_many_colours_as_the_terminal_has(hub, screen, term, colorterm, depth):
    terminal = screen(hub(at="Sun 04:31"), env={"TERM": term, "COLORTERM": colorterm})
    terminal.wait_for("Alpha")
    terminal.settle()
    raw = bytes(terminal.raw)
    assert bool(re.search(rb"38;2;\d+;\d+;\d+m", raw)) == (depth == 1 << 24)
    assert (b"38;2;221;227;233m" in raw) == (depth == 1 << 24), "the theme's own colour, not one near it"
    assert bool(re.search(rb"38;5;\d+", raw)) == (depth == 256)
    assert bool(re.search(rb"\x1b\[(?:[01];)*3[0-7]m", raw)) == (depth == 8)


@pytest.mark.parametrize("name", ["direct", "256"])
def test_the_entries_that_the_program_has_with_it_are_those_that_are_written_down(folder, name):
    subprocess.run(["tic", "-x", "-o", folder / "db", ROOT / "scripts" / "direct.terminfo"], check=True)
    header = (ROOT / "Sources" / "CNcurses" / "direct.h").read_text()
    carried = "".join(re.findall(r'"(.*)"', header.split(f"terminfo_{name}[] =", 1)[1].split(";")[0]))

    def told(terminfo):
        env = {"PATH": os.environ["PATH"], "TERMINFO": str(terminfo)}
        listed = subprocess.run(["infocmp", "-x", "-1", f"warroom-{name}"], env=env, check=True, capture_output=True,
            text=True).stdout
        return [line for line in listed.splitlines() if not line.startswith("#")]

    assert told(carried) == told(folder / "db")


def test_keys_and_mouse_work_where_all_colours_are_shown(hub, screen):
    terminal = screen(hub(at="Sun 04:31"), env={"COLORTERM": "truecolor"})
    terminal.wait_for("Alpha")
    terminal.type("?")
    terminal.wait_for("KEYS")
    terminal.type("\x1b[6~")
    terminal.wait_for("more above")
    terminal.type("\x1bOF")
    terminal.wait_for(lambda text: re.search(r"(?m)^ +0 +sources(?s:.*)^ +:pane +pipelines", text))
    terminal.type("\x1b[<65;10;10M")
    terminal.wait_for("this is the end")


# -------------------------------------------------------------------------------------------------------------- at rest


def test_an_idle_screen_costs_its_clock_and_nothing_else(sample, screen):
    hub = sample()
    hub.run("emit", "/dev/null")
    terminal = screen(hub)
    terminal.wait_for("Payments")
    terminal.settle()
    written = terminal.listen(3)
    assert 0 < len(written) < 300, f"{len(written)} bytes in 3 s: {written!r}"


def test_with_a_clock_that_stands_still_nothing_is_written_at_all(hub, screen):
    hub = hub(at="Sun 04:31", speed=0)
    terminal = screen(hub)
    terminal.wait_for("Alpha")
    terminal.settle(0.5)
    written = terminal.listen(2)
    assert len(written) < 100, f"{len(written)} bytes in 2 s: {written!r}"


# ----------------------------------------------------------------------------------------------------------------- keys


def test_a_key_is_drawn_at_once(hub, screen):
    terminal = screen(hub(at="Sun 04:31", speed=0))  # no clock that ticks can hide a late drawing
    terminal.wait_for("Alpha")
    for _ in range(3):
        terminal.type("?")
        terminal.wait_for("KEYS", 0.5)
        terminal.type("\x1b")
        terminal.wait_for(lambda text: "KEYS" not in text, 1)


def test_the_help_lists_the_keys_and_escape_goes_back(hub, screen):
    terminal = screen(hub(at="Sun 04:31"), 120, 50)
    terminal.wait_for("Alpha")
    terminal.type("?")
    terminal.wait_for(lambda text: "KEYS" in text and "zoom" in text)
    text = terminal.settle()
    terminal.type("\x1b[6~")  # a page further on are those that do nothing to the night
    text += terminal.wait_for(lambda text: "more above" in text and "more below" not in text)
    for key in ("Tab", "Space", "Enter", "/", "z", "q"):
        assert re.search(rf"(?m)(^|\s){re.escape(key)}( +\S+)*  ", text), f"{key} is not explained:\n{text}"
    terminal.type("\x1b")
    terminal.wait_for(lambda text: "Alpha" in text and "KEYS" not in text)


def test_a_key_that_does_nothing_now_says_why(hub, screen):
    terminal = screen(hub(at="Sun 04:31"))
    terminal.wait_for("Alpha")
    before = terminal.settle().splitlines()[-2:]
    terminal.type(" ")
    terminal.wait_for(lambda text: text.splitlines()[-2:] != before, 3)


def test_a_presenter_cannot_write_and_the_screen_says_so(sample, screen):
    hub = sample()
    terminal = screen(hub, 80, 24, "--present")
    terminal.wait_for(lambda text: "VIEW ONLY" in text.upper())
    before = hub.entries()[-1]["entry"]
    for key in "\tzj jj \x1bs\r\x1b\t\t\tz j \x1b":
        terminal.type(key)
        terminal.settle(0.05)
    marks = [e for e in hub.entries() if e["entry"] > before and e["event"]["type"] != "warroom.refusal"
        and e.get("via") is None]
    assert not marks
    assert terminal.process.poll() is None


def test_open_as_a_lesser_role_can_do_no_more_than_that_role(hub, screen):
    from test_path import focus_reviews
    hub = hub(at="Sun 04:31")
    terminal = screen(hub, 80, 24, "--as", "monitoring")
    terminal.wait_for("Alpha")
    focus_reviews(terminal, "Second check")
    terminal.type(" ")
    terminal.settle()
    assert {c["id"]: c for c in hub.status()["boards"][1]["teams"][0]["checks"]}["two"]["mark"] == "pending"
    assert re.search("(?i)may not|team|refused", terminal.lines[-1]), f"the refusal is not said: {terminal.lines[-1]}"


def test_a_tick_while_the_hub_is_dead_is_not_shown_as_done(hub, screen):
    from test_path import focus_reviews
    hub = hub(at="Sun 04:31")
    terminal = screen(hub)
    terminal.wait_for("Alpha")
    focus_reviews(terminal, "Second check")
    hub.kill()
    terminal.type(" ")
    terminal.wait_for(lambda text: "THIS PICTURE IS OLD" in text and "The hub has not answered for" in text, 8)
    text = terminal.settle()
    row = next(line for line in text.splitlines() if "Second check" in line)
    assert "✓" not in row, f"what nobody has taken is shown as taken: {row}"
    hub.start()
    terminal.wait_for(lambda text: "THIS PICTURE IS OLD" not in text and "has not answered" not in text, 8)
    # It was taken up after all, or it was not and the screen agrees with the journal.
    mark = {c["id"]: c for c in hub.status()["boards"][1]["teams"][0]["checks"]}["two"]["mark"]
    terminal.wait_for(
        lambda text: ("✓" in next(line for line in text.splitlines() if "Second check" in line)) == (mark == "ok"))


def test_a_screen_that_fell_behind_comes_back_by_itself(hub, screen):
    hub = hub(at="Sun 04:31")
    terminal = screen(hub)
    terminal.wait_for("Alpha")
    with standing_still(terminal.process):
        client = hub.connect()
        for n in range(110):
            client.taken(event("note", "work", {"text": f"{n}", "x": ["x" * 10_000] * 5}))
        hub.ok("mark", "review/alpha/one", "ok")
    terminal.wait_for(lambda text: re.search("Alpha.*(1/2|✓ 1)", text), 10)


def test_issues_are_marked_with_a_text_from_the_keyboard(hub, screen):
    from test_path import focus_reviews
    hub = hub(at="Sun 04:31")
    terminal = screen(hub)
    terminal.wait_for("Alpha")
    focus_reviews(terminal, "Second check")
    terminal.type("m")
    terminal.wait_for(lambda text: re.search(r"i\s+✗ issues", text))
    terminal.type("i")
    terminal.settle()
    terminal.type("503 from the größe")
    terminal.wait_for("503 from the größe")
    terminal.type("\r")

    def check():
        return {c["id"]: c for c in hub.status()["boards"][1]["teams"][0]["checks"]}["two"]
    wait_until(lambda: check()["mark"] == "issues", 3, lambda: f"{check()}\n{terminal.settle()}")
    assert check()["note"] == "503 from the größe"
