"""The same night under other names: every id, server, pool, team, check, channel, pipeline, stage and role is given a
random one.

The program knows no night, so what it says of the copy is what it says of the sample, name by name.
"""

import json
import random
import re
import shutil

import yaml

# Sections whose keys are names that somebody chose.
TABLES = {"pools", "servers", "waves", "tests", "pipelines", "boards", "teams", "checks", "gates", "message", "access"}
# What stays: times, and names of files and programs.
KEPT = {"at", "every", "due", "opens_at", "window", "zones", "date", "kind", "authority", "path", "from", "touch",
    "remove", "to", "rehearsal", "type"}


class Loader(yaml.SafeLoader):
    """YAML as the program reads it: what is plain may be a number or true, and nothing is a date."""


Loader.yaml_implicit_resolvers = {}
for kind, pattern, firsts in (("int", r"^-?[0-9]+$", "-0123456789"), ("bool", r"^(true|false)$", "tf"),
    ("null", r"^(~|null|)$", ["~", "n", ""])):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(pattern), list(firsts))


def load(path):
    return yaml.load(path.read_text(), Loader)


def spread(name):
    """`IC-Web1..10` is ten names."""
    found = re.fullmatch(r"(.*?)(\d+)\.\.(\d+)", name)
    return [f"{found[1]}{n}" for n in range(int(found[2]), int(found[3]) + 1)] if found else [name]


class Renaming:
    """Old names and new ones; the same for the same seed. Sources have a list of their own, as their ids are words of
    the format too."""

    def __init__(self, runbook, seed):
        self.draw = random.Random(seed)
        self.runbook, self.new, self.sources = runbook, {}, {}
        for name in [*(runbook.get("approvers") or []), *(runbook.get("channels") or [])]:
            self.add(name)
        for kind in ("waves", "tests", "gates", "pools", "servers", "pipelines", "boards"):
            for name, section in (runbook.get(kind) or {}).items():
                section = section if isinstance(section, dict) else {}
                in_it = [section["in"]] if kind == "pools" and "in" in section else []
                for one in [*spread(name), *in_it, *section.get("stages", []), *section.get("aliases", [])]:
                    self.add(one)
                for team, row in section.get("teams", {}).items():
                    for one in [team, *((row or {}).get("checks") or {})]:
                        self.add(one)
        for phase in runbook["phases"]:
            self.add(phase["id"])
            self.add_steps(phase["steps"])
        for source in runbook.get("sources") or {}:
            self.add(source, self.sources)
        longest = sorted(self.new, key=len, reverse=True)
        self.pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])")

    def add(self, old, table=None):
        table = self.new if table is None else table
        if old not in table:
            word = "".join(self.draw.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(8))
            # An id stays one; any other name gets what any other name may have.
            is_id = re.fullmatch(r"[a-z0-9][a-z0-9-]*", old)
            title = f"{'#' * old.startswith('#')}{word[:3].upper()}_{word[3:]}"
            table[old] = word if is_id else f"{title} {self.draw.randint(1, 99)}"

    def add_steps(self, steps):
        for step in steps:
            self.add(step["id"])
            for end in step.get("opens", []):
                for part in end.split("/")[1:]:
                    self.add(part.lstrip("@")) if "@" not in part else None
            self.add_steps(step.get("steps", []))

    def text(self, old):
        """A text with every name in it renamed."""
        return self.pattern.sub(lambda found: self.new[found[0]], old)

    def tree(self, value, key=None):
        """What YAML holds, renamed."""
        if isinstance(value, str):
            return value if key in KEPT else self.text(value)
        if isinstance(value, list):
            # A process's arguments are the machine's.
            if key == "run":
                return value
            spread_out = [one for each in value for one in (spread(each) if isinstance(each, str) else [each])]
            return [self.tree(each, key) for each in spread_out]
        if not isinstance(value, dict):
            return value
        if key in ("window", "zones"):
            return value
        if key == "sources":
            return {self.sources[name]: self.tree(inner) for name, inner in value.items()}
        if key in TABLES:
            return {self.text(one): self.tree(inner) for name, inner in value.items() for one in spread(name)}
        return {name: self.tree(inner, name) for name, inner in value.items()}

    def fact(self, path, value):
        """A line of a page of facts, renamed."""
        if path == "bridge.id":
            old = self.runbook["id"]
            return path, self.new.get(old, old) + value.removeprefix(old)
        if path.startswith("sources["):
            return re.sub(r"\[([^\]]+)\]", lambda found: f"[{self.sources.get(found[1], found[1])}]", path,
                count=1), value
        renamed = re.sub(r"\[([^\]]*)\]", lambda found: f"[{self.text(found[1])}]", path)
        # What is told of all is told in the order of its words.
        several = sorted(map(self.text, value.split(", ")), key=lambda word: re.sub(r"^\d+ ", "", word))
        return renamed, ", ".join(several) if "[*]" in path else self.text(value)


def copy(night, folder, seed):
    """Writes a renamed copy of a sample night into a folder; its runbook's path and the renaming."""
    runbook = load(night / "runbook.yaml")
    renaming = Renaming(runbook, seed)
    shutil.copytree(night, folder)
    for name in ("runbook.yaml", "rehearsal.yaml"):
        (folder / name).write_text(json.dumps(renaming.tree(load(night / name)), indent=1, ensure_ascii=False))
    return folder / "runbook.yaml", renaming


class Names:
    """Names for a night that a test makes up: its own, or with a seed random ones, so that no rule can hang on one."""

    def __init__(self, seed=None):
        self.seed, self.renaming = seed, None

    def take(self, night, moments):
        """A night and what happens in it, renamed."""
        if self.seed is None:
            return night, moments
        self.renaming = Renaming(night, self.seed)
        return self.renaming.tree(night), self.renaming.tree(moments)

    def __call__(self, text):
        """What a text of the test's is called there."""
        return self.renaming.text(text) if self.renaming else text
