#!/usr/bin/env python3
"""Writes Sources/WarRoomScreen/Look/BuiltIn from themes/*.theme; a test holds the one to the other."""
import pathlib

root = pathlib.Path(__file__).resolve().parent.parent
folder = root / "Sources/WarRoomScreen/Look/BuiltIn"
order = ["dark", "light", "high-contrast", "colour-blind-safe", "monochrome"]


def words(name):
    return "".join(word.capitalize() for word in name.split("-"))


folder.mkdir(exist_ok=True)
lines = [
    "/// The themes of the folder `themes`, so that a program that was moved has them with it. Made by",
    "/// scripts/make-themes.py, as its texts are; a test holds them to the files.",
    "extension Theme {",
    "    static let builtIn: [(name: String, text: String)] = [",
]
lines += [f'        ("{name}", text{words(name)}),' for name in order]
lines += ["    ]", "}", ""]
(folder / "BuiltInThemes.swift").write_text("\n".join(lines))
for name in order:
    text = (root / "themes" / f"{name}.theme").read_text()
    lines = ["// Made by scripts/make-themes.py.", "extension Theme {", f'    static let text{words(name)} = """']
    lines += [("        " + line).rstrip() for line in text.splitlines()]
    lines += ["", '        """', "}", ""]
    (folder / f"Text{words(name)}.swift").write_text("\n".join(lines))
