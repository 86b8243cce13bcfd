"""PostgreSQL through its own tools. The password reaches them by the environment, not the line."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql
from psycopg.conninfo import make_conninfo

from ..exceptions import DatabaseToolError, DiskFullError

KIND = "postgresql"
# Schemas into which a replaced site is put aside; they are no part of a backup.
ASIDE = "before_restore_"
NO_OWNERS = ["--no-owner", "--no-privileges"]  # The new server's roles have other names.


def dump_database(target: Path, at_snapshot: Callable[[], object]) -> dict[str, int]:
    """Write the site's database into a new file; the number of rows of each table in it.

    What is dumped and counted is one moment; ``at_snapshot`` is called right after it.
    """
    with _session() as session:
        session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = session.execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot
        at_snapshot()
        counts = _count(session)
        arguments = ["--format=custom", f"--exclude-schema={ASIDE}*", *NO_OWNERS]
        _run("pg_dump", *arguments, f"--snapshot={snapshot[0]}", f"--file={target}")
    return counts


def is_empty() -> bool:
    """Whether the database has no table."""
    with _session() as session:
        return not _tables(session)


def restore_database(dump: Path) -> dict[str, int]:
    """Fill the empty database, wholly or not at all; the number of rows of each table then."""
    arguments = ["--exit-on-error", "--single-transaction", *NO_OWNERS]
    _run("pg_restore", *arguments, str(dump))
    with _session() as session:
        return _count(session)


def put_aside(name: str) -> None:
    """Rename what is in the database into a schema of its own, and leave the database empty."""
    aside = sql.Identifier(ASIDE + name)
    try:
        with _session() as session:
            session.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(aside))
            session.execute("CREATE SCHEMA public")
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseToolError(
            _("The database's user may not put the old tables aside. Restore into a new database.")
        ) from error


def clear() -> None:
    """Leave the database empty, as it was before ``restore_database``."""
    with _session() as session:
        session.execute("DROP SCHEMA public CASCADE")
        session.execute("CREATE SCHEMA public")


def take_back(name: str) -> None:
    """Undo ``put_aside``, and what came after it."""
    with _session() as session:
        session.execute("DROP SCHEMA public CASCADE")
        session.execute(
            sql.SQL("ALTER SCHEMA {} RENAME TO public").format(sql.Identifier(ASIDE + name))
        )


def _tables(session: psycopg.Connection) -> list[str]:
    rows = session.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    )
    return [name for (name,) in rows]


def _count(session: psycopg.Connection) -> dict[str, int]:
    counts = {}
    for name in _tables(session):
        statement = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(name))
        [[counts[name]]] = session.execute(statement).fetchall()
    return counts


def _session() -> psycopg.Connection:
    """A connection of its own: outside of the caller's transaction, and not from the pool."""
    return psycopg.connect(make_conninfo(**_parameters()))


def _parameters() -> dict[str, str]:
    """What libpq, and with it PostgreSQL's tools, knows of Django's settings."""
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    given: Mapping[str, object] = connection.get_connection_params()
    return {name: str(given[name]) for name in sorted(known & given.keys()) if given[name]}


def _run(program: str, *arguments: str) -> None:
    parameters = _parameters()
    secret = {"PGPASSWORD": parameters.pop("password")} if "password" in parameters else {}
    command = [program, "--no-password", f"--dbname={make_conninfo(**parameters)}", *arguments]
    try:
        subprocess.run(  # noqa: S603 (PostgreSQL's own tools, without a shell)
            command,
            env={**os.environ, **secret, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise DatabaseToolError(
            _("The program %(program)s is missing. Install the package postgresql-client.")
            % {"program": program}
        ) from error
    except subprocess.CalledProcessError as error:
        raise _refusal(program, error) from error


def _refusal(program: str, error: subprocess.CalledProcessError) -> Exception:
    """The tool's own last words; they name tables and servers, never a value."""
    words = error.stderr.strip().splitlines() or [str(error.returncode)]
    if "No space left on device" in error.stderr or error.returncode == -signal.SIGXFSZ:
        return DiskFullError(words[-1])
    return DatabaseToolError(f"{program}: {words[0][:300]}")
