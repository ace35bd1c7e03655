"""The wall clock steps: the night's clock goes on, the step is an entry, and what is dead still grows old."""

import json
import time
from datetime import datetime

from stage import attack, kept, lead_night, nights, note, status_of, wait_until

STALE = 4
SOURCES = {"dying": {"kind": "status-files", "path": "{state}/dying/*.json", "every": "500ms",
                     "stale_after": f"{STALE}s"}}


def seconds(text):
    return datetime.fromisoformat(text).timestamp()


class Night:
    """A hub on the computer's clock, and what its own clock has shown: (monotonic, night's) pairs."""

    def __init__(self, stage):
        self.stage, self.hub, self.seen = stage, stage.hub(lead_night(sources=SOURCES), faults=True), []
        self.lead = self.hub.connect()

    def look(self):
        status = status_of(self.hub)
        self.seen.append((time.monotonic(), seconds(status["now"])))
        return status

    def watch(self, span):
        ends = time.monotonic() + span
        while time.monotonic() < ends:
            self.look()
            self.lead.ask(note("of this moment"))
            time.sleep(0.2)

    def step(self, offset):
        self.hub.faults.clock_step = offset

    def clocks(self):
        """The `offset` of each `warroom.clock` entry."""
        events = [json.loads(text) for text in kept(self.hub).values()]
        return [event["data"].get("offset") for event in events if event["type"] == "warroom.clock"]

    def hold(self, what):
        """The night's clock has gone as fast as the monotonic one, and never back."""
        worst = 0.0
        for (before, then), (after, now) in zip(self.seen, self.seen[1:]):
            self.stage.check(now >= then, f"{what}: the night's clock goes back by {then - now:.3f} s")
            worst = max(worst, abs((now - then) - (after - before)))
        self.stage.check(worst < 2, f"{what}: the night's clock is off by {worst:,.0f} s of the time that has passed")
        self.stage.check(self.clocks(), f"{what}: no entry warroom.clock says so")


@attack("the clock steps back an hour: ages go on, times stay in order, an entry says so", 12, least=9)
def back(stage):
    night = Night(stage)
    nights.put(night.hub.state / "dying" / "a.json",
        {"type": "warroom.server", "subject": "node-1", "data": {"patch": "running"}})
    wait_until(lambda: night.look()["sources"][0]["state"] == "current", 10)
    night.step(-3600)
    night.watch(STALE + 3)
    state = night.look()["sources"][0]["state"]
    stage.figure("source after 7 s of 4", state)
    stage.check(state != "current", f"a source that has been dead for {STALE + 3} s of its {STALE} is still current")
    night.hold("back an hour")
    stage.check(any(abs(offset + 3600) < 5 for offset in night.clocks() if offset is not None),
        f"the entries do not say -3600 s: {night.clocks()}")


@attack("the clock steps forward a day and right again: the night does not stand at tomorrow", 12, least=8)
def forward(stage):
    night = Night(stage)
    night.watch(1)
    for offset in (86_400, 0):
        night.step(offset)
        night.watch(3)
    night.hold("forward a day and right again")
    night.hub.kill()
    night.hub.start()
    off = seconds(night.look()["now"]) - time.time()
    stage.figure("off after a restart s", off)
    stage.check(abs(off) < 5, f"after a restart the night's clock is {off:,.0f} s off")
    received = []
    client = night.hub.connect()
    client.subscribe(**{"from": 1})
    for entry in client.entries_to(status_of(night.hub)["entry"]):
        received.append(seconds(entry["receivedAt"]))
    stage.check(received == sorted(received), "entries are not in the order of their times")
