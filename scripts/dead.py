#!/usr/bin/env python3
"""Finds what Sources declare and no program uses: a test's use does not count.

`swift build` leaves an index of every name and every use of it beside what it builds; the toolchain's own library reads
it, so that two things of one name are two things here. A parameter that its function never names is found in the text.
"""

import ctypes
import re
import shutil
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import swifttext

# What no program uses and stays all the same, each with its reason.
ALLOWED = {
    "jsonSchemaText()": "a test makes docs/runbook.schema.json from it",
    "sourcePages()": "a test makes docs/sources.md from it",
    "KeysPage.markdown()": "a test makes docs/keys.md from it",
    "ZoneTable.release": "a test asks it whether the system's zones are the same",
    "JUnitSource.opens": "a test counts by it how often files are opened",
    "StatusFilesSource.opens": "a test counts by it how often files are opened",
}
ALLOWED_LIMIT = 6

# indexstore.h of the toolchain: kinds of symbols, roles of occurrences, and what a symbol is besides.
DECLARED = {5, 6, 7, 8, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21, 22}  # from enum to init; no extensions, no parameters
TYPES, PROPERTIES, CASE = {5, 6, 7, 8}, {13, 19, 20, 21}, 15
ACCESSORS_AND_GENERICS = {3, 4, *range(1000, 1004), *range(1012, 1019)}
DEFINITION, REFERENCE, READ, IMPLICIT, LOCAL = 1 << 1, 1 << 2, 1 << 3, 1 << 8, 1 << 7
CHILD_OF, BASE_OF, OVERRIDE_OF, EXTENDED_BY, ACCESSOR_OF, CONTAINED_BY = (1 << n for n in (9, 10, 11, 14, 15, 16))
CALLED_BY = 1 << 13
RECORD = 2
# Of a type that builds on one of these the compiler reads every property.
READ_BY_COMPILER = {"Equatable", "Hashable", "Encodable", "OptionSet"}


@dataclass
class Symbol:
    name: str
    kind: int
    file: str
    line: int
    owner: str = ""  # the symbol that it stands in
    asked: tuple = ()  # what it does for a protocol, or for the class above
    isSet: bool = False


@dataclass
class Index:
    symbols: dict = field(default_factory=dict)  # by their unified names
    uses: dict = field(default_factory=lambda: defaultdict(list))  # of each: the roles, and the symbols it is used in
    within: dict = field(default_factory=dict)  # of each symbol, the one that it stands in
    bases: dict = field(default_factory=lambda: defaultdict(set))  # of each type, the names of what it builds on


class Text(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.data, self.length).decode() if self.length else ""


