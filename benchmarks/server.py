"""One web server process with all contenders, on a processor core of its own."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
THREADS = 4
START_SECONDS = 60
SERVER_CORE, OTHER_CORE = 0, 1
# As they were before anything was pinned: a child begins where its parent may be.
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []


class Server:
    """A running server, by its port."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str) -> str:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read().decode()
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {response.status}")
        return body

    def cpu_seconds(self) -> float:
        return float(self.get("/cpu-time/"))


@contextmanager
def serve(environment: dict[str, str]) -> Iterator[Server]:
    """A server that answers; it is gone afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--host", HOST, "--port", str(port), "--blocking-threads", str(THREADS)]
    command += ["--no-ws", "--log-level", "warning", "benchmarks.contenders.wsgi:application"]
    child = subprocess.Popen(  # noqa: S603 (our own words)
        command, cwd=ROOT, env=environment, preexec_fn=lambda: pin(SERVER_CORE)
    )
    try:
        yield wait_for(Server(port), child)
    finally:
        child.terminate()
        child.wait(timeout=30)


def wait_for(server: Server, child: "subprocess.Popen[bytes]") -> Server:
    deadline = time.monotonic() + START_SECONDS
    while child.poll() is None and time.monotonic() < deadline:
        try:
            server.cpu_seconds()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    raise RuntimeError("The server did not start.")


def pin(core: int, pid: int = 0) -> None:
    """Keep a process on one core, where the system can and there are two to share out."""
    if len(CORES) > 1:
        os.sched_setaffinity(pid, {CORES[core]})
