"""The order of folders is held: what runs back, circles that are too large, and folders without a place are found."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "scripts"))

import arrows  # noqa: E402


@pytest.fixture
def faults(tmp_path):
    """What is wrong with files of a target `One`: folders Low, High and the top, and circles of 2 files at most."""

    def find(files, row="| `One` | 2 | `Low` below; `High` above; `(top)` the way in |", below=""):
        table = "| target | circle | folders, in the order of their arrows |\n|---|---|---|\n"
        (tmp_path / "ARCHITECTURE.md").write_text(f"# House\n\n{table}{row}\n\n{below}")
        for name, text in {"Low/A": "struct A {}", "High/B": "struct B {}", "C": "struct C {}", **files}.items():
            path = tmp_path / "Sources/One" / f"{name}.swift"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n")
        return arrows.faults(tmp_path)

    return find


def test_a_folder_may_use_the_folders_before_it(faults):
    assert faults({"High/B": "struct B { let a: A }", "C": "let both = (A(), B())"}) == []


@pytest.mark.parametrize("text", [
    "struct A { let b: B }",  # a type
    "extension B {}",
    "struct A { let inner = Outer.Inner() }",
    "struct A { func use() { value.onlyHere() } }",  # a member
    'struct A { let text = "of \\(B())" }',  # in what a string works out
])
def test_a_mention_of_what_a_later_folder_declares_runs_back(faults, text):
    found = faults({"Low/A": text, "High/B": "struct B { func onlyHere() {} }\nenum Outer { struct Inner {} }"})
    assert len(found) == 1 and found[0].startswith("One/Low/A uses ") and "High stands after Low" in found[0]


@pytest.mark.parametrize("text", [
    "struct A {}  // unlike B",
    "/* B /* and */ B */ struct A {}",
    'struct A { let text = "B", more = #"\\(B)"# }',
    "struct A { func use() { let onlyHere = 1; print(onlyHere) } }",  # a name of its own
    "struct A { func use() { call(onlyHere: 1) } }",  # a label
    "struct A { func use() { value.hidden() } }",  # nobody outside sees it
    "struct A { func use() { value.twice() } }",  # the first folder declares it as well
    "struct A { let other: Else.B }",  # a nested type of that name
])
def test_words_that_only_look_like_a_mention_are_no_arrow(faults, text):
    later = "struct B { func onlyHere() {}; private func hidden() {}; func twice() {} }"
    assert faults({"Low/A": text, "Low/D": "struct D { func twice() {} }", "High/B": later}) == []


def test_the_way_in_stands_where_the_table_has_it(faults):
    assert faults({"High/B": "struct B { let c: C }"}) == [
        "One/High/B uses C of One/C: (top) stands after High"]
    assert faults({"High/B": "struct B { let c: C }"}, "| `One` | 2 | `Low`; `(top)`; `High` |") == []


def test_a_subfolder_belongs_to_its_folder(faults):
    assert faults({"Low/Deep/D": "struct D { let a: A }", "Low/A": "struct A { let d: D? }"}) == []
    assert faults({"Low/Deep/D": "struct D { let b: B }"}) == [
        "One/Low/Deep/D uses B of One/High/B: High stands after Low"]


def test_a_circle_larger_than_its_row_allows_is_named(faults):
    circle = {"Low/A": "struct A { let d: D? }", "Low/D": "struct D { let e: E? }", "Low/E": "struct E { let a: A? }"}
    assert faults(circle) == ["One has a circle of 3 files, 2 are allowed: A, D, E"]
    assert faults(circle, "| `One` | 3 | `Low`; `High`; `(top)` |") == []


def test_folders_and_targets_are_those_of_the_table(faults):
    assert faults({"New/D": "struct D {}"}) == ["One/New is not in the table"]
    assert faults({}, "| `One` | 2 | `Low`; `Gone`; `High`; `New`; `(top)` |") == ["One/Gone is only in the table"]
    assert faults({}, "| `Two` | 2 | `Low` |") == ["target One is not in the table", "target Two is only in the table"]


def test_an_arrow_may_be_excepted_with_its_reason_while_it_is_needed(faults):
    exception = "- `One/Low/A` may use `One/High/B`: it is the way of the world.\n"
    assert faults({"Low/A": "struct A { let b: B }"}, below=exception) == []
    assert faults({"Low/A": "struct A {}"}, below=exception) == [
        "One/Low/A does not use One/High/B: the exception can go"]


def test_a_fourth_exception_fails(faults):
    low = {f"Low/A{n}": f"struct A{n} {{ let b: B }}" for n in range(4)}
    exceptions = "".join(f"- `One/{name}` may use `One/High/B`: so it is.\n" for name in low)
    assert faults(low, below=exceptions) == ["4 arrows are excepted, 3 are allowed"]
