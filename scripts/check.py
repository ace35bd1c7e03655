#!/usr/bin/env python3
"""The house rules that the compiler does not hold. Each says what is wrong and what to do instead, and beside it stands
a violation that Tests/Checks plants, so that a rule that finds nothing is found.

The order of folders is in arrows.py, what nobody uses in dead.py.
"""

import fnmatch
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Callable

import arrows
import swifttext

SHOWN = 5  # places of one rule
COLUMNS = 120
LINES = 450
UNUSED_WORDS = ("manager", "helper", "utils", "widget", "panel", "model")
# Words that join the words of a file's name.
JOINTS = {"of", "on", "in", "up"}


class Tree:
    """The files of a repository, those not yet added included, as the rules read them."""

    def __init__(self, root):
        self.root = Path(root)
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=root, check=True, capture_output=True, text=True).stdout.split("\0")
        self.files = sorted({name for name in names if name and (self.root / name).is_file()})
        self.text = cache(lambda file: (self.root / file).read_text(errors="replace"))
        self.plain = cache(lambda file: swifttext.code(self.text(file)))
        self.declared = cache(lambda file: swifttext.declarations(self.plain(file)))

    def matching(self, globs):
        """The files of some globs, `*` taking in folders, without those of the globs behind a `!`; a glob without a
        file is a fault."""
        wanted, unwanted = set(), set()
        for glob in globs.split():
            found = fnmatch.filter(self.files, glob.lstrip("!"))
            if not found:
                raise LookupError(f"nothing is at {glob}: name where it is now")
            (unwanted if glob.startswith("!") else wanted).update(found)
        return sorted(wanted - unwanted)


@dataclass
class Rule:
    says: str
    paths: str
    find: Callable  # of a tree and its files: each place as (file, line, what)
    planted: tuple  # a file and what is added to it

    def faults(self, tree):
        return list(self.find(tree, tree.matching(self.paths)))


# --------------------------------------------------------------------------------------------------------- how to find


def lines(pattern, isPlain=False):
    """Lines with a match; where `isPlain`, without comments and strings."""

    def find(tree, files):
        for file in files:
            text, shown = (tree.plain if isPlain else tree.text)(file), tree.text(file).splitlines()
            for number, line in enumerate(text.splitlines(), 1):
                if re.search(pattern, line):
                    yield file, number, shown[number - 1].strip()

    return find


def named(pattern):
    """Files of such a name."""
    return lambda tree, files: ((file, 1, "") for file in files if re.search(pattern, file))


def long_files(tree, files):
    for file in files:
        if (count := tree.text(file).count("\n")) > LINES:
            yield file, count, f"{count} lines"


def wide_lines(tree, files):
    for file in files:
        for number, line in enumerate(tree.text(file).splitlines(), 1):
            if len(line) > COLUMNS and not (file.endswith(".md") and line.startswith("|")):
                yield file, number, f"{len(line)} columns"


def undocumented(tree, files):
    """What other targets see, and what a protocol that they see asks for; cases are said by their names."""
    for file in files:
        text = tree.text(file).splitlines()
        seen = {one.name for one in tree.declared(file) if one.kind == "protocol" and "package" in one.modifiers}
        for one in tree.declared(file):
            if "package" in one.modifiers or one.owner in seen:
                above = one.line - 2
                while text[above].lstrip().startswith("@"):
                    above -= 1
                if not text[above].lstrip().startswith("///"):
                    yield file, one.line, text[one.line - 1].strip()


def defaults_over_events(tree, files):
    """A `default` in a switch over an event's body that no comment gives a reason for."""
    for file in files:
        plain, text = tree.plain(file), tree.text(file).splitlines()
        for switch in re.finditer(r"\bswitch [\w.]*\bbody *\{", plain):
            inside = block(plain, switch.end())
            for default in re.finditer(r"^ *default:", inside, re.M):
                before = inside[: default.start()]
                number = plain.count("\n", 0, switch.end() + default.end()) + 1
                if before.count("{") == before.count("}") and "//" not in text[number - 1] + text[number - 2]:
                    yield file, number, text[number - 1].strip()


def block(plain, start):
    """What stands in the braces that open just before."""
    depth = 1
    for brace in re.finditer(r"[{}]", plain[start:]):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return plain[start : start + brace.start()]
    return plain[start:]


def unrecorded(tree, files):
    """Files that record what is made from code, whose suite or target `make golden` does not run."""
    recorded = set(re.search(r"(?m)^RECORDED := (.+)$", tree.text("Makefile"))[1].split("|"))
    for file in files:
        if "WARROOM_RECORD" in tree.text(file) and not recorded & {Path(file).stem, Path(file).parent.name}:
            yield file, 1, f"{Path(file).stem} is not in RECORDED"


