"""The stage: folders, hubs and terminals that are gone when a test ends, and users of different roles where root can
make them."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

import nights
from programs import BIN, WARROOM, Hub, Rehearsal, Terminal


def pytest_sessionstart(session):
    missing = [name for name in ("warroom", "warroom-hub") if not os.access(BIN / name, os.X_OK)]
    if missing:
        pytest.exit(f"{', '.join(missing)} not found in {BIN}: run `make release`, or set WARROOM_BIN", returncode=2)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """What the hubs said goes under a failed test."""
    outcome = yield
    report = outcome.get_result()
    if report.failed:
        for hub in item.__dict__.get("hubs", []):
            report.sections.append((f"{hub.log_path.name}", hub.log()))


@pytest.fixture
def folder():
    """A short path that other users may pass through: a socket's name has room for 107 bytes."""
    path = Path(tempfile.mkdtemp(prefix="wr-", dir="/tmp"))
    path.chmod(0o755)
    (path / "xdg-run").mkdir(mode=0o700)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def hub(request, folder):
    """Starts hubs: `hub(night or runbook path, at=…, speed=…)`; the little night where none is given."""
    request.node.hubs = []

    def start(night=None, start=True, **options):
        runbook = night
        if not isinstance(night, (str, Path)):
            runbook = nights.write_runbook(folder, night or nights.little())
        made = Hub(folder, runbook, **options)
        request.node.hubs.append(made)
        return made.start() if start else made

    yield start
    for made in request.node.hubs:
        made.kill()


@pytest.fixture
def rehearse(request, folder):
    """Rehearses nights: `rehearse(runbook path, at=…, speed=…)`; the sample night where none is given."""
    request.node.hubs = []

    def start(runbook=nights.SAMPLE / "runbook.yaml", start=True, **options):
        made = Rehearsal(folder, runbook, **options)
        request.node.hubs.append(made)
        return made.start() if start else made

    yield start
    for made in request.node.hubs:
        made.kill()


@pytest.fixture
def sample(hub, folder):
    """A hub of the sample night at Sunday 04:31, with the files of that minute."""
    def start(at="Sun 04:31", speed=1, **options):
        return hub(nights.sample_night(folder), at=at, speed=speed, **options)
    return start


@pytest.fixture
def screen(folder):
    """Opens terminals: `screen(hub, columns, rows, "--present")` runs `warroom open` on that hub's socket."""
    opened = []

    def open_screen(hub, columns=80, rows=24, *options, env=None, **how):
        made = Terminal([WARROOM, "open", "--socket", hub.socket, *options], folder, columns, rows, env=env, **how)
        opened.append(made)
        return made

    yield open_screen
    for made in opened:
        made.close()


class Cast:
    """Users of this machine, one for each role."""

    roles = ("lead", "watch", "team", "tool", "guest")

    def __init__(self):
        self.names = {role: f"wr{role}{os.getpid()}" for role in self.roles}
        self.group = f"wrgroup{os.getpid()}"

    def __getattr__(self, role):
        return self.names[role]

    def create(self):
        subprocess.run(["groupadd", self.group], check=True, capture_output=True)
        for role, name in self.names.items():
            # The monitoring team is named by a supplementary group of its user.
            extra = ["-G", self.group] if role == "watch" else []
            subprocess.run(["useradd", "-M", "-U", *extra, name], check=True, capture_output=True)

    def remove(self):
        for name in self.names.values():
            subprocess.run(["userdel", name], capture_output=True)
        subprocess.run(["groupdel", self.group], capture_output=True)

    def access(self, **more):
        """The runbook's `access` for this cast."""
        table = {
            "lead": [self.lead], "monitoring": [f"%{self.group}"], "team: review/alpha": [self.team],
            "feeder": [self.tool],
        }
        table.update(more)
        return table


@pytest.fixture(scope="session")
def cast():
    if os.geteuid() != 0:
        pytest.skip("not root: users of different roles cannot be created, so what each may do is not shown here")
    made = Cast()
    try:
        made.create()
    except (OSError, subprocess.CalledProcessError) as fault:
        made.remove()
        pytest.skip(f"users cannot be created here ({fault}), so what each role may do is not shown")
    yield made
    made.remove()
