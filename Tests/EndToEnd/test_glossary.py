"""docs/glossary.md names what there is: its folders and types are in Sources, and the words not used are not used."""

import re

from pages import Page, tables, words
from programs import ROOT

PAGE = Page("glossary.md")
SOURCES = ROOT / "Sources"
FILES = [path for path in sorted(SOURCES.rglob("*")) if path.suffix in (".swift", ".c", ".h")]
TEXTS = [path.read_text() for path in FILES]


def lives():
    """What stands in the last column of every table."""
    return {name for table in tables(PAGE.text) for row in table[1:] for name in words(row[-1])}


def named_in(text):
    """The types that a text declares, those inside others too, and those that it only extends."""
    kinds = "struct|enum|class|actor|protocol|typealias"
    declared = re.findall(rf"(?m)^\s*(?:[a-z]+ )*(?:{kinds}) ([A-Z]\w*)", text)
    return set(declared), set(re.findall(r"(?m)^\s*(?:[a-z]+ )*extension ([A-Z]\w*)", text))


NAMED = [named_in(text) for text in TEXTS]


def is_there(name):
    """Whether a folder (`WarRoomCore/Rules/`), a type, or a type in a type (`Runbook.Step`) is in Sources."""
    if name.endswith("/"):
        return (SOURCES / name).is_dir()
    outer, _, inner = name.rpartition(".")
    return any(inner in declared for declared, extended in NAMED if not outer or outer in declared | extended)


def missing(names):
    return {name for name in names if not is_there(name)}


def parts_of_names(text):
    """The words of a text, with those in names apart: `modeLive` is mode and live."""
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)}


def not_used():
    unused = re.findall(r"[a-z]+", PAGE.sections(2)["Not used"])
    return {form for word in unused for form in (word, word.rstrip("s"), word.rstrip("s") + "s")}


def test_every_type_and_folder_that_the_glossary_names_is_there():
    assert len(lives()) > 80 and not missing(lives()), f"not in Sources: {sorted(missing(lives()))}"


def test_a_name_that_is_nowhere_is_found_out():
    """The test above can fail."""
    wrong = {"Frobnicator", "Runbook.Frobnicator", "Bridge.Step", "WarRoomCore/Attic/"}
    assert missing({"Bridge", "Runbook.Step", "WarRoomCore/", *wrong}) == wrong


def test_the_words_that_are_not_used_are_not_used():
    assert "manager" in not_used() and "utils" in not_used() and "util" in not_used()
    assert parts_of_names("class FileManager, modeLive") == {"class", "file", "manager", "mode", "live"}
    for path, text in zip(FILES, TEXTS):
        used = parts_of_names(f"{path.relative_to(SOURCES)} {text}") & not_used()
        assert not used, f"{path.name} says {', '.join(sorted(used))}"


def test_every_word_has_its_meaning_and_stands_once():
    rows = [row for table in tables(PAGE.text) for row in table[1:]]
    assert all(row[0] and len(row[1]) > 10 and row[-1] for row in rows), "a row is not whole"
    heads = [word for row in rows for word in row[0].split(", ")]
    twice = {word for word in heads if heads.count(word) > 1}
    assert not twice, f"explained twice: {sorted(twice)}"
