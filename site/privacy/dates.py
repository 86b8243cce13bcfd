"""Months of the access log, as they begin and end in Seoul."""

from datetime import date, datetime, time

from django.utils import timezone


def day_begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def next_month(month: date) -> date:
    year, number = divmod(month.year * 12 + month.month, 12)
    return date(year, number + 1, 1)


def month_of(moment: datetime) -> date:
    return timezone.localdate(moment).replace(day=1)
