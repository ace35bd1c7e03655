#!/usr/bin/env python3
"""Writes, from the declarations of `Bridge` and of all that it holds, how each is read and written as tokens
(Sources/WarRoomCore/Coding), and what a bridge is made of (Tests/WarRoomCoreTests/bridge-format.txt), whose digest is
the format's number. A test holds the files to the declarations, and another holds them to what the compiler sees.

What is written is every stored property in its order, but for private ones: those follow from the others. A type that
says itself how it is coded, in Coding/Positional.swift, is left alone.
"""

import hashlib
import re
import sys
from pathlib import Path

import swifttext

ROOT = Path(__file__).resolve().parent.parent
SOURCES, CODING = ROOT / "Sources/WarRoomCore", ROOT / "Sources/WarRoomCore/Coding"
FORMAT = ROOT / "Tests/WarRoomCoreTests/bridge-format.txt"
RULES = 2  # goes up where Coding/Positional.swift writes something in another way
# Where the code of a type goes, by its folder and name; the first that fits.
FILES = {
    "BridgeCoding": r"Bridge/(Bridge|Claims?|Said|Leadership|Closed)\b.*", "RecordCoding": r"Bridge/.*",
    "ReportCoding": r"Events/.*", "StepCoding": r"Runbook/Runbook\.(Step|Phase|Gate|Board|Team|Check|Link).*",
    "RunbookCoding": r"Runbook/.*",
}
HEAD = "// Made by scripts/make-coding.py from the declarations; a test holds the one to the others."
LITERALS = {r"\d+": "Int", r"true|false": "Bool", r'"[^"]*"': "String", r"([\w.]+(<[\w.]+>)?)\(\)": None}


class Shapes:
    """The types of WarRoomCore, as they are declared."""

    def __init__(self, paths=None):
        self.kinds, self.folders, self.properties, self.cases, self.bases = {}, {}, {}, {}, {}
        for path in sorted(SOURCES.rglob("*.swift")) if paths is None else paths:
            if path.parent == CODING:
                continue
            text = path.read_text()
            self.read(text, swifttext.code(text), path.parent.relative_to(SOURCES).parts[0])
        coded = re.findall(r"^extension ([\w.]+): Positional", (CODING / "Positional.swift").read_text(), re.M)
        self.coded = set(coded)

    def read(self, text, plain, folder):
        lines, plain_lines = text.splitlines(), plain.splitlines()
        # An extension's members belong to what it extends.
        for one in swifttext.declarations(plain):
            name = f"{one.owner}.{one.name}" if one.owner else one.name
            if one.kind in ("struct", "enum"):
                self.kinds[name], self.folders[name], self.bases[name] = one.kind, folder, one.heritage
            elif one.kind in ("let", "var") and "static" not in one.modifiers:
                # What watches a property says nothing of what is stored in it.
                line = re.sub(r" \{ didSet .*", "", plain_lines[one.line - 1])
                if "".join(plain_lines[one.line : one.line + 1]).lstrip().startswith("didSet "):
                    line = line.removesuffix(" {")
                pattern = rf"\b(?:let|var) {one.name}\b(?:: (?P<type>[^={{]+?))? *(?:= (?P<value>.+?))? *$"
                found = re.search(pattern, line)
                if found:  # what is worked out has braces
                    shown = re.search(rf"\b{one.name}\b.*", lines[one.line - 1][: len(line)])[0]
                    is_private = re.search(r"\b(file)?private (?=.*\b(let|var)\b)", line)
                    kept = (one.name, found["type"], shown, is_private)
                    self.properties.setdefault(one.owner, []).append(kept)
            elif one.kind == "case":
                line = lines[one.line - 1]
                values = re.search(rf"\b{one.name}\((.*?)\)", line)
                self.cases.setdefault(one.owner, []).append((one.name, values[1] if values else ""))

    def stored(self, name):
        """Each property of a type that is written, with its type."""
        for prop, type, line, is_private in self.properties.get(name, []):
            if is_private:
                continue
            if not type:
                value = line.partition(" = ")[2]
                known = [(kind, found) for pattern, kind in LITERALS.items() if (found := re.fullmatch(pattern, value))]
                if not known:
                    sys.exit(f"make-coding: {name}.{prop} does not say what type it has: write it")
                type = known[0][0] or known[0][1][1]
            yield prop, type

    def resolved(self, type, owner):
        """The types of ours that stand in a type, as they are called from outside."""
        outer = owner.split(".")
        for word in re.findall(r"[A-Z][\w.]*", type):
            names = (".".join([*outer[:depth], word]) for depth in range(len(outer), -1, -1))
            if found := next((name for name in names if name in self.kinds), None):
                yield found

    def held(self, name="Bridge", known=None):
        """A type, and all that it holds, in the order in which they are met."""
        known = known if known is not None else []
        if name not in known and name not in self.coded:
            known.append(name)
            inner = [type for _, type in self.stored(name)] + [values for _, values in self.cases.get(name, [])]
            for type in inner:
                for one in self.resolved(type, name):
                    self.held(one, known)
        return known

    def lines(self, name):
        """What a type is made of, a line for each part."""
        if self.kinds[name] == "struct":
            return [f"{name}.{prop}: {type}" for prop, type in self.stored(name)]
        if re.search(r"\bString\b", self.bases[name]):
            return [f"{name} is one of {', '.join(case for case, _ in self.cases[name])}"]
        return [f"{name}.{case}({values})" for case, values in self.cases[name]]


