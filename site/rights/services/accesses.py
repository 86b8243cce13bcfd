"""The access log goes by whole years: each is a chain of its own, sealed before it goes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.utils import timezone

from privacy.models import YEARS_KEPT, AccessEntry
from privacy.services import destroy_access_year

from ..registry import Clock, DueRow, Outlook


def _years() -> list[int]:
    years = AccessEntry.objects.order_by("year").values_list("year", flat=True)
    return list(years.distinct())


def _gone_on(year: int) -> date:
    return date(year + YEARS_KEPT + 1, 1, 1)


def _row(year: int) -> DueRow:
    at = timezone.make_aware(datetime.combine(_gone_on(year), time.min))
    return DueRow(str(year), at, scope=str(year), reference=str(year))


def due(moment: datetime, *, held: Collection[str], after: str, limit: int) -> Sequence[DueRow]:
    today = timezone.localdate(moment)
    years = [year for year in _years() if _gone_on(year) <= today and year > int(after or 0)]
    return [_row(year) for year in years if str(year) not in held][:limit]


def destroy(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    today = timezone.localdate(moment)
    gone = [year for year in _years() if str(year) in keys and _gone_on(year) <= today]
    for year in gone:
        destroy_access_year(year)
    return [_row(year) for year in gone]


def outlook(end: date) -> Iterable[Outlook]:
    for year in _years():
        if _gone_on(year) <= end:
            yield Outlook(_gone_on(year), 1, str(year))


def labels(scopes: Collection[str] | None) -> Mapping[str, str]:
    return {str(year): f"{year}" for year in (_years() if scopes is None else scopes)}


CLOCK = Clock(due=due, destroy=destroy, outlook=outlook, scope_labels=labels)
