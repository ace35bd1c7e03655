"""Commands, their exit codes and their one sentence; where the hub is (CONTRACT 1 and 2)."""

import json
import os
import re
import select
import signal
import socket
import stat
import subprocess
import time

import pytest

from nights import SAMPLE, little, put, write_runbook
from programs import BIN, WARROOM, Terminal, environment, event, identity, run, wait_until


def one_sentence(result, *words):
    """An error is one line on standard error that says what to do, and nothing on standard output."""
    lines = result.err.strip().split("\n")
    assert len(lines) == 1 and len(lines[0]) > 10, f"not one sentence: {result}"
    assert "Fatal" not in result.err and "Error Domain" not in result.err and "(" + "code" not in result.err, result
    for word in words:
        assert str(word).lower() in lines[0].lower(), f"{word!r} is not in: {lines[0]}"


# ------------------------------------------------------------------------------------------------------------ exit codes


@pytest.mark.parametrize("arguments", [
    ["frobnicate"], ["status", "--frobnicate"], ["status", "--at"], ["mark"], ["mark", "review/alpha/one"], ["mark", "review/alpha/one", "green"],
    ["step", "prepare"], ["step", "prepare", "finish"], ["note"], ["log", "--since", "yesterday"], ["log", "--since", "0x"],
    ["emit", "/nowhere/at/all.ndjson"], ["serve"], ["serve", "/nowhere/runbook.yaml"], ["check"], ["check", "/nowhere/runbook.yaml"],
    ["verify", "/nowhere/journal.sqlite"], ["open", "/nowhere/runbook.yaml"], ["serve", "RUNBOOK", "--speed", "-1"], ["serve", "RUNBOOK", "--speed", "fast"],
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
    ["status"], ["status", "--json"], ["log"], ["mark", "review/alpha/one", "ok"], ["step", "prepare", "start"], ["note", "hello"], ["emit"], ["stop"],
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
    done = subprocess.run(["sh", "-c", f"{WARROOM} log --json --socket {hub.socket} 2>err | true; cat err"], capture_output=True, text=True,
                          cwd=hub.folder, env=environment(hub.folder), timeout=10)
    assert "Fatal" not in done.stdout and "rash" not in done.stdout


# ------------------------------------------------------------------------------------------------------ writing commands


def checks(hub, board, team):
    return {c["id"]: c for b in hub.status()["boards"] if b["id"] == board for t in b["teams"] if t["id"] == team for c in t["checks"]}


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
    hub.ok("mark", "review/alpha", "no-response")
    marks = {c["mark"] for c in checks(hub, "review", "alpha").values()}
    assert "no-response" in marks and "pending" not in marks


@pytest.mark.parametrize("deed, state, note", [
    ("start", "started|running", None), ("done", "done", None), ("fail", "failed", "it broke"), ("skip", "skipped", "not tonight"),
    ("workaround", "workaround", "by hand"), ("not-applicable", "not-applicable", "no such thing")])
def test_step_says_what_became_of_a_step(hub, deed, state, note):
    hub = hub(at="Sun 04:31")
    hub.ok("step", "prepare", deed, *(["--note", note] if note else []))
    step = {s["id"]: s for s in hub.status()["steps"]}["prepare"]
    assert re.fullmatch(state, step["state"]), step
    assert note is None or note in json.dumps(step["claims"])
    hub.ok("step", "prepare", "reset")
    assert {s["id"]: s for s in hub.status()["steps"]}["prepare"]["state"] not in ("done", "started", "running", "failed")


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
    result = hub.run("emit", stdin="".join(line + "\n" for line in (json.dumps(good[0]), json.dumps(bad), "{nonsense", json.dumps(event("note", "work", {"text": "last"})))))
    answers = [json.loads(line) for line in result.lines()]
    assert result.code == 1 and [a["ok"] for a in answers] == [True, False, False, True]
    assert (answers[0]["entry"], answers[1]["id"], answers[2]["id"]) == (json.loads(hub.ok("emit", path).lines()[0])["entry"], bad["id"], None)


def test_emit_takes_a_last_line_without_a_newline_and_many_lines(hub):
    hub = hub(at="Sun 04:31")
    lines = [json.dumps(event("note", "work", {"text": f"note {n}"})) for n in range(3000)]
    result = hub.run("emit", stdin="\n".join(lines), timeout=30)
    assert result.code == 0 and len(result.lines()) == 3000
    assert sum(e["event"]["type"] == "warroom.note" for e in hub.entries()) == 3000


def test_emit_from_a_pipe_answers_while_the_pipe_is_open(hub):
    """A pipeline reports as it goes."""
    hub = hub(at="Sun 04:31")
    feeder = subprocess.Popen([WARROOM, "emit", "--socket", hub.socket], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(hub.folder))
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


# ------------------------------------------------------------------------------------------------------ reading commands


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
    follower = subprocess.Popen([WARROOM, "log", "--json", "--follow", "--since", str(first), "--socket", hub.socket], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=environment(hub.folder))
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
    assert "EST (EDT, UTC-4)" in text and "IST (UTC+5:30)" in text and "Waiting for" in text
    for word in ("IC-Web4", "before-web6-10", "Smoke 1", "Payments", "pools", "Sun 04:30", "Sun 14:00"):
        assert word in text, f"the status does not speak of {word}"
    assert "\x1b" not in text and not [line for line in text.split("\n") if line != line.rstrip()]


def test_status_as_json_is_one_document(hub):
    result = hub(at="Sun 04:31").ok("status", "--json")
    assert json.loads(result.out)["format"] == 1
    assert result.out.endswith("\n")


# ------------------------------------------------------------------------------------------------------- where the hub is


@pytest.fixture
def background(folder):
    """Hubs that `open` has started are stopped at the end."""
    yield folder
    for path in (folder / "xdg-run").rglob("*.sock"):
        run("stop", "--socket", path, folder=folder)


def hubs_of(runbook):
    """The processes that serve a runbook."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/cmdline", "rb") as line:
                    words = line.read().split(b"\0")
            except OSError:
                continue
            if b"serve" in words and str(runbook).encode() in words:
                found.append(int(entry))
    return found


def opened(folder, runbook, *options):
    return Terminal([WARROOM, "open", str(runbook), *options], folder)


def test_open_starts_a_hub_in_the_background_and_the_second_open_finds_it(background):
    folder = background
    runbook = write_runbook(folder, little())
    one = opened(folder, runbook)
    two = None
    try:
        one.wait_for("Alpha", 10)
        two = opened(folder, runbook)
        two.wait_for("Alpha")
        assert len(hubs_of(runbook)) == 1
        socket_path = folder / "xdg-run" / "warroom" / "little-2025-09-14.sock"
        state = folder / "xdg-state" / "warroom" / "little-2025-09-14"
        assert stat.S_ISSOCK(socket_path.stat().st_mode) and (state / "hub.log").exists()
        one.type("q")
        assert one.wait_exit() == 0
        assert len(hubs_of(runbook)) == 1, "the hub stays when a screen leaves"
        marked = run("mark", "review/alpha/one", "ok", folder=folder)  # exactly one socket found is used
        assert marked.code == 0, marked
        two.wait_for(lambda text: re.search(r"Alpha.*(1/2|✓ 1)", text))
        stopped = run("stop", folder=folder)
        assert stopped.code == 0, stopped
        wait_until(lambda: not hubs_of(runbook), 5, "`stop` does not end the hub")
        assert not socket_path.exists()
        assert run("stop", folder=folder).code == 3
    finally:
        one.close()
        if two:
            two.close()
        for pid in hubs_of(runbook):
            os.kill(pid, signal.SIGKILL)


def test_a_hub_that_open_started_outlives_its_terminal(background):
    folder = background
    runbook = write_runbook(folder, little())
    one = opened(folder, runbook)
    try:
        one.wait_for("Alpha", 10)
        hub = hubs_of(runbook)[0]
        for other in (signal.SIGHUP, signal.SIGINT):
            os.killpg(one.process.pid, other)
        one.wait_exit()
        assert run("status", folder=folder).code == 0
        with open(f"/proc/{hub}/stat") as line:
            session = int(line.read().rsplit(")", 1)[1].split()[3])
        assert session != one.process.pid, "the hub is in the terminal's session, and ends with it"
    finally:
        one.close()
        for pid in hubs_of(runbook):
            os.kill(pid, signal.SIGTERM)


def test_open_into_a_pipe_leaves_no_process_that_it_started(background):
    folder = background
    runbook = write_runbook(folder, little())
    result = run("open", runbook, folder=folder)
    assert result.code == 0 and "Little Night" in result.out, result
    assert hubs_of(runbook) == []


def test_open_of_a_broken_runbook_says_all_its_faults_and_leaves_nothing(background):
    folder = background
    runbook = folder / "runbook.yaml"
    runbook.write_text(BROKEN)
    result = run("open", runbook, folder=folder)
    assert result.code == 2 and len(faults_of(result.err + result.out, runbook)) >= 3, result
    assert hubs_of(runbook) == []


def test_open_rehearse_is_a_screen_with_a_hub_of_its_own_that_ends_with_it(background):
    folder = background
    runbook = write_runbook(folder, little())
    terminal = opened(folder, runbook, "--rehearse", "--at", "Sun 04:31")
    try:
        terminal.wait_for(lambda text: "REHEARSAL" in text and "Alpha" in text, 10)
        assert len(hubs_of(runbook)) == 1
        terminal.type("q")
        assert terminal.wait_exit() == 0
        wait_until(lambda: not hubs_of(runbook), 5, "the rehearsal's hub has outlived its screen")
    finally:
        terminal.close()


def test_a_rehearsals_hub_ends_when_its_screen_is_killed(background):
    folder = background
    runbook = write_runbook(folder, little())
    terminal = opened(folder, runbook, "--rehearse", "--at", "Sun 04:31")
    try:
        terminal.wait_for("REHEARSAL", 10)
        terminal.signal(signal.SIGKILL)
        terminal.process.wait(5)
        wait_until(lambda: not hubs_of(runbook), 8, "the rehearsal's hub has outlived its screen")
    finally:
        terminal.close()
        for pid in hubs_of(runbook):
            os.kill(pid, signal.SIGKILL)


def test_with_two_hubs_found_a_command_is_exit_2_with_the_list(hub, folder):
    where = folder / "xdg-run" / "warroom"
    where.mkdir(mode=0o700)
    first = hub(socket=where / "one.sock", name="one")
    assert run("status", folder=folder).code == 0, "exactly one socket found is used"
    hub(little(id="other"), socket=where / "two.sock", state=folder / "state-2", name="two")
    result = run("status", folder=folder)
    assert result.code == 2 and "one.sock" in result.err and "two.sock" in result.err, result
    assert run("status", "--socket", where / "two.sock", folder=folder).code == 0
    assert run("status", folder=folder, env={"WARROOM_SOCKET": where / "two.sock"}).code == 0
    first.kill()
    assert run("status", folder=folder).code == 0, "the socket of a killed hub is no hub"


def where(runbook, folder, *options, wrap=(), **env):
    done = subprocess.run([*wrap, BIN / "warroom-hub", "where", runbook, *options], capture_output=True, text=True, cwd=folder,
                          env=environment(folder, **env), timeout=10)
    assert done.returncode == 0, done
    return done.stdout.splitlines()


def test_the_socket_is_where_the_contract_says_in_its_order(folder):
    runbook = write_runbook(folder, little())
    own = write_runbook(folder, little(socket="own.sock"), name="own.yaml")
    name = "little-2025-09-14"
    assert where(runbook, folder) == [name, f"{folder}/xdg-run/warroom/{name}.sock", f"{folder}/xdg-state/warroom/{name}"]
    assert where(runbook, folder, XDG_RUNTIME_DIR=None)[1] == f"/tmp/warroom-{os.getuid()}/{name}.sock"
    assert where(runbook, folder, XDG_STATE_HOME=None)[2] == f"{folder}/.local/state/warroom/{name}"
    assert where(own, folder)[1] == f"{folder}/own.sock"
    assert where(own, folder, WARROOM_SOCKET="/x/env.sock")[1] == "/x/env.sock"
    assert where(own, folder, "--socket", "/x/told.sock", WARROOM_SOCKET="/x/env.sock")[1] == "/x/told.sock"
    assert where(runbook, folder, "--rehearse")[0] == f"{name}.rehearsal"
    if os.geteuid() == 0 and not subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        wrap = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none /run && mkdir /run/warroom && exec "$@"', "run"]
        assert where(runbook, folder, wrap=wrap)[1] == f"/run/warroom/{name}.sock"


def test_the_folder_in_tmp_is_used_only_if_it_is_the_users_own(cast, folder):
    """Anybody can make /tmp/warroom-UID before its user does."""
    me, other = identity(cast.guest), identity(cast.team)
    trap = f"/tmp/warroom-{me['user']}"
    os.mkdir(trap)
    fake = socket.socket(socket.AF_UNIX)
    try:
        fake.bind(f"{trap}/little-2025-09-14.sock")
        fake.listen(5)
        os.chown(trap, other["user"], other["group"])
        os.chmod(trap, 0o777)
        os.chmod(f"{trap}/little-2025-09-14.sock", 0o666)
        folder.chmod(0o777)
        runbook = write_runbook(folder, little())
        client = run("note", "is anybody there", folder=folder, env={"XDG_RUNTIME_DIR": None}, **me)
        assert client.code == 3, f"a client trusts a folder of somebody else: {client}"
        fake.close()
        hub = run("serve", runbook, "--state", folder / "mine", folder=folder, env={"XDG_RUNTIME_DIR": None}, timeout=3, **me)
        assert hub.code in (1, 2) and trap in hub.err, hub
    except subprocess.TimeoutExpired:
        raise AssertionError("the hub listens in a folder of somebody else") from None
    finally:
        fake.close()
        for name in os.listdir(trap):
            os.unlink(f"{trap}/{name}")
        os.rmdir(trap)


def test_the_folder_in_tmp_is_for_its_user_only(cast, folder):
    me = identity(cast.guest)
    made = f"/tmp/warroom-{me['user']}"
    folder.chmod(0o777)
    runbook = write_runbook(folder, little())
    hub = subprocess.Popen([WARROOM, "serve", runbook, "--state", folder / "mine"], env=environment(folder, XDG_RUNTIME_DIR=None), cwd=folder,
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **me)
    try:
        wait_until(lambda: os.path.exists(f"{made}/little-2025-09-14.sock"), 5)
        assert stat.S_IMODE(os.stat(made).st_mode) == 0o700 and os.stat(made).st_uid == me["user"]
        assert run("status", folder=folder, env={"XDG_RUNTIME_DIR": None}, **me).code == 0
    finally:
        hub.terminate()
        hub.wait(5)
        for name in os.listdir(made) if os.path.isdir(made) else []:
            os.unlink(f"{made}/{name}")
        if os.path.isdir(made):
            os.rmdir(made)


def test_a_second_hub_on_the_same_state_is_exit_1_and_names_the_first_ones_pid(hub, folder):
    first = hub()
    second = hub(start=False, name="second")
    second.spawn()
    assert second.process.wait(10) == 1
    assert str(first.process.pid) in second.log()
    first.connect().taken(event("note", "work", {"text": "the first goes on"}))


def test_a_second_hub_on_the_same_socket_does_not_take_it_away(hub, folder):
    first = hub()
    second = hub(start=False, name="second", state=folder / "state-2", socket=first.socket)
    second.spawn()
    assert second.process.wait(10) == 1, second.log()
    assert first.run("status").code == 0
    first.connect().taken(event("note", "work", {"text": "the first goes on"}))


def test_sigterm_ends_a_hub_in_order(hub):
    hub = hub()
    watcher = hub.connect()
    watcher.subscribe()
    number = hub.connect().taken(event("note", "work", {"text": "the last"}))
    assert hub.kill(signal.SIGTERM) == 0, hub.log()
    assert watcher.entries_to(number)
    assert not hub.socket.exists()
    assert run("verify", hub.state, folder=hub.folder).code == 0


def test_a_socket_path_that_is_too_long_is_said(folder):
    runbook = write_runbook(folder, little())
    result = run("serve", runbook, "--state", folder / "state", "--socket", folder / ("x" * 120), folder=folder)
    assert result.code in (1, 2), result
    one_sentence(result)


def test_a_state_folder_that_cannot_be_made_is_said(folder):
    runbook = write_runbook(folder, little())
    (folder / "file").write_text("")
    result = run("serve", runbook, "--state", folder / "file" / "state", "--socket", folder / "s.sock", folder=folder)
    assert result.code in (1, 2), result
    one_sentence(result, "state")


# ------------------------------------------------------------------------------------------------------------- runbooks


BROKEN = """id: Broken Id
title: Broken
date: 2025-09-14
zones: {home: {label: EST, zone: America/Nowhere}, other: {label: IST, zone: Asia/Kolkata}}
surprise: yes
phases:
  - id: work
    title: Work
    steps:
      - {id: one, title: One, after: [nowhere]}
      - {id: one, title: Again, takes: 45}
      - {id: two, title: Two, gate: no-such-gate, at: Someday 22:00}
"""


def faults_of(text, runbook):
    return re.findall(rf"(?m)^(?:\S*/)?{re.escape(runbook.name)}:(\d+):(\d+): fault ([A-Z][A-Z0-9-]*): (.+)$", text)


@pytest.mark.parametrize("command, code", [("serve", 2), ("check", 1)])
def test_a_broken_runbooks_faults_are_all_said_at_once_with_their_places(folder, command, code):
    runbook = folder / "runbook.yaml"
    runbook.write_text(BROKEN)
    options = ["--state", folder / "state", "--socket", folder / "s.sock"] if command == "serve" else []
    result = run(command, runbook, *options, folder=folder)
    assert result.code == code, result
    faults = faults_of(result.err + result.out, runbook)
    lines = {int(line) for line, *_ in faults}
    assert {1, 4, 5, 10, 11, 12} <= lines, f"faults on lines {sorted(lines)}: {result}"
    assert [(int(l), int(c)) for l, c, *_ in faults] == sorted((int(l), int(c)) for l, c, *_ in faults), "in the order of the file"
    assert not (folder / "state" / "journal.sqlite").exists()


@pytest.mark.parametrize("text", ["", "just text", "[1, 2", "id: x\n\tbad: tab", "\x00\x01", "id: a\nid: b\n", "&a [*a]", "a: " + "[" * 5000], ids=lambda text: repr(text[:16]))
def test_what_is_no_runbook_is_a_fault_with_a_place_and_no_crash(folder, text):
    runbook = folder / "runbook.yaml"
    runbook.write_text(text)
    result = run("check", runbook, folder=folder)
    assert result.code in (1, 2) and faults_of(result.err + result.out, runbook), result


def test_a_yaml_bomb_is_refused_quickly(folder):
    runbook = folder / "runbook.yaml"
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    runbook.write_text("\n".join(lines) + "\n")
    result = run("check", runbook, folder=folder, timeout=10)
    assert result.code in (1, 2), result


@pytest.mark.parametrize("change", [{"id": None}, {"title": None}, {"date": None}, {"zones": None}, {"phases": None}], ids=lambda c: next(iter(c)))
def test_what_is_required_is_a_fault_where_it_is_missing(folder, change):
    result = run("check", write_runbook(folder, little(**change)), folder=folder)
    assert result.code == 1 and next(iter(change)) in result.out, result


def test_keys_that_begin_with_x_are_allowed(folder):
    result = run("check", write_runbook(folder, little(**{"x-owner": {"anything": ["goes"]}})), folder=folder)
    assert not re.search(r"\bfault\b [A-Z]", result.out), result


def test_the_sample_loads_without_a_fault(folder):
    result = run("check", SAMPLE / "runbook.yaml", folder=folder)
    assert not re.search(r"\bfault [A-Z]", result.out + result.err), result


def test_a_runbook_that_changes_on_disk_is_not_taken_by_itself(hub, folder):
    hub = hub()
    hub.kill()
    write_runbook(folder, little(title="Another Night"))
    hub.start()
    assert hub.status()["bridge"]["title"] == "Little Night"
    assert "runbook" in hub.log()
