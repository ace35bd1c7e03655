"""Sources in trouble: each is shown with its reason, and harms nothing else."""

import json
import os
import re
import shutil
import socket
import threading
import time

import pytest

from nights import junit, little, put
from programs import event, wait_until


def files(path, **more):
    return {"kind": "status-files", "path": path, "every": "200ms", **more}


def node(name, **data):
    return {"type": "warroom.server", "subject": name, "data": data}


def source(hub, name):
    return {s["id"]: s for s in hub.status()["sources"]}[name]


def server(hub, name="node-1"):
    return {s["name"]: s for s in hub.status()["servers"]}[name]


def comes_to(hub, name, *states):
    """Waits until a source is in one of these states; the source."""
    return wait_until(lambda: (s := source(hub, name))["state"] in states and s, 6,
                      lambda: f"{name} is not {' or '.join(states)}: {source(hub, name)}")


def in_trouble(hub, name, *words):
    """Waits until a source is unreadable or stale with a reason that holds one of these words."""
    found = comes_to(hub, name, "unreadable", "stale")
    assert found["reason"], f"{name} gives no reason: {found}"
    assert not words or any(word.lower() in found["reason"].lower() for word in words), (
        f"{words} are not in: {found['reason']}")
    return found


@pytest.fixture
def good(hub):
    """A hub with the sources of a test, and one beside them that must go on being read."""
    def start(sources, **options):
        made = hub(little(sources={**sources, "good": files("{state}/good/*.json")}), **{"at": "Sun 04:31", **options})
        put(made.state / "good" / "one.json", node("node-3", patch="running"))
        wait_until(lambda: server(made, "node-3")["patch"] == "running", 5, "the good source is not read")
        return made
    return start


def goes_on(hub):
    """The good source is still read at once."""
    put(hub.state / "good" / "one.json", node("node-3", patch="installed"))
    wait_until(lambda: server(hub, "node-3")["patch"] == "installed", 4, "a source in trouble has harmed another one")
    assert source(hub, "good")["state"] == "current"


def test_a_missing_folder_is_said_and_found_when_it_comes(good):
    hub = good({"late": files("{state}/not/yet/here/*.json")})
    found = comes_to(hub, "late", "never-seen", "unreadable")
    goes_on(hub)
    put(hub.state / "not" / "yet" / "here" / "x.json", node("node-1", patch="installed"))
    comes_to(hub, "late", "current")
    assert server(hub)["patch"] == "installed"


def test_a_folder_that_goes_away_is_said_and_its_last_value_stays(good):
    hub = good({"here": files("{state}/here/*.json")})
    put(hub.state / "here" / "x.json", node("node-1", patch="installed", reach="ok"))
    comes_to(hub, "here", "current")
    shutil.rmtree(hub.state / "here")
    in_trouble(hub, "here")
    assert server(hub)["patch"] == "installed"
    goes_on(hub)
    put(hub.state / "here" / "x.json", node("node-1", patch="failed"))
    comes_to(hub, "here", "current")
    assert server(hub)["patch"] == "failed"


def test_an_unreadable_file_is_said_with_the_reason(hub, folder, cast):
    """As root every file can be read: the hub runs as somebody else."""
    night = little(sources={"shut": files("{state}/shut/*.json"), "good": files("{state}/good/*.json")})
    state = folder / "state"
    state.mkdir()
    folder.chmod(0o777)
    put(state / "shut" / "x.json", node("node-1", patch="installed")).chmod(0)
    put(state / "good" / "one.json", node("node-3", patch="running"))
    shutil.chown(state, cast.tool)
    hub = hub(night, at="Sun 04:31", user=cast.tool)
    found = in_trouble(hub, "shut", "permission", "denied", "may not")
    assert "x.json" in found["reason"]
    goes_on(hub)


