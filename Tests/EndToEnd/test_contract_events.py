"""The events and roles of docs/contract.md, held against the program: what the page lists is taken, what it does not
list is refused, and what the program knows stands in the page."""

import functools
import json
import re

import pytest

from pages import EVENTS, SECTIONS, contracts_night, example_events, listed, spoken, tables, words
from programs import Hub, event

HUBS_OWN = ("source", "clock", "refusal")
SENT = [kind for kind in EVENTS if kind not in HUBS_OWN]
SPOKEN = spoken()


@pytest.fixture
def shop(hub, folder):
    """A hub of the page's night, whose clock stands still; its starter may do everything."""
    return hub(contracts_night(folder), at="Sun 04:31", speed=0)


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """One such hub for all tests from which nothing is taken."""
    folder = tmp_path_factory.mktemp("events")
    made = Hub(folder, contracts_night(folder), at="Sun 04:31", speed=0)
    try:
        yield made.start()
    finally:
        made.kill()


@pytest.fixture(scope="module")
def onlooker(watched):
    """A connection from which nothing is taken, and which is told first what is wrong with an event."""
    client = watched.connect()
    client.subscribe(**{"as": "viewer"})
    return client


def fields_of(kind):
    """The page's fields of a type: of each its value and its remark."""
    return {words(row[0])[0]: (row[1], row[2]) for row in tables(EVENTS[kind])[0][1:]}


def example(kind):
    """The first example of a type; of the hub's own types something like one."""
    if kind in HUBS_OWN:
        return {"subject": "smoke", "data": {"state": "current", "who": "a", "what": "b", "why": "c", "offset": 1}}
    return json.loads(example_events(kind)[0])


# ----------------------------------------------------------------------------------------------- what the program takes


# What a refusal says of a value; the page's word for it, and a value that is taken.
KINDS = {
    "be a text": ("text", "x"), "be a list of texts": ("list of texts", ["x"]),
    "be a whole number from 0 to 1000000000": ("count", 1),
    "be a whole number from 1 to 9007199254740991": ("count", 1),
    "be whole seconds": ("seconds", -3600),
    "be true or false": ("true or false", True), "be an RFC 3339 time": ("time", "2025-09-14T08:00:00Z"),
    "be a list": ("list of {name, message}", []), "name steps with whole seconds": ("{step: seconds}", {}),
}


def pieces_of(names, most=55_000):
    """The words in pieces, each of which fits into one event."""
    pieces, size = [[]], 0
    for word in names:
        size += 2 * len(word) + 10
        if size > most:
            pieces, size = [*pieces, []], 0
        pieces[-1].append(word)
    return pieces


@functools.cache
def fields_taken(client, kind):
    """The fields that the program reads in a type of event with their kinds of value, and a good value of each.

    Every word of Sources is sent as a field, with a value that no field takes. What is complained of is a field, and
    gets a good value, until there is no complaint."""
    found, good = {}, {}
    for piece in pieces_of(SPOKEN):
        data = {word: {word: {}} for word in piece}
        while True:
            data.update(good)
            reason = client.ask(event(kind, "nobody", data))["error"]
            lacking = re.match(r"'(\w+)' is missing", reason)
            if lacking and lacking[1] not in data:
                data[lacking[1]] = {lacking[1]: {}}
                continue
            complaint = re.match(r"'(\w+)' must (.+)", reason)
            if not complaint:
                break
            name, wanted = complaint.groups()
            if name == "undoes":
                del data[name]
            elif wanted == "be an object":
                found[name], good[name] = f"{{pool: {found[name]}}}", {"front": good[name]}
            elif wanted in KINDS:
                found[name], good[name] = KINDS[wanted]
            else:
                found[name] = re.sub("^be (one of )?", "", wanted)
                good[name] = listed(found[name])[0]
    return found, good


def alike(value):
    """A kind of value, words in any order."""
    return sorted(listed(value.strip("{}").removeprefix("pool: "))), value.startswith("{")


def test_the_types_of_the_page_are_those_of_the_program(onlooker):
    candidates = sorted({word for word in SPOKEN if word.islower()} | set(EVENTS))
    onlooker.send(*[event(word, "work", {}) for word in candidates])
    assert {word for word in candidates if "is unknown" not in onlooker.take("ok")["error"]} == set(EVENTS)


@pytest.mark.parametrize("kind", EVENTS)
def test_the_fields_of_a_type_and_their_values_are_those_of_the_program(onlooker, kind):
    taken, _ = fields_taken(onlooker, kind)
    page = {name: alike(value) for name, (value, _) in fields_of(kind).items()}
    assert page == {name: alike(value) for name, value in taken.items()}


