"""Commands, their exit codes and their one sentence (docs/contract.md, Commands)."""

import json
import re
import select
import socket
import subprocess
import time

import pytest

from nights import SAMPLE, little, put, write_runbook
from programs import WARROOM, environment, event, one_sentence, run


# ----------------------------------------------------------------------------------------------------------- exit codes


@pytest.mark.parametrize("arguments", [
    ["frobnicate"], ["status", "--frobnicate"], ["status", "--at"], ["mark"], ["mark", "review/alpha/one"],
    ["mark", "review/alpha/one", "green"],
    ["step", "prepare"], ["step", "prepare", "finish"], ["note"], ["log", "--since", "yesterday"],
    ["log", "--since", "0x"],
    ["emit", "/nowhere/at/all.ndjson"], ["serve"], ["serve", "/nowhere/runbook.yaml"], ["check"],
    ["check", "/nowhere/runbook.yaml"],
    ["verify", "/nowhere/journal.sqlite"], ["open", "/nowhere/runbook.yaml"], ["serve", "RUNBOOK", "--speed", "-1"],
    ["serve", "RUNBOOK", "--speed", "fast"],
    ["open", "one", "two"], ["mark", "nowhere", "ok"], ["mark", "review/alpha", "ok"],
], ids=" ".join)
def test_wrong_usage_or_an_unreadable_file_is_exit_2_and_one_sentence(hub, folder, arguments):
    runbook = write_runbook(folder, little())
    arguments = [str(runbook) if a == "RUNBOOK" else a for a in arguments]
    if arguments[0] in ("serve", "check", "verify", "open", "frobnicate"):
        result = run(*arguments, folder=folder)
    else:
        result = hub(at="Sun 04:31").run(*arguments)
    assert result.code == 2, result
    one_sentence(result)


@pytest.mark.parametrize("arguments", [
    ["mark", "review/alpha/nothing", "ok"], ["mark", "review/alpha/one", "issues"], ["step", "nowhere", "start"],
    ["step", "prepare", "fail"], ["step", "open-up", "start"]], ids=" ".join)
def test_what_the_hub_refuses_is_exit_1_with_its_reason(hub, arguments):
    hub = hub(at="Sun 04:31")
    before = [e for e in hub.entries() if e.get("via") != "hub"]
    result = hub.run(*arguments)
    assert result.code == 1, result
    one_sentence(result)
    assert [e for e in hub.entries() if e.get("via") != "hub"] == before


@pytest.mark.parametrize("arguments", [
    ["status"], ["status", "--json"], ["log"], ["mark", "review/alpha/one", "ok"], ["step", "prepare", "start"],
    ["note", "hello"], ["emit"], ["stop"],
    ["open"], ["verify"]], ids=" ".join)
def test_without_a_hub_every_command_is_exit_3_and_one_sentence(folder, arguments):
    found = run(*arguments, folder=folder)
    assert found.code == 3, found
    one_sentence(found)
    named = run(*arguments, "--socket", folder / "nobody.sock", folder=folder)
    assert named.code == 3, named
    one_sentence(named, "nobody.sock")


def test_a_socket_file_that_a_killed_hub_left_is_no_hub(hub):
    hub = hub()
    hub.kill()
    assert hub.socket.exists()
    assert hub.run("status").code == 3


def test_a_hub_that_accepts_and_never_answers_does_not_hang_a_command(folder):
    deaf = socket.socket(socket.AF_UNIX)
    deaf.bind(str(folder / "deaf.sock"))
    deaf.listen(5)
    start = time.monotonic()
    result = run("status", "--socket", folder / "deaf.sock", folder=folder, timeout=30)
    assert result.code == 3 and time.monotonic() - start < 20, result
    one_sentence(result)
    deaf.close()


def test_help_is_exit_0_and_names_every_command(folder):
    result = run("--help", folder=folder)
    assert result.code == 0
    for command in ("open", "serve", "stop", "mark", "step", "note", "emit", "status", "log", "verify", "check"):
        assert re.search(rf"(?m)^\s*{command}\b", result.out), f"{command} is not in the help"
    assert run("mark", "--help", folder=folder).code == 0


