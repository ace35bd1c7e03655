"""The disk is slow, full or fails, and somebody else holds the journal: nothing is lost, and every screen says it."""

import contextlib
import errno
import json
import sqlite3
import threading
import time

from stage import HungUp, attack, kept, lead_night, nights, note, status_of, verify, wait_until

SOURCES = {
    "files": {"kind": "status-files", "path": "{state}/files/*.json", "every": "500ms"},
    "dying": {"kind": "status-files", "path": "{state}/dying/*.json", "every": "500ms", "stale_after": "4s"},
}


def put(hub, folder, server, patch):
    nights.put(hub.state / folder / f"{server}.json",
        {"type": "warroom.server", "subject": server, "data": {"patch": patch}})


def shown(hub):
    """Each server's patch state and each source's own, as a screen would show them."""
    status = status_of(hub)
    return ({server["name"]: server["patch"] for server in status["servers"]},
            {source["id"]: source["state"] for source in status["sources"]})


def troubles(hub, timeout):
    return {(t["kind"], t["subject"], t["text"]) for t in status_of(hub, timeout=timeout)["troubles"]}


@attack("a sync takes 2 s: every screen says so after one", 6, least=4)
def slow(stage):
    hub = stage.hub(faults=True, at="Sun 04:31")
    lead = hub.connect()
    lead.taken(note("before"))
    before, began = troubles(hub, 5), time.monotonic()
    hub.faults.sync_ms = 2000
    lead.send(note("slowly"))
    time.sleep(1.3)
    try:
        asked = time.monotonic()
        now = troubles(hub, 0.5)
        stage.figure("status ms", (time.monotonic() - asked) * 1000)
        stage.check(now - before, "1.3 s into a sync no screen says that the journal is slow")
    except (TimeoutError, HungUp) as fault:
        stage.check(False, f"1.3 s into a sync of 2 s nobody is told: status is not answered within 0.5 s ({fault})")
    stage.check(lead.take("ok", timeout=20)["ok"], "the note was refused, and the disk was only slow")
    stage.figure("note s", time.monotonic() - began)
    hub.faults.sync_ms = 0
    stage.check(hub.faults.syncs > 0, "nothing was synced: the fault was never met")


def fill(lead):
    """More than the hub's memory of the journal holds, so that it must read it again."""
    for _ in range(20):
        lead.send(*(note("x" * 8000) for _ in range(50)))
        for _ in range(50):
            assert lead.read(20)["ok"]


@attack("reads, writes and syncs fail: what was acknowledged is there, and the hub comes back", 12, least=4)
def errors(stage):
    kinds = [("write_error", errno.EIO), ("write_error", errno.ENOSPC), ("sync_error", errno.EIO),
             ("read_error", errno.EIO)]
    for field, error in kinds:
        name = f"{field.replace('_', ' ')} {errno.errorcode[error]}"
        hub = stage.hub(faults=True, at="Sun 04:31")
        lead, taken = hub.connect(), {}
        if field == "read_error":
            fill(lead)
        with contextlib.suppress(HungUp, TimeoutError, OSError):
            for turn in range(30):
                if turn == 10:
                    setattr(hub.faults, field, error)
                if turn == 20:
                    setattr(hub.faults, field, 0)
                if field == "read_error":
                    hub.connect().send({"subscribe": {"from": 1}})
                said = note(f"note {turn}")
                answer = lead.ask(said)
                if answer["ok"]:
                    taken[answer["entry"]] = said["id"]
                else:
                    stage.count("refused")
                    stage.check(answer["id"] == said["id"], f"{name}: the refusal does not say of what: {answer}")
        stage.count("faults met", hub.faults.errors)
        stage.check(hub.faults.errors > 0, f"{name}: the fault was never met")
        if error == errno.ENOSPC:
            stage.check(hub.process.poll() is None, f"{name}: the hub ended with {hub.process.poll()}")
            stage.check(len(taken) >= 18, f"{name}: only {len(taken)} of 20 notes were taken while nothing failed")
        code = hub.process.poll()
        stage.check(code is None or code >= 0, f"{name}: the hub died of signal {-(code or 0)}")
        hub.kill()
        for field_, _ in kinds:
            setattr(hub.faults, field_, 0)
        hub.start()
        found = {entry: json.loads(text)["id"] for entry, text in kept(hub).items()}
        lost = [entry for entry, id in taken.items() if found.get(entry) != id]
        stage.check(not lost, f"{name}: {len(lost)} acknowledged entries are missing: {lost[:5]}")
        hub.kill()
        code, said = verify(hub)
        stage.check(code == 0, f"{name}: verify says {code}: {said}")


@attack("another process holds the journal for 5 s: nothing that sources find is lost", 22, least=18)
def lock(stage):
    """The clock is the computer's, as on a night: a file dies by its age."""
    hub = stage.hub(lead_night(sources=SOURCES))
    put(hub, "files", "node-1", "running")
    put(hub, "dying", "node-2", "running")
    wait_until(lambda: shown(hub)[0].get("node-2") == "running", 10)
    answers = []

    def ask():
        with contextlib.suppress(HungUp, OSError):
            answers.append(hub.connect().ask(said, timeout=20))

    said = note("while it is locked")
    with contextlib.closing(sqlite3.connect(hub.state / "journal.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asking = threading.Thread(target=ask)
        asking.start()
        put(hub, "files", "node-1", "failed")
        asking.join(5)
        put(hub, "files", "node-3", "failed")
        time.sleep(5)
        other.execute("ROLLBACK")
    asking.join(30)
    stage.check(answers, "a note that came while the journal was locked is never answered")
    for answer in answers:
        stage.check(answer["ok"] or answer["id"] == said["id"], f"the refusal does not say of what: {answer}")
        stage.check(answer["ok"], f"a busy journal is not waited for: {answer.get('error')}")
    began = time.monotonic()
    while time.monotonic() - began < 8:
        servers, sources = shown(hub)
        if servers["node-1"] == servers["node-3"] == "failed" and sources["dying"] != "current":
            break
        time.sleep(0.1)
    stage.figure("caught up s", time.monotonic() - began)
    for name in ("node-1", "node-3"):
        stage.check(servers[name] == "failed", f"{name} has failed, and is shown as {servers[name]} to the end")
    stage.check(sources["dying"] != "current", "a source that has been dead for 13 s of its 4 is shown as current")
