"""Who reads too slowly (docs/contract.md, Subscribing)."""

import contextlib
import json
import select
import time

import pytest

from programs import HungUp, event
from test_socket import note


def big_note(n):
    return note(f"{n}", x=["x" * 10_000] * 5)


def flood(client, reader, megabytes):
    """Sends notes one by one, each of which a reader takes at once; the longest time that this took."""
    slowest = 0
    for n in range(int(megabytes * 20)):
        start = time.monotonic()
        number = client.taken(big_note(n))
        reader.entries_to(number)
        slowest = max(slowest, time.monotonic() - start)
    return slowest


def test_who_fell_behind_gets_the_bridge_anew_in_place_of_what_it_lacks_and_others_are_not_slowed(hub):
    hub = hub()
    slow, swift, client = hub.connect(), hub.connect(), hub.connect()
    slow.subscribe()
    swift.subscribe()
    slowest = flood(client, swift, 6)
    # Its bridge is as it is now, and what comes behind it follows without a gap.
    last = client.taken(note("the last"))
    assert swift.entries_to(last)[-1]["entry"] == last
    assert slowest < 1, f"an entry took {slowest:.2f} s while somebody did not read"
    lines = []
    while not lines or lines[-1].get("entry", 0) < last or "event" not in lines[-1]:
        lines.append(slow.read(5))
        if "beat" in lines[-1]:
            break
    anew = [index for index, line in enumerate(lines) if "hello" in line]
    assert anew, "there is no bridge in place of what was lacking"
    assert sum(len(line.raw) for line in lines) < 3 << 20, "it was sent all that it lacked"
    entry = None
    for line in lines:
        if "hello" in line:
            entry = None
        elif "bridge" in line:
            entry = line["entry"]
        elif "event" in line:
            assert entry is None or line["entry"] == entry + 1
            entry = line["entry"]
    assert entry == last
    assert slow.entries_to(client.taken(note("one more")))


def test_who_has_no_bridge_and_fell_behind_gets_every_entry_all_the_same(hub):
    hub = hub()
    slow, swift, client = hub.connect(), hub.connect(), hub.connect()
    slow.subscribe(**{"from": 1})
    swift.subscribe()
    flood(client, swift, 3)
    last = client.taken(note("the last"))
    assert [e["entry"] for e in slow.entries_to(last)] == list(range(1, last + 1))


def test_who_leaves_more_than_4_mb_of_answers_is_cut_with_a_reason(hub):
    hub = hub()
    client = hub.connect()
    # Each answer bears the id, whatever its length.
    message = event("note", "work", {}, id="i" * 16_000)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for _ in range(1200):
            client.send(message)
    line = None
    with pytest.raises(HungUp):
        while True:
            line = client.read(10)
    assert "behind" in json.dumps(line), f"cut without a reason: {str(line)[:300]}"


def test_a_subscriber_that_takes_nothing_for_5_seconds_is_cut_and_one_that_reads_is_not(hub):
    hub = hub()
    slow, reading, client = hub.connect(), hub.connect(), hub.connect()
    slow.subscribe()
    reading.subscribe()
    flood(client, reading, 1)
    poll = select.poll()
    poll.register(slow.socket, select.POLLRDHUP)
    start = time.monotonic()
    while not poll.poll(0):
        assert time.monotonic() - start < 10, "a reader that takes nothing was not cut"
        reading.take("beat", 3)
    assert time.monotonic() - start > 3, "it was cut long before 5 s"
    last = client.taken(note("the last"))
    assert reading.entries_to(last)[-1]["entry"] == last
