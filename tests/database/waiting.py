"""What other connections to the test's database are doing (PostgreSQL)."""

from django.db import connection

SECONDS = 60


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
