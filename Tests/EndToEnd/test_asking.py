"""What a terminal is asked, and answers at once, late, in pieces, wrongly or not at all: its ground, and UTF-8."""

import os
import re
import subprocess
import time

import pytest

from nights import put
from programs import WARROOM, Terminal, wait_until

GROUND = b"\x1b]11;?\x07"
FOLLOW, UNFOLLOW = b"\x1b[?2031h", b"\x1b[?2031l"
PLACE = b"\x1b[6n"
LIGHT, DARK = b"\x1b]11;rgb:fbfb/fafa/f7f7\x07", b"\x1b]11;rgb:0d0d/1111/1717\x07"
# The grounds of the two built-in themes among the 256 colours.
ON_LIGHT, ON_DARK = b"48;5;231m", b"48;5;233m"


class Answering(Terminal):
    """A terminal that answers questions: each with bytes, or with pieces that come one after the other."""

    def __init__(self, argv, folder, answers, **how):
        self.answers, self.looked = answers, 0
        super().__init__(argv, folder, **how)

    def pump(self, timeout):
        there = super().pump(timeout)
        raw, seen = bytes(self.raw), self.looked
        for question, answer in self.answers.items():
            for found in re.finditer(re.escape(question), raw[seen:]):
                self.looked = max(self.looked, seen + found.end())
                for piece in [answer] if isinstance(answer, bytes) else answer:
                    os.write(self.master, piece)
                    time.sleep(0.005 if piece is not answer else 0)
        # The rest of a question may be on its way.
        self.looked = max(self.looked, len(raw) - 8)
        return there


@pytest.fixture
def asked(folder, hub):
    """Opens a screen on the little night in a terminal that answers."""
    opened = []
    served = hub(at="Sun 04:31", speed=0)

    def start(answers, *options, argv=None, **how):
        made = Answering(
            argv or [WARROOM, "open", "--socket", served.socket, *options], folder, answers,
            env={"LANG": "C.UTF-8"} | how.pop("env", {}), **how)
        made.hub = served
        opened.append(made)
        return made

    yield start
    for made in opened:
        made.close()


def ground(terminal, wanted, seconds=3):
    """Waits until the last whole picture has that ground."""
    other = ON_DARK if wanted == ON_LIGHT else ON_LIGHT

    def is_there():
        terminal.pump(0.05)
        raw = bytes(terminal.raw)
        return raw.rfind(wanted) > raw.rfind(other)
    wait_until(is_there, seconds, lambda: f"the ground is not {wanted}:\n{bytes(terminal.raw)[-2000:]}")


def shows(terminal):
    terminal.wait_for("Alpha")
    terminal.settle()


# ---------------------------------------------------------------------------------------------------------- the ground


@pytest.mark.parametrize("answer", [
    LIGHT, b"\x1b]11;rgb:fb/fa/f7\x1b\\", b"\x1b]11;rgba:fbfb/fafa/f7f7/ffff\x07",
    [b"\x1b", b"]1", b"1;rgb:fbfb/f", b"afa/f7f7", b"\x07"],
    [b"\x1b]11;rgb:fbfb/fafa/f7f7\x1b", b"\\"]])
def test_on_a_light_ground_the_screen_is_light(asked, answer):
    terminal = asked({GROUND: answer})
    shows(terminal)
    ground(terminal, ON_LIGHT)
    assert terminal.process.poll() is None


def test_on_a_dark_ground_and_on_one_that_says_nothing_it_is_dark(asked):
    for answers in ({GROUND: DARK}, {}):
        terminal = asked(answers)
        shows(terminal)
        assert ON_DARK in terminal.raw and ON_LIGHT not in terminal.raw


def test_an_answer_that_comes_late_is_followed_and_is_no_key(asked):
    terminal = asked({})
    shows(terminal)
    ground(terminal, ON_DARK)
    terminal.type("tnode-1 began")
    terminal.wait_for("node-1 began")
    for byte in LIGHT:
        terminal.type(bytes([byte]))
        terminal.pump(0.01)
    ground(terminal, ON_LIGHT)
    terminal.type("!\r")
    wait_until(lambda: any(e["event"]["data"].get("text") == "node-1 began!" for e in terminal.hub.entries()), 3)