def test_half_written_content_is_said_and_heals(good):
    hub = good({"half": files("{state}/half/*.json")})
    path = put(hub.state / "half" / "x.json", node("node-1", patch="running"))
    comes_to(hub, "half", "current")
    whole = json.dumps([node("node-1", patch="installed"), node("node-2", patch="installed")])
    path.write_text(whole[:40])
    found = in_trouble(hub, "half")
    assert "x.json" in found["reason"]
    assert server(hub)["patch"] == "running", "the last good value is kept"
    goes_on(hub)
    path.write_text(whole)
    comes_to(hub, "half", "current")
    assert server(hub)["patch"] == server(hub, "node-2")["patch"] == "installed"


@pytest.mark.parametrize("content", [
    b"", b"\x00" * 4096, b"\xff\xfe[\x00]\x00", b"null", b"7", b"[[]]", b"{" * 50_000, b"<html>502</html>", b"[1,2,3]",
], ids=["truncated to nothing", "zeros", "UTF-16", "null", "a number", "nested", "deep", "HTML", "numbers"])
def test_content_that_is_no_event_is_said_and_the_last_value_stays(good, content):
    hub = good({"torn": files("{state}/torn.json")})
    path = put(hub.state / "torn.json", node("node-1", patch="installed"))
    comes_to(hub, "torn", "current")
    path.write_bytes(content)
    wait_until(lambda: (s := source(hub, "torn"))["state"] != "current" or s["refused"], 6,
        lambda: f"not said: {source(hub, 'torn')}")
    assert source(hub, "torn")["reason"]
    assert server(hub)["patch"] == "installed"
    goes_on(hub)


def test_a_file_with_a_byte_order_mark_is_read(good):
    hub = good({"marked": files("{state}/marked.json")})
    put(hub.state / "marked.json", b"\xef\xbb\xbf" + json.dumps(node("node-1", patch="installed")).encode() + b"\r\n")
    comes_to(hub, "marked", "current")
    assert server(hub)["patch"] == "installed"


def memory(pid):
    with open(f"/proc/{pid}/status") as lines:
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024


def test_a_file_of_64_mb_is_refused_without_being_read_into_memory(good):
    hub = good({"huge": files("{state}/huge/*.json")})
    before = memory(hub.process.pid)
    path = hub.state / "huge" / "x.json"
    path.parent.mkdir()
    with open(path, "wb") as out:
        out.write(b"[")
        out.truncate(65 << 20)
    found = in_trouble(hub, "huge")
    assert "x.json" in found["reason"]
    goes_on(hub)
    assert memory(hub.process.pid) - before < 70, "the file is held in memory"
    put(path, node("node-1", patch="installed"))
    comes_to(hub, "huge", "current")


def test_a_fifo_among_the_files_blocks_nothing(good):
    hub = good({"pipe": files("{state}/pipe/*.json")})
    put(hub.state / "pipe" / "a.json", node("node-1", patch="running"))
    comes_to(hub, "pipe", "current")
    os.mkfifo(hub.state / "pipe" / "b.json")
    put(hub.state / "pipe" / "c.json", node("node-2", patch="installed"))
    wait_until(lambda: server(hub, "node-2")["patch"] == "installed", 5, "a FIFO hides the files beside it")
    assert "b.json" in in_trouble(hub, "pipe")["reason"]
    goes_on(hub)


def test_one_bad_file_does_not_hide_the_good_ones_beside_it(good):
    hub = good({"many": files("{state}/many/*.json")})
    put(hub.state / "many" / "a.json", "{half")
    put(hub.state / "many" / "b.json", node("node-1", patch="installed"))
    os.symlink("nowhere", hub.state / "many" / "c.json")
    os.mkdir(hub.state / "many" / "d.json")
    wait_until(lambda: server(hub)["patch"] == "installed", 5)
    assert re.search(r"[acd]\.json", in_trouble(hub, "many")["reason"])
    goes_on(hub)


