"""What cannot be written or read is said, with an exit code; a reader that has left is no error."""

import subprocess

import pytest

from programs import ROOT, WARROOM, environment, one_sentence, run

SAMPLE = ROOT / "sample-data"
READING = [
    ["status"], ["status", "--json"], ["log"], ["log", "--json"], ["log", "--follow"], ["handover"], ["help"],
    ["mark", "--help"], ["help", "log"], ["verify"], ["check", "--help"],
]


def shell(hub, command, redirection):
    """Runs a command with its output somewhere else, and says how it ended."""
    words = " ".join(f"'{word}'" for word in command)
    socket = "" if "help" in " ".join(command) or command[0] == "check" else f"--socket {hub.socket}"
    script = f"{WARROOM} {words} {socket} {redirection}"
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, timeout=15, cwd=hub.folder,
        env=environment(hub.folder))
    return done


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_output_that_is_lost_is_2_and_a_sentence(hub, command):
    hub = hub(at="Sun 04:31")
    for redirection, words in ((">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")):
        done = shell(hub, command, redirection)
        assert done.returncode == 2, (redirection, done)
        assert done.stderr.strip() == f"standard output cannot be written: {words}", done


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_reader_that_has_left_is_0_and_silent(hub, command):
    hub = hub(at="Sun 04:31")
    done = shell(hub, command, "2>err | true; echo ${PIPESTATUS[0]}; cat err")
    assert done.stdout == "0\n", done
    if command[-1] != "--follow":
        assert shell(hub, command, ">out").returncode == 0


def test_log_follow_ends_when_its_reader_does_though_nothing_comes(hub):
    hub = hub(at="Sun 04:31")
    done = shell(hub, ["log", "--follow"], "2>err | head -1; echo ${PIPESTATUS[0]}; cat err")
    assert done.stdout.endswith("\n0\n"), done


def test_what_is_done_is_done_though_its_reader_has_left_and_not_hidden_where_it_is_lost(hub, folder):
    hub = hub(at="Sun 04:31")
    done = shell(hub, ["note", "one"], "2>err | true; echo ${PIPESTATUS[0]}; cat err")
    assert done.stdout == "0\n", done
    done = shell(hub, ["note", "two"], ">/dev/full")
    assert done.returncode == 2 and "cannot be written" in done.stderr, done
    # Nobody decides on a gate who could not see what it needs.
    assert shell(hub, ["approve", "before-open"], ">/dev/full").returncode == 2
    texts = [e["event"]["data"].get("text") for e in hub.entries()]
    assert texts.count("one") == 1 and texts.count("two") == 1
    assert not [e for e in hub.entries() if e["event"]["type"] == "warroom.approval"]


def test_nothing_that_is_said_goes_into_the_socket_or_the_journal_where_the_streams_are_closed(hub):
    hub = hub(at="Sun 04:31")
    before = len(hub.entries())
    assert shell(hub, ["status"], "<&- >&- 2>&-").returncode == 2
    assert shell(hub, ["verify"], "<&- >&- 2>&-").returncode == 2
    assert len(hub.entries()) == before and "whole" in hub.ok("verify").out


def test_check_and_emit_say_what_they_cannot_write(hub, folder):
    hub = hub(at="Sun 04:31")
    for file in (hub.runbook, "/dev/null"):
        assert shell(hub, ["check", str(file)], ">/dev/full").returncode == 2
    (folder / "events").write_text(
        '{"specversion":"1.0","id":"a","source":"x","type":"warroom.note","subject":"prepare","data":{"text":"t"}}\n')
    done = shell(hub, ["emit", f"{folder}/events"], ">/dev/full")
    assert done.returncode == 2 and "cannot be written" in done.stderr, done


def test_input_that_cannot_be_read_is_said(hub, folder):
    hub = hub(at="Sun 04:31")
    done = shell(hub, ["emit", str(folder)], "")
    assert done.returncode == 2 and "Is a directory" in done.stderr, done
    done = shell(hub, ["emit"], "<&-")
    assert done.returncode == 2 and "standard input cannot be read" in done.stderr, done
    assert shell(hub, ["emit"], "</dev/null").returncode == 0