def words_of(name):
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def lost_references(tree, files):
    """`(docs/PAGE, HEADING)` where the page has no such heading; `(docs/glossary.md, WORD)` without its row."""
    for file in files:
        text = re.sub(r"\n *(///?|#|//) ?", lambda found: "\n" + " " * (len(found[0]) - 1), tree.text(file))
        for found in re.finditer(r"\((?:[^()]*\s)?docs/([\w.]+\.md),\s+([^();]+)[);]", text):
            page, heading = f"docs/{found[1]}", " ".join(found[2].split())
            known = headings(tree.text(page)) if page in tree.files else set()
            if heading not in known and not all(part in known for part in heading.split(" and ")):
                yield file, text.count("\n", 0, found.start()) + 1, f"{page} has no {heading!r}"


def headings(page):
    """The headings of a page, and the words that its tables explain."""
    rows = re.findall(r"^\| ([^|`]+?) \|", page, re.M)
    return set(re.findall(r"^#+ (.+)$", page, re.M)) | {word for row in rows for word in [row, *row.split(", ")]}


def bad_names(tree, files):
    for file in files:
        for one in tree.declared(file):
            if one.kind != "extension" and set(words_of(one.name)) & set(UNUSED_WORDS):
                yield file, one.line, one.name


def stem(word):
    """A word without its ending: `deciding`, `decides` and `decide` are one."""
    for ending, instead in (("ies", "y"), ("ing", ""), ("er", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)] + instead
    return word


def misnamed_files(tree, files):
    for file in files:
        said = {stem(word) for one in tree.declared(file) for word in words_of(one.name)}
        if not {stem(word) for word in words_of(Path(file).stem) if word not in JOINTS} & said:
            yield file, 1, f"defines {', '.join(sorted({one.name for one in tree.declared(file)}))}"


def doubled_types(tree, files):
    where = {}
    for file in files:
        for one in tree.declared(file):
            if one.kind in swifttext.TYPES and not one.owner:
                if one.name in where:
                    yield file, one.line, f"{one.name} is also in {where[one.name]}"
                where.setdefault(one.name, file)


# ----------------------------------------------------------------------------------------------------------- the rules

CLOCK = r"CLOCK_REALTIME|\b(gettimeofday|timespec_get)\b|\btime\((nil|NULL|0)\)|\bDate(\(\)|\.now)|\bSystemClock\b"

