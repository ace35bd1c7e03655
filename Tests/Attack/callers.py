"""One viewer holds more connections than a process may have files: everybody else is served, and sources are read."""

import contextlib
import os
import time

from stage import HungUp, LeftOut, attack, lead_night, lead_waits, nights, percentile, status_of, viewer, wait_until

CALLERS = 1_100  # of one user; 1,024 is what a process may have open where nobody says otherwise
GOAL = 100.0  # ms
SOURCES = {"files": {"kind": "status-files", "path": "{state}/files/*.json", "every": "500ms"}}


def busy(pid):
    """Seconds of a processor that a program has used."""
    fields = open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def heard(hub, client, patch):
    """Whether a file that is put now is heard, within three seconds."""
    nights.put(hub.state / "files" / "a.json",
        {"type": "warroom.server", "subject": "node-1", "data": {"patch": patch}})
    with contextlib.suppress(AssertionError):
        return wait_until(lambda: status_of(hub, client)["servers"][0]["patch"] == patch, 3)


@attack("1,100 connections of one viewer: the lead, new callers and sources are served, the hub does not spin", 12,
        least=6)
def callers(stage):
    if os.geteuid():
        raise LeftOut("only root can be another user, and the limit is one user's")
    hub = stage.hub(lead_night(sources=SOURCES), at="Sun 04:31", wrap=["prlimit", "--nofile=1024:4096"])
    lead, held = hub.connect(), []
    stage.check(heard(hub, lead, "pending"), "the source is not heard even before the callers come")
    for _ in range(CALLERS):
        with contextlib.suppress(OSError):
            caller = viewer(hub)
            caller.socket.setblocking(False)
            held.append(caller)
    stage.figure("connected", len(held))
    before = busy(hub.process.pid)
    time.sleep(1)
    spent = busy(hub.process.pid) - before
    stage.figure("hub CPU %", round(spent * 100))
    stage.check(spent < 0.5, f"with {CALLERS:,} callers who say nothing the hub spins: {spent:.1f} s of a second")
    waits = lead_waits(hub, 2, client=lead, patience=10)
    stage.figure("lead p99 ms", percentile(waits, .99))
    stage.check(percentile(waits, .99) <= GOAL, f"the lead waits {percentile(waits, .99):,.0f} ms at p99")
    stage.check(heard(hub, lead, "running"), "a source's file is not heard")
    sources = status_of(hub, lead)["sources"]
    stage.check(all(source["state"] == "current" for source in sources), f"sources are troubled: {sources}")
    try:
        other = hub.connect()
        status_of(hub, other, timeout=3)
        other.close()
    except (TimeoutError, HungUp, OSError) as fault:
        stage.check(False, f"another caller is not served: {fault!r}")
