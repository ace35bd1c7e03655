"""A hub that is none: it says what it is told to, to each who connects, and counts them."""

import contextlib
import json
import socket
import threading

HELLO = {
    "protocol": 1, "bridge": "little-2025-09-14.rehearsal", "mode": "rehearsal", "now": "2025-09-14T08:31:00Z",
    "speed": 1.0, "entry": 1, "user": "root", "roles": ["lead"], "confirmed": {},
}


def hello(**changes):
    return line({"hello": {**HELLO, **changes}})


def line(value):
    """A line of the socket from what JSON can say, or from text as it is."""
    return (value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))).encode() + b"\n"


def honest_lines(hub):
    """What an honest hub says to a subscriber: its greeting, and its bridge."""
    client = hub.connect()
    client.send({"subscribe": {}})
    lines = [client.take("hello").raw]
    while True:
        part = client.take("bridge")
        lines.append(part.raw)
        if part["bridge"]["part"] == part["bridge"]["of"]:
            client.close()
            return [raw + b"\n" for raw in lines]


def once(data):
    """Says this, and stays."""

    def talk(connection):
        connection.sendall(data)
        with contextlib.suppress(OSError):
            while connection.recv(65_536):
                pass

    return talk


def for_ever(data):
    """Says this as long as anybody listens."""

    def talk(connection):
        while True:
            connection.sendall(data)

    return talk


class FakeHub:
    """Listens at a path; `talk(connection)` is what it does with each connection."""

    def __init__(self, path, talk):
        self.socket, self.talk, self.count = path, talk, 0
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen(16)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.count += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection, contextlib.suppress(OSError):
            self.talk(connection)

    def close(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
