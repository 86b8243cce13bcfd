"""Dates that contradict each other."""

from django.utils import timezone
from django.utils.translation import gettext as _

from .findings import Finding, Level


def check_dates(page, contents):
    yield from _check_day_shown(page)
    yield from _check_order(page)
    for timeline in contents.timelines:
        days = timeline.days
        if list(days) not in (sorted(days), sorted(days, reverse=True)):
            message = _("The events of the timeline are not in the order of their dates.")
            yield Finding(Level.WARNING, message, timeline.where)
    yield from _check_year(page)


def _check_day_shown(page):
    shown = getattr(page, "published_on", None)
    if not shown:
        return
    where = str(page._meta.get_field("published_on").verbose_name)
    public_on = _day(page.go_live_at) or timezone.localdate()
    embargo = _day(getattr(page, "embargo_at", None))
    if embargo and embargo < shown:
        message = _("The embargo ends before the date that the page shows.")
        yield Finding(Level.WARNING, message, where)
    elif shown > max(public_on, embargo or public_on):
        message = _("The page shows a date later than the day on which it goes public.")
        yield Finding(Level.WARNING, message, where)


ORDERED = (
    ("opens_at", "closes_at", lambda: _("The petition closes before it opens.")),
    (
        "closes_at",
        "hand_over_on",
        lambda: _("The signatures are handed over before the petition closes."),
    ),
    ("starts_on", "ends_on", lambda: _("The campaign ends before it begins.")),
)


def _check_order(page):
    for first, second, tell in ORDERED:
        before, after = (_moment(getattr(page, name, None)) for name in (first, second))
        if before and after and _is_before(after, before):
            where = str(page._meta.get_field(second).verbose_name)
            yield Finding(Level.WARNING, tell(), where)


def _check_year(page):
    year, shown = getattr(page, "year", None), getattr(page, "published_on", None)
    if year and shown and not 0 <= shown.year - year <= 1:
        message = _("The report is about %(year)d, but the date shown is in %(shown)d.")
        where = str(page._meta.get_field("year").verbose_name)
        yield Finding(Level.WARNING, message % {"year": year, "shown": shown.year}, where)


def _moment(value):
    return timezone.localtime(value) if hasattr(value, "hour") else value


def _is_before(one, other) -> bool:
    if hasattr(one, "hour") and hasattr(other, "hour"):
        return one <= other
    return _only_day(one) < _only_day(other)


def _only_day(value):
    return value.date() if hasattr(value, "hour") else value


def _day(moment):
    return timezone.localdate(moment) if moment else None