def coding(shapes, name):
    """The code of one type."""
    generic = re.match(r"\s*<(\w+):", shapes.bases[name])
    head = f"extension {name}: Positional" + (f" where {generic[1]}: Positional" if generic else "")
    if shapes.kinds[name] == "struct":
        props = [prop for prop, _ in shapes.stored(name)]
        reading = [f"{prop} = try reader.next()" for prop in props]
        writing = [f"writer.put({prop})" for prop in props]
    elif re.search(r"\bString\b", shapes.bases[name]):
        return [head + " {}"]
    else:
        reading, writing = ["switch try reader.text() {"], ["switch self {"]
        for case, values in shapes.cases[name]:
            labels = re.findall(r"(\w+):", values)
            given = ", ".join(f"{label}: try reader.next()" for label in labels)
            reading.append(f'case "{case}": self = .{case}({given})')
            writing += [f"case .{case}({', '.join(f'let {label}' for label in labels)}):", f'    writer.put("{case}")']
            writing += [f"    writer.put({label})" for label in labels]
        reading += [f"default: throw reader.fault(.form({name}.self))", "}"]
        writing += ["}"]
    inside = ["init(from reader: inout PositionalReader) throws(PositionalFault) {"]
    inside += [f"    {line}" for line in reading] + ["}", "", "func write(to writer: inout PositionalWriter) {"]
    inside += [f"    {line}" for line in writing] + ["}"]
    return [head + " {"] + [f"    {line}".rstrip() for line in inside] + ["}"]


def made():
    """All files that are made, with their texts."""
    shapes = Shapes()
    held = shapes.held()
    lines = [line for name in held for line in shapes.lines(name)]
    digest = hashlib.sha256("\n".join([str(RULES), *lines]).encode()).digest()
    number = int.from_bytes(digest[:4]) >> 1
    files = {FORMAT: "\n".join([f"format {number}", *lines, ""])}
    texts = {file: [HEAD] for file in FILES}
    texts["BridgeCoding"] += [
        "", "extension Bridge {",
        "    /// Which tokens a bridge is made of (docs/contract.md, Subscribing): another number with each change.",
        f"    package static let format = {number:_}", "}"]
    for name in held:
        place = f"{shapes.folders[name]}/{name}"
        file = next((file for file, pattern in FILES.items() if re.fullmatch(pattern, place)), None)
        texts[file or sys.exit(f"make-coding: FILES says no file for {place}")] += ["", *coding(shapes, name)]
    files |= {CODING / f"{file}.swift": "\n".join([*text, ""]) for file, text in texts.items()}
    return files


if __name__ == "__main__":
    for path, text in made().items():
        path.write_text(text)
