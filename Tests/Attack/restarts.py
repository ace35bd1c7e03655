"""What a restart costs after a long night: nobody waits for what is known already."""

import json
import time

from floods import lengthen
from stage import attack, kept, lead_night, lead_waits, percentile, status_of, wait_until

ENTRIES, START_GOAL = 200_000, 3.0  # seconds until the hub answers, the bench's goal
LINES, GOAL = 100_000, 100.0  # ms


@attack("a restart at 200,000 entries: it answers within 3 s", 30, least=20)
def restart_long(stage):
    hub = stage.hub(at="Sun 04:31")
    lengthen(hub, ENTRIES)
    hub.kill()
    began = time.monotonic()
    hub.spawn()
    wait_until(hub.listens, 60)
    status_of(hub, timeout=60)
    took = time.monotonic() - began
    stage.figure("entries", ENTRIES)
    stage.figure("answers after s", took)
    stage.check(took <= START_GOAL, f"after a restart with {ENTRIES:,} entries the hub answers after {took:.1f} s")


@attack("a feed of 100,000 lines at a start, and at the next one: nobody waits 100 ms", 40, least=30)
def restart_feed(stage):
    sources = {"feed": {"kind": "ndjson", "path": "{state}/feed.ndjson", "every": "1s"}}
    hub = stage.hub(lead_night(sources=sources), at="Sun 04:31")
    with open(hub.state / "feed.ndjson", "w") as feed:
        for n in range(LINES):
            feed.write(json.dumps({"id": f"n{n}", "type": "warroom.server", "subject": f"node-{n % 3 + 1}",
                "data": {"detail": f"line {n}"}}) + "\n")
    waits_of(stage, hub, "new", 12)
    wait_until(lambda: status_of(hub)["entry"] >= LINES, 60, "not all lines are taken")
    entries = status_of(hub)["entry"]
    hub.kill()
    began = time.monotonic()
    hub.start()
    stage.figure("takes callers after s", time.monotonic() - began)
    waits_of(stage, hub, "known", 14)
    feeds = [json.loads(text)["source"] for text in kept(hub, entries + 1).values()].count("feed")
    stage.check(not feeds, f"{feeds} lines are taken a second time")


def waits_of(stage, hub, what, seconds):
    """The lead's waits while lines are read."""
    waits = lead_waits(hub, seconds, patience=60)
    p50, p99, worst = percentile(waits, .5), percentile(waits, .99), max(waits)
    stage.figure(f"{what} lines", f"p50 {p50:.1f} p99 {p99:.1f} max {worst:,.0f} ms")
    stage.check(p99 <= GOAL, f"while {LINES:,} {what} lines are read the lead waits {p99:,.0f} ms at p99, "
        f"{worst:,.0f} at most (goal {GOAL:.0f})")