def test_output_into_a_closed_pipe_is_no_crash(hub):
    hub = hub(at="Sun 04:31")
    done = subprocess.run(["sh", "-c", f"{WARROOM} log --json --socket {hub.socket} 2>err | true; cat err"],
        capture_output=True, text=True, cwd=hub.folder, env=environment(hub.folder), timeout=10)
    assert "Fatal" not in done.stdout and "rash" not in done.stdout


# ----------------------------------------------------------------------------------------------------- writing commands


def checks(hub, board, team):
    return {c["id"]: c for b in hub.status()["boards"] if b["id"] == board for t in b["teams"] if t["id"] == team
        for c in t["checks"]}


def test_mark_says_the_verdict_the_reviewer_and_the_note(hub):
    hub = hub(at="Sun 04:31")
    hub.ok("mark", "review/alpha/one", "issues", "--note", "503 on the portal", "--reviewer", "rev-7")
    one = checks(hub, "review", "alpha")["one"]
    assert (one["mark"], one["note"], one["reviewer"]) == ("issues", "503 on the portal", "rev-7")
    hub.ok("mark", "review/alpha/one", "ok")
    one = checks(hub, "review", "alpha")["one"]
    assert one["mark"] == "ok" and one["reviewer"] == hub.entries()[-1]["by"], "who sent it has reviewed it"
    assert one["entry"] == hub.entries()[-1]["entry"] and one["at"]
    hub.ok("mark", "review/alpha/one", "pending")
    assert checks(hub, "review", "alpha")["one"]["mark"] == "pending"


def test_no_response_may_be_said_of_a_whole_team(hub):
    hub = hub(at="Sun 04:31")
    hub.ok("mark", "review/alpha/one", "ok")
    hub.ok("mark", "review/alpha", "no-response", "--note", "silent")
    marks = {c["mark"] for c in checks(hub, "review", "alpha").values()}
    assert "no-response" in marks and "pending" not in marks


@pytest.mark.parametrize("deed, state, note", [
    ("start", "started|running", None), ("done", "done", None), ("fail", "failed", "it broke"),
    ("skip", "skipped", "not tonight"),
    ("workaround", "workaround", "by hand"), ("not-applicable", "not-applicable", "no such thing")])
def test_step_says_what_became_of_a_step(hub, deed, state, note):
    hub = hub(at="Sun 04:31")
    hub.ok("step", "prepare", deed, *(["--note", note] if note else []))
    step = {s["id"]: s for s in hub.status()["steps"]}["prepare"]
    assert re.fullmatch(state, step["state"]), step
    assert note is None or note in json.dumps(step["claims"])
    hub.ok("step", "prepare", "reset")
    assert {s["id"]: s for s in hub.status()["steps"]}["prepare"]["state"] not in (
        "done", "started", "running", "failed")


def test_a_step_may_have_happened_earlier(hub):
    hub = hub(at="Sun 04:31")
    hub.ok("step", "prepare", "start", "--at", "Sat 19:02")
    hub.ok("step", "prepare", "done", "--at", "2025-09-13T23:06:30Z")
    actual = {s["id"]: s for s in hub.status()["steps"]}["prepare"]["actual"]
    assert (actual["start"], actual["end"]) == ("2025-09-13T23:02:00Z", "2025-09-13T23:06:30Z")


def test_note_is_kept_with_its_subject(hub):
    hub = hub(at="Sun 04:31")
    hub.ok("note", "the bridge is quiet")
    hub.ok("note", "it is warm in here", "--on", "node-1")
    last = hub.entries()[-1]["event"]
    assert (last["type"], last["subject"], last["data"]["text"]) == ("warroom.note", "node-1", "it is warm in here")


def test_emit_answers_each_line_and_is_exit_1_when_one_was_refused(hub, folder):
    hub = hub(at="Sun 04:31")
    good = [event("note", "work", {"text": f"note {n}"}) for n in range(3)]
    path = put(folder / "events.ndjson", "".join(json.dumps(e) + "\n" for e in good))
    result = hub.ok("emit", path)
    answers = [json.loads(line) for line in result.lines()]
    assert [(a["ok"], a["id"]) for a in answers] == [(True, e["id"]) for e in good]
    bad = event("step", "nowhere", {"state": "done"})
    last = event("note", "work", {"text": "last"})
    result = hub.run("emit",
        stdin="".join(line + "\n" for line in (json.dumps(good[0]), json.dumps(bad), "{nonsense", json.dumps(last))))
    answers = [json.loads(line) for line in result.lines()]
    assert result.code == 1 and [a["ok"] for a in answers] == [True, False, False, True]
    assert (answers[0]["entry"], answers[1]["id"], answers[2]["id"]) == (
        json.loads(hub.ok("emit", path).lines()[0])["entry"], bad["id"], None)


