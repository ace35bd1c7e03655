"""The pages of docs as tests read them: sections, blocks and tables, and `…` for what differs from run to run."""

import hashlib
import re

from programs import ROOT


class Page:
    """One page: the text under each heading, and its fenced blocks."""

    def __init__(self, name):
        self.text = (ROOT / "docs" / name).read_text()

    def sections(self, level):
        """The text under each heading of a level, up to the next of the same or a higher one."""
        found, fenced, name = {}, False, None
        for line in self.text.split("\n"):
            fenced ^= line.startswith("```")
            heading = None if fenced else re.match(r"(#{1,6}) (.+)", line)
            if heading and len(heading[1]) <= level:
                name = heading[2] if len(heading[1]) == level else None
            elif name:
                found[name] = found.get(name, "") + line + "\n"
        return found

    def blocks(self, kind, text=None):
        """The fenced blocks of a kind, in order."""
        found, opened = [], None
        for line in (text or self.text).split("\n"):
            if line.startswith("```"):
                opened = line[3:] if opened is None else None
                if opened == kind:
                    found.append("")
            elif opened == kind:
                found[-1] += line + "\n"
        return found


def before(text, heading):
    """A text up to a heading."""
    return text.split(f"\n{heading}\n")[0]


def tables(text):
    """The tables of a text, each a list of rows of cells; the head is the first row."""
    found = []
    for block in re.findall(r"(?m)(?:^\|.*\|\n)+", text):
        lines = [line.strip()[1:-1] for line in block.strip().split("\n")]
        rows = [[cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)] for line in lines]
        found.append([rows[0], *rows[2:]])
    return found


def words(cell):
    """What stands in code in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def listed(cell):
    """The words of a cell that are apart by commas."""
    return [word.strip() for word in cell.split(",") if word.strip()]


def fits(wanted, text):
    """Whether a text is as a page has it: `…` is any text, and alone on its line any lines."""
    def pattern(line):
        return "(?:.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n"
    whole = text if text.endswith("\n") or not text else text + "\n"
    return re.fullmatch("".join(map(pattern, wanted.splitlines())), whole) is not None


PAGE = Page("contract.md")
BUILT = before(PAGE.text, "## Agreed, not built yet")
SECTIONS = PAGE.sections(2)
PARTS = PAGE.sections(3)
EVENTS = {name.removeprefix("warroom."): text for name, text in PARTS.items() if name.startswith("warroom.")}


def contracts_night(folder, more="", name="night.yaml"):
    """The runbook by which the examples of the contract go."""
    path = folder / name
    path.write_text(PAGE.blocks("yaml night.yaml")[0] + more)
    return path


def lines_of(block):
    """The lines of a block; one that begins with two blanks goes on with the line before."""
    return block.replace("\n  ", "").splitlines()


def example_events(kind=None):
    """The events of the contract's examples, or of one type, in their order, each as a line."""
    texts = [text for name, text in EVENTS.items() if kind in (None, name)]
    lines = [line for text in texts for block in PAGE.blocks("json", text) for line in lines_of(block)]
    # What is signed is the text of the page's night, whose hash would be another with each change of it.
    signed = hashlib.sha256(PAGE.blocks("yaml night.yaml")[0].encode()).hexdigest()
    return [line.replace('"SHA-256"', f'"{signed}"') for line in lines]


def spoken():
    """Every word in the code of Sources: all names of event types, fields and requests are among them."""
    paths = sorted((ROOT / "Sources").rglob("*.swift"))
    text = "".join(re.sub(r"//.*", "", path.read_text()) for path in paths)
    return sorted(set(re.findall(r"\b[a-z][A-Za-z]{1,24}\b", text)))