class Store:
    """The index that a build has left, through the toolchain's libIndexStore."""

    def __init__(self, path):
        swift = Path(shutil.which("swift") or sys.exit("dead: no 'swift' on PATH")).resolve()
        self.library = ctypes.CDLL(str(swift.parent.parent / "lib/libIndexStore.so"))
        self.store = self.call("store_create", ctypes.c_void_p, str(path).encode(), None)

    def call(self, name, result, *arguments):
        function = getattr(self.library, f"indexstore_{name}")
        function.restype = result
        return function(*(ctypes.c_void_p(one) if isinstance(one, int) else one for one in arguments))

    def text(self, name, of):
        return str(self.call(name, Text, of))

    def number(self, name, of):
        return self.call(name, ctypes.c_uint64, of)

    def each(self, name, of, *more, kind=ctypes.c_void_p, take):
        """Calls `take` with each of what an `…_apply_f` function gives."""
        visit = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, kind)(lambda _, one: take(one) or True)
        self.call(f"{name}_apply_f", ctypes.c_bool, of, *more, None, visit)

    def records(self):
        """By file, the names of what was recorded of it when it was last compiled."""
        names, last = [], {}
        self.each("store_units", self.store, ctypes.c_uint(0), kind=Text, take=lambda name: names.append(str(name)))
        for name in names:
            unit = self.call("unit_reader_create", ctypes.c_void_p, self.store, name.encode(), None)
            seconds, rest = ctypes.c_int64(), ctypes.c_int64()
            self.call("unit_reader_get_modification_time", None, unit, ctypes.byref(seconds), ctypes.byref(rest))
            file, time, records = self.text("unit_reader_get_main_file", unit), (seconds.value, rest.value), []

            def take(part):
                isRecord = self.call("unit_dependency_get_kind", ctypes.c_int, part) == RECORD
                if isRecord and self.text("unit_dependency_get_filepath", part) == file:
                    records.append(self.text("unit_dependency_get_name", part))

            self.each("unit_reader_dependencies", unit, take=take)
            if file and time > last.get(file, ((0, 0), []))[0]:
                last[file] = (time, records)
            self.call("unit_reader_dispose", None, unit)
        return {file: records for file, (_, records) in last.items()}

    def read(self, record, file, index):
        """Adds what one record says of one file."""

        def take(occurrence):
            symbol = self.call("occurrence_get_symbol", ctypes.c_void_p, occurrence)
            roles, usr = self.number("occurrence_get_roles", occurrence), self.text("symbol_get_usr", symbol)
            related = []
            self.each("occurrence_relations", occurrence, take=lambda one: related.append((
                self.number("symbol_relation_get_roles", one),
                self.text("symbol_get_usr", self.call("symbol_relation_get_symbol", ctypes.c_void_p, one)))))
            if roles & DEFINITION:
                kind, sub = (self.call(f"symbol_get_{what}", ctypes.c_int, symbol) for what in ("kind", "subkind"))
                for role, other in related:
                    if role & (CHILD_OF | ACCESSOR_OF):
                        index.within[usr] = other
                isLocal = self.number("symbol_get_properties", symbol) & LOCAL
                if kind in DECLARED and sub not in ACCESSORS_AND_GENERICS and not roles & IMPLICIT and not isLocal:
                    line, column = ctypes.c_uint(), ctypes.c_uint()
                    self.call("occurrence_get_line_col", None, occurrence, ctypes.byref(line), ctypes.byref(column))
                    asked = tuple(other for role, other in related if role & OVERRIDE_OF)
                    name = self.text("symbol_get_name", symbol)
                    index.symbols[usr] = Symbol(name, kind, file, line.value, index.within.get(usr, ""), asked)
            if roles & REFERENCE:
                extends = any(role & EXTENDED_BY for role, _ in related)
                inside = [other for role, other in related if role & (CONTAINED_BY | CALLED_BY)]
                if not extends:
                    index.uses[usr].append((roles, inside))
                for role, other in related:
                    if role & BASE_OF:
                        index.bases[other].add(self.text("symbol_get_name", symbol))

        reader = self.call("record_reader_create", ctypes.c_void_p, self.store, record.encode(), None)
        self.each("record_reader_occurrences", reader, take=take)
        self.call("record_reader_dispose", None, reader)


def read(root, store):
    """The index of the programs, as the last build left it: what is shipped, and what is measured with."""
    store, index = Store(store), Index()
    records = store.records()
    for path in sorted([*(root / "Sources").rglob("*.swift"), *(root / "bench").rglob("*.swift")]):
        if str(path) not in records:
            sys.exit(f"dead: {path} is in no index: run `swift build` first")
        for record in records[str(path)]:
            store.read(record, str(path.relative_to(root)), index)
    return index


