"""Proof of a consent outlives the data by three years: long enough to answer a complaint."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from privacy.models import ConsentRecord

from ..registry import Clock, DueRow, Outlook

YEARS_KEPT = 3


def _years_later(moment: datetime, years: int) -> datetime:
    """The same day years later; the 29th of February becomes the 1st of March."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)


def _ended(moment: datetime) -> "QuerySet[ConsentRecord, Any]":
    """Everybody whose last consent ended before ``moment``, with when it did."""
    lasting = ConsentRecord.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gte=moment), subject=OuterRef("subject")
    )
    ended = ConsentRecord.objects.filter(withdrawn_at__lt=moment).exclude(Exists(lasting))
    return ended.order_by().values("subject").annotate(ended=Max("withdrawn_at"))


def _row(subject: uuid.UUID, ended: datetime) -> DueRow:
    return DueRow(str(subject), _years_later(ended, YEARS_KEPT), reference=str(subject)[-12:])


def due(moment: datetime, *, held: Collection[str], after: str, limit: int) -> Sequence[DueRow]:
    found = _ended(_years_later(moment, -YEARS_KEPT)).order_by("subject")
    if after:
        found = found.filter(subject__gt=uuid.UUID(after))
    return [_row(row["subject"], row["ended"]) for row in found[:limit]]


def destroy(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    subjects = [uuid.UUID(key) for key in keys]
    records = ConsentRecord.objects.filter(subject__in=subjects)
    list(records.select_for_update(of=("self",)).values_list("pk"))
    ended = _ended(_years_later(moment, -YEARS_KEPT)).filter(subject__in=subjects)
    gone = [_row(row["subject"], row["ended"]) for row in ended]
    records.filter(subject__in=[uuid.UUID(row.key) for row in gone]).delete()
    return gone


def outlook(end: date) -> Iterable[Outlook]:
    last = timezone.make_aware(datetime.combine(end, time.max))
    for row in _ended(_years_later(last, -YEARS_KEPT)).annotate(day=F("ended")):
        yield Outlook(timezone.localdate(_years_later(row["day"], YEARS_KEPT)), 1)


CLOCK = Clock(due=due, destroy=destroy, outlook=outlook)
