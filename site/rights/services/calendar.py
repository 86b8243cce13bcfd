"""The retention calendar: what goes when, by month, rule and part of a data set."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from messaging.models import Subscriber
from messaging.services import ASKED_AHEAD

from ..models import RetentionHold
from ..registry import Outlook, RetentionRule, clocked_rules, label_of
from .holds import ALL_OF_IT

MONTHS = 12

Part = tuple[str, str]  # data set, scope
MonthOf = tuple[date, str]  # first day of the month, scope


@dataclass(frozen=True)
class Entry:
    """Rows of one part that go in one month. ``hold`` says why they do not go after all."""

    rule: RetentionRule
    data_set_label: object
    scope_label: str
    first_day: date
    count: int
    hold: str
    is_overdue: bool


@dataclass(frozen=True)
class Month:
    first_day: date
    entries: list[Entry]

    @property
    def count(self) -> int:
        return sum(entry.count for entry in self.entries)


def retention_calendar(today: date) -> list[Month]:
    """The coming twelve months; what is overdue stands in the first."""
    starts = [_month_after(today, number) for number in range(MONTHS)]
    entries: dict[date, list[Entry]] = {start: [] for start in starts}
    holds = _holds()
    for rule, clock in clocked_rules():
        rows = [row for row in clock.outlook(_month_after(today, MONTHS)) if row.count]
        labels = clock.scope_labels({row.scope for row in rows if row.scope})
        for (start, scope), found in _by_month(rows, starts).items():
            entries[start].append(_entry(rule, labels.get(scope, ""), scope, found, holds, today))
    return [Month(start, _sorted(found)) for start, found in entries.items()]


def reminders_by_month(today: date) -> list[tuple[date, int]]:
    """How many subscribers are told of their consent in each month; nothing of theirs goes."""
    found: Counter[date] = Counter()
    end = _month_after(today, MONTHS)
    days = Subscriber.objects.filter(confirm_by__lt=end + ASKED_AHEAD).values_list("confirm_by")
    for day, count in days.annotate(count=Count("pk")):
        month = max(day - ASKED_AHEAD, today).replace(day=1)
        found[month] += count
    return sorted(found.items())


def _month_after(day: date, number: int) -> date:
    years, month = divmod(day.month - 1 + number, 12)
    return date(day.year + years, month + 1, 1)


def _by_month(rows: Iterable[Outlook], starts: list[date]) -> dict[MonthOf, list[Outlook]]:
    """By month and scope; the first day of the month after the last is no part of it."""
    found: dict[MonthOf, list[Outlook]] = defaultdict(list)
    for row in rows:
        start = max(row.day.replace(day=1), starts[0])
        if start <= starts[-1]:
            found[start, row.scope].append(row)
    return found


def _entry(
    rule: RetentionRule,
    label: str,
    scope: str,
    rows: list[Outlook],
    holds: dict[Part, str],
    today: date,
) -> Entry:
    whole = holds.get((rule.data_set, ALL_OF_IT), "")
    first_day = min(row.day for row in rows)
    return Entry(
        rule=rule,
        data_set_label=label_of(rule),
        scope_label=label,
        first_day=first_day,
        count=sum(row.count for row in rows),
        hold=whole or holds.get((rule.data_set, scope), ""),
        is_overdue=first_day < today,
    )


def _sorted(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.first_day, entry.rule.name, entry.scope_label))


def _holds() -> dict[Part, str]:
    holds = RetentionHold.objects.in_force()
    return {(hold.data_set, hold.scope): hold.reason for hold in holds}
