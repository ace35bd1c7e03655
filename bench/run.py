#!/usr/bin/env python3
"""Measures warroom beside a minimal C ncurses program and others of its kind, then against bare sqlite3, and prints two
tables.

Exit codes: 0 every figure of ours is there, met or missed; 1 one is missing; 2 wrong usage. Another program that is not
installed, or does not do what is measured, is a "-".
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from figures import Figure, Row, side_table, table
from measure import ALL, WIDE, Bench
from process import Failure
from programs import FLOOR, NAMES, OURS

HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = ("baseline", "bare_sqlite", "crowd", "fanout", "feed", "load", "readers")


def build(folder):
    tools = {}
    for name in TOOLS:
        source, tools[name] = os.path.join(HERE, name + ".c"), os.path.join(folder, name)
        if os.path.exists(tools[name]) and os.path.getmtime(tools[name]) > os.path.getmtime(source):
            continue
        argv = [os.environ.get("CC", "cc"), "-std=c11", "-O2", "-Wall", "-Wextra", "-o", tools[name], source,
            "-lncursesw", "-ltinfo", "-lsqlite3"]
        try:
            done = subprocess.run(argv, capture_output=True, text=True, timeout=120)
        except OSError as error:
            raise Failure(f"the C baseline needs a C compiler: {error}") from None
        if done.returncode != 0:
            raise Failure(
                f"{name}.c does not compile (libncurses-dev and libsqlite3-dev are needed): {done.stderr.strip()}")
    return tools


def file_system(folder):
    with open("/proc/self/mounts") as mounts:
        entries = [line.split()[1:3] for line in mounts]
    inside = [(point, kind) for point, kind in entries if os.path.commonpath([point, folder]) == point]
    return max(inside, key=lambda entry: len(entry[0]))[1]


def end_on_signals():
    # An exception unwinds every `with`, so whatever ends the bench ends its children too.
    def leave(number, _):
        raise SystemExit(128 + number)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, leave)


def size(text):
    columns, _, rows = text.partition("x")
    return int(columns), int(rows)


def arguments():
    parser = argparse.ArgumentParser(description="Measures warroom against a minimal C program.")
    parser.add_argument("--warroom", required=True, help="the release binary")
    parser.add_argument("--only", action="append", choices=ALL, help="one measurement, may be repeated")
    parser.add_argument("--rounds", type=int, default=2, help="turns of each side (2); more make medians steadier")
    parser.add_argument("--entries", type=int, default=200_000, help="length of the long night (200000)")
    parser.add_argument("--feed-size", type=size, default=WIDE, metavar="COLSxROWS",
        help="a screen on which the feed is shown (200x50)")
    parser.add_argument("--folder", default=os.path.join(os.path.dirname(HERE), ".build-bench"),
        help="where on the disk to work (.build-bench of the repository)")
    parser.add_argument("--json", metavar="FILE", help="the figures as JSON too")
    return parser.parse_args()


def main():
    chosen = arguments()
    warroom = os.path.abspath(chosen.warroom)
    if not os.access(warroom, os.X_OK) or os.path.isdir(warroom):
        print(f"bench: {chosen.warroom} is not a program; build the release first", file=sys.stderr)
        return 2
    if chosen.rounds < 1 or chosen.entries < 1:
        print("bench: --rounds and --entries are at least 1", file=sys.stderr)
        return 2
    end_on_signals()
    folder = os.path.abspath(chosen.folder)
    os.makedirs(folder, exist_ok=True)
    load = os.getloadavg()[0]
    base = tempfile.mkdtemp(prefix="bench-", dir=folder)
    try:
        bench = Bench(warroom, build(folder), base, chosen.rounds, chosen.entries, chosen.feed_size)
        figures = []
        for name in chosen.only or ALL:
            began = time.monotonic()
            try:
                figures += ALL[name](bench)
            except (Failure, OSError, ValueError, subprocess.SubprocessError) as error:
                figures.append(Figure(name, "", missing=" ".join(str(error).split())))
            print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
        _, sync, _ = bench.bare(base, 0.2)
    except Failure as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(base, ignore_errors=True)
    kind = file_system(folder)
    machine = (
        f"{os.cpu_count()} cores, load {load:.1f} at first, {os.getloadavg()[0]:.1f} at the end (compare ratios), "
        f"Linux {os.uname().release}, {kind}, fdatasync median {sync:.3f} ms (210 B appended)")
    rows = [one for one in figures if isinstance(one, Row)]
    if rows:
        print(side_table(rows, NAMES), end="\n\n")
    others = [one for one in figures if not isinstance(one, Row)]
    if others:
        print(table(others), end="\n\n")
    print(machine)
    documents = [one.document(NAMES) if isinstance(one, Row) else one.document() for one in figures]
    figures = [one.figure(OURS, FLOOR) if isinstance(one, Row) else one for one in figures]
    for figure in figures:
        if figure.missing:
            print(f"NO FIGURE for {figure.name}: {figure.missing}")
    if kind in ("tmpfs", "ramfs"):
        print("warning: this folder is memory, not a disk; the durable figures say nothing")
    if chosen.json:
        with open(chosen.json, "w") as out:
            json.dump({"machine": machine, "figures": documents}, out, indent=1, ensure_ascii=False)
    return 1 if any(figure.missing for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
