"""Rows that many tests begin with: built once per process by the real code, then only inserted.

Publishing a page tree takes some four hundred queries, inserting what came of it thirty.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection, transaction
from psycopg.sql import SQL, Composable, Identifier, Literal
from wagtail.models import Page

Rows = dict[object, tuple[object, ...]]


@dataclass(frozen=True)
class Change:
    """What became of one table: rows that went or changed, rows that came or changed."""

    table: str
    key: str
    columns: tuple[str, ...]
    gone: list[object]
    rows: list[tuple[object, ...]]

    def apply(self, cursor) -> None:
        if self.gone:
            places = ", ".join(["%s"] * len(self.gone))
            statement = f'DELETE FROM "{self.table}" WHERE "{self.key}" IN ({places})'  # noqa: S608 (ours)
            cursor.execute(statement, self.gone)
        if self.rows:
            columns = ", ".join(f'"{column}"' for column in self.columns)
            row = "(" + ", ".join(["%s"] * len(self.columns)) + ")"
            values = [value for values in self.rows for value in values]
            rows = ", ".join([row] * len(self.rows))
            statement = f'INSERT INTO "{self.table}" ({columns}) VALUES {rows}'  # noqa: S608 (ours)
            cursor.execute(statement, values)


@dataclass(frozen=True)
class Recording:
    pages: int
    changes: list[Change]
    text: str = ""  # PostgreSQL takes all of it at once.


_recordings: dict[str, Recording] = {}


def record(steps: dict[str, Callable[[], object]]) -> None:
    """Do the steps one after another, remember what each changed, and leave no row of it."""
    with transaction.atomic():
        before = _all_rows()
        for name, build in steps.items():
            pages = Page.objects.count()
            build()
            after = _all_rows()
            changes = _changes(before, after)
            _recordings[name] = Recording(pages, changes, _as_one_text(changes))
            before = after
        last = _last_ids()
        transaction.set_rollback(True)
    _count_on_from(last)


def play(name: str, build: Callable[[], object]) -> None:
    """Bring about what a step did. Where the tree is another one than then, do the step itself."""
    recording = _recordings.get(name)
    if recording is None or recording.pages != Page.objects.count():
        build()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        if recording.text:
            cursor.execute(recording.text)
        else:
            for change in recording.changes:
                change.apply(cursor)
    cache.clear()


def _all_rows() -> dict[tuple[str, str, tuple[str, ...]], Rows]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            if table.endswith("_fts"):  # SQLite fills its search tables by triggers
                continue
            key = _key_of(table)
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (ours)
            columns = tuple(column[0] for column in cursor.description)
            position = columns.index(key)
            found[table, key, columns] = {row[position]: row for row in cursor.fetchall()}
    return found


@functools.cache
def _key_of(table: str) -> str:
    with connection.cursor() as cursor:
        return connection.introspection.get_primary_key_column(cursor, table)


def _last_ids() -> list[tuple[str, int]]:
    """SQLite takes back its counters with the rows; a test's own row would get a recorded id."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return cursor.fetchall()


def _count_on_from(last: list[tuple[str, int]]) -> None:
    with connection.cursor() as cursor:
        for name, number in last:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [name, number])


def _changes(before, after) -> list[Change]:
    changes = []
    for place, rows in after.items():
        old = before[place]
        gone = [pk for pk, row in old.items() if rows.get(pk) != row]
        came = [row for pk, row in rows.items() if old.get(pk) != row]
        if gone or came:
            changes.append(Change(*place, gone, came))
    return changes


def _as_one_text(changes: list[Change]) -> str:
    """The statements that bring about these changes, sent in one message; SQLite has no such."""
    if connection.vendor != "postgresql":
        return ""
    parts: list[Composable] = []
    for change in changes:
        table, key = Identifier(change.table), Identifier(change.key)
        if change.gone:
            gone = SQL(", ").join(map(Literal, change.gone))
            parts.append(SQL("DELETE FROM {} WHERE {} IN ({})").format(table, key, gone))
        if change.rows:
            columns = SQL(", ").join(map(Identifier, change.columns))
            values = (SQL("({})").format(SQL(", ").join(map(Literal, row))) for row in change.rows)
            rows = SQL(", ").join(values)
            parts.append(SQL("INSERT INTO {} ({}) VALUES {}").format(table, columns, rows))
    return SQL("; ").join(parts).as_string(connection.connection)
