"""A hub that is broken, or none at all, neither kills a client nor bloats it nor holds it: it is said what is wrong."""

import contextlib
import itertools
import json
import os
import random
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from hostile import FakeHub, for_ever, hello, honest_lines, line, once
from programs import ROOT, WARROOM, Terminal, environment, wait_until

COMMANDS = [
    ["open"], ["status"], ["status", "--json"], ["status", "--at", "Sun 04:31"], ["log"], ["log", "--json"],
    ["log", "--follow"], ["mark", "review/alpha/one", "ok"], ["note", "hello"], ["undo", "1", "--reason", "x"],
    ["handover"], ["close"], ["approve", "before-open"], ["message", "prepare"], ["sign"], ["live"], ["stop"], ["emit"],
    ["amend", "--dry-run"], ["verify"],
]
FORMAT = int((ROOT / "Tests/WarRoomCoreTests/bridge-format.txt").read_text().split()[1])
BRIDGE = {"format": FORMAT, "part": 1, "of": 1, "tokens": []}
HUGE = 9223372036854775807


def bridge(**changes):
    return hello() + line({"bridge": {**BRIDGE, **changes}, "entry": 1})


SAYINGS = {
    "a speed of 1e308": hello(speed=1e308),
    "a speed that is no number": line('{"hello":{"now":"2025-09-14T08:31:00Z","speed":1e999}}'),
    "a negative speed": hello(speed=-1),
    "the largest entry": hello(entry=HUGE),
    "a negative entry": hello(entry=-5),
    "an entry that fits nowhere": line('{"hello":{"now":"2025-09-14T08:31:00Z","entry":1e400}}'),
    "no time": hello(now="yesterday"),
    "the last time that there is": hello(now="2262-04-11T23:47:16.854775807Z", speed=100000) + line({"beat": {
        "now": "1677-09-21T00:12:44Z", "entry": HUGE}}),
    "no JSON": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "no UTF-8": b"\xff\xfe\x00\n",
    "nothing but depth": b"[" * 1_000_000 + b"\n",
    "another format": bridge(format=1),
    "no tokens": bridge(),
    "parts out of order": bridge(part=HUGE, of=HUGE),
    "a part behind the last": bridge(part=2, of=1),
    "fewer parts than none": bridge(of=-1),
    "a list without an end": bridge(tokens=["x", True, 4611686018427387904, None, [], {}, 1.5]),
    "an entry that is none": hello() + line({"entry": 2, "event": {}}),
    "an entry before the bridge": hello() + line({"entry": HUGE, "receivedAt": "2025-09-14T08:31:00Z", "by": "x",
        "hash": "0", "event": {"specversion": "1.0", "id": "x", "source": "x", "type": "warroom.note", "subject": "x",
            "data": {"text": "x"}}}),
    "no more than a greeting": hello(),
}


