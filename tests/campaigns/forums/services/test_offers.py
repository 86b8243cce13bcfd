"""Until when an offer stands."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from campaigns.forums.models import ForumPage, ForumSession
from campaigns.forums.services.offers import list_ends_at, offer_ends_at

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def forum(closes="2026-12-20 18:00", hours=24):
    ends = at(closes) if closes else None
    return ForumPage(registration_closes_at=ends, offer_hours=hours)


def session(starts="2026-12-23 10:00"):
    return ForumSession(starts_at=at(starts))


@pytest.mark.parametrize(
    ("now", "closes", "hours", "ends"),
    [
        ("2026-12-01 10:00", "2026-12-20 18:00", 24, "2026-12-02 10:00"),
        ("2026-12-01 10:00", "2026-12-20 18:00", 6, "2026-12-01 16:00"),
        # At night it counts from the morning.
        ("2026-12-01 22:30", "2026-12-20 18:00", 6, "2026-12-02 14:00"),
        ("2026-12-02 03:00", "2026-12-20 18:00", 6, "2026-12-02 14:00"),
        # What would end at night ends in the morning.
        ("2026-12-01 19:00", "2026-12-20 18:00", 6, "2026-12-02 09:00"),
        # A quarter of the time that is left, an hour at least, never after the list closes.
        ("2026-12-20 10:00", "2026-12-20 18:00", 24, "2026-12-20 12:00"),
        ("2026-12-20 16:30", "2026-12-20 18:00", 24, "2026-12-20 17:30"),
        ("2026-12-20 17:40", "2026-12-20 18:00", 24, "2026-12-20 18:00"),
        # Without a closing hour it is the session that ends the list.
        ("2026-12-23 08:30", None, 24, "2026-12-23 09:30"),
    ],
)
def test_the_deadline(now, closes, hours, ends):
    assert offer_ends_at(forum(closes, hours), [session()], at(now)) == at(ends)


def test_no_offer_ends_at_night_whenever_it_is_made():
    begin = at("2026-12-01 00:00")
    for quarter in range(4 * 24 * 14):
        now = begin + timedelta(minutes=15 * quarter)
        ends = timezone.localtime(offer_ends_at(forum(hours=5), [session()], now))
        assert now < ends
        assert 8 <= ends.hour < 21, (now, ends)


def test_the_list_of_a_session_ends_when_it_begins():
    early = session("2026-12-19 10:00")

    assert list_ends_at(forum(), [session(), early]) == early.starts_at
    assert list_ends_at(forum(), [session()]) == at("2026-12-20 18:00")
    assert list_ends_at(forum(closes=None), []) is None


def test_a_forum_without_an_end_has_the_whole_time():
    assert offer_ends_at(forum(closes=None), [], at("2026-12-01 10:00")) == at("2026-12-02 10:00")
