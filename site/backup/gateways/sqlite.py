"""SQLite: the online backup, which copies one moment of the database while others write."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from ..exceptions import DamagedFileError, DiskFullError

KIND = "sqlite"
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


def dump_database(target: Path, at_snapshot: Callable[[], object]) -> dict[str, int]:
    """Copy the site's database into a new file; the number of rows of each table in the copy.

    What is copied is one moment; ``at_snapshot`` is called right after it.
    """
    connection.ensure_connection()
    return copy_one_moment(connection.connection, target, at_snapshot)


def copy_one_moment(
    site: sqlite3.Connection, target: Path, at_snapshot: Callable[[], object]
) -> dict[str, int]:
    """The same for any connection."""
    with closing(sqlite3.connect(target)) as copy, _one_moment(site):
        at_snapshot()
        try:
            site.backup(copy)
            # One file: what would stand in a journal beside it belongs into the backup.
            copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in NO_ROOM:
                raise
            raise DiskFullError(str(error)) from error
        return _count(copy)


@contextmanager
def _one_moment(site: sqlite3.Connection) -> Iterator[None]:
    """Within a transaction that only reads, nothing that others write is seen; they don't wait."""
    begun = not site.in_transaction
    if begun:
        site.execute("BEGIN")
        site.execute("SELECT 1 FROM sqlite_master").fetchone()
    try:
        yield
    finally:
        if begun:
            site.execute("ROLLBACK")


def count_rows(database: Path) -> dict[str, int]:
    """The rows of each table. Raises DamagedFileError for what is no whole database."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
            [[state]] = opened.execute("PRAGMA quick_check(1)").fetchall()
            if state != "ok":
                raise DamagedFileError(state)
            return _count(opened)
    except sqlite3.DatabaseError as error:
        raise DamagedFileError(str(error)) from error


def is_empty(database: Path) -> bool:
    """Whether there is no file, or one without a table."""
    return not database.exists() or not count_rows(database)


def _count(opened: sqlite3.Connection) -> dict[str, int]:
    names = opened.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name"
    ).fetchall()
    counts = {}
    for (name,) in names:
        statement = f'SELECT count(*) FROM "{name}"'  # noqa: S608 (names of our own tables)
        [[counts[name]]] = opened.execute(statement).fetchall()
    return counts
