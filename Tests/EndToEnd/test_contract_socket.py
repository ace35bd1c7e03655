"""The socket, the entries and the status of docs/contract.md, held against the program both ways."""

import json
import re
import subprocess
import sys

import pytest

from nights import SAMPLE, put
from pages import (
    BUILT, PAGE, PARTS, SECTIONS, contracts_night, example_events, fits, lines_of, listed, spoken, tables, words)
from programs import ROOT, event, wait_until


@pytest.fixture
def shop(hub, folder):
    """A hub of the page's night, whose clock stands still; its starter may do everything."""
    return hub(contracts_night(folder), at="Sun 04:31", speed=0)


def test_what_is_said_on_the_socket_is_what_the_page_says(shop):
    blocks = PAGE.blocks("socket", BUILT)
    for block in blocks:
        client = shop.connect()
        for line in lines_of(block):
            if line.startswith("> "):
                client.send(line[2:])
                continue
            try:
                client.take(lambda heard: fits(line.removeprefix("< "), heard.raw.decode()), 3)
            except TimeoutError:
                heard = "\n".join(other.raw.decode()[:500] for other in client.lines)
                raise AssertionError(f"not heard: {line}\nheard:\n{heard}") from None
    assert len(blocks) >= 3


def test_the_requests_of_the_page_are_those_of_the_hub(shop):
    """Every word of Sources is asked for; `stop` comes last, because it ends the hub."""
    rows = {words(row[0])[0] for row in tables(PARTS["Requests"])[0][1:]}
    client, known = shop.connect(), set()
    for word in [*sorted((set(spoken()) | rows) - {"type", "stop"}), "stop"]:
        client.send({word: {"at": "nonsense", "as": "nobody", "subject": 7}})
        answer = client.take(lambda line: "ok" in line or word in line)
        if "nor a request that this hub knows" not in answer.get("error", ""):
            known.add(word)
    assert known == rows
    assert shop.process.wait(5) == 0


def test_a_request_takes_the_options_that_the_page_names(shop):
    options = {words(row[0])[0]: words(row[1]) for row in tables(PARTS["Requests"])[0][1:]}
    assert options == {
        "subscribe": ["from", "as"], "status": ["at"], "bridge": ["at"], "history": ["subject", "before", "limit"],
        "whereabouts": [], "stop": []}
    client = shop.connect()
    for request, option in [("subscribe", "from"), ("status", "at"), ("bridge", "at"), ("history", "subject")]:
        assert f"'{option}'" in client.ask({request: {option: 0}})["error"]
    assert "nobody" in client.ask({"subscribe": {"as": "nobody"}})["error"]
    numbers = [client.taken(event("note", "web1", {"text": "x"})) for _ in range(1020)]
    usual, most = map(int, re.search(r"`limit` is (\d+) if left out, and at most (\d+)", PARTS["Requests"]).groups())

    def history(**options):
        found = client.ask({"history": {"subject": "web1", **options}}, "history")["history"]
        return [entry["entry"] for entry in found["entries"]]
    assert history() == numbers[-usual:] and history(limit=most) == numbers[-most:]
    assert "'limit'" in client.ask({"history": {"subject": "web1", "limit": most + 1}})["error"]
    assert history(before=numbers[3], limit=2) == numbers[1:3]


def test_a_line_may_be_as_long_and_as_deep_as_the_page_says_and_no_more(shop):
    most = int(re.search(r"\(([\d,]+) bytes\)", SECTIONS["The socket"])[1].replace(",", ""))
    deep = int(re.search(r"at most (\d+)\s+levels", SECTIONS["The socket"])[1])
    client = shop.connect()
    made = event("note", "web1", {"text": "", "x": ["x" * 15_000] * 4})
    made["data"]["text"] = "x" * (most - len(json.dumps(made)))
    client.send(b"", made)
    answer = client.take("ok")
    assert answer["ok"] and answer["id"] == made["id"], f"an empty line gets no answer: {answer}"
    made["data"]["text"] += "x"
    assert not client.ask(made)["ok"]
    for levels in (deep, deep + 1):
        made = event("note", "web1", {"text": "deep"})
        inner = "[" * (levels - 2) + "]" * (levels - 2)
        line = json.dumps(made).replace('"deep"', f'"deep","more":{inner}')
        assert client.ask(line)["ok"] == (levels == deep), f"{levels} levels"


def test_an_entry_has_the_keys_of_the_page_in_its_order_and_no_others(shop):
    client, tool = shop.connect(), shop.connect()
    tool.subscribe(**{"as": "feeder"})
    tool.taken(event("step", "out", {"state": "skipped", "note": "no"}, source="ansible"))
    for subject in ("review/shop", "review/back", "watch/core"):
        client.taken(event("review", subject, {"mark": "no-response", "note": "nobody is there"}))
    client.taken(event("bridge", "shop-2025-09-14.rehearsal", {"state": "closed"}))
    client.taken(event("note", "web1", {"text": "after"}))
    keys = [words(row[0])[0] for row in tables(PARTS["Entries and their hash"])[0][1:]]
    entries = shop.entries()
    assert all(list(entry) == [key for key in keys if key in entry] for entry in entries)
    assert {key for entry in entries for key in entry} == set(keys)
    assert {entry.get("via") for entry in entries} == {None, "hub", "feeder"}
    assert [entry["afterClose"] for entry in entries if "afterClose" in entry] == [True]


