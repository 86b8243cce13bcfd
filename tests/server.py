"""The site in a process of its own, with a real HTTP server in front."""

import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection

from tests.ports import free_port

START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def cookie(self):
        return (self.header("Set-Cookie") or "").partition(";")[0]


class Server:
    """Start it, ask it, stop it or kill it."""

    def __init__(self, environment, folder, application="config.wsgi:application"):
        self.environment = environment
        self.folder = folder
        self.log_path = folder / "server.log"
        self.application = application
        self.keeps_database = False  # SQLite: start on what DATABASE_URL says, not on a new copy
        self.process = None
        self.port = free_port()

    def start(self):
        """On the database of the test; on SQLite, where that is in memory, on a copy of it."""
        environment = {**self.environment, "PYTHONUNBUFFERED": "1"}
        if connection.vendor == "sqlite" and not self.keeps_database:
            environment["DATABASE_URL"] = f"sqlite:///{database_file(self.folder)}"
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
        command += ["--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"]
        command += ["--blocking-threads", "8", "--access-log", self.application]
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._listens():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.05)
        return self

    def _listens(self):
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    @property
    def log(self):
        return self.log_path.read_text(errors="replace")

    def get(self, path, **headers):
        return self._ask("GET", path, None, headers, "127.0.0.1")

    def post(self, path, fields, *, source="127.0.0.1", **headers):
        """``source`` is the address (127.x.x.x) that the visitor comes from."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._ask("POST", path, urlencode(fields), headers, source)

    def _ask(self, method, path, body, headers, source):
        talk = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(source, 0)
        )
        try:
            talk.connect()
            begun = time.perf_counter()
            with suppress(
                BrokenPipeError
            ):  # refused before all of it was sent; the answer is there
                talk.request(method, path, body, headers)
            answer = talk.getresponse()
            content = answer.read()
            seconds = time.perf_counter() - begun
            return Answer(answer.status, tuple(answer.getheaders()), content, seconds)
        finally:
            talk.close()

    def stop(self):
        self._end(signal.SIGTERM)

    def kill(self):
        """As a crash does: nothing is tidied up."""
        self._end(signal.SIGKILL)

    def _end(self, number):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(20)


def database_file(folder):
    """The SQLite database of the test as a file for other processes."""
    path = folder / "db.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    return path
