"""Every house rule finds what it forbids: a violation is planted in a copy of the repository, and the rule sees it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import arrows  # noqa: E402
import check  # noqa: E402


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The repository's files in a repository of their own."""
    root = tmp_path_factory.mktemp("copy")
    for name in check.Tree(ROOT).files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    return root


@pytest.fixture(scope="module")
def clean(copy):
    return check.Tree(copy)


def git(root, *words):
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def plant(copy):
    """Adds text to a file, tracked or not before; all is as it was when the test ends."""
    planted = {}

    def add(name, text):
        path = copy / name
        planted[path] = path.read_bytes() if path.exists() else None
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a") as file:
            file.write(text)
        git(copy, "add", "--force", name)

    yield add
    for path, before in planted.items():
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        git(copy, "add", "--all", "--force", str(path))


@pytest.mark.parametrize("rule", check.RULES, ids=lambda rule: rule.says)
def test_a_rule_finds_what_it_forbids_and_nothing_else(rule, copy, clean, plant):
    assert rule.faults(clean) == []
    name, text = rule.planted
    plant(name, text)
    assert {file for file, _, _ in rule.faults(check.Tree(copy))} == {name}


def test_the_check_fails_with_the_rule_and_the_place(copy, plant):
    plant("Sources/warroom/Planted.swift", "let planted = try! made()\n")
    ran = subprocess.run([sys.executable, "-B", "scripts/check.py"], cwd=copy, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "no way around the compiler's checks" in ran.stdout
    assert "Sources/warroom/Planted.swift:1: let planted = try! made()" in ran.stdout


def test_the_check_passes_where_no_rule_is_broken(copy):
    ran = subprocess.run([sys.executable, "-B", "scripts/check.py"], cwd=copy, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, "")


@pytest.mark.parametrize("glob", ["Sources/Gone/*", "Sources/* !Sources/Gone/*"])
def test_a_rule_about_a_path_that_is_gone_fails(copy, glob):
    with pytest.raises(LookupError, match="Sources/Gone"):
        check.Rule("a rule", glob, check.wide_lines, ("Sources/planted", "")).faults(check.Tree(copy))