RULES = [
    Rule(
        "the program knows no night: names come from the runbook",
        "Sources/*", lines(r"IC-Web|smoke-1|Payments"),
        ("Sources/warroom/Planted.swift", 'let name = "IC-Web"\n')),
    Rule(
        "no way around the compiler's checks: throw, or let the compiler see why it is safe",
        "Sources/*.swift", lines(r"try!|@unchecked Sendable|nonisolated\(unsafe\)"),
        ("Sources/warroom/Planted.swift", "let value = try! made()\n")),
    Rule(
        "no unfinished work: finish it, or file it",
        "Sources/* Tests/*.swift Tests/*.py bench/*", lines(r"\b(TODO|FIXME|XXX)\b"),
        ("Tests/EndToEnd/planted.py", "# TODO: more\n")),
    Rule(
        "no mark of a merge that nobody has ended: choose, and take the marks out",
        "Sources/* Tests/* docs/* scripts/* *.md sample-data/*", lines(r"^(<{7} |>{7} )"),
        ("docs/planted.md", "<" * 7 + " HEAD\n")),
    Rule(
        "a pane names no colour but a role: colours are the theme's",
        "Sources/WarRoomCore/* Sources/WarRoomScreen/* !Sources/WarRoomScreen/Look/*",
        lines(r"\.(red|green|blue|yellow|cyan|magenta)\b|\bColour\("),
        ("Sources/WarRoomScreen/Planted.swift", "let colour = Colour(red: 0, green: 0, blue: 0)\n")),
    Rule(
        "only wallTime() of warroom-hub asks what time it is: time is passed in",
        "Sources/* !Sources/warroom-hub/Words/WallTime.swift", lines(CLOCK),
        ("Sources/WarRoomSources/Planted.swift", "clock_gettime(CLOCK_REALTIME, &time)\n")),
    Rule(
        "no target imports Foundation: it starts slowly",
        "Sources/*.swift", lines(r"^(\w+ )?import Foundation"),
        ("Sources/warroom/Planted.swift", "internal import Foundation\n")),
    Rule(
        f"no file has more than {LINES} lines: split it by what it defines",
        "Sources/*.swift Sources/*.c Tests/*.swift Tests/*.py bench/*.py bench/*.c scripts/*.py", long_files,
        ("Sources/warroom/Planted.swift", "// One more.\n" * (LINES + 1))),
    Rule(
        f"no line has more than {COLUMNS} columns: break it",
        "*.swift *.py *.c *.h *.sh .ci/run Makefile", wide_lines,
        ("Tests/EndToEnd/planted.py", f"value = {'1' * COLUMNS}\n")),
    Rule(
        f"no line of a document but a table's has more than {COLUMNS} columns: break it",
        "*.md", wide_lines,
        ("docs/planted.md", f"{'word ' * COLUMNS}\n")),
    Rule(
        "no product is a library: what other targets use is package, the rest is internal",
        "Sources/*.swift", lines(r"\bpublic\b", isPlain=True),
        ("Sources/warroom/Planted.swift", "public struct Planted {}\n")),
    Rule(
        "what other targets use has its sentence: what it is, its units, what is returned and thrown",
        "Sources/*.swift", undocumented,
        ("Sources/warroom/Planted.swift", "package struct Planted {}\n")),
    Rule(
        'an event is made and read by EventBody: no "warroom.…" outside Events',
        "Sources/*.swift !Sources/WarRoomCore/Events/*", lines(r'"warroom\.'),
        ("Sources/WarRoomScreen/Planted.swift", 'let type = "warroom.note"\n')),
    Rule(
        "a switch over an event's body names every case, so that the compiler leads to it, or a comment says why not",
        "Sources/*.swift", defaults_over_events,
        ("Sources/warroom/Planted.swift", "switch event.body {\ncase .note: break\ndefault: break\n}\n")),
    Rule(
        "an id of a loose end and a team's path are types: nothing else splits them, but paths of files, named path",
        # The three types; and the reader of rows, which says which of their parts is wrong.
        "Sources/*.swift !Sources/WarRoomCore/Runbook/LooseEndID.swift !Sources/WarRoomCore/Runbook/*Path.swift "
        "!Sources/WarRoomRunbook/Reading/ReadBoards.swift",
        lines(r'(?<!\bpath\.)split\(separator: "/"'),
        ("Sources/WarRoomScreen/Planted.swift", 'let parts = id.split(separator: "/")\n')),
    Rule(
        "no code of a document that is not here: say it in a sentence, or name docs/contract.md or docs/glossary.md",
        "Sources/* Tests/*.swift Tests/*.py bench/* docs/*",
        lines(r"\bCONTRACT\b|\bDESIGN\b|\b[TPNV]-\d\d\b|\bS\d-\d+\b|\b[Ss]tor(y|ies) \d|screens/README|engines\.md"),
        ("Sources/warroom/Planted.swift", "// The reason is in the contract (CONTRACT 4).\n")),
    Rule(
        "what a comment refers to is there: a heading of the page, or a word of docs/glossary.md",
        "Sources/* Tests/*.swift Tests/*.py bench/* *.md", lost_references,
        ("Sources/warroom/Planted.swift", "/// It is as agreed (docs/contract.md, No such\n/// heading).\n")),
    Rule(
        f"one word for one thing, and never {', '.join(UNUSED_WORDS)}: docs/glossary.md has the words",
        "Sources/*.swift Tests/*.swift", bad_names,
        ("Sources/warroom/Planted.swift", "struct PlantedManager {}\n")),
    Rule(
        "a file defines what its name says: they share a word, endings apart",
        "Sources/*.swift", misnamed_files,
        ("Sources/warroom/Planted.swift", "struct Other {}\n")),
    Rule(
        "a name stands for one thing: no two types of one name at the top of files",
        "Sources/*.swift", doubled_types,
        ("Sources/warroom/Planted.swift", "enum Bridge {}\n")),
    Rule(
        "`make golden` records all that a test can record: name the suite in the Makefile's RECORDED",
        "Tests/*.swift", unrecorded,
        ("Tests/WarRoomCoreTests/Planted.swift", 'let isRecording = environment["WARROOM_RECORD"] == "1"\n')),
    Rule(
        "what is built and resolved is not tracked",
        "*", named(r"(^|/)(\.build/|Package\.resolved$)"),
        (".build/planted", "\n")),
]


def check(root):
    """Prints what is wrong; whether nothing is."""
    tree, isWell = Tree(root), True
    for rule in RULES:
        try:
            faults = rule.faults(tree)
        except LookupError as fault:
            faults = [("scripts/check.py", 1, str(fault))]
        if not faults:
            continue
        print(f"check: {rule.says}")
        for file, line, what in faults[:SHOWN]:
            print(f"    {file}:{line}: {what}"[:200])
        if len(faults) > SHOWN:
            print(f"    and {len(faults) - SHOWN} more")
        isWell = False
    for fault in arrows.faults(tree.root):
        print(f"check: {fault}")
        isWell = False
    return isWell


if __name__ == "__main__":
    sys.exit(not check(Path(__file__).resolve().parent.parent))