def test_the_page_follows_the_chain_without_the_program(shop):
    shop.ok("note", "größer \u202e \x07")
    shop.ok("mark", "review/shop/pay", "ok")
    text = shop.ok("log", "--json").out

    def follow(text):
        program = [sys.executable, "-c", PAGE.blocks("python")[0]]
        return subprocess.run(program, input=text.encode(), capture_output=True)
    done = follow(text)
    assert done.returncode == 0 and done.stdout.decode().strip() == shop.status()["head"], done
    assert follow(text.replace("gr", "Gr", 1)).returncode == 1, "a changed entry is not found"


# --------------------------------------------------------------------------------------------- status, sources, samples


def shape(schema, root, path=""):
    """The keys of every object of a JSON Schema, by the path to it."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    found = {path: list(schema["properties"])} if "properties" in schema else {}
    for part in schema.get("anyOf", []):
        found |= shape(part, root, path)
    for name, part in schema.get("properties", {}).items():
        found |= shape(part, root, f"{path}.{name}".removeprefix("."))
    return found | (shape(schema["items"], root, f"{path}[]") if "items" in schema else {})


def keys_in(value, path=""):
    """The keys of every object of a document, each with the path to it."""
    if isinstance(value, list):
        for item in value:
            yield from keys_in(item, f"{path}[]")
    elif isinstance(value, dict):
        yield path, set(value)
        for name, item in value.items():
            yield from keys_in(item, f"{path}.{name}".removeprefix("."))


def test_the_keys_of_the_status_are_those_of_its_schema_and_of_the_program(shop):
    schema = json.loads((ROOT / "docs" / "status.schema.json").read_text())
    rows = tables(SECTIONS["status --json"])[0][1:]
    page = {path: words(row[1]) for row in rows for path in words(row[0]) or [""]}
    assert page == shape(schema, schema)
    shop.ok("emit", stdin="\n".join(example_events()))
    for path, keys in keys_in(shop.status()):
        if path != "servers[].pools":
            assert keys <= set(page[path]), f"{path}: {sorted(keys - set(page[path]))} not in the page"


def words_of(key):
    """The words that the page lists for a key of the status."""
    return next(listed(row[1]) for row in tables(SECTIONS["status --json"])[1][1:] if words(row[0]) == [key])


def test_the_kinds_of_trouble_are_those_of_the_program():
    """They cannot all be made on one night, so the declaration is read."""
    texts = [path.read_text() for path in (ROOT / "Sources").rglob("*.swift")]
    declared = next(text for text in texts if "struct Trouble:" in text)
    kinds = re.search(r"(?s)enum Kind: String.*?\n        var ", declared)[0]
    cases = [case for line in re.findall(r"(?m)^\s+case (.+)$", kinds) for case in line.split(", ")]
    assert [re.sub(r'\w+ = "(.*)"', r"\1", case) for case in cases] == words_of("troubles[].kind")


def test_the_rollups_of_a_server_are_those_that_reports_make(shop):
    client = shop.connect()
    well = {"patch": "installed", "reboot": "up", "verify": "passed", "alerts": "on", "pools": {"front": "in"}}
    made = []
    for change in ({"patch": "failed"}, {"pools": {"front": "unknown"}}, {"alerts": "muted"}, {"patch": "running"},
                   {"patch": "pending"}, {}):
        client.taken(event("server", "web1", {**well, **change}, source="ansible"))
        made.append({server["name"]: server["rollup"] for server in shop.status()["servers"]}["web1"])
    assert made == words_of("servers[].rollup")


def test_the_ids_of_the_sample_are_those_of_the_page(hub):
    document = hub(SAMPLE / "runbook.yaml", at="Sun 04:31", speed=0).status()
    kinds = ("phases", "steps", "gates", "waves", "tests", "sources")
    found = {kind: [one["id"] for one in document[kind]] for kind in kinds}
    for board in document["boards"]:
        found[board["id"]] = [team["id"] for team in board["teams"]]
        for team in board["teams"]:
            found[f"{board['id']}/{team['id']}"] = [check["id"] for check in team["checks"]]
    page = {row[0]: listed(row[1]) for row in tables(SECTIONS["The samples"])[0][1:]}
    every = page.pop("usa, each team")
    assert found == page | {f"usa/{team}": every for team in page["usa"]}


def test_what_a_status_file_leaves_out_is_filled_in_as_the_page_says(hub, folder):
    source = 'sources: {patch: {kind: status-files, path: "{state}/patch.json", every: 100ms}}\n'
    hub = hub(contracts_night(folder, source), at="Sun 04:31")
    put(hub.state / "patch.json", PAGE.blocks("json status file")[0])
    entry = wait_until(lambda: next((entry for entry in hub.entries() if entry.get("via") == "source"), None), 5)
    made = entry["event"]
    assert (entry["by"], made["source"], made["specversion"]) == ("patch", "patch", "1.0")
    assert made["time"] and made["id"]
    hub.connect().refused(event("server", "web1", {"patch": "running"}, source="patch"), "patch")
