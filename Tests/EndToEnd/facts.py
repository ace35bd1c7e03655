"""Pages of facts: what `status --json` must say at a minute, written by hand, one line a fact.

    steps[web1-5-patch].actual.start        2025-09-14T02:14:05Z
    servers[IC-Web1..5].patch               installed                 the same of each of a range
    gates[*].state                          7 open, shut              of all: each value, numbered where it has several
    looseEnds[*].id                         -                         of all: there are none
    gates[before-web6-10].needs[0].why      ~ IC-Web4                 it speaks of that

A tab or several blanks stand between a path and its value; a line that begins with # is for the reader.
"""

import collections
import json
import re
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"


class Fact:
    def __init__(self, path, value, place):
        self.path, self.value, self.place = path, value, place

    def fault(self, document):
        """Why the document does not say so; None where it does."""
        try:
            found = text(look_up(document, self.path))
        except (KeyError, IndexError, TypeError) as missing:
            return f"{self.place}: {self.path}: nothing is there ({missing})"
        agrees = self.value[2:] in found if self.value.startswith("~ ") else found == self.value
        return None if agrees else f"{self.place}: {self.path}: {self.value} is written, the program says {found}"


def page(file):
    """The facts of a fixture, ranges taken apart."""
    facts = []
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        path, value = re.split(r"\t+| {2,}", line.strip(), maxsplit=1)
        facts += [Fact(one, value, f"{file.name}:{number}") for one in ranges(path)]
    return facts


def ranges(path):
    """`servers[IC-Web1..5].patch` is five paths."""
    found = re.search(r"(\d+)\.\.(\d+)", path)
    if not found:
        return [path]
    return [one for n in range(int(found[1]), int(found[2]) + 1)
        for one in ranges(f"{path[:found.start()]}{n}{path[found.end():]}")]


def parts(path):
    """`steps[web1-5].actual.start` is steps, [web1-5], actual, start."""
    return re.findall(r"\[[^\]]*\]|[^.\[\]]+", path)


def look_up(document, path):
    found = document
    names = parts(path)
    for index, name in enumerate(names):
        if name == "[*]":
            rest = "".join(part if part.startswith("[") else f".{part}" for part in names[index + 1:]).lstrip(".")
            several = [look_up(each, rest) if rest else each for each in found]
            return Several(one for each in several for one in (each if isinstance(each, Several) else [each]))
        if not name.startswith("["):
            found = found[name]
            continue
        key = name[1:-1]
        if isinstance(found, dict):
            found = found[key]
        elif key.isdigit() and not any(named(each) for each in found):
            found = found[int(key)]
        else:
            found = next((each for each in found if named(each) == key), None)
            if found is None:
                raise KeyError(key)
    return found


def named(item):
    return item.get("id", item.get("name")) if isinstance(item, dict) else None


class Several(list):
    """What a path with * leads to."""


def text(value):
    """A value as a page writes it."""
    if isinstance(value, Several):
        counts = collections.Counter(text(each) for each in value)
        return ", ".join(word if n == 1 else f"{n} {word}" for word, n in sorted(counts.items())) or "-"
    if isinstance(value, list):
        return ", ".join(text(each) for each in value) or "-"
    return value if isinstance(value, str) else json.dumps(value)


def faults(document, facts):
    return [fault for fault in (fact.fault(document) for fact in facts) if fault]
