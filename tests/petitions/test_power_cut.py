"""SIGKILL of web, worker and database at one moment, under load: what was answered is there."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import connection

from backup.gateways import postgres
from privacy.blind_index import address_index
from tests.conftest import publish
from tests.database.power import durable_server
from tests.machine import find_postgres
from tests.petitions.citizen import typed
from tests.server import Server, database_file

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]

PETITION = "/campaigns/basic-act/petition/"
ENOUGH = 25
SECONDS = 60


class SqliteFile:
    """SQLite has no process of its own: killing the site's is all there is."""

    def __init__(self, folder):
        self.path = database_file(folder)
        self.address = f"sqlite:///{self.path}"

    def start(self):
        return None

    kill = start

    def ask(self, statement):
        with closing(sqlite3.connect(self.path)) as opened:
            return opened.execute(statement).fetchall()


class PostgresServer:
    """A copy of the test's database on a server of its own, with fsync on."""

    def __init__(self, server, folder):
        postgres.dump_database(folder / "dump", lambda: None)
        restore = [find_postgres() / "pg_restore", "--no-owner", "-d", _plain(server.address)]
        subprocess.run([*restore, folder / "dump"], check=True)
        self.server = server
        self.address = server.address
        self.start, self.kill = server.start, server.kill

    def ask(self, statement):
        with psycopg.connect(_plain(self.address)) as session:
            return session.execute(statement).fetchall()


def _plain(address):
    return address.replace("postgres://", "postgresql://")


@pytest.fixture
def database(petition_page, tmp_path):
    """A database that can lose its power, with a petition that counts at once."""
    petition_page.confirmation_required = False
    publish(petition_page)
    if connection.vendor == "sqlite":
        yield SqliteFile(tmp_path)
        return
    with durable_server() as server:
        yield PostgresServer(server, tmp_path)


@contextmanager
def worker(environment):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(SECONDS)


def sign_until(over, server, form, acknowledged, who):
    number = 0
    while not over.is_set():
        number += 1
        address = f"{who}.{number}@mail.example"
        try:
            if server.post(f"{PETITION}sign/", {**form, "email": address}).status == 303:
                acknowledged.append(address)
        except OSError:
            return  # The power is gone.


@pytest.mark.sqlite_smoke
def test_no_acknowledged_signature_is_lost(database, process_environment, tmp_path):
    form = typed()
    environment = {**process_environment, "DATABASE_URL": database.address}
    server = Server(environment, tmp_path)
    server.keeps_database = True
    acknowledged, over = [], threading.Event()
    with worker(environment) as counting:
        server.start()
        signers = [
            threading.Thread(
                target=sign_until, args=(over, server, form, acknowledged, f"c{number}")
            )
            for number in range(3)
        ]
        for signer in signers:
            signer.start()
        until(lambda: len(acknowledged) >= ENOUGH)
        os.kill(counting.pid, signal.SIGKILL)
        server.kill()
        database.kill()
        over.set()
        for signer in signers:
            signer.join(SECONDS)

    database.start()
    there = {
        bytes(index) for (index,) in database.ask("SELECT email_index FROM petitions_signature")
    }
    lost = [address for address in acknowledged if address_index(address) not in there]
    assert lost == []
    assert_counted(server, environment, len(there))


def assert_counted(server, environment, number):
    """The worker that comes after the cut counts each signature once."""
    try:
        server.start()
        with worker(environment):
            until(lambda: confirmed(server) >= number)
            assert confirmed(server) == number
    finally:
        server.stop()


def confirmed(server):
    return json.loads(server.get(f"{PETITION}count.json").body)["confirmed"]


def until(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
