"""A copy of the freshly migrated database, and the way back to it.

Django's own flush would empty every table: also the root page, the site, the regions and the
consent texts that migrations made. It would also be refused by the append-only triggers.
"""

import sqlite3
from contextlib import closing

from django.db import connection, transaction

from evidence.append_only import create_statements, drop_statements

from .rows import Rows, read_rows, restore_rows

_copies: dict[str, sqlite3.Connection] = {}
_rows: dict[str, Rows] = {}


# Django's name of SQLite's test database; it lives as long as somebody is connected.
MEMORY = "file:memorydb_default?mode=memory&cache=shared"


def begin_with(template: str) -> None:
    """Fill SQLite's test database from a file that was migrated before."""
    _copies[MEMORY] = memory = sqlite3.connect(MEMORY, uri=True, check_same_thread=False)
    with closing(sqlite3.connect(template)) as file:
        file.backup(memory)


def forget_what_migrations_recorded() -> None:
    """The first roles are on the chain of evidence; a test that counts events begins with none."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in drop_statements(connection.vendor, "evidence_event"):
            cursor.execute(statement)
        cursor.execute("DELETE FROM evidence_eventvalues")
        cursor.execute("DELETE FROM evidence_event")
        for statement in create_statements(connection.vendor, "evidence_event"):
            cursor.execute(statement)


def keep_copy() -> None:
    """Remember the test database as it is."""
    if connection.vendor == "postgresql":
        _rows[connection.settings_dict["NAME"]] = read_rows()
        _copy(connection.settings_dict["NAME"], _copy_name())
    else:
        connection.ensure_connection()
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(copy)
        if first := _copies.pop(connection.settings_dict["NAME"], None):
            first.close()
        _copies[connection.settings_dict["NAME"]] = copy


def restore_copy() -> None:
    """Make the test database what it was; whoever is still connected is thrown out."""
    if connection.vendor == "postgresql":
        connection.close()  # with all that the test told its session
        if not restore_rows(_rows[connection.settings_dict["NAME"]]):
            _copy(_copy_name(), connection.settings_dict["NAME"])
    else:
        connection.ensure_connection()
        _copies[connection.settings_dict["NAME"]].backup(connection.connection)


def forget_copy() -> None:
    if connection.vendor == "postgresql":
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{_copy_name()}"')
    else:
        _copies.pop(connection.settings_dict["NAME"]).close()


def _copy_name() -> str:
    return connection.settings_dict["NAME"] + "_pristine"


def _copy(source: str, target: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
