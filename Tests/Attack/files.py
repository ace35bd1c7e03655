"""Files that sources read, wrong in every way that chance finds: the hub lives, and reads the next good one."""

import json
import time

import mutants
from stage import attack, lead_night, lives, nights, status_of, verify, wait_until

SOURCES = {
    "files": {"kind": "status-files", "path": "{state}/files/*.json", "every": "200ms"},
    "feed": {"kind": "ndjson", "path": "{state}/feed.ndjson", "every": "200ms"},
    "smoke": {"kind": "junit", "path": "{state}/smoke/*.xml", "run": "smoke", "every": "200ms"},
}
LOOK = 0.25  # seconds in which each source has looked again
REPORTS = [
    {"type": "warroom.server", "subject": "node-1", "data": {
        "patch": "installed", "reboot": "up", "verify": "passed", "pools": {"front": "in"}, "alerts": "on"}},
    {"type": "warroom.tests", "subject": "smoke", "data": {"state": "running", "passed": 3, "failed": 1, "total": 32,
        "startedAt": "2025-09-14T08:00:00Z"}},
    [{"type": "warroom.alert", "subject": "a-1", "data": {"state": "firing", "server": "node-2", "name": "Load"}},
     {"type": "warroom.pipeline", "subject": "build/Run", "data": {"state": "running", "runID": "7"}}],
]
XML = nights.junit([("Shop", "pays", None), ("Shop", "signs in", "503"), ("Books", "adds up", None)])


def write_all(stage, hub):
    """A mutant of each sort into its place; how many."""
    chance = stage.random
    for name in range(20):
        nights.put(hub.state / "files" / f"{name}.json", mutants.text_of(chance, chance.choice(REPORTS)))
        xml = mutants.bytes_of(chance, XML.encode(), most=3)
        nights.put(hub.state / "smoke" / f"{name}.xml", xml)
    with open(hub.state / "feed.ndjson", "ab") as feed:
        for _ in range(60):
            feed.write(mutants.text_of(chance, chance.choice(REPORTS[:2])) + b"\n")
    # What does not end, does not close, or goes too deep.
    nights.put(hub.state / "files" / "deep.json", b"[" * chance.choice((63, 64, 65, 100_000)))
    nights.put(hub.state / "smoke" / "deep.xml", b"<testsuites>" + b"<testsuite>" * chance.choice((199, 201, 50_000)))
    return 20 + 20 + 60 + 2


def good_again(hub, number):
    """Good files after all that: whether each source is heard within five seconds."""
    for kind in ("files", "smoke"):
        for path in (hub.state / kind).iterdir():
            path.unlink()
    patch = ("running", "installed")[number % 2]
    nights.put(hub.state / "files" / "good.json",
        {"type": "warroom.server", "subject": "node-3", "data": {"patch": patch}})
    nights.put(hub.state / "smoke" / "good.xml", XML)
    with open(hub.state / "feed.ndjson", "a") as feed:
        feed.write("\n" + json.dumps(
            {"type": "warroom.server", "subject": "node-2", "data": {"detail": f"good {number}"}}) + "\n")

    def heard():
        servers = {server["name"]: server for server in status_of(hub)["servers"]}
        return servers["node-3"]["patch"] == patch and servers["node-2"]["detail"] == f"good {number}"
    wait_until(heard, 5, "good files are not heard after the bad ones")


@attack("mutated status files, feeds and test reports: the hub lives, and hears the next good ones", 40, least=1.5,
        brief=True)
def files(stage):
    night, number = lead_night(sources=SOURCES), 0
    hub = stage.hub(night, at="Sun 04:31")
    while stage.left() > 0:
        stage.count("inputs", write_all(stage, hub))
        number += 1
        time.sleep(LOOK)
        alive = lives(stage, hub, "mutated files")
        ran = hub.run("status") if alive else None
        if alive:
            stage.check(ran.code == 0, f"after mutated files `warroom status` ends with {ran.code}")
            if number % 5 == 1:
                good_again(hub, number)
                stage.count("good ones heard")
        else:
            hub.kill()
            hub = stage.hub(night, at="Sun 04:31")
    hub.kill()
    code, said = verify(hub)
    stage.check(code == 0, f"verify says {code} of what the mutated files have left: {said}")
