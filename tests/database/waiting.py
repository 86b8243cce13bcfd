"""What other connections to the test's database are doing (PostgreSQL)."""

from django.db import connection

SECONDS = 120  # A process that starts on a busy machine takes many of them.


def wait_until(condition):
    """Look again and again, a moment apart; fail after two minutes."""
    for _ in range(SECONDS * 20):
        if condition():
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
            # A transaction goes on seeing those who were there when it first looked.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
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


def is_alone():
    """Whether nobody else is connected to this database: who was cut off takes a moment to go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone() == (0,)
