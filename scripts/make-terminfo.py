#!/usr/bin/env python3
"""Writes Sources/CNcurses/direct.h from scripts/direct.terminfo, by tic and infocmp; a test holds one to the other."""
import os
import pathlib
import subprocess
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
with tempfile.TemporaryDirectory() as folder:
    subprocess.run(["tic", "-x", "-o", folder, root / "scripts/direct.terminfo"], check=True)
    told = {
        name: subprocess.run(
            ["infocmp", "-x", "-0", "-Q2", f"warroom-{name}"], env=os.environ | {"TERMINFO": folder}, check=True,
            capture_output=True, text=True).stdout
        for name in ("direct", "256")}
lines = [
    "// scripts/direct.terminfo as tic makes it, in the form that TERMINFO may have; made by scripts/make-terminfo.py.",
]
width = 112
for name, text in told.items():
    entry = next(line for line in text.splitlines() if line.startswith("b64:"))
    lines.append(f"static const char terminfo_{name}[] =")
    lines += [f'    "{entry[at:at + width]}"' for at in range(0, len(entry), width)]
    lines[-1] += ";"
(root / "Sources/CNcurses/direct.h").write_text("\n".join(lines) + "\n")
