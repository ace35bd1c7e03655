#!/usr/bin/env python3
"""Writes Sources/WarRoomScreen/Look/BuiltInThemes.swift from themes/*.theme; a test holds the one to the other."""
import pathlib

root = pathlib.Path(__file__).resolve().parent.parent
order = ["dark", "light", "high-contrast", "colour-blind-safe", "monochrome"]
lines = [
    "/// The themes of the folder `themes`, so that a program that was moved has them with it. Made by",
    "/// scripts/make-themes.py; a test holds them to the files.",
    "extension Theme {",
    "    static let builtIn: [(name: String, text: String)] = [",
]
for name in order:
    text = (root / "themes" / f"{name}.theme").read_text()
    lines += ["        (", f'            "{name}",', '            """']
    lines += [("            " + line).rstrip() for line in text.splitlines()]
    lines += ["", '            """', "        ),"]
lines += ["    ]", "}", ""]
(root / "Sources/WarRoomScreen/Look/BuiltInThemes.swift").write_text("\n".join(lines))
