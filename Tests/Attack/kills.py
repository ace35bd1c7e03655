"""The hub is killed under load, again and again: what was acknowledged is there, and the chain is whole."""

import json
import threading
import time

from stage import HungUp, attack, kept, note, percentile, status_of, verify

WRITERS = 4
IN_FLIGHT = 16


class Writer(threading.Thread):
    """Says notes on one connection until it is hung up on; what was acknowledged is in `taken`, number to id."""

    def __init__(self, hub):
        super().__init__(daemon=True)
        self.client, self.taken = hub.connect(), {}

    def run(self):
        waiting = 0
        try:
            while True:
                while waiting < IN_FLIGHT:
                    self.client.send(note("under load"))
                    waiting += 1
                answer = self.client.take("ok", timeout=20)
                waiting -= 1
                if answer["ok"]:
                    self.taken[answer["entry"]] = answer["id"]
        except (HungUp, OSError):
            self.client.close()


def write_until(hub, end):
    """Four clients write, and `end` ends it; what was acknowledged."""
    writers = [Writer(hub) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    end()
    taken = {}
    for writer in writers:
        writer.join(20)
        taken.update(writer.taken)
    return taken


def missing(hub, taken):
    """Of what was acknowledged, what a hub that has started again does not have."""
    last = status_of(hub)["entry"]
    found = {entry: text for entry, text in kept(hub, min(taken, default=1)).items() if entry <= last}
    return [entry for entry, id in taken.items() if json.loads(found.get(entry, "{}")).get("id") != id]


def restart(stage, hub, taken, after):
    """Starts the hub again after `after`, and holds it to what was acknowledged; the milliseconds that it took."""
    began = time.monotonic()
    hub.start()
    status_of(hub)
    took = (time.monotonic() - began) * 1000
    lost = missing(hub, taken)
    stage.check(not lost, f"{len(lost)} of {len(taken)} acknowledged entries are missing after {after}: {lost[:5]}")
    return took


@attack("kills the hub under load: nothing acknowledged is missing, the chain is whole", 50, least=2, brief=True)
def kills(stage):
    hub, restarts = stage.hub(), []
    while stage.left() > 0 or not restarts:
        def end():
            time.sleep(stage.random.uniform(0.005, 0.3))
            hub.kill()
        taken = write_until(hub, end)
        code, said = verify(hub)
        stage.check(code == 0, f"verify says {code} after a kill: {said}")
        restarts.append(restart(stage, hub, taken, "a kill"))
        stage.count("kills")
        stage.count("acknowledged", len(taken))
    stage.figure("restart p50 ms", percentile(restarts, .5))
    stage.figure("restart max ms", max(restarts))
