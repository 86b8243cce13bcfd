"""What a law wants kept: set apart from all else, shown to its owner, destroyed at its own time."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone, translation

from ..dates import told
from ..exceptions import NotKeptByLawError
from ..models import RetainedRecord
from ..models.retained import APART_KEY, as_content
from ..registry import (
    ApartRow,
    Clock,
    DataSet,
    DueRow,
    Erasure,
    Holding,
    Outlook,
    data_set_named,
    data_sets,
)
from .mailboxes import index_of

DAY = timedelta(days=1)


def set_apart(data_set_name: str, rows: Sequence[ApartRow]) -> int:
    """Take over what only a law still wants kept; returns how many rows there were.

    To be called in the transaction in which the tool empties its own rows. A row that was taken
    over before stays as it is. Refuses with NotKeptByLawError when the data set names no law.
    """
    law = data_set_named(data_set_name).kept_by_law
    if law is None:
        raise NotKeptByLawError(data_set_name)
    now = timezone.now()
    with translation.override(settings.LANGUAGE_CODE):
        records = [
            RetainedRecord(
                data_set=data_set_name,
                key=row.key,
                scope=row.scope,
                reference=row.reference,
                content=as_content(row.title, row.facts),
                address=row.address,
                email_index=index_of(row.address) if row.address else None,
                since=row.since,
                counted_from=row.counted_from,
                kept_until=law.last_day(row.counted_from),
                set_apart_at=now,
            )
            for row in rows
        ]
    RetainedRecord.objects.bulk_create(records, ignore_conflicts=True)
    return len(records)


def retained_of(address: str) -> list[tuple[DataSet, Holding]]:
    """What laws want kept of this address, newest first; each with the data set it came from."""
    sets = {one.name: one for one in data_sets() if one.kept_by_law}
    rows = RetainedRecord.objects.filter(email_index=index_of(address), data_set__in=sets)
    return [(sets[row.data_set], _holding(row)) for row in rows.order_by("-since", "-pk")]


def _holding(row: RetainedRecord) -> Holding:
    return Holding(
        key=row.key,
        title=row.title,
        since=row.since,
        facts=row.facts,
        kept_until=told(row.kept_until),
        access_keys=(row.key,),
        erasure=Erasure.KEPT_BY_LAW,
        law_counts_from=row.counted_from,
        is_apart=True,
    )


def retained_members(data_set_name: str) -> Callable[[str, int], list[str]]:
    """Who is to be told of a breach, beside those whom the tool itself knows."""

    def members(after: str, limit: int) -> list[str]:
        rows = RetainedRecord.objects.filter(data_set=data_set_name, email_index__isnull=False)
        rows = rows.filter(pk__gt=int(after.removeprefix(APART_KEY) or 0)).order_by("pk")
        return [f"{APART_KEY}{pk}" for pk in rows.values_list("pk", flat=True)[:limit]]

    return members


def clock_for(data_set_name: str) -> Clock:
    """How rows of a data set that were set apart go: on the day after their last."""

    def rows() -> "QuerySet[RetainedRecord, Any]":
        return RetainedRecord.objects.filter(data_set=data_set_name)

    def due(moment: datetime, *, held: Collection[str], after: str, limit: int) -> Sequence[DueRow]:
        found = _over(rows(), moment).exclude(scope__in=held).filter(pk__gt=int(after or 0))
        return [_row(row) for row in found.order_by("pk").defer("content", "address")[:limit]]

    def destroy(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
        found = _over(rows(), moment).filter(pk__in=[int(key) for key in keys])
        gone = list(found.defer("content", "address").select_for_update(skip_locked=True))
        rows().filter(pk__in=[row.pk for row in gone]).delete()
        return [_row(row) for row in gone]

    def outlook(end: date) -> Iterable[Outlook]:
        days = rows().filter(kept_until__lt=end).values("kept_until", "scope")
        for day in days.order_by("kept_until", "scope").annotate(count=Count("pk")):
            yield Outlook(day["kept_until"] + DAY, day["count"], day["scope"])

    return Clock(due, destroy, outlook, scope_labels=_labels_of(data_set_name))


def _over(found: "QuerySet[RetainedRecord, Any]", moment: datetime) -> Any:
    return found.filter(kept_until__lt=timezone.localdate(moment))


def _row(row: RetainedRecord) -> DueRow:
    at = timezone.make_aware(datetime.combine(row.kept_until + DAY, time.min))
    return DueRow(str(row.pk), at, row.scope, row.reference)


def _labels_of(data_set_name: str) -> Callable[[Collection[str] | None], Mapping[str, str]]:
    """Parts are called as the tool itself calls them."""

    def labels(scopes: Collection[str] | None) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for rule in data_set_named(data_set_name).rules:
            if rule.clock and rule.by_law is None:
                found.update(rule.clock.scope_labels(scopes))
        return found

    return labels