@pytest.mark.parametrize("kind", EVENTS)
def test_what_the_page_calls_needed_is_needed_and_nothing_else(watched, onlooker, kind):
    _, good = fields_taken(onlooker, kind)

    def reason_without(name, **changes):
        data = {key: value for key, value in {**good, **changes}.items() if key != name}
        return onlooker.ask(event(kind, "nobody", data))["error"]
    for name, (_, remark) in fields_of(kind).items():
        conditional = re.match("needed for (.*)", remark)
        if conditional:
            # Out of turn is no word of the field: what stands where tells.
            wanted = set(listed(conditional[1])) - {"and out of turn"}
            field, choice = next((f, listed(v)) for f, (v, _) in fields_of(kind).items() if wanted <= set(listed(v)))
            needing = {word for word in choice if f"needs a '{name}'" in reason_without(name, **{field: word})}
            assert needing == wanted, f"{name}: {needing}"
            continue
        is_missed = reason_without(name).startswith(f"'{name}' is missing")
        if remark.startswith("needed") and not is_missed:
            made = example(kind)
            del made["data"][name]
            is_missed = f"'{name}'" in watched.connect().refused(made)
        assert is_missed == remark.startswith("needed"), f"{name}: {reason_without(name)}"


# Words that a night refuses as it stands, and what the reason speaks of: never of the word itself.
EXCUSED = {
    ("bridge", "opened"): "own life", ("bridge", "amended"): "'runbook'", ("bridge", "live"): "the night is",
    ("bridge", "closing"): "already", ("bridge", "closed"): "in the way", ("approval", "approved"): "is shut",
    ("looseend", "forgiven"): "is open", ("lead", "accepted"): "for another",
}


@pytest.mark.parametrize("kind", SENT)
def test_every_word_that_the_page_lists_is_taken_and_no_other(shop, kind):
    client, base = shop.connect(), example(kind)
    why = {name: "why" for name in ("note", "reason") if name in fields_of(kind)}
    for name, (value, _) in fields_of(kind).items():
        if "," not in value or value.startswith("list"):
            continue
        for word in [*alike(value)[0], "frobnicated"]:
            said = {"front": word} if value.startswith("{") else word
            answer = client.ask(event(kind, base["subject"], {**base["data"], **why, name: said}))
            if word == "frobnicated":
                assert "must be one of" in answer["error"], answer
            else:
                excuse = EXCUSED.get((kind, word))
                assert answer["ok"] or excuse and excuse in answer["error"], f"{name} {word}: {answer}"


@pytest.mark.parametrize("name", ["specversion", "id", "source", "type", "subject"])
def test_an_event_without_what_every_event_needs_is_refused(watched, name):
    made = event("note", "web1", {"text": "incomplete"})
    del made[name]
    assert not watched.connect().ask(made)["ok"]


def test_the_events_of_the_page_are_taken_through_emit_and_over_the_socket(hub, folder):
    runbook, lines = contracts_night(folder), example_events()
    one = hub(runbook, at="Sun 04:31", speed=0)
    other = hub(runbook, at="Sun 04:31", speed=0, name="other", state=folder / "state-2")
    emitted = [json.loads(line) for line in one.ok("emit", stdin="\n".join(lines)).lines()]
    client = other.connect()

    def answers():
        client.send(*lines)
        return [client.take("ok") for _ in lines]
    answered = answers()
    assert [dict(answer) for answer in answered] == emitted and all(answer["ok"] for answer in answered)
    kept = {entry["entry"]: entry["event"] for entry in other.entries()}
    for sent, answer in zip(map(json.loads, lines), answered):
        name = kept[answer["entry"]]["subject"]
        assert kept[answer["entry"]] == {**sent, "subject": name}
        assert name == sent["subject"] or (sent["subject"], name) == ("Database 1", "db1")
    assert answers() == answered, "a repetition gets the number of the first entry"
    assert {json.loads(line)["type"].removeprefix("warroom.") for line in lines} == set(SENT), "a type has no example"


def test_only_the_types_that_the_page_names_can_be_undone(shop):
    client = shop.connect()
    undo = re.search(r"(?s)\*\*Undo\.\*\*(.*?)\n\n", SECTIONS["Events"])[1]
    undone = set()
    for kind in SENT:
        base = example(kind)
        reason = client.refused(event(kind, base["subject"], {**base["data"], "undoes": 999_999, "note": "why"}))
        if "is not the last word of a person" in reason:
            undone.add(kind)
    assert undone == set(re.findall(r"`warroom\.(\w+)`", undo))