def test_emit_takes_a_last_line_without_a_newline_and_many_lines(hub):
    hub = hub(at="Sun 04:31")
    lines = [json.dumps(event("note", "work", {"text": f"note {n}"})) for n in range(3000)]
    result = hub.run("emit", stdin="\n".join(lines), timeout=30)
    assert result.code == 0 and len(result.lines()) == 3000
    assert sum(e["event"]["type"] == "warroom.note" for e in hub.entries()) == 3000


def test_emit_from_a_pipe_answers_while_the_pipe_is_open(hub):
    """A pipeline reports as it goes."""
    hub = hub(at="Sun 04:31")
    feeder = subprocess.Popen([WARROOM, "emit", "--socket", hub.socket], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=environment(hub.folder))
    try:
        for n in range(3):
            feeder.stdin.write(json.dumps(event("note", "work", {"text": f"at once {n}"})).encode() + b"\n")
            feeder.stdin.flush()
            assert select.select([feeder.stdout], [], [], 5)[0], "no answer while standard input is open"
            assert json.loads(feeder.stdout.readline())["ok"] is True
        feeder.stdin.close()
        assert feeder.wait(5) == 0
    finally:
        feeder.kill()
        feeder.wait()
        feeder.stdout.close()


# ----------------------------------------------------------------------------------------------------- reading commands


def test_log_since_includes_its_entry(hub):
    hub = hub(at="Sun 04:31")
    client = hub.connect()
    numbers = [client.taken(event("note", "work", {"text": f"note {n}"})) for n in range(5)]
    assert [json.loads(line)["entry"] for line in hub.log_lines("--since", str(numbers[2]))] == numbers[2:]
    assert hub.ok("log", "--json", "--since", str(numbers[-1] + 1)).out == ""


def test_log_follow_goes_on_with_what_comes(hub):
    hub = hub(at="Sun 04:31")
    client = hub.connect()
    first = client.taken(event("note", "work", {"text": "before"}))
    follower = subprocess.Popen([WARROOM, "log", "--json", "--follow", "--since", str(first), "--socket", hub.socket],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(hub.folder))
    try:
        def line():
            assert select.select([follower.stdout], [], [], 5)[0], "nothing follows"
            return json.loads(follower.stdout.readline())
        assert line()["entry"] == first
        for n in range(3):
            number = client.taken(event("note", "work", {"text": f"after {n}"}))
            assert line()["entry"] == number
    finally:
        follower.kill()
        follower.communicate()


def test_log_as_text_is_a_line_an_entry(hub):
    hub = hub(at="Sun 04:31")
    hub.ok("mark", "review/alpha/one", "issues", "--note", "503\non two lines", "--reviewer", "rev-7")
    lines = hub.ok("log").lines()
    assert len(lines) == len(hub.entries())
    assert re.search(r"\b2\b.*503", lines[-1]) and "Sun 04:31" in lines[-1]


def test_status_as_text_has_the_sentence_the_clocks_and_every_section(sample):
    hub = sample()
    hub.run("emit", SAMPLE / "until-0431.ndjson")
    text = hub.ok("status").out
    assert "EST (EDT, UTC-4)" in text and "IST (UTC+5:30)" in text and "dropped out of the Internal LB" in text
    for word in ("IC-Web4", "Web1-5 before Web6-10", "Smoke 1", "Payments", "pools", "Sun 04:30", "Sun 14:00"):
        assert word in text, f"the status does not speak of {word}"
    assert "\x1b" not in text and not [line for line in text.split("\n") if line != line.rstrip()]


def test_status_as_json_is_one_document(hub):
    result = hub(at="Sun 04:31").ok("status", "--json")
    assert json.loads(result.out)["format"] == 1
    assert result.out.endswith("\n")
