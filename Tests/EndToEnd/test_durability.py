"""Nothing is acknowledged before it is on the disk, and the journal proves that nobody has touched it."""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import pytest

from nights import little
from programs import Client, HungUp, event, run

ZEROS = "0" * 64


def chained(line, previous):
    """The hash that a line of `log --json` must have (docs/contract.md, Entries and their hash), and the one that it
    has."""
    head, _, tail = line.rpartition(b',"hash":"')
    assert re.fullmatch(rb'[0-9a-f]{64}"}', tail), line
    return hashlib.sha256(previous.encode() + b"\n" + head + b"}").hexdigest(), tail[:64].decode()


def follow(lines, previous=ZEROS, number=0):
    """Follows the chain over lines; the last hash and number."""
    for line in lines:
        computed, written = chained(line, previous)
        number += 1
        assert json.loads(line)["entry"] == number, "the numbers have a gap"
        assert computed == written, f"entry {number}: the hash is {written}, the contract makes it {computed}"
        previous = written
    return previous, number


def keys_of(line):
    return [key for key, _ in json.loads(line, object_pairs_hook=lambda pairs: pairs)]


def test_a_journal_from_before_a_mark_that_is_new_is_verified_and_goes_on(hub):
    hub = hub(little(boards=None, gates=None, phases=[]), at="Sun 05:00")
    hub.ok("note", "an old night")
    hub.kill(signal.SIGTERM)
    with sqlite3.connect(hub.state / "journal.sqlite") as old:
        old.execute("ALTER TABLE entry DROP COLUMN after_close")
    assert run("verify", hub.state, folder=hub.folder).code == 0
    hub.start()
    hub.ok("close")
    hub.ok("note", "a late word")
    assert [entry.get("afterClose") for entry in hub.entries()] == [None, None, None, None, True]
    follow([line.encode() for line in hub.log_lines()])
    hub.kill(signal.SIGTERM)
    hub.start()
    assert hub.entries()[4]["afterClose"] is True and hub.status()["bridge"]["afterClose"] == 2


def test_the_hash_chain_can_be_followed_without_the_program(hub):
    hub = hub()
    client = hub.connect()
    for n in range(50):
        client.taken(event("note", "work", {"text": f"größer → {n} \u202e \x07 \x9b \\ \" / é 漢", "x-n": n / 7}))
    hub.ok("mark", "review/alpha/one", "ok")
    lines = hub.ok("log", "--json").out.encode().splitlines()
    head, last = follow(lines)
    assert last >= 52
    assert hub.status()["head"] == head
    assert [k for k in keys_of(lines[1]) if k != "via"] == ["entry", "receivedAt", "by", "event", "hash"]
    assert keys_of(lines[0])[:5] == ["entry", "receivedAt", "by", "via", "event"]
    verdict = run("verify", hub.state, "--head", head, folder=hub.folder)
    assert verdict.code == 0, verdict


def test_entry_1_is_opened_and_names_the_runbook_whose_text_the_journal_keeps(hub, folder):
    hub = hub()
    first = hub.entries()[0]["event"]
    text = (folder / "runbook.yaml").read_bytes()
    assert first["type"] == "warroom.bridge" and first["subject"] == "little-2025-09-14"
    assert first["data"]["state"] == "opened" and first["data"]["mode"] == "live"
    assert first["data"]["runbook"] == hashlib.sha256(text).hexdigest()
    hub.kill()
    copy = folder / "copy"
    shutil.copytree(hub.state, copy)
    kept = [cell for row in all_rows(journal_of(copy)) for cell in row]
    assert text.decode() in kept or text in kept


def journal_of(state):
    files = [p for p in state.rglob("*") if p.is_file() and p.open("rb").read(15) == b"SQLite format 3"]
    assert len(files) == 1, f"one journal was expected in {sorted(map(str, state.rglob('*')))}"
    return files[0]


def all_rows(path):
    database = sqlite3.connect(path)
    try:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            yield from database.execute(f'SELECT * FROM "{table}"').fetchall()
    finally:
        database.close()


