"""Until when an offer stands: long enough to be read, and never through the night."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django.utils import timezone

from ..models import ForumPage, ForumSession

MORNING, NIGHT = time(8, 0), time(21, 0)
SHORTEST = timedelta(hours=1)
# Of the time that is left, so that a seat can be passed on some times before the list closes.
SHARE = 4


def list_ends_at(forum: ForumPage, sessions: Collection[ForumSession]) -> datetime | None:
    """When nobody can be offered these sessions any more."""
    ends = [session.starts_at for session in sessions]
    closes = forum.registration_closes_at or forum.ends_at
    return min([*ends, closes] if closes else ends, default=None)


def offer_ends_at(forum: ForumPage, sessions: Collection[ForumSession], now: datetime) -> datetime:
    """When an offer made at this moment ends.

    What is offered at night counts from the morning, and what would end at night ends an hour
    into the morning; but never after the list closes.
    """
    closes = list_ends_at(forum, sessions)
    begins = _morning_after(now) if _is_night(now) else now
    length = timedelta(hours=forum.offer_hours)
    if closes:
        length = min(length, max((closes - begins) / SHARE, SHORTEST))
    ends = begins + length
    if _is_night(ends):
        ends = _morning_after(ends) + SHORTEST
    return min(ends, closes) if closes else ends


def _is_night(moment: datetime) -> bool:
    hour = timezone.localtime(moment).time()
    return hour >= NIGHT or hour < MORNING


def _morning_after(moment: datetime) -> datetime:
    local = timezone.localtime(moment)
    day = local.date() + timedelta(days=1) if local.time() >= NIGHT else local.date()
    return timezone.make_aware(datetime.combine(day, MORNING))