def unused(index):
    """The symbols that nothing outside of themselves uses."""

    def stands_in(usr, outer):
        while usr and usr != outer:
            usr = index.within.get(usr, "")
        return usr == outer

    def is_used(usr):
        symbol = index.symbols[usr]
        outer = symbol.owner if symbol.kind == CASE else usr  # an enum that names its case does not make it
        mustBeRead = symbol.kind in PROPERTIES and not READ_BY_COMPILER & index.bases[symbol.owner]
        return any(
            (roles & READ or not mustBeRead) and not any(stands_in(user, outer) for user in users)
            for roles, users in index.uses[usr])

    # What a protocol asks for is used where it is called on a type that has it, too.
    doing = {asked for usr, symbol in index.symbols.items() if is_used(usr) for asked in symbol.asked}
    for usr, symbol in index.symbols.items():
        # The cases of an enum that lists them are made from texts.
        isMade = symbol.kind == CASE and "CaseIterable" in index.bases[symbol.owner]
        if not is_used(usr) and not symbol.asked and not isMade and usr not in doing:
            symbol.isSet = bool(index.uses[usr]) and symbol.kind in PROPERTIES
            yield symbol


BODY = re.compile(r"(?:\s|async\b|rethrows\b|throws\b(?:\([^)]*\))?)*(?:->[^{}]+?)?(?:\bwhere\b[^{}]+?)?\{")


def functions(plain):
    """Each function with a body: its line, its name, its parameters, and the body."""
    for found in re.finditer(r"\b(?:func +([^\s(<]+)|(init)[?!]?|(subscript)) *(?:<[^(]*>)? *\(", plain):
        close = closing(plain, found.end(), "()")
        body = BODY.match(plain, close + 1)
        if body and "\n\n" not in body[0]:
            start = body.end()
            # A parameter that is a type is there for what the compiler reads from it.
            parameters = re.findall(
                r"(?:^|,)\s*(?:@\w+ )*(?:\w+ )?(\w+) *:(?![^,]*\.Type\b)", flat(plain[found.end() : close]))
            name = next(name for name in found.groups() if name)
            yield plain.count("\n", 0, found.start()) + 1, name, parameters, plain[start : closing(plain, start, "{}")]


def closing(plain, start, pair):
    """Where the bracket closes that opens just before."""
    depth = 1
    for at in range(start, len(plain)):
        depth += (plain[at] == pair[0]) - (plain[at] == pair[1])
        if not depth:
            return at
    return len(plain)


def flat(text):
    """The text without what stands in brackets."""
    while (less := re.sub(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>", "", text)) != text:
        text = less
    return text


def faults(root, store):
    """What is used nowhere, a line each."""
    index = read(root, store)
    asked = {(one.file, one.line) for one in index.symbols.values() if one.asked}
    found, allowed = [], set()
    for symbol in sorted(unused(index), key=lambda one: (one.file, one.line)):
        owner = index.symbols.get(symbol.owner)
        name = f"{owner.name}.{symbol.name}" if owner else symbol.name
        if name in ALLOWED:
            allowed.add(name)
        elif any(one.startswith(f"{name}.") for one in ALLOWED):
            pass  # a type that holds one of them
        elif "@main" not in (root / symbol.file).read_text() or (symbol.kind not in TYPES and symbol.name != "main()"):
            what = "set and never read" if symbol.isSet else "used nowhere"
            found.append(f"{symbol.file}:{symbol.line}: {name} is {what}")
    for path in sorted((root / "Sources").rglob("*.swift")):
        file = str(path.relative_to(root))
        for line, name, parameters, body in functions(swifttext.code(path.read_text())):
            for parameter in parameters:
                if parameter != "_" and not re.search(rf"\b{parameter}\b", body) and (file, line) not in asked:
                    found.append(f"{file}:{line}: {name} does not use its parameter {parameter}")
    found += [f"{name} is used, or gone: it need not be allowed" for name in sorted(ALLOWED.keys() - allowed)]
    if len(ALLOWED) > ALLOWED_LIMIT:
        found.append(f"{len(ALLOWED)} unused names are allowed, {ALLOWED_LIMIT} are the limit")
    return found


if __name__ == "__main__":
    root = Path(__file__).resolve().parent.parent
    found = faults(root, root / ".build/debug/index/store")
    for line in found:
        print(f"dead: {line}")
    sys.exit(bool(found))