@pytest.mark.parametrize("answer", [
    b"\x1b]11;rgb:zzzz/0/0\x07", b"\x1b]11;" + b"f" * 3000 + b"\x07", b"\x1b]11;rgb:ffff/ffff/ffff\r",
    b"\x1b]11;rgb:ffff/ffff/ffff/ffff/ffff\x1b\\", b"\x1b[?997;9n", b"\x1b]52;c;cXVpdAo=\x07", b"\x1b]11;rgb:ffff/ff"])
def test_an_answer_that_is_none_changes_nothing(asked, answer):
    terminal = asked({GROUND: answer})
    shows(terminal)
    assert ON_LIGHT not in terminal.raw and terminal.process.poll() is None
    assert "Really" not in terminal.text and "ROLL-CALL" not in terminal.text


def test_the_theme_follows_when_the_terminal_says_that_it_has_become_light_or_dark(asked):
    terminal = asked({GROUND: DARK})
    shows(terminal)
    assert FOLLOW in terminal.raw
    for news, wanted in [(b"\x1b[?997;2n", ON_LIGHT), (b"\x1b[?997;1n", ON_DARK), (b"\x1b[?997;2n", ON_LIGHT)]:
        terminal.type(news)
        ground(terminal, wanted)
    terminal.type(":theme dark\r")
    ground(terminal, ON_DARK)
    assert terminal.raw.rfind(UNFOLLOW) > terminal.raw.rfind(FOLLOW)
    terminal.type(b"\x1b[?997;2n" + LIGHT)
    terminal.settle()
    assert terminal.raw.rfind(ON_DARK) > terminal.raw.rfind(ON_LIGHT), "a theme that was asked for by name stays"
    terminal.answers = {GROUND: LIGHT}
    terminal.type(":theme auto\r")
    ground(terminal, ON_LIGHT)
    terminal.type("q")
    assert terminal.wait_exit() == 0
    assert terminal.raw.rfind(UNFOLLOW) > terminal.raw.rfind(FOLLOW)


@pytest.mark.parametrize("options, env", [
    (["--theme", "dark"], {}), ([], {"WARROOM_THEME": "dark"}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "linux"}),
    ([], {"TERM": "linux-16color"}), ([], {"TERM": "vt100"}), ([], {"TERM": "vt220"})])
def test_whoever_has_a_theme_or_no_answer_is_not_asked(asked, options, env):
    terminal = asked({GROUND: LIGHT}, *options, env=env)
    shows(terminal)
    assert b"]11;?" not in terminal.raw and FOLLOW not in terminal.raw and ON_LIGHT not in terminal.raw


def test_a_theme_of_the_command_goes_before_that_of_the_environment(asked):
    terminal = asked({}, "--theme", "light", env={"WARROOM_THEME": "dark"})
    shows(terminal)
    ground(terminal, ON_LIGHT)
    told = asked({}, env={"WARROOM_THEME": "puce"})
    told.wait_for("there is no theme 'puce'")
    # What a terminal that does not answer has set is better than nothing.
    given = asked({}, env={"COLORFGBG": "0;15"})
    shows(given)
    ground(given, ON_LIGHT)


def test_a_file_of_ones_own_is_followed_too_and_a_broken_one_is_told(asked, folder):
    light = folder / "config" / "warroom" / "themes" / "light.theme"
    put(light, "background #FFFFFF\nplain #0000FF\n")
    terminal = asked({GROUND: LIGHT}, env={"XDG_CONFIG_HOME": str(folder / "config")})
    shows(terminal)
    wait_until(lambda: terminal.pump(0.05) is not None and b"38;5;21m" in terminal.raw, 3)
    put(light, "plain puce\n")
    broken = asked({GROUND: LIGHT}, env={"XDG_CONFIG_HOME": str(folder / "config")})
    broken.wait_for("light.theme:1: 'puce' is no colour")
    ground(broken, ON_LIGHT)


