"""A runbook is read whole, or all its faults are said with their places (docs/contract.md, The runbook and
Lint)."""

import json
import re

import pytest

from nights import BROKEN, SAMPLE, faults_of, little, write_runbook
from programs import run, wait_until


@pytest.mark.parametrize("command, code", [("serve", 2), ("check", 1)])
def test_a_broken_runbooks_faults_are_all_said_at_once_with_their_places(folder, command, code):
    runbook = folder / "runbook.yaml"
    runbook.write_text(BROKEN)
    options = ["--state", folder / "state", "--socket", folder / "s.sock"] if command == "serve" else []
    result = run(command, runbook, *options, folder=folder)
    assert result.code == code, result
    faults = faults_of(result.err + result.out, runbook)
    lines = {int(line) for line, *_ in faults}
    assert {1, 4, 5, 10, 11, 12} <= lines, f"faults on lines {sorted(lines)}: {result}"
    assert [(int(l), int(c)) for l, c, *_ in faults] == sorted((int(l), int(c)) for l, c, *_ in faults), (
        "in the order of the file")
    assert not (folder / "state" / "journal.sqlite").exists()


@pytest.mark.parametrize("text", [
    "", "just text", "[1, 2", "id: x\n\tbad: tab", "\x00\x01", "id: a\nid: b\n", "&a [*a]", "a: " + "[" * 5000],
        ids=lambda text: repr(text[:16]))
def test_what_is_no_runbook_is_a_fault_with_a_place_and_no_crash(folder, text):
    runbook = folder / "runbook.yaml"
    runbook.write_text(text)
    result = run("check", runbook, folder=folder)
    assert result.code in (1, 2) and faults_of(result.err + result.out, runbook), result


def test_a_yaml_bomb_is_refused_quickly(folder):
    runbook = folder / "runbook.yaml"
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    runbook.write_text("\n".join(lines) + "\n")
    result = run("check", runbook, folder=folder, timeout=10)
    assert result.code in (1, 2), result


@pytest.mark.parametrize("change", [{"id": None}, {"title": None}, {"date": None}, {"zones": None}, {"phases": None}],
    ids=lambda c: next(iter(c)))
def test_what_is_required_is_a_fault_where_it_is_missing(folder, change):
    result = run("check", write_runbook(folder, little(**change)), folder=folder)
    assert result.code == 1 and next(iter(change)) in result.out, result


def test_keys_that_begin_with_x_are_allowed(folder):
    result = run("check", write_runbook(folder, little(**{"x-owner": {"anything": ["goes"]}})), folder=folder)
    assert not re.search(r"\bfault\b [A-Z]", result.out), result


def test_the_sample_loads_without_a_fault(folder):
    result = run("check", SAMPLE / "runbook.yaml", folder=folder)
    assert not re.search(r"\bfault [A-Z]", result.out + result.err), result


def test_a_runbook_that_changes_on_disk_is_not_taken_by_itself(hub, folder):
    hub = hub()
    hub.kill()
    write_runbook(folder, little(title="Another Night"))
    hub.start()
    assert hub.status()["bridge"]["title"] == "Little Night"
    assert "runbook" in hub.log()


def test_a_runbook_that_changes_on_disk_while_the_hub_runs_is_shown(hub, folder):
    hub = hub(at="Sun 04:31")
    write_runbook(folder, little(title="Another Night"))
    wait_until(lambda: "runbook" in json.dumps(hub.status()["troubles"]).lower(), 6,
        lambda: f"nothing says so: {hub.status()['troubles']}")
    assert hub.status()["bridge"]["title"] == "Little Night"
