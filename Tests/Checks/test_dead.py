"""What nothing in Sources uses is found, and what looks unused and is not stays."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "scripts"))

import dead  # noqa: E402

SOURCE = """
protocol Asked { func answer() -> Int; func unasked() }

struct Used: Asked {
    let kept: Int
    let dropped: Int
    func answer() -> Int { kept }
    func unasked() {}
    func twice() -> Int { answer() * 2 }
    static func recursive(_ depth: Int) -> Int { depth == 0 ? 0 : recursive(depth - 1) }
}

struct Other {
    let kept: Int
}

enum Word: String, CaseIterable { case read, written }

enum State {
    case made, matched
    var rank: Int {
        switch self {
        case .made: 0
        case .matched: 1
        }
    }
}

func parsed<T>(_ type: T.Type, from text: String, at place: Int) -> String { text }

@main struct Entrance {
    static func main() {
        let one: any Asked = Used(kept: 1, dropped: 2)
        print(one.answer(), Other.self, State.made.rank, Word.allCases, parsed(Int.self, from: "", at: 0))
    }
}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("dead")
    source = root / "Sources/One/One.swift"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE)
    subprocess.run(
        ["swiftc", "-parse-as-library", "-index-store-path", root / "index", "-module-name", "One", "-c", source],
        cwd=root, check=True)
    return root


def test_what_is_used_nowhere_is_named_by_its_type_and_nothing_else_is(built, monkeypatch):
    monkeypatch.setattr(dead, "ALLOWED", {})
    # `kept` of Used is used, of Other it is not; a case that its enum alone names is never made; words come from texts.
    assert [line.split(": ")[1] for line in dead.faults(built, built / "index")] == [
        "Asked.unasked() is used nowhere",
        "Used.dropped is set and never read",
        "Used.twice() is used nowhere",
        "Used.recursive(_:) is used nowhere",
        "Other.kept is used nowhere",
        "State.matched is used nowhere",
        "parsed does not use its parameter place",
    ]


def test_what_may_stay_is_listed_while_nothing_uses_it(built, monkeypatch):
    monkeypatch.setattr(dead, "ALLOWED", {"Used.twice()": "a reason", "Used.answer()": "a reason"})
    found = dead.faults(built, built / "index")
    assert not any("Used.twice() is used nowhere" in line for line in found)
    assert found[-1] == "Used.answer() is used, or gone: it need not be allowed"


def test_where_nothing_was_built_it_says_so(tmp_path):
    with pytest.raises(SystemExit, match="there is no index at .*: run `swift build` first"):
        dead.faults(tmp_path, tmp_path / "index")


def test_a_file_that_was_not_built_is_no_clean_file(built):
    new = built / "Sources/One/New.swift"
    new.write_text("func planted() {}\n")
    with pytest.raises(SystemExit, match="New.swift is in no index"):
        dead.faults(built, built / "index")
    new.unlink()