def test_after_it_was_suspended_the_terminal_is_asked_anew(asked):
    served = asked({}).hub
    script = f'{WARROOM} open --socket {served.socket}; echo "STOPPED with $?"; read; fg; echo "ENDED with $?"'
    terminal = asked({GROUND: DARK}, argv=["bash", "--norc", "-mc", script])
    shows(terminal)
    terminal.type("\x1a")
    terminal.wait_for("STOPPED with 148")
    assert terminal.raw.rfind(UNFOLLOW) > terminal.raw.rfind(FOLLOW)
    terminal.answers = {GROUND: LIGHT}
    terminal.type("\n")
    ground(terminal, ON_LIGHT)
    assert terminal.raw.rfind(FOLLOW) > terminal.raw.rfind(UNFOLLOW)
    terminal.type("q")
    terminal.wait_for("ENDED with 0")


def test_an_answer_that_is_on_its_way_when_the_screen_is_left_is_not_typed_at_the_shell(asked):
    served = asked({}).hub
    script = f'{WARROOM} open --socket {served.socket}; read -t 0.6 -n 1 left; echo "LEFT [$left]"'
    terminal = asked({}, argv=["bash", "--norc", "-c", script])
    wait_until(lambda: terminal.pump(0.01) is not None and GROUND in terminal.raw, 5)
    wait_until(lambda: terminal.pump(0.005) is not None and "Alpha" in terminal.text, 5)
    terminal.type("q")
    terminal.listen(0.1)
    terminal.type(LIGHT)
    terminal.wait_for("LEFT []")


def test_whoever_is_not_asked_leaves_at_once(asked):
    def seconds(*options, **how):
        terminal = asked({}, *options, **how)
        shows(terminal)
        start = time.monotonic()
        terminal.type("q")
        assert terminal.wait_exit() == 0
        return time.monotonic() - start
    # It was asked a while ago, or never: nobody waits for an answer then.
    assert min(seconds("--theme", "dark") for _ in range(3)) < 0.2
    assert min(seconds(env={"TERM": "vt100"}) for _ in range(3)) < 0.2


def test_in_tmux_the_ground_is_followed_that_tmux_knows(asked, folder):
    served = asked({}).hub
    put(folder / "tmux.conf", "set -g window-style 'bg=#fbfaf7'\n")
    terminal = asked({}, argv=["tmux", "-u", "-S", folder / "tmux.sock", "-f", folder / "tmux.conf", "new-session",
                               f"{WARROOM} open --socket {served.socket}"], env={"COLORTERM": "truecolor"})
    try:
        terminal.wait_for("Alpha")
        ground(terminal, ON_LIGHT)
    finally:
        subprocess.run(["tmux", "-S", folder / "tmux.sock", "kill-server"], capture_output=True)


# ------------------------------------------------------------------------------------------------ themes from before

OLD = """background #11151A
plain #D6D9DC
clock #FFFFFF bold
sentence #FFFFFF bold
act #FFB020 bold
gutter #8FA3B5
critical #FFFFFF underline
mode.live #11151A on #D6D9DC bold
"""


def test_a_theme_from_before_loads_and_what_is_no_role_is_told_with_its_line(asked, folder):
    put(folder / "old.theme", OLD)
    terminal = asked({}, "--theme", "./old.theme", columns=120)
    shows(terminal)
    assert "no role" not in terminal.text and b"48;5;233m" in terminal.raw
    put(folder / "odd.theme", OLD + "great #FFFFFF\ngreater #FFFFFF\n")
    terminal.type(":theme ./odd.theme\r")
    terminal.wait_for("odd.theme:9: 'great' is no role and is left out, as is 1 more")
    started = asked({}, "--theme", "./odd.theme", columns=120)
    started.wait_for("odd.theme:9: 'great' is no role and is left out, as is 1 more")
    put(folder / "odd.theme", OLD + "greatest #FFFFFF\n")
    started.wait_for(lambda text: "'greatest' is no role and is left out" in text and "more" not in text, 4)


# --------------------------------------------------------------------------------------------------------------- UTF-8

BARE = {"LANG": None, "LC_ALL": None, "LC_CTYPE": None}


def column(number):
    return f"\x1b[1;{number}R".encode()


def is_utf8(terminal):
    """Whether the picture has signs beyond ASCII; the letter of the question does not count."""
    return max(bytes(terminal.raw).replace("\rë".encode(), b"")) >= 0x80


