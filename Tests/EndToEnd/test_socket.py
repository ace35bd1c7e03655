"""The hub's socket, line by line (docs/contract.md, The socket)."""

import json
import re
import socket
import time

import pytest

from programs import event


def note(text, **more):
    return event("note", "work", {"text": text}, **more)


# ---------------------------------------------------------------------------------------------------- lines and answers


def test_events_are_answered_in_the_order_in_which_they_came(hub):
    client = hub().connect()
    sent = [note(f"note {n}") for n in range(200)]
    client.send(*sent)
    answers = [client.take("ok") for _ in sent]
    assert [a["id"] for a in answers] == [s["id"] for s in sent]
    numbers = [a["entry"] for a in answers]
    assert all(a["ok"] is True for a in answers)
    assert numbers == list(range(numbers[0], numbers[0] + 200))


def test_good_and_bad_lines_in_one_write_are_answered_in_their_order(hub):
    client = hub().connect()
    good = [note("one"), note("two")]
    client.send(good[0], "{nonsense", event("note", "work", {}, id="no-text"), good[1])
    answers = [client.take("ok") for _ in range(4)]
    assert [(a["ok"], a["id"]) for a in answers] == [
        (True, good[0]["id"]), (False, None), (False, "no-text"), (True, good[1]["id"])]
    assert answers[3]["entry"] > answers[0]["entry"]


@pytest.mark.parametrize("line", [
    b"{nonsense", b"", b"   ", b"null", b"42", b'"text"', b"[]", b"{}", b'{"id":7}', b'{"type":"warroom.note"',
    b"[" * 20000,
    b'{"a":' * 10000, b'{"id":"x","type":"warroom.note","text":"\xff\xfe"}', b"\x00\x01\x02", b'{"subscribe":7}',
    b'{"subscribe":{"from":"x"}}',
    b'{"history":{}}', b'{"status":{"at":"yesterday"}}', b'{"frobnicate":{}}',
    b'{"id":"\\ud800","type":"warroom.note"}',
], ids=lambda line: repr(line[:24]))
def test_a_line_that_is_no_event_is_refused_and_the_connection_lives(hub, line):
    hub = hub()
    client = hub.connect()
    after = note("after it")
    client.send(line, after)
    while (answer := client.take("ok"))["id"] != after["id"]:
        assert answer["ok"] is False and answer["error"]
        assert answer["id"] is None or answer["id"] in line.decode(errors="replace") or "ud800" in line.decode(
            errors="replace")
    assert answer["ok"] is True
    assert hub.connect().taken(note("others live too"))


def test_an_unreadable_line_is_answered_with_id_null(hub):
    client = hub().connect()
    answer = client.ask(b"{nonsense")
    assert answer["ok"] is False and answer["id"] is None and answer["error"]
    assert "entry" not in answer


def test_a_line_of_more_than_64_kib_is_refused_and_skipped_to_its_newline(hub):
    client = hub().connect()
    client.send_bytes(b'{"id":"long","type":"warroom.note","data":{"text":"')
    for _ in range(20):
        client.send_bytes(b"x" * 10_000)
    after = note("after the long line")
    client.send_bytes(b'"}}\n' + json.dumps(after).encode() + b"\n")
    first = client.take("ok")
    assert first["ok"] is False and first["id"] is None and re.search("64|65,?536", first["error"])
    second = client.take("ok")
    assert (second["ok"], second["id"]) == (True, after["id"])


def test_a_line_that_never_ends_is_not_kept_in_memory(hub):
    hub = hub()
    client = hub.connect()

    def memory():
        with open(f"/proc/{hub.process.pid}/status") as lines:
            return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) >> 10
    before = memory()
    for _ in range(60):
        client.send_bytes(b"x" * (1 << 20))
    assert memory() - before < 30, f"{memory() - before} MB more"
    after = note("after it")
    client.send_bytes(b"\n" + json.dumps(after).encode() + b"\n")
    assert client.take("ok")["ok"] is False and client.take("ok")["id"] == after["id"]


def test_a_client_that_asks_and_never_reads_is_cut_and_harms_nobody(hub):
    hub = hub()
    greedy, client = hub.connect(), hub.connect()
    greedy.socket.settimeout(0.5)
    try:
        for _ in range(40):
            greedy.socket.sendall(b'{"status":{}}\n' * 100)
    except OSError:
        pass
    start = time.monotonic()
    client.taken(note("goes on"))
    assert time.monotonic() - start < 3, "others wait for a client that does not read"


def test_a_line_of_nearly_64_kib_is_taken(hub):
    client = hub().connect()
    made = note("nearly", x=["x" * 15_000] * 4)
    assert len(json.dumps(made)) < 65_536
    client.taken(made)


def test_a_line_that_comes_in_pieces_is_one_line(hub):
    client = hub().connect()
    made = note("in pieces")
    data = json.dumps(made).encode() + b"\n"
    for start in range(0, len(data), 7):
        client.send_bytes(data[start:start + 7])
    assert client.take("ok")["id"] == made["id"]


