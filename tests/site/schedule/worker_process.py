"""A real worker in a process of its own, and how a test looks at it without waiting blindly."""

import subprocess
import sys
from contextlib import contextmanager

from django.db import connection

SECONDS = 60


@contextmanager
def worker_process(environment, *arguments):
    """``manage.py worker``; killed at the end unless it ended before."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=SECONDS)


def wait_until(condition):
    """Look again and again, a moment apart; fail after a minute."""
    for _ in range(SECONDS * 20):
        if condition():
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
    raise AssertionError("It did not come about.")


def others_that_wait():
    """The server processes of this database that wait for a lock of another one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT pid FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE NOT granted AND datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def cut_off_others():
    """End every other connection to this database, as a crash of the database would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
