"""Last year's forum as the beginning of this year's."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import ForumPage

SAME_WEEKDAY = timedelta(days=7)


def next_day_for(forum: ForumPage, today: date) -> date:
    """The same weekday about a year after it took place, or the next one from today on."""
    first = timezone.localdate(forum.starts_at) if forum.starts_at else today
    day = first + 52 * SAME_WEEKDAY
    return day if day > today else today + (day - today) % SAME_WEEKDAY


@transaction.atomic
def copy_forum(forum: ForumPage, *, day: date, user: User) -> ForumPage:
    """Make a draft beside a forum that says the same, each of its dates as far from ``day``.

    Its registrations, invitations and results stay where they are. Not safe to call twice.
    """
    copy = forum.copy(
        update_attrs={"slug": ForumPage().free_slug(forum.slug, forum.get_parent())},
        copy_revisions=False,
        keep_live=False,
        user=user,
    )
    if forum.starts_at:
        _move(copy, day - timezone.localdate(forum.starts_at))
    copy.save(clean=False)
    copy.save_revision(user=user, clean=False)
    return copy


def _move(copy: ForumPage, by: timedelta) -> None:
    for name in ("registration_opens_at", "registration_closes_at", "payment_due_at"):
        if moment := getattr(copy, name):
            setattr(copy, name, moment + by)
    sessions = list(copy.sessions.all())
    for session in sessions:
        session.starts_at += by
        session.ends_at += by
    copy.sessions = sessions
