"""The sample night from its first minute to its last, at many times its speed: the clock stays true to the end, on
the night it was written for and on two nights on which the clocks of New York change.

`make night` runs it at 600 times; among all tests it runs faster, and looks less closely at what the clock does between
two beats.
"""

import json
import os
import re
import shutil
import time
from datetime import date, datetime, timedelta, timezone
from datetime import time as time_of_day

import pytest

from facts import FIXTURES, faults, named, page
from nights import SAMPLE
from programs import event
from renaming import load
from test_time import seconds
from test_true_times import KOLKATA, NEW_YORK, SEPTEMBER, ready

SPEED = float(os.environ.get("WARROOM_NIGHT_SPEED", "3000"))
# Wall time within which a moment is played and a line is read. Among other tests the machine may be busy.
WITHIN = 1.0 if SPEED <= 600 else 2.0
# And within which a file is seen: a folder that is new is found at the next look, two seconds later at most.
SEEN_WITHIN = WITHIN + 2
BEGIN, END = "Sat 18:55", "Mon 12:00 IST"
# The night as it is written; the hour from 01:00 comes twice; there is no hour from 02:00.
NIGHTS = [SEPTEMBER, date(2025, 11, 2), date(2026, 3, 8)]
# When the ages are looked at while the night runs: before the clocks change and after.
LOOKS = ["Sun 00:30", "Sun 03:10", "Sun 04:20", "Sun 06:00"]


def instant(written, day, before=0):
    """The time of a moment in a script, in seconds: worked out here once more, from the written words."""
    if written.startswith("+"):
        number, unit = int(written[1:-1]), written[-1]
        return before + number * {"s": 1, "m": 60}[unit]
    name, clock, *rest = written.split()
    there = day + timedelta({"Sat": -1, "Sun": 0, "Mon": 1}[name])
    then = datetime.combine(there, time_of_day(*map(int, clock.split(":"))),
        tzinfo=KOLKATA if "IST" in rest else NEW_YORK)
    return then.replace(fold=int("(second)" in rest)).timestamp()


