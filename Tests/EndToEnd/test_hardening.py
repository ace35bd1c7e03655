"""What is shipped is built to be attacked: readelf says of both programs what a fault in them would meet."""

import re
import shutil
import subprocess

import pytest

from programs import BIN

PROGRAMS = ["warroom", "warroom-hub"]


def readelf(*words):
    return subprocess.run(["readelf", "--wide", *map(str, words)], capture_output=True, text=True, check=True).stdout


def lacks(program):
    """The properties that a program does not have."""
    segments, dynamic = readelf("--file-header", "--segments", program), readelf("--dynamic", program)
    sections = readelf("--sections", program)
    stack = re.search(r"GNU_STACK.* (R\S*) +\S+$", segments, re.M)
    loaded = re.findall(r"^ +LOAD .* 0x[0-9a-f]+ ([RWE ]{3}) 0x", segments, re.M)
    holds = {
        "PIE": re.search(r"Type: +DYN", segments) and re.search(r"FLAGS_1\).*\bPIE\b", dynamic),
        "RELRO": "GNU_RELRO" in segments,
        "bound at its start": re.search(r"\(FLAGS\).*BIND_NOW|\(FLAGS_1\).*\bNOW\b", dynamic),
        "a stack that does not run": stack and stack[1] == "RW",
        "nothing that is written and run": loaded and not any("W" in flags and "E" in flags for flags in loaded),
        "packed relocations": "(RELR)" in dynamic,
        "no folder of its own to find libraries in": not re.search(r"\(R(UN)?PATH\)", dynamic),
        "no text that is relocated": "TEXTREL" not in dynamic,
        "no names and lines of a debugger": not re.search(r"\.symtab|\.debug_|\.zdebug_", sections),
    }
    return {name for name, held in holds.items() if not held}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_shipped_program_has_all_that_makes_a_fault_hard_to_use(name):
    if BIN.name == "debug":
        pytest.skip("a debug build is not shipped")
    assert lacks(BIN / name) == set()


def test_the_terminal_needs_no_loader_and_no_library():
    if BIN.name == "debug":
        pytest.skip("a debug build is not shipped")
    assert "INTERP" not in readelf("--segments", BIN / "warroom")
    assert "(NEEDED)" not in readelf("--dynamic", BIN / "warroom")


@pytest.mark.parametrize("flags, lacking", [
    ("-no-pie", {"PIE", "packed relocations", "bound at its start", "no names and lines of a debugger"}),
    ("-pie -s -z norelro", {"RELRO", "packed relocations", "bound at its start"}),
    ("-pie -s -z now -z execstack", {"a stack that does not run", "packed relocations"}),
    ("-pie -s -z now -Wl,-rpath,$ORIGIN", {"no folder of its own to find libraries in", "packed relocations"}),
    ("-static -s -z lazy", {"PIE", "packed relocations", "bound at its start"}),
    ("-no-pie -nostdlib -e main -s -Wl,-N",
     {"nothing that is written and run", "PIE", "RELRO", "packed relocations", "bound at its start"}),
])
def test_a_program_that_is_built_without_is_found(flags, lacking, tmp_path):
    if not shutil.which("cc"):
        pytest.skip("no C compiler: what is missing in a program cannot be shown here")
    (tmp_path / "main.c").write_text("int main(void) { return 0; }\n")
    built = subprocess.run(["cc", *("-z lazy " + flags).split(), "-o", tmp_path / "program", tmp_path / "main.c"])
    assert built.returncode == 0
    assert lacks(tmp_path / "program") == lacking


def test_c_that_holds_buffers_guards_its_stack():
    """Ours, and that of the packages: what the compiler made of it lies beside the programs that were built."""
    made = [*BIN.glob("CNcurses.build/**/*.c.o"), *BIN.glob("CYaml.build/**/*.c.o")]
    if BIN.name == "debug" or not made:
        pytest.skip("only the built programs are here, not what they were linked from")
    guarded = {path.name for path in made if "__stack_chk_fail" in readelf("--syms", path)}
    assert guarded >= {"terminal.c.o", "keys.c.o", "signals.c.o", "scanner.c.o", "parser.c.o"}
    assert any(re.search(r"UND __\w+_chk\b", readelf("--syms", path)) for path in made), "nothing is fortified"
