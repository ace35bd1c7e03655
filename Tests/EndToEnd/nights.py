"""Runbooks and files for the tests: the sample night, and a little night that each test may change."""

import copy
import json
import os
import re
import shutil

from programs import ROOT

SAMPLES = ROOT / "sample-data"
SAMPLE = SAMPLES / "2025-09-14"

LITTLE = {
    "id": "little", "title": "Little Night", "date": "2025-09-14",
    "zones": {"home": {"label": "EST", "zone": "America/New_York"}, "other": {"label": "IST", "zone": "Asia/Kolkata"}},
    "window": {"opens": "Sat 19:00"},
    "approvers": ["Release Approver"],
    "pools": {"front": {"title": "Front"}},
    "servers": {"node-1..3": {"kind": "web", "pools": ["front"]}},
    "waves": {"first": ["node-1..3"]},
    "tests": {"smoke": {"title": "Smoke"}},
    "pipelines": {"build": {"title": "Build", "stages": ["Run"]}},
    "channels": ["#ops"],
    "boards": {
        "ops": {"title": "Operations", "by": "monitoring", "due": "Sun 11:00", "teams": {"core": {"title": "Core"}}},
        "review": {"title": "Review", "due": "Mon 13:00 IST", "teams": {
            "alpha": {"title": "Alpha", "checks": {"one": {"title": "First check"}, "two": {"title": "Second check"}}},
            "beta": {"title": "Beta", "checks": {"three": {"title": "Third check"}}}}}},
    "phases": [{"id": "work", "title": "Work", "steps": [
        {"id": "prepare", "title": "Prepare", "at": "Sat 19:00", "owner": "review/alpha"},
        {"id": "patch", "title": "Patch", "at": "Sat 22:00", "after": ["prepare"], "wave": "first"},
        {"id": "open-up", "title": "Open up", "at": "Sun 05:00", "gate": "before-open"},
        {"id": "tell", "title": "Tell", "message": {"#ops": "All done"}}]}],
    "gates": {"before-open": {"title": "Before opening", "approvers": ["Release Approver"],
                              "needs": [{"wave": "first", "pools": "in"}, {"tests": "smoke", "is": "passed"}]}},
}


def little(**changes):
    """The little night, with these top-level keys put in or (None) left out."""
    night = copy.deepcopy(LITTLE)
    night.update(changes)
    return {key: value for key, value in night.items() if value is not None}


def write_runbook(folder, night, name="runbook.yaml"):
    """Writes a night as a runbook: JSON is YAML."""
    path = folder / name
    path.write_text(json.dumps(night, indent=1))
    os.chmod(path, 0o644)
    return path


def put(path, content, mtime=None):
    """Writes a file as a careful tool does: beside its place, then renamed into it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    hidden = path.with_name(f".{path.name}.tmp")
    hidden.write_bytes(content if isinstance(content, bytes) else
                       (content if isinstance(content, str) else json.dumps(content)).encode())
    if mtime is not None:
        os.utime(hidden, (mtime, mtime))
    os.rename(hidden, path)
    return path


def sample_night(folder):
    """The sample night's files in a state folder, as if written a moment ago; the runbook."""
    state = folder / "state"
    shutil.copytree(SAMPLE / "night", state)
    for path in state.rglob("*"):
        os.utime(path)
    return SAMPLE / "runbook.yaml"


def junit(cases, name="suite", **attributes):
    """A JUnit report of (class, name, failure message or None)."""
    failed = sum(1 for case in cases if case[2])
    head = "".join(f' {key}="{value}"' for key, value in attributes.items())
    rows = "".join(
        f'<testcase classname="{c}" name="{n}" time="0.1">'
        + (f'<failure message="{m}">{m}</failure>' if m else "") + "</testcase>\n"
        for c, n, m in cases)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites><testsuite name="{name}" tests="{len(cases)}"'
        f' failures="{failed}" errors="0" skipped="0"{head}>\n{rows}</testsuite></testsuites>\n')


# Many faults, on the lines 1, 4, 5, 10, 11 and 12.
BROKEN = """id: Broken Id
title: Broken
date: 2025-09-14
zones: {home: {label: EST, zone: America/Nowhere}, other: {label: IST, zone: Asia/Kolkata}}
surprise: yes
phases:
  - id: work
    title: Work
    steps:
      - {id: one, title: One, after: [nowhere]}
      - {id: one, title: Again, takes: 45}
      - {id: two, title: Two, gate: no-such-gate, at: Someday 22:00}
"""


def faults_of(text, runbook):
    return re.findall(rf"(?m)^(?:\S*/)?{re.escape(runbook.name)}:(\d+):(\d+): fault ([A-Z][A-Z0-9-]*): (.+)$", text)