def rfc3339(second):
    return datetime.fromtimestamp(second, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def moments(script, day):
    """What the script does, with its times."""
    at = 0
    for moment in load(script):
        at = instant(moment["at"], day, at)
        if "every" not in moment:
            yield at, moment


def behind_gates(runbook):
    """The steps that a gate holds, their own or one before them, by the plan."""
    rows = []

    def walk(steps, gate, after):
        for step in steps:
            own, before = step.get("gate") or gate, after + step.get("after", [])
            rows.append((step["id"], own, before))
            walk(step.get("steps", []), own, before)
            rows.append((step["id"], None, [child["id"] for child in step.get("steps", [])]))
    for phase in load(runbook)["phases"]:
        walk(phase.get("steps", []), None, [])
    held = {name for name, gate, _ in rows if gate}
    while more := {name for name, _, before in rows if held & set(before)} - held:
        held |= more
    return held


def in_a_hurry(folder, runbook):
    """The night for a clock that runs faster than 600 times, at which a report is read long after it was written. Each
    word on a step says why it comes early. The lead, who accepts a flaky run by what its report says, speaks later."""
    shutil.copytree(runbook.parent, folder / "hurried")
    path = folder / "hurried" / "rehearsal.yaml"
    script = load(path)
    for moment in script:
        if moment.get("send", {}).get("subject") == "smoke-2/result":
            moment["at"] = "Sun 10:10"
        if moment.get("send", {}).get("type") == "step":
            moment["send"]["data"].setdefault("note", "in a hurry")
    path.write_text(json.dumps(script))
    return folder / "hurried" / "runbook.yaml"


def watch(hub, begin, end, looks):
    """Reads all that the hub says until the night's end: beats and entries, each with the wall time of its reading; and
    the status as people read it, at some moments of the night."""
    client = hub.connect()
    client.send({"subscribe": {"from": 1}})
    beats, entries, pages = [], [], []
    deadline = time.monotonic() + (end - begin) / SPEED + 30
    while time.monotonic() < deadline:
        line = client.read(5)
        if "beat" in line:
            beats.append((time.monotonic(), seconds(line["beat"]["now"])))
            if beats[-1][1] >= end:
                return beats, entries, pages
            if len(pages) < len(looks) and beats[-1][1] >= looks[len(pages)]:
                pages.append(hub.ok("status").out)
        elif "event" in line:
            entries.append((time.monotonic(), line))
    raise AssertionError(f"the night has not ended: it is {hub.status()['now']}")


def leaves(found, path=""):
    """Every value of a document by its path; what has a name by that, not by its place."""
    if isinstance(found, dict):
        inner = [(f".{name}" if path else name, each) for name, each in found.items()]
    elif isinstance(found, list):
        inner = [(f"[{named(each) or place}]", each) for place, each in enumerate(found)]
    else:
        yield path, found
        return
    for name, value in inner:
        yield from leaves(value, path + name)


@pytest.mark.parametrize("day", NIGHTS, ids=str)
def test_the_whole_night_at_many_times_its_speed(rehearse, folder, day):
    runbook = SAMPLE / "runbook.yaml" if day == SEPTEMBER else ready(folder, day)
    if SPEED > 600:
        runbook = in_a_hurry(folder, runbook)
    begin, end = instant(BEGIN, day), instant(END, day)
    hub = rehearse(runbook, at=rfc3339(begin), speed=SPEED)
    beats, entries, pages = watch(hub, begin, end, [instant(look, day) for look in LOOKS])
    slack = WITHIN * SPEED

    # The clock runs as fast as it should, beat by beat, and never back.
    (wall, now), seen = beats[0], [now for _, now in beats]
    assert seen == sorted(set(seen)), "a beat's time is not after the one before"
    for at, told in beats:
        assert abs(told - now - SPEED * (at - wall)) <= slack, f"{told - now:.0f} s of the night in {at - wall:.3f} s"
    assert len(beats) >= 0.9 * (seen[-1] - seen[0]) / SPEED, "beats are missing"

    # Entries have their numbers without a gap, and the time at which they came.
    numbers = [line["entry"] for _, line in entries]
    assert numbers == list(range(1, len(numbers) + 1))
    received = [seconds(line["receivedAt"]) for _, line in entries]
    assert all(one <= next for one, next in zip(received, received[1:])), "receivedAt decreases"
    for (at, line), told in zip(entries, received):
        assert told <= now + SPEED * (at - wall) + slack, f"entry {line['entry']} is from the future"

    # Each scripted event was received at its time; what a file said, when it was written.
    came = {}
    for (_, line), told in zip(entries, received):
        came.setdefault((line["event"]["type"], line["event"]["subject"],
            json.dumps(line["event"]["data"], sort_keys=True)), []).append(told)
    late, checked, last_of = [], 0, {}
    script = sorted(moments(runbook.parent / "rehearsal.yaml", day), key=lambda one: one[0])
    gated = behind_gates(runbook)
    for index, (at, moment) in enumerate(script):
        if "send" in moment:
            sent = moment["send"]
            allowed = slack
            kind, whose = sent["type"].removeprefix("warroom."), [(sent["subject"], sent["data"])]
        elif "write" in moment and "json" in moment["write"]:
            path, rows = moment["write"]["path"], moment["write"]["json"]
            rows = rows if isinstance(rows, list) else [rows]
            before, last_of[path] = last_of.get(path, []), rows
            following = [then for then, other in script[index + 1:] if other.get("write", {}).get("path") == path]
            if following and following[0] - at <= SEEN_WITHIN * SPEED:
                continue  # written again before anybody need have seen it
            allowed = SEEN_WITHIN * SPEED
            kind, whose = None, [(row["subject"], row["data"]) for row in rows if row not in before]
        else:
            continue
        for subject, data in whose:
            wanted = json.dumps(data, sort_keys=True)
            times = [told for (type_, about, said), all_times in came.items() for told in all_times
                     if about == subject and said == wanted and (kind is None or type_ == f"warroom.{kind}")]
            if SPEED > 600 and not times and kind == "step" and subject in gated:
                continue  # what opens its gate may have been on its way still
            checked += 1
            if not any(-1 <= told - at <= allowed for told in times):
                after = [round((told - at) / SPEED, 2) for told in times]
                late.append(f"{moment['at']} {subject} {wanted}: {after} s after its time")
    assert not late, "\n".join(late[:20])
    assert checked > (150 if SPEED <= 600 else 100), f"only {checked} events of the script were looked for"

    # What is off is off for as long as time has passed, whatever the clocks did meanwhile.
    assert len(pages) == len(LOOKS)
    since = instant("Sat 19:00:40", day)
    for text in pages:
        shown, age = re.search(r"(Sat|Sun) \d+ \w+  (\d\d:\d\d:\d\d)  EST", text), re.search(
            r"○ jobs(?: rescheduled)? +(\d+) h(?: (\d\d))?", text)
        assert shown and age, text
        passed = instant(f"{shown[1]} {shown[2]}", day) - since
        told = int(age[1]) * 3600 + int(age[2] or 0) * 60
        # What the script says comes a moment later; ages move in steps of five seconds.
        assert -slack <= told - passed <= 5 and told % 60 == 0, f"{passed:.0f} s have passed at {shown[0]}, {age[0]}"

    # The night has ended as it does when nobody hurries it.
    # Faster than 600 times, 90 s of the night are over between two looks: a pool may be stale, and shut its gates.
    # Words that came out of turn by that stay told.
    hurried = r"|^gates\[\*\]|^troubles" if SPEED > 600 else ""
    left_out = rf"(^now|\.at)${hurried}"
    if day == SEPTEMBER:
        facts = [fact for fact in page(FIXTURES / "2025-09-14" / "mon-1200-ist.tsv")
            if not re.search(left_out, fact.path)]
        wrong = faults(hub.status(), facts)
        assert not wrong, "\n".join(wrong)
    document = hub.status(at=rfc3339(end))
    number = hub.connect().taken(event("note", "post-steps", {"text": "good morning"}))
    assert hub.entries()[number - 1]["event"]["data"] == {"text": "good morning"}
    hub.kill()
    caught = rehearse(runbook, at=rfc3339(end), speed=0, name="caught", state=folder / "caught")
    wrong = differences(document, caught.status(), slack, gated)
    assert not wrong, "\n".join(wrong[:40])


def differences(run, caught, slack, gated):
    """How a night that ran differs from the same night caught up on."""
    # Numbers of entries, and what is confirmed since without an entry; and in a hurry what a source leaves that is
    # stale between two looks, and what is refused at a gate that opens late.
    left_out = r"(^|\.)(now|head|entry|seen|at|lastGood)$"
    if SPEED > 600:
        left_out += r"|^(gates|troubles)\b|\.refused$"
        left_out += rf"|^steps\[({'|'.join(gated)})\]\.(actual|claims|note)\b"

    def same(one, other):
        if not (isinstance(one, str) and isinstance(other, str)):
            return one == other
        if re.fullmatch(r"\d{4}-\d\d-\d\dT\S+Z", one) and re.fullmatch(r"\d{4}-\d\d-\d\dT\S+Z", other):
            return abs(seconds(one) - seconds(other)) <= slack
        # Ages and clocks in words are those of the instants beside them.
        one, other = (re.sub(r"\d+ h \d\d|\d+ (min|s)\b|\b(Sat|Sun|Mon) \d\d:\d\d", "…", text) for text in (one, other))
        return one == other
    ran, still = dict(leaves(run)), dict(leaves(caught))
    paths = [path for path in [*still, *ran] if not re.search(left_out, path)]
    return [f"{path}: {ran.get(path, 'nothing')}, caught up on {still.get(path, 'nothing')}"
            for path in dict.fromkeys(paths) if not same(ran.get(path, 'nothing'), still.get(path, 'nothing'))]
