"""A source that says 10,000 events a second: they are taken as fast as the hub can, and nobody else waits for them.

Among all tests it lasts two seconds; `make night` lets it last ten, and prints what was measured.
"""

import json
import os
import sqlite3
import threading
import time

from nights import little, put
from programs import BIN, event, wait_until

SECONDS = float(os.environ.get("WARROOM_FLOOD_SECONDS", "2"))
RATE = 10_000
MOST_MEMORY = 400  # MB


def flood(path, seconds, said):
    """Appends lines to a file, a hundred every hundredth of a second; every line is another event."""
    begin, written = time.monotonic(), 0
    with path.open("a") as feed:
        while (passed := time.monotonic() - begin) < seconds:
            due = int(passed * RATE)
            feed.write("".join(
                json.dumps({"type": "warroom.server", "subject": f"node-{n % 3 + 1}",
                    "data": {"detail": f"line {n}"}}) + "\n" for n in range(written, due)))
            feed.flush()
            written = due
            time.sleep(0.01)
    said["lines"] = written


def memory(process):
    """Resident memory in MB."""
    with open(f"/proc/{process.pid}/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def status(client):
    return client.ask({"status": {}}, "status", timeout=10)["status"]


def test_a_flood_holds_up_no_mark_and_no_other_source(hub):
    hub = hub(little(sources={"feed": {"kind": "ndjson", "path": "{state}/feed.ndjson", "every": "200ms"},
                              "tool": {"kind": "status-files", "path": "{state}/tool/*.json", "every": "1s"}}),
              at="Sun 04:31")
    client, said, marks, others, sizes = hub.connect(), {}, [], [], [memory(hub.process)]
    put(hub.state / "tool" / "a.json", {"type": "warroom.server", "subject": "node-1", "data": {"patch": "pending"}})
    wait_until(lambda: hub.status()["servers"][0]["patch"] == "pending", 5)
    writer = threading.Thread(target=flood, args=(hub.state / "feed.ndjson", SECONDS, said))
    writer.start()
    turn = 0
    while writer.is_alive():
        begin, word = time.monotonic(), ("running", "installed")[turn % 2]
        client.taken(event("review", "review/alpha/one", {"mark": "ok" if turn % 2 else "pending"}))
        marks.append(time.monotonic() - begin)
        begin = time.monotonic()
        put(hub.state / "tool" / "a.json", {"type": "warroom.server", "subject": "node-1", "data": {"patch": word}})
        wait_until(lambda: status(client)["servers"][0]["patch"] == word, 10,
            "the other source was not heard during the flood")
        others.append(time.monotonic() - begin)
        sizes.append(memory(hub.process))
        turn += 1
    writer.join()
    begin, before = time.monotonic(), 3
    wait_until(lambda: status(client)["entry"] >= said["lines"] + 2 * turn + before, 60,
               lambda: f"{status(client)['entry']} entries of {said['lines']} lines and {2 * turn} others")
    behind = time.monotonic() - begin
    sizes.append(memory(hub.process))
    source = {s["id"]: s for s in status(client)["sources"]}["feed"]
    with sqlite3.connect(f"file:{hub.state}/journal.sqlite?mode=ro", uri=True) as journal:
        rows = journal.execute("SELECT event FROM entry WHERE by = 'feed' ORDER BY number").fetchall()
    lines = [json.loads(text)["data"]["detail"] for text, in rows]
    print(
        f"\n{said['lines']} lines in {SECONDS:g} s: {len(lines)} taken, {source['refused']} refused, "
        f"the last {behind:.1f} s after the end; marks {len(marks)}, at most {1000 * max(marks):.0f} ms; "
        f"the other source at most {1000 * max(others):.0f} ms; "
        f"memory {sizes[0]:.0f} MB before, at most {max(sizes):.0f} MB")
    assert lines == [f"line {n}" for n in range(said["lines"])], "each once, in order"
    assert source["refused"] == 0 and source["state"] == "current" and source["reason"] is None
    if BIN.name != "debug":  # which is ten times as slow
        assert max(marks) < 2 and max(others) < 5
    assert max(sizes) < MOST_MEMORY
    assert turn >= 1
