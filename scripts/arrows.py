#!/usr/bin/env python3
"""Holds the order of folders that ARCHITECTURE.md names: a folder uses only folders before it.

An arrow is a mention, in one file, of a type, a nested type or a member that another file of the same target declares.
A member counts only where one file alone declares its name, so there may be more arrows than are seen, not fewer.
Between targets no arrow runs back: the compiler holds that. With `--figures`, prints what can be counted instead.
"""

import re
import statistics
import sys
from collections import defaultdict
from pathlib import Path

import swifttext

EXCEPTIONS_LIMIT = 3
TOP = "(top)"
# Names of the language and its library: a mention says nothing about who declares one of ours.
COMMON = set(
    "as for in is to append contains count decode description encode filter first flatMap forEach hash index insert "
    "isEmpty joined keys last map max min prefix reduce remove removeAll removeLast reversed sorted split suffix "
    "values zip".split()
)
LOCAL = re.compile(
    r"\b(?:let|var) +\(?([\w, ]+)"  # let here = …, (one, other) = …
    r"|\bfor +\(?([\w, ]+?)\)? in\b"
    r"|\{ *(?:\[[\w ]+\] *)?\(?([\w, ]+?)\)?(?: *->[^{}\n]*)? in\b"  # what a closure is given
    r"|\b(\w+):"  # a parameter, or the label of an argument
)


class Order:
    """What ARCHITECTURE.md says: each target's folders in their order, its largest circle, and the exceptions."""

    def __init__(self, text):
        self.folders, self.limits, self.exceptions = {}, {}, {}
        table = re.search(r"^\| target \| circle \| folders.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.M)
        for row in table[1].splitlines() if table else []:
            target, circle, folders = (cell.strip() for cell in row.strip("|").split("|"))
            self.folders[target.strip("`")] = re.findall(r"`([^`]+)`", folders)
            self.limits[target.strip("`")] = int(circle)
        for user, used, reason in re.findall(r"^- `(\S+)` may use `(\S+)`: (.+)$", text, re.M):
            self.exceptions[user, used] = reason


class Sources:
    """All Swift files, and the arrows between those of one target."""

    def __init__(self, root):
        self.files = {}
        for path in sorted((root / "Sources").rglob("*.swift")):
            plain = swifttext.code(path.read_text())
            name = str(path.relative_to(root / "Sources").with_suffix(""))
            self.files[name] = (plain, swifttext.declarations(plain))
        self.targets = sorted({target(file) for file in self.files})
        declaring = defaultdict(set)
        for file, (_, declared) in self.files.items():
            for one in declared:
                if one.kind != "extension":
                    declaring[one.name].add(file)
        # By target and name, the one file that a mention of it leads to; types at the top of their file apart.
        self.types, self.members = defaultdict(dict), defaultdict(dict)
        for file, (_, declared) in self.files.items():
            for one in declared:
                if one.kind == "extension" or {"private", "fileprivate"} & set(one.modifiers):
                    continue
                if one.kind in swifttext.TYPES and not one.owner:
                    self.types[target(file)][one.name] = file
                elif declaring[one.name] == {file} and one.name not in COMMON:
                    self.members[target(file)][one.name] = file
        self.arrows = {file: self._arrows(file) for file in self.files}

    def of(self, name):
        return [file for file in self.files if target(file) == name]

    def _arrows(self, file):
        """The files that this one mentions, each with the names."""
        plain, declared = self.files[file]
        own = {one.name for one in declared if one.kind != "extension"}
        local = {word for groups in LOCAL.findall(plain) for group in groups for word in re.findall(r"\w+", group)}
        arrows = defaultdict(set)
        for found in re.finditer(r"(\.)?\b(\w+)\b(?!:)", plain):
            name = found[2]
            if name in own:
                continue
            # Behind a dot stands a nested type, which may bear the name of one at the top.
            other = None if found[1] else self.types[target(file)].get(name)
            other = other or (None if name in local else self.members[target(file)].get(name))
            if other and other != file:
                arrows[other].add(name)
        return dict(arrows)

    def circles(self, name):
        """The circles of a target's files, the largest first: files each of which leads to all others."""
        reach = {file: self._reach(file) for file in self.of(name)}
        circles = {frozenset(other for other in reach[file] if file in reach[other]) for file in reach}
        return sorted((sorted(circle) for circle in circles if circle), key=lambda circle: (-len(circle), circle))

    def _reach(self, file):
        seen, open_ = set(), [file]
        while open_:
            for other in self.arrows[open_.pop()]:
                if other not in seen:
                    seen.add(other)
                    open_.append(other)
        return seen


def target(file):
    return file.split("/")[0]


def folder(file):
    parts = file.split("/")
    return parts[1] if len(parts) > 2 else TOP


def faults(root):
    """What is wrong, a line each."""
    order, sources = Order((root / "ARCHITECTURE.md").read_text()), Sources(root)
    found, used = [], set()
    for name in sources.targets + sorted(order.folders.keys() - set(sources.targets)):
        if name not in order.folders or name not in sources.targets:
            found.append(f"target {name} is {'not in the table' if name in sources.targets else 'only in the table'}")
            continue
        folders, real = order.folders[name], {folder(file) for file in sources.of(name)}
        found += [f"{name}/{one} is not in the table" for one in sorted(real - set(folders))]
        found += [f"{name}/{one} is only in the table" for one in folders if one not in real]
        for file in sources.of(name):
            for other, names in sources.arrows[file].items():
                here, there = folder(file), folder(other)
                if here not in folders or there not in folders or folders.index(there) <= folders.index(here):
                    continue
                if (file, other) in order.exceptions:
                    used.add((file, other))
                else:
                    found.append(f"{file} uses {', '.join(sorted(names))} of {other}: {there} stands after {here}")
        for circle in sources.circles(name)[:1]:
            if len(circle) > order.limits[name]:
                short = ", ".join(file.split("/")[-1] for file in circle)
                found.append(f"{name} has a circle of {len(circle)} files, {order.limits[name]} are allowed: {short}")
    if len(order.exceptions) > EXCEPTIONS_LIMIT:
        found.append(f"{len(order.exceptions)} arrows are excepted, {EXCEPTIONS_LIMIT} are allowed")
    found += [f"{user} does not use {other}: the exception can go" for user, other in order.exceptions.keys() - used]
    return found


def figures(root):
    """A table, a line for each target."""
    sources = Sources(root)
    print("| target | files | lines | median | max | arrows | largest circle | two-way pairs |")
    print("|---|---|---|---|---|---|---|---|")
    for name in sorted(sources.targets, key=lambda name: -len(sources.of(name))):
        files = sources.of(name)
        lines = [(root / "Sources" / f"{file}.swift").read_text().count("\n") for file in files]
        arrows = [(file, other) for file in files for other in sources.arrows[file]]
        both = sum((other, file) in set(arrows) for file, other in arrows) // 2
        circle = next((len(circle) for circle in sources.circles(name)), 0)
        print(
            f"| {name} | {len(files)} | {sum(lines):,} | {statistics.median(lines):.0f} | {max(lines)} | {len(arrows)} "
            f"| {circle or 'none'} | {both} |")


if __name__ == "__main__":
    root = Path(__file__).resolve().parent.parent
    if "--figures" in sys.argv:
        figures(root)
    else:
        found = faults(root)
        for line in found:
            print(f"arrows: {line}")
        sys.exit(bool(found))