def test_a_client_that_says_nothing_or_leaves_in_mid_line_harms_nobody(hub):
    hub = hub()
    silent, half = hub.connect(), hub.connect()
    half.send_bytes(b'{"id":"half"')
    half.close()
    hub.connect().taken(note("goes on"))
    silent.close()
    hub.connect().taken(note("still goes on"))


def test_whoever_writes_and_closes_his_end_still_gets_the_answer(hub):
    """This is what `nc -U -N` and `socat` do."""
    client = hub().connect()
    client.send(note("and goodbye"))
    client.socket.shutdown(socket.SHUT_WR)
    assert client.take("ok")["ok"] is True


# ----------------------------------------------------------------------------------------------------------- repetition


def test_a_repetition_gets_the_first_entrys_number(hub):
    hub = hub()
    client = hub.connect()
    made = note("said once", **{"x-extra": 1})
    first = client.taken(made)
    client.taken(note("another"))
    assert client.taken(made) == first
    again = dict(made, data=dict(made["data"]))
    again.pop("x-extra")
    assert client.taken(again) == first, "equal type, subject and data are a repetition, whatever else the event has"
    assert hub.connect().taken(made) == first, "the same sender on another connection"
    assert sum(e["event"]["id"] == made["id"] for e in hub.entries()) == 1


def test_a_repetition_is_known_after_a_kill(hub):
    hub = hub()
    made = note("said once")
    first = hub.connect().taken(made)
    hub.kill()
    hub.start()
    client = hub.connect()
    assert client.taken(made) == first
    client.refused(dict(made, data={"text": "said otherwise"}))


@pytest.mark.parametrize("change", [
    {"data": {"text": "something else"}}, {"subject": "first"},
    {"type": "warroom.looseend", "data": {"state": "open", "what": "x"}}],
    ids=["data", "subject", "type"])
def test_a_repetition_with_other_content_is_refused(hub, change):
    client = hub().connect()
    made = note("said once")
    client.taken(made)
    client.refused(dict(made, **change))


def test_the_same_id_from_another_source_is_another_event(hub):
    client = hub().connect()
    made = note("said once")
    assert client.taken(dict(made, source="another")) != client.taken(made)


def test_repetitions_in_one_write_get_one_number(hub):
    client = hub().connect()
    made = note("said at once")
    client.send(made, made, dict(made, data={"text": "other"}), made)
    answers = [client.take("ok") for _ in range(4)]
    assert [a["ok"] for a in answers] == [True, True, False, True]
    assert len({a["entry"] for a in answers if a["ok"]}) == 1


# ---------------------------------------------------------------------------------------------------------- subscribing


def test_a_subscriber_gets_hello_then_the_bridge_then_every_later_entry(hub):
    hub = hub(at="Sun 04:31")
    client = hub.connect()
    before = client.taken(note("before"))
    watcher = hub.connect()
    watcher.send({"subscribe": {}})
    hello = watcher.read(5)
    assert list(hello) == ["hello"]
    hello = hello["hello"]
    assert hello["protocol"] == 1 and hello["bridge"] == "little-2025-09-14.rehearsal" and hello["mode"] == "rehearsal"
    assert re.fullmatch(r"2025-09-14T08:3[12]:\d\d(\.\d+)?Z", hello["now"]) and hello["speed"] == 1
    assert hello["entry"] == before
    assert hello["user"] and isinstance(hello["roles"], list) and isinstance(hello["confirmed"], dict)
    parts = [watcher.read(5)]
    while len(parts) < parts[0]["bridge"]["of"]:
        parts.append(watcher.read(5))
    assert [p["bridge"]["part"] for p in parts] == list(range(1, len(parts) + 1))
    assert all(p["entry"] == before and isinstance(p["bridge"]["format"], int) for p in parts)
    assert all(len(p.raw) < 65_536 for p in parts)
    after = [client.taken(note(f"after {n}")) for n in range(5)]
    assert [e["entry"] for e in watcher.entries_to(after[-1])] == after


def test_a_subscriber_from_n_gets_the_entries_from_n_on_and_no_bridge(hub):
    hub = hub()
    client = hub.connect()
    numbers = [client.taken(note(f"note {n}")) for n in range(10)]
    watcher = hub.connect()
    hello = watcher.subscribe(**{"from": numbers[4]})
    assert hello["entry"] == numbers[-1]
    later = client.taken(note("later"))
    got = watcher.entries_to(later)
    assert [e["entry"] for e in got] == list(range(numbers[4], later + 1))
    assert not [line for line in watcher.lines if "bridge" in line]


def test_what_a_subscriber_gets_is_what_log_prints(hub):
    hub = hub()
    client = hub.connect()
    client.taken(note("größer → \u202e \x07"))
    last = client.taken(event("server", "node-1", {"patch": "installed"}, **{"x-number": 1.0}))
    watcher = hub.connect()
    watcher.subscribe(**{"from": 1})
    assert [e.raw.decode() for e in watcher.entries_to(last)] == hub.log_lines()


