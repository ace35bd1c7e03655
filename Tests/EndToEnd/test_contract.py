"""docs/contract.md is what the program does: its commands are run, and held against what the program says of them."""

import os
import re
import shlex
import subprocess

import pytest

from pages import BUILT, PAGE, SECTIONS, contracts_night, fits, tables, words
from programs import BIN, environment, one_sentence, run


def test_the_page_has_the_sections_that_comments_refer_to():
    assert list(SECTIONS) == [
        "Commands", "Where the hub is", "Time", "The socket", "Events", "Claims", "Loose ends", "Test counts",
        "The runbook", "Roles", "The samples", "Sources", "Lint", "Live and close", "status --json",
        "Agreed, not built yet"]


# ------------------------------------------------------------------------------------------------------------- examples


def consoles():
    """Each command of the page, what it prints and its exit code, in order."""
    found = []
    for line in "".join(PAGE.blocks("console", BUILT)).splitlines():
        code = re.fullmatch(r"# exit (\d+)", line)
        if line.startswith("$ "):
            found.append([line[2:], "", 0])
        elif code:
            found[-1][2] = int(code[1])
        elif line.startswith("  ") and found[-1][0].endswith("\\"):
            found[-1][0] += "\n" + line
        else:
            found[-1][1] += line + "\n"
    return found


CONSOLES = consoles()


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """The page's commands, run by one shell one after the other; of each its outputs and its exit code."""
    folder = tmp_path_factory.mktemp("contract")
    (folder / "run").mkdir(mode=0o700)
    contracts_night(folder)
    script = "exec </dev/null\n"
    for number, (command, _, _) in enumerate(CONSOLES):
        if command.endswith("&"):
            script += f"{command}\n: >{number}.out; : >{number}.err; echo 0 >{number}.code\n"
        else:
            script += f"{{ {command}\n}} >{number}.out 2>{number}.err; echo $? >{number}.code\n"
    env = environment(folder, PATH=f"{BIN}:{os.environ['PATH']}", XDG_RUNTIME_DIR=folder / "run")
    shell = subprocess.Popen(["bash", "-c", script + "wait\n"], cwd=folder, env=env, start_new_session=True)
    try:
        shell.wait(60)
    finally:
        try:
            os.killpg(shell.pid, 9)
        except ProcessLookupError:
            pass
    numbers = range(len(CONSOLES))
    return [[(folder / f"{number}.{part}").read_text() for part in ("out", "err", "code")] for number in numbers]


@pytest.mark.parametrize("number", range(len(CONSOLES)), ids=lambda number: f"{number}-{CONSOLES[number][0][:60]}")
def test_a_command_of_the_page_prints_and_exits_as_it_says(session, number):
    command, wanted, code = CONSOLES[number]
    out, err, ended = session[number]
    assert int(ended) == code, f"{command}: exit {ended}{out}{err}"
    assert fits(wanted, out + err), f"{command}\n--- the page\n{wanted}--- the program\n{out}{err}"
    assert not code or err or command.startswith("warroom check"), f"{command}: no sentence on standard error"


def test_an_output_that_the_page_does_not_have_is_found_out():
    """The test above can fail."""
    assert fits("a … c\n…\n", "a b c\nd\ne\n") and fits("", "") and fits("…\nlast\n", "last\n")
    for other in ("a b d\n", "x a b c\n", "", "a b c\nd"):
        assert not fits("a … c\n", other), other


# ------------------------------------------------------------------------------------------------- commands and options


def usages(text):
    """Of each command how many arguments it takes, and its options: whether each takes a value."""
    found = {}
    for line in re.findall(r"(?m)^warroom ([a-z-]+.*)$", text):
        name, _, rest = line.partition(" ")
        options = {option: bool(value) for option, value in re.findall(r"\[(--[a-z-]+)(?: ([^\]]+))?\]", rest)}
        options.pop("--socket", None)
        found[name] = (len(re.sub(r"\[--[^\]]*\]", "", rest).split()), options)
    return found


WRITTEN = usages(PAGE.blocks("", SECTIONS["Commands"])[0])


