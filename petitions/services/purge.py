"""Signatures that nobody confirmed: deleted when their time is up."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncDate
from django.utils import timezone

from rights.registry import DueRow, Outlook

from ..models import CountDelta, Signature
from ..models.signatures import SignatureQuerySet
from .traces import forget_mails, forget_traces

UNCONFIRMED_KEPT = timedelta(days=30)


def unconfirmed_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """Those that nobody confirmed within 30 days."""
    rows = _due(moment).exclude(petition_id__in=[int(scope) for scope in held])
    rows = rows.filter(pk__gt=int(after or 0)).order_by("pk")
    return [_row(row) for row in rows.only("petition_id", "reference", "created_at")[:limit]]


def delete_unconfirmed(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    """Delete rows that are due, with all that tells of their people. Call it in a transaction."""
    rows = list(_due(moment).filter(pk__in=keys).select_for_update(skip_locked=True, of=("self",)))
    forget_traces(rows)
    forget_mails(rows)
    Signature.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return [_row(row) for row in rows]


def unconfirmed_outlook(end: date) -> Iterable[Outlook]:
    last = timezone.make_aware(datetime.combine(end - UNCONFIRMED_KEPT, time.max))
    days = Signature.objects.unconfirmed_since(last).annotate(day=TruncDate("created_at"))
    counted = days.order_by().values("petition_id", "day").annotate(count=Count("pk"))
    for row in counted:
        yield Outlook(row["day"] + UNCONFIRMED_KEPT, row["count"], str(row["petition_id"]))


def _due(moment: datetime) -> SignatureQuerySet:
    """Deleting a row deletes its deltas too, so one that the count still waits for stays."""
    waiting = CountDelta.objects.filter(signature=OuterRef("pk"))
    return Signature.objects.unconfirmed_since(moment - UNCONFIRMED_KEPT).exclude(Exists(waiting))


def _row(row: Signature) -> DueRow:
    return DueRow(
        str(row.pk), row.created_at + UNCONFIRMED_KEPT, str(row.petition_id), row.reference
    )