def ran(fake, arguments, limit=12):
    """How a command ended against a fake hub: its code, what it said, how long it took, and its most memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(
        [WARROOM, *arguments, "--socket", fake.socket], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=environment(fake.socket.parent), cwd=fake.socket.parent)
    event = b'{"specversion":"1.0","id":"a","source":"x","type":"warroom.note","subject":"x","data":{}}\n'
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(event)
        process.stdin.close()
    end = start + limit
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > end:
            process.kill()
            raise AssertionError(f"{arguments} has not ended within {limit} s")
        time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    said = process.stderr.read().decode(errors="replace")
    process.stdout.close()
    process.stderr.close()
    return process.returncode, said, time.monotonic() - start, usage.ru_maxrss / 1024


@pytest.fixture
def fake(folder):
    """Fakes hubs: `fake(talk)`."""
    made = []

    def start(talk):
        made.append(FakeHub(folder / f"fake{len(made)}.sock", talk))
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.mark.parametrize("what", SAYINGS)
def test_whatever_a_hub_says_every_command_ends_with_a_sentence(fake, what):
    hub = fake(once(SAYINGS[what]))
    with ThreadPoolExecutor(len(COMMANDS)) as pool:
        for arguments, (code, said, seconds, _) in zip(COMMANDS, pool.map(lambda a: ran(hub, a), COMMANDS)):
            assert code in (0, 1, 3) and (code > 0) == bool(said.strip()), f"{arguments}: {code} {said}"
            assert code > 0 or arguments[0] == "log", f"{arguments} takes {what} for an answer"
            assert said.count("\n") <= 1 and "Fatal" not in said and seconds < 9, f"{arguments}: {seconds} s, {said}"


def test_a_line_without_an_end_takes_little_memory_and_is_said(fake):
    hub = fake(for_ever(b"[0," * 65_536))
    for arguments in (["status"], ["log", "--json"], ["open"], ["verify"]):
        code, said, _, memory = ran(hub, arguments)
        assert code in (1, 3) and "longer than 16777216 bytes" in said and memory < 150, (arguments, code, said, memory)


@pytest.mark.parametrize("data", [hello(), line({"beat": {"now": "2025-09-14T08:31:00Z"}}), b"\n", line({"later": 1})])
def test_a_hub_that_never_comes_to_the_point_does_not_answer(fake, data):
    hub = fake(for_ever(data * 1000))
    for arguments in (["status"], ["mark", "review/alpha/one", "ok"]):
        code, said, seconds, memory = ran(hub, arguments)
        assert code in (1, 3) and said and seconds < 9 and memory < 150, (arguments, code, said, seconds, memory)


def test_parts_of_a_bridge_without_an_end_take_little_memory(fake):
    text = json.dumps(["x" * 60_000])

    def talk(connection):
        connection.sendall(hello())
        for part in itertools.count(1):
            part_of = f'{{"format":{FORMAT},"part":{part},"of":{HUGE},"tokens":{text}}}'
            connection.sendall(line(f'{{"bridge":{part_of},"entry":1}}'))

    code, said, _, memory = ran(fake(talk), ["status"])
    assert code == 1 and "has no end" in said and memory < 200, (code, said, memory)


def screen_on(hub):
    return Terminal([WARROOM, "open", "--socket", hub.socket], hub.socket.parent)


@pytest.mark.parametrize("what", ["a speed of 1e308", "the largest entry", "no JSON", "a list without an end"])
def test_a_screen_on_such_a_hub_ends_with_a_sentence_and_gives_the_terminal_back(fake, what):
    terminal = screen_on(fake(once(SAYINGS[what])))
    try:
        assert terminal.wait_exit(8) in (1, 3)
        assert b"\x1b[?1049l" in terminal.raw and "hub" in terminal.text, terminal.text
    finally:
        terminal.close()


def test_a_screen_that_is_flooded_still_takes_keys(hub, fake):
    lines = honest_lines(hub(at="Sun 04:31"))

    def talk(connection):
        connection.sendall(b"".join(lines))
        while True:
            connection.sendall(lines[0] * 100)

    terminal = screen_on(fake(talk))
    try:
        terminal.wait_for("Alpha")
        terminal.type("q")
        assert terminal.wait_exit(3) == 0
    finally:
        terminal.close()


def test_a_screen_outlives_a_hub_that_turns_hostile(hub, fake):
    """The picture stays, with its age, and the person leaves when they want."""
    lines = honest_lines(hub(at="Sun 04:31"))
    whole, sayings = b"".join(lines), iter(SAYINGS.values())

    def talk(connection):
        if made.count == 1:
            connection.sendall(whole)
            connection.recv(65_536)
            connection.sendall(hello(speed=1e308))
        elif made.count % 2:
            connection.sendall(next(sayings, b""))
        else:
            connection.sendall(whole[: made.count * 7])

    made = fake(talk)
    terminal = screen_on(made)
    try:
        terminal.wait_for("Alpha")
        wait_until(lambda: (terminal.pump(0.01), made.count > 12 or terminal.process.poll() is not None)[1], 20)
        assert terminal.process.poll() is None or terminal.process.returncode == 1, terminal.text
        if terminal.process.poll() is None:
            terminal.type("q")
            assert terminal.wait_exit(3) == 0
    finally:
        terminal.close()


def test_a_hub_that_closes_at_each_byte_is_told_from_one_that_answers(hub, fake):
    lines = honest_lines(hub(at="Sun 04:31"))
    whole = b"".join(lines)
    cuts = sorted({*range(1, len(lines[0]) + 40, 9), len(whole) - 1})
    places = iter(cuts)
    made = fake(lambda connection: connection.sendall(whole[: next(places)]))
    for _ in cuts:
        code, said, seconds, _ = ran(made, ["status"])
        assert code == 3 and "closed the connection" in said and seconds < 3, (code, said)


def test_a_bridge_with_any_token_wrong_is_refused_or_shown_and_ends_nothing(hub, fake):
    hub = hub(at="Sun 04:31")
    hub.ok("mark", "review/alpha/one", "issues", "--note", "x")
    hub.ok("step", "prepare", "start")
    lines = honest_lines(hub)
    document = json.loads(lines[1])
    tokens, seed = document["bridge"]["tokens"], random.randrange(1 << 32)
    chance = random.Random(seed)
    wrong = [None, True, False, "", "x", "\x1b[2J", -1, 0, 1, 53, 2**53 - 1, 2**53, HUGE, -HUGE - 1, [], {}, 1e308]
    mutants = []
    for _ in range(240):
        changed = list(tokens)
        for _ in range(chance.choice([1, 1, 1, 2, 5])):
            place = chance.randrange(len(changed))
            kind = chance.random()
            if kind < 0.75:
                old, new = changed[place], chance.choice(wrong)
                same = isinstance(old, (int, float)) and not isinstance(old, bool)
                changed[place] = chance.choice([w for w in wrong if isinstance(w, (int, float))]) if same else new
            elif kind < 0.9:
                del changed[place]
            else:
                changed.insert(place, chance.choice(wrong))
        part = {**document["bridge"], "tokens": changed}
        mutants.append(lines[0] + line({"bridge": part, "entry": document["entry"]}))
    waiting = iter(mutants)
    made = fake(lambda connection: once(next(waiting))(connection))
    with ThreadPoolExecutor(4) as pool:
        for code, said, _, memory in pool.map(lambda _: ran(made, ["open"]), mutants):
            assert code in (0, 1) and "Fatal" not in said and memory < 150, f"seed {seed}: {code} {said} {memory}"