def tamper(path, before, after):
    """Replaces a text wherever a table holds it, as somebody with an editor of databases would."""
    database, changed = sqlite3.connect(path), 0
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for _, column, *_ in database.execute(f'PRAGMA table_info("{table}")').fetchall():
            changed += database.execute(
                f'UPDATE "{table}" SET "{column}" = replace("{column}", ?, ?) '
                f'WHERE typeof("{column}") = \'text\' AND instr("{column}", ?)',
                (before, after, before)).rowcount
    database.commit()
    database.close()
    return changed


def test_a_tampered_journal_is_found_with_its_entrys_number(hub):
    hub = hub()
    client = hub.connect()
    numbers = [client.taken(event("note", "work", {"text": f"said number {n}"})) for n in range(10)]
    hub.kill()
    whole = run("verify", hub.state, folder=hub.folder)
    assert whole.code == 0, whole
    assert tamper(journal_of(hub.state), "said number 4", "said number 5") >= 1
    verdict = run("verify", hub.state, folder=hub.folder)
    assert verdict.code == 1 and re.search(rf"\b{numbers[4]}\b", verdict.out + verdict.err), verdict
    assert run("verify", journal_of(hub.state), folder=hub.folder).code == 1


def test_a_journal_cut_at_its_end_is_whole_but_has_not_the_head_that_was_noted(hub):
    hub = hub()
    client = hub.connect()
    for n in range(5):
        last = client.taken(event("note", "work", {"text": f"note {n}"}))
    head = hub.status()["head"]
    hub.kill()
    assert run("verify", hub.state, "--head", head, folder=hub.folder).code == 0
    path = journal_of(hub.state)
    database = sqlite3.connect(path)
    tables = [t for (t,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    gone = sum(database.execute(f'DELETE FROM "{t}" WHERE rowid = ?', (last,)).rowcount for t in tables
        if t != "runbook")
    database.commit()
    database.close()
    assert gone == 1
    (hub.state / "head").unlink(missing_ok=True)
    assert run("verify", hub.state, folder=hub.folder).code == 0
    assert run("verify", hub.state, "--head", head, folder=hub.folder).code == 1


def test_a_journal_that_is_no_journal_is_said_and_left_alone(hub, folder):
    hub = hub(start=False)
    hub.state.mkdir()
    started = hub.start()
    started.connect().taken(event("note", "work", {"text": "mine"}))
    started.kill()
    path = journal_of(hub.state)
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
    path.write_bytes(b"these are not the bytes of a database" * 500)
    hub.spawn()
    assert hub.process.wait(10) in (1, 2)
    last = hub.log().strip().split("\n")[-1]
    assert "journal" in last.lower() and "Fatal" not in hub.log(), hub.log()
    assert path.read_bytes().startswith(b"these are not")
    assert run("verify", hub.state, folder=folder).code in (1, 2)


def test_on_a_full_disk_nothing_is_acknowledged_that_is_not_kept(hub, folder):
    if os.geteuid() != 0:
        pytest.skip("not root: no small disk can be made")
    small = folder / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", small], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        hub = hub(state=small / "state")
        client = hub.connect()
        acknowledged, refused = {}, None
        for n in range(200):
            made = event("note", "work", {"text": f"{n}", "x": ["x" * 10_000] * 4})
            answer = client.ask(made, timeout=10)
            if not answer["ok"]:
                refused = answer
                break
            acknowledged[answer["entry"]] = made["id"]
        assert refused and acknowledged, "the disk was never full"
        assert refused["error"]
        assert client.ask({"status": {}}, "status"), "reading must go on"
        hub.kill()
        subprocess.run(["mount", "-o", "remount,size=30m", small], check=True)
        hub.start()
        kept = {e["entry"]: e["event"]["id"] for e in hub.entries()}
        assert {n: kept.get(n) for n in acknowledged} == acknowledged
        hub.connect().taken(event("note", "work", {"text": "there is room again"}))
        assert hub.ok("verify")
        hub.kill()
    finally:
        subprocess.run(["umount", "-l", small])


def test_the_disk_is_synced_between_a_commit_and_its_first_ok(hub, folder):
    trace = folder / "trace"
    if not shutil.which("strace"):
        pytest.fail("strace is not installed: scripts/prepare.sh tests")
    probe = subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], capture_output=True)
    if probe.returncode:
        pytest.skip("strace may not trace here")
    hub = hub(wrap=[
        "strace", "-f", "-y", "-s", "300", "-o", str(trace),
        "-e", "trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg"])
    client = hub.connect()
    client.taken(event("note", "work", {"text": "settles"}))
    sent = event("note", "work", {"text": "must be synced"}, id="synced-before-ok")
    client.taken(sent)
    hub.run("stop")
    hub.process.wait(10)
    lines = trace.read_text(errors="replace").splitlines()
    answer = next(n for n, line in enumerate(lines) if "synced-before-ok" in line and r'\"ok\":true' in line)
    commit = max(n for n, line in enumerate(lines[:answer]) if "pwrite64(" in line and "journal" in line)
    calls, synced = {}, False
    for line in lines[commit + 1:answer]:
        thread, _, call = line.partition(" ")
        call = call.strip()
        if re.match(r"(fdatasync|fsync)\(", call):
            if "unfinished" in call:
                calls[thread] = True
            else:
                synced |= call.endswith("= 0")
        elif re.search(r"<\.\.\. (fdatasync|fsync) resumed>", call):
            synced |= calls.pop(thread, False) and call.endswith("= 0")
    assert synced, "no sync between the commit and its ok:\n" + "\n".join(lines[commit - 3:answer + 1])


