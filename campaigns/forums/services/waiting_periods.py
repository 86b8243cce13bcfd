"""Who waited is forgotten when the registrations of the forum are."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from evidence.services import append_waiting_of, erase_payloads
from messaging.services import forget_finished
from privacy.tokens import revoke_tokens
from rights.registry import DueRow, Outlook

from ..emails import WAITING_TOKEN
from ..models import WaitingEntry
from .retention import ONE_DAY, Plans, due_row, read_plans, whose_time_is_over
from .waiting_steps import WAITING_SUBJECT

EMPTIED = ("name", "email", "email_index", "email_rule", "phone", "organisation")


def waiting_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """Entries whose last day is over."""
    plans = read_plans(held)
    rows = _over(plans, moment).filter(pk__gt=int(after or 0)).order_by("pk")
    return [_due(row, plans) for row in rows.only("forum_id", "retention_months")[:limit]]


def anonymise_waiting(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    """Empty entries that are due. Call it in a transaction."""
    plans = read_plans()
    chosen = _over(plans, moment).filter(pk__in=keys)
    rows = list(chosen.select_for_update(skip_locked=True, of=("self",)))
    empty_waiting(rows)
    return [_due(row, plans) for row in rows]


def waiting_outlook(end: date) -> Iterable[Outlook]:
    """How many go until ``end``, by forum and day."""
    plans = read_plans()
    rows = _known(plans).order_by().values("forum_id", "retention_months")
    for group in rows.annotate(count=Count("pk")):
        gone_on = plans[group["forum_id"]].last_day(group["retention_months"]) + ONE_DAY
        if gone_on <= end:
            yield Outlook(gone_on, group["count"], str(group["forum_id"]))


def empty_waiting(rows: Sequence[WaitingEntry]) -> None:
    """Take everything about people out of entries that are locked. Safe to call twice."""
    subjects = [str(row.public_id) for row in rows]
    revoke_tokens(WAITING_TOKEN, *subjects)
    forget_finished(*subjects)
    append_waiting_of(WAITING_SUBJECT, *subjects)
    erase_payloads(WAITING_SUBJECT, *subjects)
    WaitingEntry.objects.filter(pk__in=[row.pk for row in rows], anonymised_at=None).update(
        **dict.fromkeys(EMPTIED, None), anonymised_at=timezone.now()
    )


def _over(plans: Plans, moment: datetime) -> Any:
    return _known(plans).filter(whose_time_is_over(plans, moment))


def _known(plans: Plans) -> Any:
    return WaitingEntry.objects.with_person().filter(forum_id__in=list(plans))


def _due(row: WaitingEntry, plans: Plans) -> DueRow:
    return due_row(row, plans[row.forum_id].last_day(row.retention_months))
