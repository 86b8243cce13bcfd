"""Letters go when the registrations go that they were about."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from rights.registry import DueRow, Outlook

from ..models import Letter
from .retention import ONE_DAY, Plans, due_row, plans_over, read_plans


def letters_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """Letters, drafts too, to the participants of forums whose last day is over."""
    plans = plans_over(read_plans(held), moment)
    rows = _letters(plans).filter(pk__gt=int(after or 0)).order_by("pk").only("forum_id")
    return [due_row(row, plans[row.forum_id].last_day()) for row in rows[:limit]]


def delete_letters(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    """Delete letters that are due. Call it in a transaction."""
    plans = plans_over(read_plans(), moment)
    rows = list(_letters(plans).filter(pk__in=keys).select_for_update(skip_locked=True))
    told = [due_row(row, plans[row.forum_id].last_day()) for row in rows]
    Letter.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return told


def letters_outlook(end: date) -> Iterable[Outlook]:
    days = {pk: plan.last_day() + ONE_DAY for pk, plan in read_plans().items()}
    going = {pk: day for pk, day in days.items() if day <= end}
    groups = Letter.objects.filter(forum_id__in=list(going)).order_by().values("forum_id")
    for group in groups.annotate(count=Count("pk")):
        yield Outlook(going[group["forum_id"]], group["count"], str(group["forum_id"]))


def _letters(plans: Plans) -> Any:
    return Letter.objects.filter(forum_id__in=list(plans))