class Listener(threading.Thread):
    """Somebody else's Unix socket, which answers as it is told."""

    def __init__(self, path, answer):
        super().__init__(daemon=True)
        self.answer, self.asked, self.kept = answer, [], []
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(path))
        self.socket.listen(50)
        self.start()

    def run(self):
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            if self.answer is None:
                self.kept.append(peer)
                continue
            peer.settimeout(1)
            try:
                self.asked.append(peer.recv(1000))
                peer.sendall(self.answer)
            except OSError:
                pass
            peer.close()

    def close(self):
        self.socket.close()
        for peer in self.kept:
            peer.close()


@pytest.fixture
def listener():
    made = []

    def listen(path, answer):
        made.append(Listener(path, answer))
        return made[-1]
    yield listen
    for one in made:
        one.close()


def test_somebody_elses_socket_is_asked_and_its_lines_are_read(good, listener, folder):
    probe = listener(folder / "probe.sock", (json.dumps(node("node-1", reach="ok", pools={"front": "in"})) + "\n"
                                             + json.dumps(node("node-2", reach="unreachable")) + "\n").encode())
    hub = good({"probe": {"kind": "socket", "address": str(folder / "probe.sock"), "send": "show stat",
        "every": "200ms", "timeout": "1s"}})
    comes_to(hub, "probe", "current")
    assert server(hub)["reach"] == "ok" and server(hub, "node-2")["reach"] == "unreachable"
    assert probe.asked[0] == b"show stat\n"
    probe.close()
    os.unlink(folder / "probe.sock")
    in_trouble(hub, "probe")
    assert server(hub)["reach"] == "ok"
    goes_on(hub)


def test_a_socket_that_accepts_and_never_answers_is_given_up_after_its_time_out(good, listener, folder):
    listener(folder / "hangs.sock", None)
    hub = good({"hangs": {"kind": "socket", "address": str(folder / "hangs.sock"), "every": "200ms", "timeout": "1s"}})
    found = comes_to(hub, "hangs", "unreadable", "never-seen")
    wait_until(lambda: source(hub, "hangs")["reason"], 5, "no reason is given")
    goes_on(hub)
    hub.connect().taken(event("note", "work", {"text": "the hub answers"}))


def test_an_invalid_event_in_a_file_is_counted_with_its_reason_and_the_others_are_taken(good):
    hub = good({"mixed": files("{state}/mixed/*.json")})
    put(hub.state / "mixed" / "x.json", [
        node("node-1", patch="installed"), node("node-2", patch="done"),
        {"type": "warroom.step", "subject": "nowhere", "data": {"state": "done"}},
        {"type": "warroom.tests", "subject": "smoke", "data": {"state": "running", "total": 4}}])
    wait_until(lambda: source(hub, "mixed")["refused"] == 2, 5, lambda: f"{source(hub, 'mixed')}")
    found = source(hub, "mixed")
    assert "nowhere" in found["reason"] or "done" in found["reason"]
    assert server(hub)["patch"] == "installed" and server(hub, "node-2")["patch"] in (None, "pending")
    put(hub.state / "mixed" / "y.json", node("node-3", patch="running"))
    comes_to(hub, "mixed", "current")
    assert source(hub, "mixed")["refused"] == 2, "what was refused once is refused again at each look"


def test_a_source_cannot_speak_for_another_one(good):
    hub = good({"liar": files("{state}/liar.json")})
    put(hub.state / "liar.json", dict(node("node-1", patch="installed"), source="good", id="lie-1"))
    wait_until(lambda: source(hub, "liar")["refused"] or server(hub)["patch"] == "installed", 5)
    lies = [e for e in hub.entries() if e["event"].get("source") == "good" and e["event"]["subject"] == "node-1"]
    assert not lies


