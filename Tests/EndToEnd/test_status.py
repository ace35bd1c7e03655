"""The document of `status --json` is what docs/contract.md and docs/status.schema.json say, in every state of a
night."""

import json
import re

import jsonschema
import pytest

import nights
from nights import junit, little, put
from programs import ROOT, event, one_sentence, wait_until

SCHEMA = json.loads((ROOT / "docs" / "status.schema.json").read_text())

# What docs/contract.md has of `status --json`, written once more by hand: the schema itself is held to this.
NAMED = {
    "": "format bridge now entry head sentence window forecast phases steps servers waves boards tests gates looseEnds "
        "divergences pipelines batch alerts messages sources troubles",
    "bridge": "id title date mode state lead", "sentence": "text on since",
    "forecast": "end overrun cause criticalPath",
    "steps[]": "id phase title state due ready gate owner baseline planned forecast actual claims",
    "servers[]": "name wave patch reboot verify reach pools alerts stale rollup restart",
    "waves[]": "id done of confirmed", "boards[]": "id teams",
    "boards[].teams[]": "id checks", "boards[].teams[].checks[]": "id mark proposed recheck reviewer note at entry",
    "gates[]": "id state needs approvals",
    "gates[].needs[]": "text met why", "sources[]": "id state lastGood reason refused",
}


def at_path(document, path):
    """Every object at a path such as `boards[].teams[]`."""
    found = [document]
    for part in filter(None, path.split(".")):
        name, many = part.removesuffix("[]"), part.endswith("[]")
        found = [one for each in found for one in (each[name] if many else [each[name]])]
    return found


def schema_at(path):
    schema = SCHEMA
    for part in filter(None, path.split(".")):
        schema = resolved(resolved(schema)["properties"][part.removesuffix("[]")])
        if part.endswith("[]"):
            schema = resolved(schema["items"])
    return resolved(schema)


def resolved(schema):
    while "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return schema


def holds(document):
    """The document is as the schema says; a document with a wrong type in it is not."""
    faults = sorted(jsonschema.Draft202012Validator(SCHEMA).iter_errors(document),
        key=lambda fault: list(map(str, fault.absolute_path)))
    assert not faults, "\n".join(f"{'/'.join(map(str, f.absolute_path))}: {f.message[:300]}" for f in faults[:20])
    for path, keys in NAMED.items():
        for one in at_path(document, path):
            missing = set(keys.split()) - set(one)
            assert not missing, f"{path or 'the document'} lacks {sorted(missing)}"
    return document


def test_the_schema_is_a_schema_that_requires_every_key_of_the_contract_and_describes_it():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for path, keys in NAMED.items():
        schema = schema_at(path)
        assert set(keys.split()) <= set(schema["required"]), (
            f"{path or 'the document'}: {set(keys.split()) - set(schema['required'])} not required")
        for name, part in schema["properties"].items():
            assert part.get("description") or resolved(part).get("description"), f"{path}.{name} is not described"


@pytest.mark.parametrize("change", [
    {"format": "1"}, {"now": "Sun 04:31"}, {"now": None}, {"entry": -1}, {"head": "abc"}, {"servers": {}},
    {"bridge": {}}, {"sources": [{"id": "x"}]},
    {"waves": None}, {"steps": [{}]}, {"window": {"opens": "2025-09-13T23:00:00+00:00"}}], ids=json.dumps)
def test_the_schema_refuses_what_the_contract_does_not_allow(hub, change):
    document = holds(hub(at="Sun 04:31").status())
    assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors({**document, **change}))


def test_an_empty_live_night_holds(hub):
    document = holds(hub().status())
    assert document["bridge"]["mode"] == "live" and document["entry"] >= 1
    assert re.fullmatch("[0-9a-f]{64}", document["head"])
    assert document["window"]["closes"] is None, "what is absent is null"