def test_an_entry_is_with_every_subscriber_when_its_sender_has_the_ok(hub):
    hub = hub()
    client = hub.connect()
    watchers = [hub.connect() for _ in range(20)]
    for watcher in watchers:
        watcher.subscribe()
    numbers = [client.taken(note(f"note {n}")) for n in range(20)]
    for watcher in watchers:
        assert [e["entry"] for e in watcher.entries_to(numbers[-1])] == numbers


def test_events_may_be_sent_on_a_subscription(hub):
    client = hub().connect()
    client.subscribe()
    number = client.taken(note("from the same connection"))
    assert client.entries_to(number)[-1]["event"]["data"]["text"] == "from the same connection"


def test_a_beat_comes_each_second_and_is_never_journalled(hub):
    hub = hub()
    watcher = hub.connect()
    entry = watcher.subscribe()["entry"]
    beats, times = [], []
    for _ in range(3):
        beats.append(watcher.take("beat", 3)["beat"])
        times.append(time.monotonic())
    assert all(b["entry"] == entry and re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", b["now"]) for b in beats)
    assert beats == sorted(beats, key=lambda b: b["now"])
    assert 1.5 < times[-1] - times[0] < 2.8
    assert hub.entries()[-1]["entry"] == entry


def test_hello_and_the_beat_tell_how_many_are_attached(hub):
    hub = hub()
    watcher = hub.connect()
    assert watcher.subscribe()["attached"] == 1
    hub.connect()  # Who only sends is not attached.
    others = [hub.connect() for _ in range(2)]
    assert [other.subscribe()["attached"] for other in others] == [2, 3]
    watcher.take(lambda line: line.get("beat", {}).get("attached") == 3, 3)
    others[0].close()
    watcher.take(lambda line: line.get("beat", {}).get("attached") == 2, 3)


def test_a_beat_names_the_last_entry(hub):
    hub = hub()
    watcher = hub.connect()
    watcher.subscribe()
    number = hub.connect().taken(note("now"))
    watcher.take(lambda line: "beat" in line and line["beat"]["entry"] == number, 3)


def test_as_viewer_a_connection_cannot_write_and_others_can(hub):
    hub = hub(at="Sun 04:31")  # a rehearsal: its starter may do everything else
    presenter = hub.connect()
    presenter.subscribe(**{"as": "viewer"})
    presenter.refused(note("from the presenter"), "viewer")
    presenter.refused(event("review", "review/alpha/one", {"mark": "ok"}))
    presenter.subscribe(**{"as": "lead"})
    presenter.refused(note("a role cannot be raised again"))
    hub.connect().taken(note("from somebody else"))
    assert "presenter" not in hub.ok("log", "--json").out.replace("a presenter", "")


def test_as_a_role_that_does_not_exist_is_refused(hub):
    answer = hub().connect().ask({"subscribe": {"as": "emperor"}})
    assert answer["ok"] is False and "emperor" in answer["error"]


def test_history_gives_the_entries_of_a_subject_before_a_number(hub):
    hub = hub()
    client = hub.connect()
    numbers = []
    for n in range(12):
        numbers.append(client.taken(event("server", "node-1", {"detail": f"turn {n}"}, source="ansible")))
        client.taken(event("server", "node-2", {"detail": f"turn {n}"}, source="ansible"))
    history = client.ask({"history": {"subject": "node-1", "before": numbers[8], "limit": 3}}, "history")
    found = re.findall(r'"entry":(\d+),"receivedAt"', history.raw.decode())
    assert sorted(map(int, found)) == numbers[5:8]
    assert "node-2" not in history.raw.decode()


def test_status_is_answered_with_the_document_as_of_now_and_as_of_then(hub):
    client = (hub := hub()).connect()
    client.taken(event("server", "node-1", {"patch": "running"}, source="ansible"))
    then = [e["receivedAt"] for e in hub.entries()][-1]
    client.taken(event("server", "node-1", {"patch": "installed"}, source="ansible"))

    def patch(answer):
        document = answer["status"]
        return {s["name"]: s["patch"] for s in document["servers"]}["node-1"]
    assert patch(client.ask({"status": {}}, "status")) == "installed"
    assert patch(client.ask({"status": {"at": then}}, "status")) == "running"


def test_bridge_is_answered_once_and_is_no_subscription(hub):
    hub = hub()
    client = hub.connect()
    client.send({"bridge": {}})
    client.take("hello")
    first = client.take("bridge")
    for _ in range(first["bridge"]["of"] - 1):
        client.take("bridge")
    client.taken(note("not heard here"))
    with pytest.raises(TimeoutError):
        client.take(lambda line: "event" in line or "beat" in line, 1.5)


def test_stop_ends_the_hub_in_order(hub):
    hub = hub()
    client = hub.connect()
    answer = client.ask({"stop": {}})
    assert answer["ok"] is True
    assert hub.process.wait(5) == 0
    assert not hub.socket.exists()
