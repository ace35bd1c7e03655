"""The name service takes five seconds, or is down: whoever is served already does not wait, and keeps tonight's
roles."""

import contextlib
import errno
import threading
import time

from stage import HungUp, attack, lead_waits, note, percentile, status_of, viewer

SLOW = 5000  # ms
GOAL = 100.0


def stranger(hub, waited):
    """Somebody whom the hub has not seen yet asks for the status; seconds, or None where no answer came."""
    began = time.monotonic()
    with contextlib.suppress(TimeoutError, HungUp, OSError):
        client = viewer(hub)
        client.ask({"status": {}}, "status", timeout=30)
        waited.append(time.monotonic() - began)
        client.close()


@attack("a name service that takes 5 s, and one that is down: only who has no name yet waits", 15, least=12)
def names(stage):
    hub = stage.hub(faults=True, at="Sun 04:31")
    lead = hub.connect()
    lead.taken(note("known since"))
    hub.faults.name_ms = SLOW
    waited = []
    strangers = [threading.Thread(target=stranger, args=(hub, waited)) for _ in range(2)]
    for one in strangers:
        one.start()
    waits = lead_waits(hub, 6, client=lead)
    for one in strangers:
        one.join(40)
    hub.faults.name_ms = 0
    asked = hub.faults.names
    p99 = percentile(waits, .99)
    stage.figure("lead p50 ms", percentile(waits, .5))
    stage.figure("lead p99 ms", p99)
    stage.figure("strangers' wait s", max(waited, default=-1.0))
    stage.check(asked > 0, "nobody's name was asked for: the fault was never met")
    stage.check(p99 <= GOAL, f"while a stranger's name is asked for, the lead waits {p99:,.0f} ms at p99")
    stage.check(len(waited) == 2, f"{2 - len(waited)} of 2 strangers were not answered within 30 s")
    hub.faults.name_error = errno.EIO
    try:
        answer = hub.connect().ask(note("with the service down"))
        stage.check(answer["ok"], f"with the service down the lead is not the lead any more: {answer.get('error')}")
        status_of(hub)
    except (TimeoutError, HungUp, OSError) as fault:
        stage.check(False, f"with the service down the lead's new connection is not served: {fault!r}")
