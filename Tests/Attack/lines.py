"""Lines on the socket that are wrong in every way that chance finds, and numbers out of their range."""

import contextlib
import hashlib
import json
import re
import sqlite3

import yaml

import mutants
from stage import HungUp, attack, event, lives, nights, verify

PAGE = nights.ROOT / "docs" / "contract.md"
MOMENT = "2025-09-14T08:31:00Z"
REQUESTS = [
    {"status": {}}, {"status": {"at": MOMENT}}, {"bridge": {}}, {"bridge": {"at": MOMENT}},
    {"history": {"subject": "work", "before": 3, "limit": 1}}, {"whereabouts": {}},
    {"subscribe": {"from": 1, "as": "viewer"}}, {"subscribe": {}},
]
# Each field that is a number, in an event that is taken with a small one.
COUNTED = [("tests", "smoke", {"state": "running"}, field)
           for field in ("total", "passed", "failed", "errors", "skipped", "flaky")]


def examples():
    """The events that the contract shows."""
    text = PAGE.read_text()
    blocks = re.findall(r"^```json\n(.*?)^```", text, re.M | re.S)
    lines = "\n".join(blocks).replace("\n  ", " ").split("\n")
    return [json.loads(line) for line in lines if line.startswith('{"specversion"')]


def mutant(chance, seeds):
    """A line that no line before it was: an event with an old id would be known again, and not be looked at."""
    document = dict(chance.choice(seeds))
    if "id" in document:
        document["id"] = f"mutant-{chance.randrange(1 << 60)}"
    return mutants.text_of(chance, document).replace(b"\n", b" ")


def send_all(hub, lines):
    """Sends lines, and reads what comes; what it is does not matter."""
    client = hub.connect()
    client.socket.settimeout(5)
    with contextlib.suppress(OSError):
        client.socket.sendall(b"\n".join(lines) + b"\n")
        client.socket.settimeout(0.05)
        while client.socket.recv(1 << 20):
            pass
    client.close()


def shop():
    """The night of which the contract's examples speak."""
    block = re.search(r"^```yaml night.yaml\n(.*?)^```", PAGE.read_text(), re.M | re.S)
    return yaml.safe_load(block[1])


@attack("mutated events and requests: the hub answers and lives, its journal is whole", 40, least=1.5, brief=True)
def lines(stage):
    night = {**shop(), "date": "2025-09-14"}  # YAML reads a day, JSON has none
    hub, seeds = stage.hub(night, at="Sun 04:31"), [*examples(), *REQUESTS]
    while stage.left() > 0:
        made = [mutant(stage.random, seeds) for _ in range(100)]
        send_all(hub, made)
        stage.count("inputs", len(made))
        if not lives(stage, hub, "mutated lines"):
            kept = stage.keep("lines", b"\n".join(made))
            stage.check(False, f"those lines are kept in {kept}")
            hub.kill()
            hub = stage.hub(night, at="Sun 04:31")
    hub.kill()
    code, said = verify(hub)
    stage.check(code == 0, f"verify says {code} of what the mutated lines have left: {said}")


def out_of_range(stage, hub, kind, subject, data, field, value):
    """One number that no event may hold: refused, by a hub that lives; whether it does."""
    what = f"{kind} '{field}': {value:g}" if isinstance(value, float) else f"{kind} '{field}': {value}"
    try:
        answer = hub.connect().ask(event(kind, subject, {**data, field: value}))
    except (HungUp, TimeoutError, OSError):
        return stage.check(False, f"{what} is not answered; the hub ended with {hub.process.poll()}")
    stage.check(not answer["ok"], f"{what} is taken")
    alive = lives(stage, hub, what)
    ran = hub.run("status")
    return stage.check(ran.code in (0, 3), f"after {what} `warroom status` ends with {ran.code}") and alive


def poisoned(stage):
    """A journal from before numbers had a range: its last entry says more than fits, and its chain is whole."""
    hub = stage.hub(at="Sun 04:31")
    hub.connect().taken(event("tests", "smoke", {"state": "running", "passed": 1, "failed": 1}))
    *_, before, last = hub.log_lines()
    hub.kill()
    small, huge = '"passed":1,', f'"passed":{2**63 - 1},'
    line = last.replace(small, huge).rpartition(',"hash":"')[0]
    chained = hashlib.sha256(f'{json.loads(before)["hash"]}\n{line}}}'.encode()).hexdigest()
    with contextlib.closing(sqlite3.connect(hub.state / "journal.sqlite")) as journal, journal:
        changed = journal.execute("UPDATE entry SET event = replace(event, ?, ?), hash = ? WHERE number = ?",
            (small, huge, chained, json.loads(last)["entry"]))
        assert changed.rowcount == 1 and huge in line
    code, said = verify(hub)
    stage.check(code == 0, f"verify says {code} of a whole journal with a number that is too large: {said}")
    try:
        hub.start()
        hub.ok("status")
        hub.ok("note", "it goes on")
    except AssertionError as fault:
        stage.check(False, f"a journal with a number that is too large does not open: {str(fault)[:150]!r}")
    hub.kill()


@attack("numbers out of their range in events and requests: refused, nobody ends", 8, least=2, brief=True)
def numbers(stage):
    hub = stage.hub(at="Sun 04:31")
    for kind, subject, data, field in COUNTED:
        for value in stage.random.sample(mutants.NUMBERS, 3) + [9223372036854775807]:
            stage.count("numbers")
            if not out_of_range(stage, hub, kind, subject, {**data, "failed": 1}, field, value):
                hub.kill()
                hub = stage.hub(at="Sun 04:31")
    poisoned(stage)
    client = hub.connect()
    taken = client.ask(event("tests", "smoke", {"state": "running", "passed": 10**9, "failed": 10**9, "total": 10**9}))
    stage.check(taken["ok"], f"counts of 1,000,000,000 are refused: {taken.get('error')}")
    lives(stage, hub, "counts of 1,000,000,000")
    for request in ("limit", "before", "from"):
        for value in mutants.NUMBERS + [0, 10**9]:
            asked = {"subscribe": {"from": value}} if request == "from" else (
                {"history": {"subject": "work", "before": 3, "limit": 3, request: value}})
            send_all(hub, [json.dumps(asked).encode()])
            stage.count("numbers")
            if not lives(stage, hub, json.dumps(asked)):
                hub.kill()
                hub = stage.hub(at="Sun 04:31")
