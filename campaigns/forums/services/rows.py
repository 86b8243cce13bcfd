"""New rows of several tables, written at once."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model


def insert_together(rows: Sequence[Model]) -> None:
    """Insert new rows, each after those that it points at, and give them their keys.

    On PostgreSQL one statement, with one way there and back. SQLite has no such statement, and
    no way.
    """
    if connection.vendor != "postgresql":
        for row in rows:
            row.save(force_insert=True)
        return
    names = {id(row): f"row{number}" for number, row in enumerate(rows)}
    inserts, values = [], []
    for row in rows:
        places, bound = _values(row, names)
        inserts.append(f"{names[id(row)]} AS ({_head(type(row))} ({places}) RETURNING {_key(row)})")
        values += bound
    keys = ", ".join(_key_of(row, names) for row in rows)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(inserts)} SELECT {keys}", values)  # type: ignore[arg-type]  # as the fields make them
        _take_keys(rows, cursor.fetchone())


def _values(row: Model, names: Mapping[int, str]) -> tuple[str, list[object]]:
    """A place for each column, and what goes there; a key that is not known yet is looked up."""
    database = connections[DEFAULT_DB_ALIAS]  # Each attribute of the proxy looks it up again.
    places, bound = [], []
    for field in _columns(type(row)):
        target = _target(row, field)
        if id(target) in names:
            places.append(_key_of(target, names))
            continue
        value = field.get_db_prep_save(field.pre_save(row, add=True), database)
        if value is None:  # What is not sent need not be read.
            places.append("NULL")
        else:
            places.append("%s")
            bound.append(value)
    return ", ".join(places), bound


def _take_keys(rows: Sequence[Model], keys: Sequence[object]) -> None:
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    for row in rows:
        for field in _columns(type(row)):
            if target := _target(row, field):
                setattr(row, field.attname, target.pk)


def _target(row: Model, field: Field[Any, Any]) -> Any:
    return field.get_cached_value(row, default=None) if field.is_relation else None  # type: ignore[attr-defined]  # relations have it


@cache
def _columns(model: type[Model]) -> list[Field[Any, Any]]:
    meta = model._meta
    return [field for field in meta.local_concrete_fields if field is not meta.auto_field]


@cache
def _head(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in _columns(model))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES"


def _key(row: Model) -> str:
    return connection.ops.quote_name(str(row._meta.pk.column))


def _key_of(row: Model, names: Mapping[int, str]) -> str:
    return f"(SELECT {_key(row)} FROM {names[id(row)]})"  # noqa: S608 (our own names)
