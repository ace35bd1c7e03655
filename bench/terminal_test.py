#!/usr/bin/env python3
"""Tries our terminal on recorded runs: it must show, cell by cell, what pyte shows and what tmux shows.

terminal_test.py WARROOM; exit code 1 where a row differs.
"""
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack

from measure import Bench
from programs import side_by_side
from run import HERE, build, end_on_signals
from terminal import LINES, Picture
from words import word

sys.path.append(os.path.join(HERE, os.pardir, "Tests", "EndToEnd"))
SIZES = (200, 60), (120, 35)
KEYS = b"j", b"j", b"k", b"\t", b"j", b"z", b"z", b"?", b"\x1b", b"G", b"k"


def recorded(bench, program, size):
    """What the program writes for keys, single events and a load."""
    with program.screen(size) as screen:
        screen.rest(1)
        if program.keys:
            for key in KEYS:
                screen.send(key)
                screen.rest(0.1)
        if program.fed:
            with program.feeder() as feed:
                for number in range(30):
                    feed(word(number))
                    screen.rest(0.04)
            subprocess.run(program.load(bench.tools, 1000, 1, 1 << 16), capture_output=True, timeout=30)
            screen.rest(0.5)
        return b"".join(piece for _, piece in screen.log)


def by_us(data, size):
    picture = Picture(*size)
    for at in range(0, len(data), 1000):  # sequences and letters are cut, as a pty cuts them
        picture.feed(data[at:at + 1000])
    return picture.text()


def by_pyte(data, size):
    import emulator
    screen = emulator.Screen(*size)
    emulator.Stream(screen).feed(data)
    return screen.display


def by_tmux(data, size, folder, wanted):
    path, columns, rows = os.path.join(folder, "recorded"), *map(str, size)
    with open(path, "wb") as file:
        file.write(data)
    tmux = ["tmux", "-S", os.path.join(folder, "tmux"), "-f", "/dev/null"]
    env = {name: value for name, value in os.environ.items() if name != "TMUX"} | {"LC_ALL": "C.UTF-8"}
    call = lambda *words: subprocess.run([*tmux, *words], env=env, capture_output=True, text=True, timeout=10)
    call("new-session", "-d", "-x", columns, "-y", rows, f"stty raw -echo; sleep 0.3; cat '{path}'; exec sleep 60")
    call("set", "-g", "status", "off")
    call("resize-window", "-x", columns, "-y", rows)
    try:
        deadline = time.monotonic() + 3
        while True:
            shown = call("capture-pane", "-p").stdout.split("\n")[:size[1]]
            if time.monotonic() > deadline or unlike(wanted, shown) == 0:
                return shown
            time.sleep(0.1)
    finally:
        call("kill-server")


# Lines that are drawn as letters of another set: xterm shows lines, the two others tell the letters.
LETTERS = {line: letter for letter, line in LINES.items()}


def unlike(ours, theirs):
    theirs = theirs + [""] * (len(ours) - len(theirs))
    same = lambda a, b: a.translate(LETTERS).rstrip() == b.translate(LETTERS).rstrip()
    return sum(not same(a, b) for a, b in zip(ours, theirs))


def main():
    end_on_signals()
    folder = os.path.join(os.path.dirname(HERE), ".build-bench")
    os.makedirs(folder, exist_ok=True)
    failed = False
    with tempfile.TemporaryDirectory(prefix="test-", dir=folder) as base, tempfile.TemporaryDirectory() as short:
        bench = Bench(os.path.abspath(sys.argv[1]), build(folder), base, 1, 1)
        with ExitStack() as stack:
            for program in side_by_side(bench, stack):
                for size in SIZES:
                    data = recorded(bench, program, size)
                    ours = by_us(data, size)
                    pyte, tmux = unlike(ours, by_pyte(data, size)), unlike(ours, by_tmux(data, size, short, ours))
                    failed |= max(pyte, tmux) > 0
                    print(f"{program.name} {size[0]}x{size[1]}, {len(data):,} bytes: rows unlike pyte's {pyte}, "
                        f"unlike tmux's {tmux}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
