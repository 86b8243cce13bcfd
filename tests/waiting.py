"""Watching a server that waits for a lock, and that is killed while it does."""

import threading
import time
from contextlib import contextmanager

import psycopg
from django.db import connection

DEADLINE = 30


@contextmanager
def another_session():
    """A connection of its own, to hold a lock with."""
    settings = connection.settings_dict
    session = psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"] or None,
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
        dbname=settings["NAME"],
    )
    try:
        yield session
    finally:
        session.close()


def waiting_for_a_lock():
    """The backends of this database that wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def until(condition):
    deadline = time.monotonic() + DEADLINE
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def until_gone(pid):
    def gone():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [pid])
            return cursor.fetchone()[0] == 0

    until(gone)


def in_background(call):
    def run():
        try:
            call()
        except OSError:
            return  # The server was killed while it owed an answer.

    thread = threading.Thread(target=run)
    thread.start()
    return thread