class Worker(threading.Thread):
    """One connection under load: events in flight, what was acknowledged, and what must be sent again."""

    window = 8

    def __init__(self, path, name, acknowledged, unanswered):
        super().__init__(daemon=True)
        self.path, self.name_, self.acknowledged, self.unanswered = path, name, acknowledged, unanswered
        self.faults = []
        self.answered = threading.Event()

    def run(self):
        try:
            client = Client(self.path)
        except OSError:
            return
        try:
            flying = list(self.unanswered)
            for made in flying:
                client.send(made)
            while True:
                while len(flying) < self.window:
                    made = event("note", "work", {"text": f"{self.name_} says {random.random()}"}, source=self.name_)
                    flying.append(made)
                    self.unanswered.append(made)
                    client.send(made)
                answer = client.take("ok", 20)
                made = flying.pop(0)
                if answer.get("id") != made["id"] or not answer["ok"]:
                    self.faults.append((made["id"], answer))
                    return
                number = self.acknowledged.setdefault(made["id"], answer["entry"])
                if number != answer["entry"]:
                    self.faults.append((made["id"], number, answer))
                self.unanswered.remove(made)
                self.answered.set()
        except (OSError, HungUp, TimeoutError, json.JSONDecodeError):
            pass
        finally:
            client.close()


KILLS = 100


def test_after_each_of_a_hundred_kills_under_load_every_acknowledged_entry_is_there_once(hub):
    """Events that had no answer are sent again after each kill, as a pipeline would send them: none may be taken
    twice."""
    random.seed(20250914)
    hub = hub()
    names = [f"pipeline-{n}" for n in range(4)]
    acknowledged, unanswered = {}, {name: [] for name in names}
    head, last, found = ZEROS, 0, {}
    for kill in range(KILLS):
        workers = [Worker(hub.socket, name, acknowledged, unanswered[name]) for name in names]
        for worker in workers:
            worker.start()
        assert any(worker.answered.wait(10) for worker in workers), hub.log()
        time.sleep(random.uniform(0, 0.06))  # the random moment
        hub.kill()
        for worker in workers:
            worker.join(20)
            assert not worker.faults, f"kill {kill}: {worker.faults}"
        hub.start()
        client = hub.connect()
        until = client.subscribe(**{"from": last + 1})["entry"]
        lines = client.entries_to(until)
        client.close()
        head, last = follow([line.raw for line in lines], head, last)
        for line in lines:
            key = line["event"]["id"]
            assert key not in found, f"kill {kill}: {key} stands in the journal twice: {found[key]} and {line['entry']}"
            found[key] = line["entry"]
        missing = {key: number for key, number in acknowledged.items() if found.get(key) != number}
        assert not missing, f"kill {kill}: acknowledged, and not there: {missing}"
    assert len(acknowledged) > KILLS, "the load was too small to show anything"
    verdict = hub.ok("verify")
    assert head in verdict.out, f"`verify` and the contract's chain differ: {verdict}"
    assert follow(hub.ok("log", "--json", timeout=60).out.encode().splitlines()) == (head, last)
