"""The journal vanishes under the hub: what will not be found at the next start is not acknowledged."""

import json
import shutil

from stage import HungUp, attack, kept, note


def replace_journal(state):
    shutil.copy(state / "journal.sqlite", state / "copy")
    (state / "copy").rename(state / "journal.sqlite")


def replace_folder(state):
    shutil.copytree(state, state.with_name("copy"))
    state.rename(state.with_name("old"))
    state.with_name("copy").rename(state)


WAYS = {
    "the journal is unlinked": lambda state: (state / "journal.sqlite").unlink(),
    "the journal is renamed": lambda state: (state / "journal.sqlite").rename(state / "elsewhere"),
    "the journal is replaced by a copy": replace_journal,
    "its WAL is unlinked": lambda state: (state / "journal.sqlite-wal").unlink(),
    "its WAL is renamed": lambda state: (state / "journal.sqlite-wal").rename(state / "elsewhere"),
    "the folder is renamed": lambda state: state.rename(state.with_name("elsewhere")),
    "the folder is replaced by a copy": replace_folder,
    "the folder is removed": shutil.rmtree,
}


def said_after(hub, way):
    """A note before and three after the journal has gone: entry to id, of what was acknowledged."""
    client = hub.connect()
    taken = {client.taken(before := note("before")): before["id"]}
    WAYS[way](hub.state)
    for _ in range(3):
        said = note("after")
        try:
            answer = client.ask(said)
        except (HungUp, TimeoutError, OSError):
            break  # a hub that ends has acknowledged nothing
        if answer["ok"]:
            taken[answer["entry"]] = said["id"]
    return taken


@attack("the journal or its folder vanishes in 8 ways: nothing is acknowledged that is not there again", 8, least=1.5,
        brief=True)
def vanish(stage):
    for way in WAYS:
        hub = stage.hub()
        taken = said_after(hub, way)
        hub.kill()
        stage.count("ways")
        try:
            hub.start()
        except AssertionError:
            # It refuses to begin anew, which is right; what it finds when it is told where, a person has to say.
            stage.count("refused to start")
            if (hub.process.returncode or 0) < 0:
                stage.check(False, f"{way}: the next start ends with signal {-hub.process.returncode}")
        after = set(taken) - {min(taken)}
        found = {}
        if (hub.state / "journal.sqlite").exists():
            found = {json.loads(text)["id"] for text in kept(hub).values()}
        lost = [entry for entry in after if taken[entry] not in found]
        stage.check(not lost, f"{way}: acknowledged, and not there at the next start: {sorted(lost)}")
        began_anew = hub.process.poll() is None and not found & set(taken.values())
        gone = way.startswith("the folder") and "copy" not in way
        stage.check(not began_anew or gone, f"{way}: the night was begun anew in silence")
        hub.kill()
