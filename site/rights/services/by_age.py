"""The plain kind of clock: a row is deleted so long after one of its moments."""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import reduce
from typing import Any, cast

from django.db.models import BinaryField, Count, Model, QuerySet, UUIDField
from django.db.models.functions import TruncDate
from django.utils import timezone

from ..registry import Clock, DueRow, Outlook

Rows = Callable[[], "QuerySet[Any]"]


def clock_by_age(rows: Rows, field: str, kept: timedelta, *, batch: int = 2000) -> Clock:
    """Delete each of ``rows`` once more than ``kept`` (whole days) has passed since ``field``.

    ``field`` may be one of a related row, written with two underscores.
    """

    def due(moment: datetime, *, held: Collection[str], after: str, limit: int) -> Sequence[DueRow]:
        found = _due(rows(), field, moment - kept).order_by("pk")
        if after:
            found = found.filter(pk__gt=_pk(found.model, after))
        return [_row(row, field, kept) for row in found[:limit]]

    def destroy(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
        found = _due(rows(), field, moment - kept)
        found = found.filter(pk__in=[_pk(found.model, key) for key in keys])
        gone = list(found.select_for_update(skip_locked=True, of=("self",)))
        found.model._default_manager.filter(pk__in=[row.pk for row in gone]).delete()
        return [_row(row, field, kept) for row in gone]

    def outlook(end: date) -> Iterable[Outlook]:
        last = timezone.make_aware(datetime.combine(end - kept, time.max))
        days = rows().filter(**{f"{field}__lte": last}).annotate(day=TruncDate(field))
        for row in days.order_by("day").values("day").annotate(count=Count("pk")):
            yield Outlook(row["day"] + kept, row["count"])

    return Clock(due=due, destroy=destroy, outlook=outlook, batch=batch)


def _due(found: "QuerySet[Any]", field: str, since: datetime) -> "QuerySet[Any]":
    return found.filter(**{f"{field}__lt": since})


def _row(row: Model, field: str, kept: timedelta) -> DueRow:
    key = row.pk.hex() if isinstance(row.pk, bytes | memoryview) else str(row.pk)
    since: Any = reduce(getattr, field.split("__"), cast(Any, row))
    return DueRow(key, since + kept)


def _pk(model: type[Model], key: str) -> object:
    match model._meta.pk:
        case BinaryField():
            return bytes.fromhex(key)
        case UUIDField():
            return uuid.UUID(key)
        case _:
            return int(key)