def test_the_sample_night_at_0431_holds_and_says_what_is_true_then(sample):
    hub = sample(speed=0)
    hub.run("emit", nights.SAMPLE / "until-0431.ndjson")
    wait_until(lambda: [t for t in hub.status()["tests"] if t["id"] == "smoke-1" and t["state"] == "passed"], 5)
    wait_until(lambda: {s["id"]: s["state"] for s in hub.status()["sources"]}["pools"] == "current", 5)
    document = holds(hub.status())
    bridge = document["bridge"]
    assert (bridge["id"], bridge["title"], bridge["date"]) == (
        "monthly-2025-09-14.rehearsal", "Monthly Server Patching", "2025-09-14")
    assert bridge["mode"] == "rehearsal"
    assert document["now"] == "2025-09-14T08:31:00Z" and document["window"]["opens"] == "2025-09-13T23:00:00Z"
    waves = {w["id"]: w for w in document["waves"]}
    assert (waves["web1-5"]["done"], waves["web1-5"]["of"], waves["web6-10"]["done"], waves["web6-10"]["of"]) == (
        5, 5, 0, 5)
    servers = {s["name"]: s for s in document["servers"]}
    assert servers["IC-Web4"]["pools"] == {"backend-pool-invoicecloud-web": "in", "IC-LB-WebSVR-4AppSVR": "out"}
    assert servers["IC-Web6"]["patch"] == "pending" and servers["IC-Web1"]["wave"] == "web1-5"
    steps = {s["id"]: s for s in document["steps"]}
    assert steps["web6-10-patch"]["planned"] == "2025-09-14T08:30:00Z"
    assert steps["web6-10-patch"]["gate"] == "before-web6-10"
    assert steps["web6-10-patch"]["due"] is True and steps["web6-10-patch"]["ready"] is False
    assert steps["reschedule-jobs"]["actual"] == {"start": "2025-09-13T23:00:40Z", "end": "2025-09-13T23:06:31Z"}
    assert len(steps) >= 47
    assert [p["id"] for p in document["phases"]] == [
        "pre-work", "day-of", "changes", "regression-testing", "post-steps"]
    gate = {g["id"]: g for g in document["gates"]}["before-web6-10"]
    assert gate["state"] == "shut" and [n["met"] for n in gate["needs"]] == [False, True, True]
    assert "IC-Web4" in gate["needs"][0]["why"]
    boards = {b["id"]: {t["id"]: [c["id"] for c in t["checks"]] for t in b["teams"]} for b in document["boards"]}
    assert list(boards["usa"]) == [
        "sre", "spam", "bms", "wicked-tendies", "go-live", "bif", "bbq", "egress", "platform"]
    assert boards["usa"]["sre"] == ["post-check"]
    assert boards["india"]["payments"] == ["skybot-batch-closes", "paypal", "cass", "skybot-scheduler"]
    assert len(boards["india"]["payer"]) == 4 and len(boards["india"]["integration"]) == 7
    smoke = {t["id"]: t for t in document["tests"]}["smoke-1"]
    assert (smoke["state"], smoke["total"], smoke["passed"], smoke["failed"]) == ("passed", 32, 32, 0)
    # The run of 24 August proves nothing of this night.
    assert steps["healthcheck-run"]["state"] not in ("done", "started", "running")


def test_a_night_with_something_in_every_section_holds(hub):
    hub = hub(little(sources={"tool": {"kind": "status-files", "path": "{state}/tool.json", "every": "200ms"},
                              "reports": {"kind": "junit", "path": "{state}/smoke/*.xml", "run": "smoke",
                                  "every": "200ms"}},
                     window={"opens": "Sat 19:00", "closes": "Sun 10:00"}), at="Sun 04:31")
    from test_events import GOOD
    client = hub.connect()
    for good in GOOD:
        client.taken(event(*good))
    client.taken(event("server", "a stranger", {"patch": "installed"}, source="one"))
    client.taken(event("server", "node-1", {"patch": "installed"}, source="one"))
    client.taken(event("server", "node-1", {"patch": "failed"}, source="two"))
    client.taken(
        event("approval", "before-open", {"decision": "overridden", "as": "Release Approver", "reason": "by hand"}))
    put(hub.state / "tool.json", "{half")
    put(hub.state / "smoke" / "r.xml", junit([("Portal", "pays", "503"), ("Portal", "signs in", None)]))
    wait_until(lambda: {s["id"]: s["state"] for s in hub.status()["sources"]}["tool"] == "unreadable", 5)
    document = holds(hub.status())
    for section in ("divergences", "pipelines", "batch", "alerts", "messages", "looseEnds", "troubles"):
        assert document[section], f"{section} is empty"
    assert {g["id"]: g for g in document["gates"]}["before-open"]["approvals"]
    assert document["window"]["closes"] == "2025-09-14T14:00:00Z"


def test_a_night_as_of_then_holds(hub):
    hub = hub(at="Sun 04:31")
    began = hub.entries()[0]["receivedAt"]
    hub.connect().taken(event("note", "work", {"text": "later"}))
    document = holds(hub.status(at=began))
    assert (document["now"], document["entry"]) == (began, 1)
    for at, why in (("Sun 04:30", "has no entry yet"), ("Sun 05:30", "has not come")):
        one_sentence(hub.run("status", "--json", "--at", at), why)


def test_a_night_with_one_step_and_nothing_else_holds(hub):
    bare = {"id": "bare", "title": "Bare", "date": "2025-09-14", "zones": nights.LITTLE["zones"],
            "phases": [{"id": "work", "title": "Work", "steps": [{"id": "one", "title": "One"}]}]}
    document = holds(hub(bare, at="Sun 04:31").status())
    assert document["servers"] == document["boards"] == document["gates"] == document["tests"] == []


def test_after_a_restart_and_a_kill_the_document_holds(hub):
    hub = hub(little(sources={"tool": {"kind": "status-files", "path": "{state}/tool.json", "every": "200ms"}}),
        at="Sun 04:31")
    put(hub.state / "tool.json",
        {"type": "warroom.server", "subject": "node-1", "data": {"patch": "installed", "pools": {"front": "in"}}})
    wait_until(lambda: hub.status()["servers"][0]["patch"] == "installed", 5)
    hub.kill()
    hub.start()
    holds(hub.status())