def test_a_garbled_journal_is_told_in_our_words(folder, hub):
    journal = folder / "journal.sqlite"
    runbook = hub(at="Sun 04:31").runbook
    for content, words in (
        (b"", "empty, or a database of another kind"), (b"this is a letter\n" * 400, "no database"),
        (None, "not there"),
    ):
        journal.unlink(missing_ok=True)
        if content is not None:
            journal.write_bytes(content)
        found = run("verify", journal, folder=folder)
        assert found.code == 2, found
        one_sentence(found, words, journal)
        if content:
            (folder / "garbled").mkdir(exist_ok=True)
            (folder / "garbled" / "journal.sqlite").write_bytes(content)
            found = run("serve", runbook, "--state", folder / "garbled", "--socket", folder / "g.sock", folder=folder)
            assert found.code in (1, 2), found
            one_sentence(found, words)


@pytest.mark.parametrize("arguments", [
    ["verify", "/no\x1b[2J\x1b]0;owned\x07\u202e/journal"], ["check", "/no\x1b[2J\u200b/night.yaml"],
    ["serve", "/no\x1b[2J\u202e.yaml"], ["check", "--no\x1b[31m\u2066"], ["verify", "--no\x1b[2J"],
    ["serve", "night.yaml", "--speed", "\x1b[2J"], ["rehearse", "/no\x1b[2J.yaml"], ["amend", "--no\x1b[2J"],
    ["where", "/no\x1b[2J.yaml"], ["status", "--no\x1b[2J"], ["sta\x1b[2Jtus"], ["open", "/no\x1b[2J.yaml"],
    ["open", "--theme", "/no\x1b[2J"], ["status", "--socket", "/no\x1b[2J"], ["verify", "--socket", "/no\x1b[2J"],
    ["mark", "a\x1b[2J", "ok"], ["help", "x\x1b[2J"], ["emit", "/no\x1b[2J"],
], ids=lambda a: ascii(a[0]))
def test_no_argument_reaches_a_terminal_as_it_is(folder, arguments):
    found = run(*arguments, folder=folder)
    assert found.code in (1, 2, 3), found
    said = found.out + found.err
    assert said and not set("\x1b\x07\u202e\u200b\u2066") & set(said), ascii(said)


def test_what_cannot_be_seen_is_named_where_something_is_wrong(folder, hub):
    hub = hub(at="Sun 04:31")
    for character, name in (("\u00a0", "U+00A0 no-break space"), ("\u200b", "U+200B zero-width space"),
        ("\u202e", "U+202E right-to-left override"), ("\ufeff", "U+FEFF byte-order mark"),
        ("\u00ad", "U+00AD soft hyphen"),
        ("\u2003", "U+2003 space of another width"), ("\u200e", "U+200E left-to-right mark"), ("\t", "U+0009 tab")):
        for arguments in (["sta" + character + "tus"], ["status", "--at", f"Sun{character}04:3x"],
            ["mark", f"review/alpha/one{character}", "ok"], ["step", f"prepare{character}", "start"]):
            found = hub.run(*arguments) if arguments[0] in ("mark", "step") else run(*arguments, folder=folder)
            assert found.code in (1, 2) and f"<{name}>" in found.err, (arguments, found)
    runbook = folder / "pasted.yaml"
    text = hub.runbook.read_text() if hasattr(hub.runbook, "read_text") else open(hub.runbook).read()
    assert "Sat 19:00" in text
    runbook.write_text(text.replace("Sat 19:00", "Sat\u00a019:00"))
    found = run("check", runbook, folder=folder)
    assert found.code == 1 and "Sat<U+00A0 no-break space>19:00" in found.out, found
    # A sign that is made of several characters is no secret.
    assert "<U+" not in hub.run("step", "pre⚠️👩‍🚒", "start").err