def help_of(folder, *arguments):
    result = run(*arguments, folder=folder)
    assert result.code == 0, result
    return result.out


def test_the_commands_of_the_page_are_those_of_the_program_with_their_arguments_and_options(folder):
    names = re.findall(r"(?m)^  ([a-z-]+) ", help_of(folder, "help"))
    hub = [BIN / "warroom-hub", "--help"]
    listing = subprocess.run(hub, capture_output=True, text=True, env=environment(folder)).stdout
    hubs = re.findall(r"(?m)^  ([a-z]+)  ", listing.split("SUBCOMMANDS:")[1])
    assert set(hubs) <= set(names), "a command of warroom-hub is not in `warroom help`"
    found, takes_socket = {}, set()
    for name in names:
        text = help_of(folder, name, "--help")
        usage = text.split("\n")[0] if name not in hubs else re.search(r"USAGE: (warroom .*)", text)[1]
        found |= usages(re.sub(r"<([a-z-]+)>", r"\1", usage))
        takes_socket |= {name} if "--socket" in usage else set()
    assert WRITTEN == found
    apart = re.search(r"Every command but `(\w+)` takes `--socket PATH`", SECTIONS["Commands"])[1]
    assert set(names) - takes_socket == {apart}


def test_every_command_has_an_example_on_the_page():
    shown = {name for command, _, _ in CONSOLES for name in re.findall(r"\bwarroom ([a-z-]+)", command)}
    assert not set(WRITTEN) - shown, f"no example of {sorted(set(WRITTEN) - shown)}"


def examples():
    """Of each command that talks to a hub an example that exits 0."""
    found = {}
    for command, _, code in CONSOLES:
        if code or not command.startswith("warroom ") or command == "warroom verify state":
            continue
        arguments = shlex.split(re.split("[|>]", command)[0])[1:]
        found.setdefault(arguments[0], arguments)
    return found


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - {"serve", "rehearse", "check"}))
def test_without_a_hub_a_command_exits_3(folder, name):
    result = run(*examples().get(name, [name]), "--socket", folder / "nobody.sock", folder=folder)
    assert result.code == 3, result
    one_sentence(result, "nobody.sock")


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_an_option_that_a_command_does_not_take_exits_2(folder, name):
    result = run(name, *["x"] * WRITTEN[name][0], "--frobnicate", folder=folder)
    assert result.code == 2, result
    one_sentence(result, "frobnicate")


# ----------------------------------------------------------------------------------------------------- where the hub is


def test_the_socket_is_the_first_that_the_page_names(folder):
    """Each row is left out in its turn; that in /run, test_place.py tries."""
    names = [words(row[1])[0] for row in tables(SECTIONS["Where the hub is"])[0][1:]]
    assert names[:4] == ["--socket", "$WARROOM_SOCKET", "socket:", "/run/warroom/ID.sock"] and len(names) == 6
    told = {"WARROOM_SOCKET": f"{folder}/env.sock", "XDG_RUNTIME_DIR": f"{folder}/xdg-run"}
    plain, own = contracts_night(folder), contracts_night(folder, "socket: own.sock\n", "own.yaml")

    def where(runbook, *options, **changes):
        env = environment(folder, **{**told, **changes})
        arguments = [BIN / "warroom-hub", "where", runbook, *options]
        return subprocess.run(arguments, capture_output=True, text=True, cwd=folder, env=env).stdout.splitlines()[1]

    def meant(name):
        for variable, value in told.items():
            name = name.replace(f"${variable}", value)
        return name.replace("UID", str(os.getuid())).replace("ID.", "shop-2025-09-14.")
    assert where(own, "--socket", folder / "told.sock") == f"{folder}/told.sock"
    assert where(own) == meant(names[1])
    assert where(own, WARROOM_SOCKET=None) == f"{folder}/own.sock"
    if not os.access("/run/warroom", os.W_OK):
        assert where(plain, WARROOM_SOCKET=None) == meant(names[4])
        assert where(plain, WARROOM_SOCKET=None, XDG_RUNTIME_DIR=None) == meant(names[5])
