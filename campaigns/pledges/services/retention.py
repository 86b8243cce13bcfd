"""What is known only to reach somebody goes six months after election day; the record stays."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone

from home.dates import months_after
from rights.registry import Clock, DueRow, Outlook

from ..models import ContactPoint, Delegation, Election, IdentityCheck, OutreachEntry

MONTHS = 6
ONE_DAY = timedelta(days=1)
OF_RESPONDENT = "respondent__election"
OF_INVITATION = "invitation__respondent__election"
Rows = Callable[[], "QuerySet[Any]"]
Destroy = Callable[["QuerySet[Any]"], object]


def last_day_of(election: Election) -> date:
    """The last day on which it may be known how somebody was reached."""
    return months_after(election.vote_on, MONTHS)


def election_names(scopes: Collection[str] | None) -> Mapping[str, str]:
    """The elections that stand for parts of a data set; all of them for None."""
    rows = Election.objects.all()
    if scopes is not None:
        rows = rows.filter(pk__in=[int(scope) for scope in scopes])
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def clock_after_election(rows: Rows, path: str, destroy_rows: Destroy) -> Clock:
    """Destroy ``rows`` after the last day of the election that lies at ``path``."""

    def over(moment: datetime, held: Collection[str] = ()) -> "QuerySet[Any]":
        today = timezone.localdate(moment)
        keys = [pk for pk, day in _last_days().items() if day < today and str(pk) not in held]
        return rows().filter(**{f"{path}__in": keys}).select_related(path)

    def due(moment: datetime, *, held: Collection[str], after: str, limit: int) -> Sequence[DueRow]:
        found = over(moment, held).filter(pk__gt=int(after or 0)).order_by("pk")
        return [_due_row(row, path) for row in found[:limit]]

    def destroy(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
        found = over(moment).filter(pk__in=[int(key) for key in keys])
        gone = list(found.select_for_update(skip_locked=True, of=("self",)))
        destroy_rows(found.model.objects.filter(pk__in=[row.pk for row in gone]))
        return [_due_row(row, path) for row in gone]

    def outlook(end: date) -> Iterable[Outlook]:
        days = {pk: day + ONE_DAY for pk, day in _last_days().items() if day < end}
        found = rows().filter(**{f"{path}__in": list(days)}).order_by()
        for key, count in found.values_list(path).annotate(count=Count("pk")):
            yield Outlook(days[key], count, str(key))

    return Clock(due=due, destroy=destroy, outlook=outlook, scope_labels=election_names)


def _last_days() -> dict[int, date]:
    return {election.pk: last_day_of(election) for election in Election.objects.all()}


def _due_row(row: Model, path: str) -> DueRow:
    election: Any = row
    for name in path.split("__"):
        election = getattr(election, name)
    at = timezone.make_aware(datetime.combine(last_day_of(election) + ONE_DAY, time.min))
    return DueRow(str(row.pk), at, str(election.pk))


def _delete(rows: "QuerySet[Any]") -> None:
    rows.delete()


def _empty_checks(rows: "QuerySet[Any]") -> None:
    """That somebody was checked, how and when, belongs to the signature and stays."""
    rows.update(code_salt=None, code_digest=None, browser_digest=None)


def _checks() -> "QuerySet[Any]":
    return IdentityCheck.objects.filter(
        Q(code_digest__isnull=False) | Q(browser_digest__isnull=False)
    )


CONTACTS_CLOCK = clock_after_election(ContactPoint.objects.all, OF_RESPONDENT, _delete)
OUTREACH_CLOCK = clock_after_election(OutreachEntry.objects.all, OF_RESPONDENT, _delete)
DELEGATIONS_CLOCK = clock_after_election(Delegation.objects.all, OF_INVITATION, _delete)
CHECKS_CLOCK = clock_after_election(_checks, OF_INVITATION, _empty_checks)
