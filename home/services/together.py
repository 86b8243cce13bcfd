"""Rows of several small tables, read with one query."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Model, QuerySet, Value, Window
from django.db.models.functions import JSONObject, RowNumber

Row = dict[str, Any]
M = TypeVar("M", bound=Model)


def read_together(parts: Mapping[str, tuple[QuerySet[Any], Iterable[str]]]) -> dict[str, list[Row]]:
    """By name, the columns of the rows of each query, in its order; values are those of JSON."""
    queries = [_as_json(name, rows, columns) for name, (rows, columns) in parts.items()]
    found: dict[str, list[Row]] = {name: [] for name in parts}
    for name, _place, row in queries[0].union(*queries[1:], all=True).order_by("place"):
        found[name].append(row)
    return found


def _as_json(name: str, rows: QuerySet[Any], columns: Iterable[str]) -> QuerySet[Any]:
    told = JSONObject(**{column: F(column) for column in columns})
    named = rows.order_by().annotate(part=Value(name), place=_place(rows), told=told)
    return named.values_list("part", "place", "told")


def _place(rows: QuerySet[Any]) -> Window | Value:
    """The place in the order: neither database keeps that of a query inside a union."""
    if not rows.ordered:
        return Value(0)
    order: list[Any] = list(rows.query.order_by or rows.model._meta.ordering)
    return Window(RowNumber(), order_by=order)


def revive(model: type[M], row: Row) -> M:
    """The row of a model from its columns."""
    fields = [field for field in model._meta.concrete_fields if field.attname in row]
    values = [field.to_python(row[field.attname]) for field in fields]
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], values)
