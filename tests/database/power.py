"""A PostgreSQL server that keeps what it promised, to be killed and started again."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.machine import find_postgres
from tests.ports import free_port

USER = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root.
NAME = "yeondae"


class DurableServer:
    """With fsync on, as in production."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.address = f"postgres://{NAME}@127.0.0.1:{self.port}/{NAME}"
        self.process = None

    def make(self):
        shutil.chown(self.folder, USER) if USER else None
        self._run(
            "initdb", "-A", "trust", "-U", NAME, "-E", "UTF8", "-N", "-D", self.folder / "data"
        )
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", NAME, NAME)

    def start(self):
        command = [find_postgres() / "postgres", "-D", self.folder / "data", "-p", self.port]
        command += ["-k", self.folder, "-c", "listen_addresses=127.0.0.1"]
        self.process = subprocess.Popen(
            [str(part) for part in command],
            user=USER,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(600):
            try:
                psycopg.connect(self.address.rpartition("/")[0] + "/postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("PostgreSQL did not start.")

    def kill(self):
        """The server and each of its backends at the same moment."""
        children = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        for number in [self.process.pid, *map(int, children.stdout.split())]:
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(20)

    def _run(self, program, *arguments):
        subprocess.run(
            [str(find_postgres() / program), *map(str, arguments)],
            user=USER,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def durable_server():
    folder = Path(tempfile.mkdtemp(prefix="yeondae-power-"))
    server = DurableServer(folder)
    try:
        server.make()
        yield server
    finally:
        if server.process:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
