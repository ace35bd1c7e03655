"""A hub that starts from a snapshot is the hub that it was (docs/contract.md, Where the hub is)."""

import json
import os

from programs import event, wait_until

ENTRIES = 20_100


def fill(client, count):
    """Sends notes, many at once; the first and the last of them."""
    first = last = None
    for begin in range(0, count, 200):
        sent = [event("note", "work", {"text": f"note {begin + n}"}) for n in range(200)]
        client.send(*sent)
        for _ in sent:
            assert client.take("ok", 20)["ok"] is True
        first, last = first or sent[0], sent[-1]
    return first, last


def document(hub):
    status = hub.status()
    return {key: value for key, value in status.items() if key not in ("now", "entry", "head", "recent", "last")}


def test_a_killed_hub_goes_on_from_its_snapshot_and_a_damaged_one_is_made_anew(hub):
    hub = hub(at="Sun 04:31", speed=0)
    first, _ = fill(hub.connect(), ENTRIES)
    hub.ok("mark", "review/alpha/one", "ok")
    snapshot = hub.state / "snapshot"
    wait_until(snapshot.exists, 20, "there is no snapshot")
    assert snapshot.stat().st_mode & 0o7777 == 0o600
    before = document(hub)
    for change in (None, "damaged", "empty", "a folder"):
        hub.kill()
        kept = snapshot.read_bytes() if snapshot.is_file() else b""
        if change == "damaged":
            snapshot.write_bytes(kept[:5000] + bytes([kept[5000] ^ 1]) + kept[5001:])
        elif change == "empty":
            snapshot.write_bytes(b"")
        elif change == "a folder":
            snapshot.unlink()
            snapshot.mkdir()
        hub.start()
        assert document(hub) == before
        assert hub.connect().taken(first) == 2, "a repetition is not known any more"
        log = hub.log()
        assert ("snapshot is made anew" in log) == (change is not None), log
        if change and change != "a folder":
            wait_until(lambda: snapshot.stat().st_size > 5000, 20, "the snapshot is not made anew")
    assert json.dumps(before["boards"]).count('"mark": "ok"') == 1
    os.rmdir(snapshot)
    hub.ok("verify", hub.state)
