from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from privacy.models import Token
from rights.registry import Outlook, sets
from rights.services import place_hold, reminders_by_month, retention_calendar
from tests.factories.accounts import UserFactory
from tests.factories.messaging import SubscriberFactory
from tests.factories.privacy import TokenFactory
from tests.factories.rights import clock_by_age, make_rule

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_twelve_months_with_what_is_overdue_in_the_first(rule, clock):
    now = timezone.now()
    for days in (-9, 0, 5, 40, 355, 420):
        TokenFactory(expires_at=now + timedelta(days=days))

    months = retention_calendar(timezone.localdate())

    assert [month.first_day for month in months][:2] == [date(2026, 11, 1), date(2026, 12, 1)]
    assert [month.count for month in months] == [3, 0, 1, *[0] * 8, 0][:12]
    [entry] = months[0].entries
    assert (entry.first_day, entry.is_overdue, entry.hold) == (date(2026, 11, 16), True, "")
    assert not months[2].entries[0].is_overdue


def test_parts_stand_apart_and_a_hold_says_why(db, monkeypatch, clock):
    parts = [Outlook(date(2026, 12, 3), 2, "7"), Outlook(date(2026, 12, 9), 1, "8")]
    plain = clock_by_age(Token.objects.all, "expires_at", timedelta(0))
    rules = [
        make_rule(_with(plain, parts), name="a", data_set="papers"),
        make_rule(_with(plain, [Outlook(date(2026, 12, 2), 0, "7")]), name="b", data_set="none"),
    ]
    monkeypatch.setattr(sets, "_rules", {rule.name: rule for rule in rules})
    place_hold("papers", "8", reason="소송", user=UserFactory())

    entries = retention_calendar(date(2026, 11, 24))[1].entries

    assert [(e.scope_label, e.count, e.hold) for e in entries] == [
        ("일곱", 2, ""),
        ("여덟", 1, "소송"),
    ]
    place_hold("papers", "", reason="전부", user=UserFactory())
    entries = retention_calendar(date(2026, 11, 24))[1].entries
    assert [entry.hold for entry in entries] == ["전부", "전부"]


def _with(clock, outlook):
    labels = {"7": "일곱", "8": "여덟"}
    return replace(clock, outlook=lambda _end: outlook, scope_labels=lambda _scopes: labels)


def test_subscribers_are_due_thirty_days_before_their_day(clock, db):
    today = timezone.localdate()
    for days in (10, 30, 61, 380, 410):
        SubscriberFactory(confirm_by=today + timedelta(days=days))

    assert reminders_by_month(today) == [
        (date(2026, 11, 1), 2),
        (date(2026, 12, 1), 1),
    ]