@pytest.mark.parametrize("env", [{}, {"LANG": "C"}, {"LANG": "POSIX"}, {"LANG": "de_DE.ISO-8859-1"}])
def test_a_terminal_that_shows_utf_8_gets_it_though_no_locale_says_so(asked, env):
    terminal = asked({PLACE: column(2), GROUND: DARK}, env=BARE | env)
    shows(terminal)
    assert is_utf8(terminal)
    raw = bytes(terminal.raw)
    assert raw.startswith("\rë\x1b[6n\r\x1b[K".encode()), "it is asked first, and what was written is erased"
    assert raw.count(PLACE) == 1


@pytest.mark.parametrize("answer", [
    column(3), column(4), column(1), b"\x1b[R", b"\x1b[2R", b"\x1b[1;2;2R", b"\x1b]11;rgb:0/0/0\x07", b"\x1b[1;2", b""])
def test_a_terminal_that_does_not_or_says_nothing_gets_ascii(asked, answer):
    terminal = asked({PLACE: answer}, env=BARE)
    shows(terminal)
    assert not is_utf8(terminal) and terminal.process.poll() is None


def test_an_answer_on_utf_8_that_comes_late_is_no_key_and_in_pieces_it_is_one_answer(asked):
    terminal = asked({}, env=BARE)
    shows(terminal)
    terminal.type("tnode-1 began")
    terminal.wait_for("node-1 began")
    terminal.type(column(2))
    terminal.type("!\r")
    wait_until(lambda: any(e["event"]["data"].get("text") == "node-1 began!" for e in terminal.hub.entries()), 3)
    assert not is_utf8(terminal)
    pieces = asked({PLACE: [b"\x1b", b"[2", b"4;", b"2", b"R"]}, env=BARE)
    shows(pieces)
    assert is_utf8(pieces)


@pytest.mark.parametrize("typed", [b"q" + column(2), column(2) + b"q", [b"\x03", column(2)]])
def test_what_is_typed_while_the_answer_is_waited_for_is_keys(asked, typed):
    terminal = asked({PLACE: typed}, env=BARE)
    assert terminal.wait_exit() == 0
    assert terminal.raw.count(PLACE) == 1


@pytest.mark.parametrize("env", [
    {"LANG": "C.UTF-8"}, {"LANG": "xx_XX.UTF-8"}, {"LC_CTYPE": "C.UTF-8"}, {"LC_ALL": "C"}, {"LC_CTYPE": "POSIX"},
    {"TERM": "linux"}, {"TERM": "linux", "LANG": "C"}])
def test_nothing_is_asked_where_the_locale_says_utf_8_or_was_set_without_and_on_the_console(asked, env):
    terminal = asked({PLACE: column(2)}, env=BARE | env)
    shows(terminal)
    assert PLACE not in terminal.raw
    assert is_utf8(terminal) == ("UTF-8" in str(env))


@pytest.mark.parametrize("env", [BARE, {"LC_ALL": "C"}, {"TERM": "linux"}, {"LANG": "C.UTF-8"}])
def test_whoever_says_which_signs_to_show_gets_them_unasked(asked, env):
    for glyphs in ("utf8", "ascii"):
        terminal = asked({PLACE: column(2 if glyphs == "ascii" else 4)}, "--glyphs", glyphs, env=BARE | env)
        shows(terminal)
        assert PLACE not in terminal.raw
        assert is_utf8(terminal) == (glyphs == "utf8")


def test_glyphs_that_there_are_not_end_it_with_2(hub):
    result = hub(at="Sun 04:31").run("open", "--glyphs", "latin1")
    assert result.code == 2 and "'latin1' are no glyphs: write utf8 or ascii" in result.err


# ---------------------------------------------------------------------------------------------------- a run of one sign


@pytest.mark.parametrize("term, colorterm", [("xterm-256color", None), ("xterm-256color", "24bit"), ("xterm", None)])
def test_a_run_of_one_character_is_sent_as_it_is_because_not_every_terminal_repeats_it(hub, screen, term, colorterm):
    env = {"TERM": term, "COLORTERM": colorterm, "LANG": "C", "LC_ALL": "C"}
    terminal = screen(hub(at="Sun 04:31"), columns=120, rows=35, env=env)
    terminal.wait_for("Alpha")
    terminal.settle()
    assert not re.search(rb"\x1b\[\d+b", bytes(terminal.raw))
