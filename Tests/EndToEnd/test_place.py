"""Where the hub is and who keeps it: sockets, state folders, hubs in the background (docs/contract.md, Where
the hub is)."""

import os
import re
import signal
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from nights import BROKEN, faults_of, little, write_runbook
from programs import (
    BIN, WARROOM, Terminal, environment, event, identity, one_sentence, run, wait_until, warroom_for_all)


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
            # A hub in the background has a keeper, which is none.
            serves = (b"serve" in words or b"rehearse" in words) and b"--kept" not in words
            if serves and str(runbook).encode() in words:
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


def test_a_private_rehearsal_does_not_stand_in_the_way_of_the_live_nights_commands(background):
    folder = background
    runbook = write_runbook(folder, little())
    live = opened(folder, runbook)
    rehearsal = None
    try:
        live.wait_for("Alpha", 10)
        rehearsal = opened(folder, runbook, "--rehearse", "--at", "Sun 04:31")
        rehearsal.wait_for(lambda text: "REHEARSAL" in text and "Alpha" in text, 10)
        marked = run("mark", "review/alpha/one", "ok", folder=folder)
        assert marked.code == 0, marked
        live.wait_for(lambda text: re.search(r"Alpha.*(1/2|✓ 1)", text))
        assert re.search("Alpha.*(0/2|· 2)", rehearsal.settle()), "a rehearsal hears nothing of the night"
    finally:
        live.close()
        if rehearsal:
            rehearsal.close()
        for pid in hubs_of(runbook):
            os.kill(pid, signal.SIGTERM)


def test_a_rehearsal_starts_empty_unless_state_is_given(folder):
    runbook = write_runbook(folder, little())

    def rehearse(*options):
        process = subprocess.Popen(
            [WARROOM, "serve", runbook, "--at", "Sun 04:31", "--socket", folder / "r.sock", *options], cwd=folder,
            env=environment(folder), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: run("status", "--socket", folder / "r.sock", folder=folder).code == 0, 5)
            entries = run("log", "--json", "--socket", folder / "r.sock", folder=folder).out
            assert run("note", "heard", "--socket", folder / "r.sock", folder=folder).code == 0
            return entries
        finally:
            process.kill()
            process.wait()
    assert [rehearse().count(':"heard"') for _ in range(2)] == [0, 0]
    assert [rehearse("--state", folder / "kept").count(':"heard"') for _ in range(2)] == [0, 1]


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
    done = subprocess.run([*wrap, BIN / "warroom-hub", "where", runbook, *options], capture_output=True, text=True,
        cwd=folder, env=environment(folder, **env), timeout=10)
    assert done.returncode == 0, done
    return done.stdout.splitlines()


def test_the_socket_is_where_the_contract_says_in_its_order(folder):
    runbook = write_runbook(folder, little())
    own = write_runbook(folder, little(socket="own.sock"), name="own.yaml")
    name = "little-2025-09-14"
    assert where(runbook, folder) == [
        name, f"{folder}/xdg-run/warroom/{name}.sock", f"{folder}/xdg-state/warroom/{name}"]
    left = Path(f"/tmp/warroom-{os.getuid()}")
    assert where(runbook, folder, XDG_RUNTIME_DIR=None)[1] == f"{left}/{name}.sock"
    left.mkdir(mode=0o700, exist_ok=True)
    assert where(runbook, folder)[1].startswith(f"{folder}/xdg-run/"), "what a hub left below /tmp goes before nothing"
    assert where(runbook, folder, XDG_STATE_HOME=None)[2] == f"{folder}/.local/state/warroom/{name}"
    assert where(own, folder)[1] == f"{folder}/own.sock"
    assert where(own, folder, WARROOM_SOCKET="/x/env.sock")[1] == "/x/env.sock"
    assert where(own, folder, "--socket", "/x/told.sock", WARROOM_SOCKET="/x/env.sock")[1] == "/x/told.sock"
    assert where(runbook, folder, "--rehearse")[0] == f"{name}.rehearsal"
    if os.geteuid() == 0 and not subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        wrap = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none /run && mkdir /run/warroom && exec "$@"', "run"]
        assert where(runbook, folder, wrap=wrap)[1] == f"/run/warroom/{name}.sock"


def test_the_folder_in_tmp_is_used_only_if_it_is_the_users_own(cast, folder):
    """Anybody can make /tmp/warroom-UID before its user makes it."""
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
        hub = run("serve", runbook, "--state", folder / "mine", folder=folder, env={"XDG_RUNTIME_DIR": None}, timeout=3,
            **me)
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
    hub = subprocess.Popen([warroom_for_all(), "serve", runbook, "--state", folder / "mine"], cwd=folder,
                           env=environment(folder, XDG_RUNTIME_DIR=None), stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **me)
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
