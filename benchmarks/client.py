"""The load: keep-alive connections in one thread, each sending as soon as it was answered."""

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.server import HOST

HEAD_END = b"\r\n\r\n"


class BadAnswerError(Exception):
    """An answer with another status than asked for: what was measured would mean nothing."""


@dataclass
class Load:
    """What came back: how many answers in how many seconds, and how long each took."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def answers(self) -> int:
        return len(self.waits)


class Connection:
    """One keep-alive connection with at most one request on its way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bytes | None:
        """The status line, once the answer is complete."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise BadAnswerError("The server closed the connection.")
        self.received += chunk
        head, found, body = self.received.partition(HEAD_END)
        if not found or len(body) < _content_length(head):
            return None
        self.received = b""
        return head.partition(b"\r\n")[0]


def _content_length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))


def drive(
    port: int, make_request: Callable[[], bytes], status: int, *, seconds: float, connections: int
) -> Load:
    """Keep ``connections`` requests on their way for ``seconds``. Raises BadAnswerError."""
    opened = [Connection(port) for _ in range(connections)]
    try:
        return _drive(opened, make_request, b" %d " % status, seconds)
    finally:
        for connection in opened:
            connection.socket.close()


def _drive(
    opened: list[Connection], make_request: Callable[[], bytes], status: bytes, seconds: float
) -> Load:
    load, selector = Load(), selectors.DefaultSelector()
    started = time.perf_counter()
    for connection in opened:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(make_request())
    waiting = len(opened)
    while waiting:
        for key, _events in selector.select():
            line = key.data.receive()
            if line is None:
                continue
            if status not in line + b" ":
                raise BadAnswerError(line.decode())
            now = time.perf_counter()
            load.waits.append(now - key.data.sent_at)
            if now - started < seconds:
                key.data.send(make_request())
            else:
                waiting -= 1
    load.seconds = time.perf_counter() - started
    selector.close()
    return load