# -------------------------------------------------------------------------------------------- claims, loose ends, roles


def test_the_divergences_of_the_page_are_those_that_claims_make(shop):
    patterns = set()
    for row in tables(SECTIONS["Claims"])[0][1:]:
        first, *others = words(row[0])
        patterns |= {first, *(first.rsplit("/", 1)[0] + other for other in others)}
    names = {"SERVER": "web1", "POOL": "front", "STEP": "patch", "RUN": "smoke", "GATE": "before-release"}
    wanted = {"/".join(names.get(part, part) for part in pattern.split("/")) for pattern in patterns}
    client, tool = shop.connect(), shop.connect()
    tool.subscribe(**{"as": "feeder"})
    well = {
        "patch": "installed", "reboot": "up", "verify": "passed", "reach": "ok", "alerts": "on",
        "pools": {"front": "in"}}
    ill = {
        "patch": "failed", "reboot": "pending", "verify": "failed", "reach": "unreachable", "alerts": "muted",
        "pools": {"front": "out"}}
    client.taken(event("server", "web1", well, source="one"))
    client.taken(event("server", "web1", ill, source="two"))
    client.taken(event("step", "patch", {"state": "done", "note": "Pull out is not done"}))
    tool.taken(event("step", "patch", {"state": "failed", "note": "no"}, source="ansible"))
    client.taken(event("pipeline", "build/Run", {"state": "running"}))
    client.taken(event("tests", "smoke", {"state": "passed", "total": 1, "passed": 1, "failed": 0, "flaky": 1}))
    assert {divergence["id"] for divergence in shop.status()["divergences"]} == wanted


def test_loose_ends_are_named_as_the_page_says(shop):
    client = shop.connect()
    client.taken(event("server", "web1", {"alerts": "muted", "pools": {"front": "draining"}}, source="one"))
    client.taken(event("server", "db1", {"pools": {"front": "down"}}, source="one"))
    client.taken(event("hold", "web1", {"state": "held"}))
    patterns = re.findall(r"`(\w+/SERVER(?:/POOL)?)`", SECTIONS["Loose ends"])
    wanted = {pattern.replace("SERVER", "web1").replace("POOL", "front") for pattern in patterns}
    assert {end["id"] for end in shop.status()["looseEnds"]} == wanted


ROLES = {
    "lead": "lead", "approver": "approver: Release manager", "team": "team: review/shop", "monitoring": "monitoring",
    "feeder": "feeder", "viewer": "viewer",
}
# What is a role's own of a type, and what is not: subjects, or roles that decide.
OWN = {
    ("step", "team"): ("out", "patch"), ("check", "team"): ("review/shop/new", "review/back/new"),
    ("review", "team"): ("review/shop/pay", "review/back/books"),
    ("review", "monitoring"): ("watch/core/post-check", "review/back/books"),
    ("approval", "approver"): ("Release manager", "Second approver"),
    ("signature", "approver"): ("Release manager", "Second approver"),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_page_says_and_nothing_else(shop, role):
    client = shop.connect()
    client.subscribe(**{"as": ROLES[role]})
    head, *rows = tables(SECTIONS["Roles"])[0]
    kinds = [words(row[0])[0].removeprefix("warroom.") for row in rows]
    assert head[1:] == list(ROLES) and set(kinds) == set(EVENTS)

    def may(kind, data, subject):
        answer = client.ask(event(kind, subject, data))
        return answer["ok"] or not re.search("may not do this|the hub's own|own life", answer["error"])
    for kind, row in zip(kinds, rows):
        base, says = example(kind), row[1 + list(ROLES).index(role)]
        own = OWN.get((kind, role), ())[:1]
        all_that_is_owned = {name for (of, _), names in OWN.items() if of == kind for name in names}
        for state in listed(re.sub("`.*`", "", row[0])) or [base["data"].get("state")]:
            data = {**base["data"], "state": state, "note": "why"}
            if state == "amended":
                data |= {"reason": "why", "runbook": "0" * 64}
            for about in sorted(all_that_is_owned) or [base["subject"]]:
                if kind in ("approval", "signature"):
                    can = may(kind, {**data, "as": about}, base["subject"])
                else:
                    can = may(kind, data, about)
                wanted = about in own if says == "own" else says == "yes"
                assert can == wanted, f"{kind} {state} {about}: the page says {says}"
