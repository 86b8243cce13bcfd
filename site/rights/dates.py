"""When a term of the law ends: in Korea, not on a day off."""

from datetime import date, timedelta
from functools import cache
from typing import Any

SATURDAY = 5
WEEKDAYS = "월화수목금토일"


@cache
def _public_holidays() -> Any:
    # Loads the calendars of 250 countries, 45 MB: only for who takes a request down.
    from holidays import SouthKorea  # noqa: PLC0415 (see above)

    return SouthKorea()  # With substitute days, moving feasts and days of election.


def is_day_off(day: date) -> bool:
    """Whether a day is a Saturday, a Sunday or a public holiday in Korea."""
    return day.weekday() >= SATURDAY or day in _public_holidays()


def end_of_term(first: date, days: int) -> date:
    """The last day of a term in calendar days, as the Civil Act counts.

    The first day does not count (art. 157). When the last is a day off, the term ends with the
    next working day (art. 161).
    """
    last = first + timedelta(days=days)
    while is_day_off(last):
        last += timedelta(days=1)
    return last


def told(day: date) -> str:
    """2026년 12월 7일(월), for lists and files; templates have a filter of their own."""
    return f"{day.year}년 {day.month}월 {day.day}일({WEEKDAYS[day.weekday()]})"