@pytest.mark.parametrize("report", [
    b"", b"<testsuites>", b"not XML",
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><testsuites>&b;</testsuites>',
    b"<a>" * 20_000 + b"</a>" * 20_000,
], ids=["empty", "half", "no XML", "DOCTYPE", "deep"])
def test_a_report_that_cannot_be_read_is_said_and_is_never_green(good, report):
    hub = good({"reports": {"kind": "junit", "path": "{state}/smoke/*.xml", "run": "smoke", "every": "200ms"}})
    # A fresh report may still be being written; nobody has touched this one for an hour.
    put(hub.state / "smoke" / "report.xml", report, mtime=time.time() - 3600)
    in_trouble(hub, "reports")
    assert {t["id"]: t for t in hub.status()["tests"]}["smoke"]["state"] != "passed"
    goes_on(hub)


def test_a_report_that_is_half_written_a_moment_ago_is_not_green_and_becomes_so_when_whole(good):
    hub = good({"reports": {"kind": "junit", "path": "{state}/smoke/*.xml", "run": "smoke", "every": "200ms"}})
    path = hub.state / "smoke" / "report.xml"
    whole = junit([("Portal", f"case {n}", None) for n in range(5)])

    def state():
        return {t["id"]: t for t in hub.status()["tests"]}["smoke"]["state"]
    put(path, whole[:len(whole) // 2])
    goes_on(hub)
    assert state() != "passed"
    path.write_text(whole)
    wait_until(lambda: state() == "passed", 5)


def test_a_report_without_a_case_is_never_green(good):
    hub = good({"reports": {"kind": "junit", "path": "{state}/smoke/*.xml", "run": "smoke", "every": "200ms"}})
    put(hub.state / "smoke" / "report.xml", junit([]))
    goes_on(hub)
    assert {t["id"]: t for t in hub.status()["tests"]}["smoke"]["state"] != "passed"


def test_what_is_probed_goes_stale_and_keeps_its_last_value(good):
    """Two minutes of the bridge are two seconds at 60 times real speed."""
    hub = good({"pools": files("{state}/pools.json", stale_after="2m"),
        "patch-tool": files("{state}/patch.json", stale_after="2m")}, speed=60)
    put(hub.state / "patch.json", [node(f"node-{n}", patch="installed", verify="passed") for n in (1, 2)])
    put(hub.state / "pools.json", [node(f"node-{n}", pools={"front": "in"}) for n in (1, 2, 3)])
    wait_until(lambda: server(hub)["pools"]["front"] == "in", 3)
    found = comes_to(hub, "pools", "stale")
    now = server(hub)
    assert now["pools"]["front"] == "in" and now["stale"] is True
    gate = {g["id"]: g for g in hub.status()["gates"]}["before-open"]
    assert gate["needs"][0]["met"] is False and "stale" in gate["needs"][0]["why"]
    assert any("pools" in json.dumps(t) for t in hub.status()["troubles"])
    # What has ended does not go stale.
    assert now["patch"] == "installed"
    assert {w["id"]: w for w in hub.status()["waves"]}["first"]["done"] == 2
    put(hub.state / "pools.json", [node(f"node-{n}", pools={"front": "in"}) for n in (1, 2, 3)])
    comes_to(hub, "pools", "current")
    # The same content, written again, is known to be true now; only transitions are journalled.
    transitions = [e["event"]["data"]["state"] for e in hub.entries() if e["event"]["type"] == "warroom.source"
        and e["event"]["subject"] == "pools"]
    assert [s for s in transitions if s != "never-seen"] == ["current", "stale", "current"]


def test_the_sources_pane_names_the_troubles(good, screen):
    hub = good({"torn": files("{state}/torn.json"), "hole": files("{state}/hole/*.json")})
    put(hub.state / "torn.json", "{half")
    in_trouble(hub, "torn")
    terminal = screen(hub, 200, 50)
    text = terminal.wait_for(lambda text: re.search(r"torn\s+unreadable", text))
    assert re.search(r"good\s+current", text)
    small = screen(hub)
    small.wait_for(lambda text: re.search(r"(?m)^\s*SOURCE.*torn", text))
