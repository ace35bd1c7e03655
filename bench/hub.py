"""A hub of the bench's own, in its own folder on the measured disk; and the C stand-in for it."""
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

from night import runbook
from process import Failure, end, environment


class Lines:
    """A connection that speaks JSON lines."""

    def __init__(self, path, timeout=5.0):
        self.socket, self.held = socket.socket(socket.AF_UNIX), b""
        self.socket.settimeout(timeout)
        try:
            self.socket.connect(path)
        except OSError:
            self.socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, document):
        self.socket.sendall(json.dumps(document, separators=(",", ":")).encode() + b"\n")

    def receive(self):
        while b"\n" not in self.held:
            got = self.socket.recv(65536)
            if not got:
                raise Failure("the hub closed the connection")
            self.held += got
        line, _, self.held = self.held.partition(b"\n")
        return json.loads(line)


class Served:
    """A process that listens on a socket in a folder of its own, while in its `with` block."""

    def __init__(self, base):
        self.folder = tempfile.mkdtemp(dir=base)
        # A socket's path may have 107 bytes, and the measured disk may be mounted deep down.
        self.short = tempfile.mkdtemp(prefix="wb") if len(self.folder) > 90 else self.folder
        self.socket = os.path.join(self.short, "hub.sock")
        self.drop = os.path.join(self.folder, "drop")
        os.mkdir(self.drop)
        self.env = environment(self.folder)
        self.process = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        for folder in {self.folder, self.short}:
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def pid(self):
        return self.process.pid

    def stop(self):
        if self.process:
            end(self.process)
            self.process = None

    def launch(self, argv, answers, patience=120.0):
        """Seconds from exec to the first answer."""
        log = os.path.join(self.folder, "hub.log")
        with open(log, "ab") as out:
            began = time.monotonic()
            self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=self.env,
                start_new_session=True)
        while time.monotonic() < began + patience and self.process.poll() is None:
            try:
                with Lines(self.socket, patience) as line:
                    answers(line)
                    return time.monotonic() - began
            except (OSError, ValueError, Failure):
                time.sleep(0.001)
        with open(log, errors="replace") as told:
            tail = " / ".join(told.read().strip().splitlines()[-5:])
        has_ended = self.process.poll() is not None
        ended = f"ended with {self.process.returncode}" if has_ended else f"did not answer in {patience:.0f} s"
        raise Failure(f"the hub {ended}; its log ends: {tail or '(empty)'}")


class Hub(Served):
    def __init__(self, warroom, base, night=runbook):
        super().__init__(base)
        self.warroom, self.runbook = warroom, os.path.join(self.folder, "bench.yaml")
        with open(self.runbook, "w") as file:
            file.write(night())

    def start(self):
        def hello(line):
            line.send({"subscribe": {"as": "viewer"}})
            if "hello" not in line.receive():
                raise Failure("the hub's first line was no hello")
        state = os.path.join(self.folder, "state")
        return self.launch([self.warroom, "serve", self.runbook, "--state", state, "--socket", self.socket], hello)

    def open(self):
        return [self.warroom, "open", "--socket", self.socket]


class Fanout(Served):
    """The C baseline's hub."""

    def __init__(self, tools, base):
        super().__init__(base)
        self.tools = tools

    def start(self):
        return self.launch([self.tools["fanout"], self.socket, os.path.join(self.folder, "journal")], lambda line: None)

    def open(self):
        return [self.tools["baseline"], self.socket, self.drop]
