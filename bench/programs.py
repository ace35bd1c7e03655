"""The programs that stand side by side: what each is started with, fed by, and ready at."""
import importlib.util
import json
import os
import shutil
import socket
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass

from hub import Lines
from night import STEP, TITLE, event
from pty_run import Screen, now

OURS, FLOOR = "warroom", "C"
SIZE = 200, 60
NOTE = json.dumps(event("note", STEP, {"text": "note ^^"}, "@@"), separators=(",", ":"))
LINE = "12:00:00 #maintenance note @@ ^^"
START = "".join(f"12:00:00 #maintenance step {n} of the night\n" for n in range(1, 40))
HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Program:
    name: str
    argv: list
    env: dict
    texts: tuple           # on the screen, all at once, when it is ready
    fed: tuple = None      # ("socket" | "file", path), None where it watches what it likes
    keys: tuple = None     # that move a selection or the text down and up

    def screen(self, size=SIZE):
        if self.fed and self.fed[0] == "file":  # what was fed in the last turn would stand where the texts are
            with open(self.fed[1], "w") as file:
                file.write(START)
        return Screen(self.argv, *size, self.env)

    @contextmanager
    def feeder(self):
        """What sends one word to the program, and returns when it left."""
        kind, path = self.fed
        if kind == "file":
            put = os.open(path, os.O_WRONLY | os.O_APPEND)
            try:
                yield lambda word: stamped(os.write, put, (LINE.replace("^^", word) + "\n").encode())
            finally:
                os.close(put)
            return
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(path)

            def send(word):
                try:  # what was answered to the one before
                    line.recv(65536, socket.MSG_DONTWAIT)
                except BlockingIOError:
                    pass
                made = NOTE.replace("^^", word).replace("@@", f"{word}-{time.time_ns()}")
                return stamped(line.sendall, made.encode() + b"\n")
            yield send

    def syncs(self):
        """Of the C program's hub: the ms of each sync since this was asked."""
        with Lines(self.fed[1]) as line:
            line.socket.sendall(b"?\n")
            return line.receive()

    def load(self, tools, rate, seconds, first):
        """The arguments of what feeds it at a rate, each event with the word of its place after `first`."""
        kind, path = self.fed
        return [tools["feed"], kind, path, str(rate), str(seconds), str(first), NOTE if kind == "socket" else LINE]


def stamped(act, *what):
    stamp = now()
    act(*what)
    return stamp


def fed_by_file(name, argv, env, folder, keys):
    """A program that follows a file of its own."""
    path = os.path.join(folder, f"{name}.log")
    return Program(name, [*argv, path], env, ("step 39",), ("file", path), keys)


def side_by_side(bench, stack):
    """Ours, the C program, and of the others those that this machine has."""
    hub, fanout = bench.pair(stack)
    programs = [
        Program(OURS, hub.open(), hub.env, (TITLE, "Web10", "Integration", "Regression", "FEED", "quit"),
            ("socket", hub.socket), (b"j", b"k")),
        Program(FLOOR, fanout.open(), fanout.env, (TITLE, "WAIT", "IC-Web56", "STEPS", "loose ends"),
            ("socket", fanout.socket), (b"j", b"k"))]
    env, folder = fanout.env, fanout.folder
    for name, arguments, keys in (
            ("multitail", [], None), ("lnav", [], (b"k", b"j")), ("tail", ["-n", "50", "-f"], None)):
        if path := shutil.which(name):
            programs.append(fed_by_file(name, [path, *arguments], env, folder, keys))
    # btop does not ask for the application's arrows, as ncurses does.
    for name, text, arrow in (("btop", "proc", b"\x1b["), ("htop", "Load average", b"\x1bO")):
        if path := shutil.which(name):
            programs.append(Program(name, [path], env, (text,), keys=(arrow + b"B", arrow + b"A")))
    for name in ("textual", "rich"):
        if importlib.util.find_spec(name) and importlib.util.find_spec("rich"):
            app = os.path.join(HERE, "peers", f"{name}_night.py")
            programs.append(fed_by_file(name, [sys.executable, "-B", app], env, folder, (b"j", b"k")))
    return programs


NAMES = OURS, FLOOR, "multitail", "btop", "htop", "lnav", "tail", "textual", "rich"
