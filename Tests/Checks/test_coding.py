"""What a bridge is made of is coded as it is declared: the files that are made are as they would be made now."""

import importlib.util
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "scripts"))

import swifttext  # noqa: E402

SCRIPT = Path(__file__).resolve().parent.parent.parent / "scripts/make-coding.py"
SPEC = importlib.util.spec_from_file_location("coding", SCRIPT)
coding = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(coding)


@pytest.mark.parametrize("path, text", coding.made().items(), ids=lambda value: getattr(value, "name", ""))
def test_every_file_is_as_it_would_be_made(path, text):
    assert path.read_text() == text, "what a bridge is made of has changed: scripts/make-coding.py"


@pytest.fixture
def read():
    """The types of some Swift text, as the script sees them."""

    def shapes(text):
        found = coding.Shapes(paths=[])
        found.read(text, swifttext.code(text), "Bridge")
        return found

    return shapes


def test_every_stored_property_is_seen_and_nothing_else(read):
    text = """
    struct New: Hashable {
        let one: Int  // a word: not a type
        package internal(set) var two: [String: Moment]?
        var three = 0, five: Bool = true
        package private(set) var four: String = "a { b"
        private var plan = Plan()
        static let most = 5
        var more: Int { one + 1 }
        var most: Int? {
            let other: Int = 5
            return other
        }
        func use() { let inner = 5 }
        enum Kind: String { case a, b }
        let kind: Kind
    }
    """
    with pytest.raises(SystemExit, match="New.three"):
        list(read(text).stored("New"))
    stored = dict(read(text.replace("var three = 0, five: Bool = true", "var three = 0")).stored("New"))
    assert stored == {"one": "Int", "two": "[String: Moment]?", "three": "Int", "four": "String", "kind": "Kind"}


def test_a_property_without_a_type_must_have_one_unless_its_value_says_it(read):
    with pytest.raises(SystemExit, match="New.head does not say what type it has"):
        list(read("struct New { var head = Entry.first }").stored("New"))
    said = 'struct New {\n var a = false\n var b = "x"\n var c = Claims<Instant>()\n}'
    assert dict(read(said).stored("New")) == {"a": "Bool", "b": "String", "c": "Claims<Instant>"}


def test_the_number_of_the_format_follows_from_what_a_bridge_is_made_of(monkeypatch):
    def number():
        return coding.made()[coding.FORMAT].split()[1]

    before = number()
    monkeypatch.setattr(coding, "RULES", coding.RULES + 1)
    assert number() != before and 0 < int(number()) < 2**31
