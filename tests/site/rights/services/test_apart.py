"""What a law wants kept: five years, apart, shown to its owner, then gone."""

import base64
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from messaging.models import OutboxMessage
from rights import services
from rights.emails import is_anything_held, tell_of_breach
from rights.exceptions import NotKeptByLawError
from rights.models import AddressChange, DestructionRecord, RetainedRecord
from rights.registry import TRADE_ADVERTISING, TRADE_PAYMENTS, Fact
from tests.factories.accounts import UserFactory
from tests.factories.breaches import BreachCaseFactory
from tests.factories.kept_by_law import NAME
from tests.factories.rights import AddressChangeFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
EMAIL, OTHER = "bada@mail.example", "haneul@mail.example"
OVER = datetime(2026, 8, 1, tzinfo=UTC)  # More than 90 days before the clock's day.


def records():
    return list(RetainedRecord.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("law", "first", "last"),
    [
        (TRADE_PAYMENTS, date(2026, 11, 2), date(2031, 11, 2)),
        (TRADE_PAYMENTS, date(2027, 2, 28), date(2032, 2, 29)),
        (TRADE_PAYMENTS, date(2024, 2, 29), date(2029, 2, 28)),
        (TRADE_ADVERTISING, date(2026, 8, 30), date(2027, 2, 28)),
        (TRADE_ADVERTISING, date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_the_first_day_does_not_count(law, first, last):
    """Civil Act 157 and 160: the time begins on the next day and ends with the day before it."""
    assert law.last_day(first) == last


def test_periods_are_told_in_years_or_months():
    with translation.override("en"):
        assert (TRADE_PAYMENTS.period, TRADE_ADVERTISING.period) == ("5 years", "6 months")


@pytest.mark.sqlite_smoke
def test_when_its_purpose_ends_it_is_set_apart_and_after_five_years_destroyed(clock, payments):
    payments.pay("old", EMAIL, forum_ended_at=OVER, paid_on=date(2026, 7, 21))
    payments.pay("new", EMAIL)

    assert services.destroy_due() == 1

    (record,) = records()
    assert payments.rows["old"].payer == ""
    assert (record.kept_until, record.reference) == (date(2031, 7, 21), "P-old")
    assert [fact.value for fact in record.facts] == ["남궁바다", "20,000원"]

    clock.move_to("2031-07-21T10:00:00Z")
    payments.rows.clear()
    assert services.destroy_due() == 0
    clock.move_to("2031-07-21T15:00:00Z")  # Midnight in Korea.
    assert services.destroy_due() == 1

    assert records() == []
    line = DestructionRecord.objects.get(rule=f"{NAME}.by_law")
    assert (line.due_from, line.count, line.scope_label) == (date(2031, 7, 22), 1, "포럼")


def test_handing_over_twice_leaves_the_first(clock, payments):
    row = payments._apart(payments.pay("7", EMAIL))

    services.set_apart(NAME, [row])
    services.set_apart(NAME, [replace(row, facts=[Fact("payer", "입금자명", "다른 이")])])

    (record,) = records()
    assert record.facts[0].value == "남궁바다"


def test_what_no_law_wants_kept_is_not_taken(ledger):
    with pytest.raises(NotKeptByLawError):
        services.set_apart("tests.ledger", [])


def test_the_database_keeps_no_names(clock, payments):
    services.set_apart(NAME, [payments._apart(payments.pay("7", EMAIL))])

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_retainedrecord")
        stored = str(cursor.fetchall())

    assert "P-7" in stored
    assert "남궁" not in stored
    assert EMAIL not in stored


def test_the_database_keeps_nothing_until_a_day_before_it_counts(clock, payments):
    services.set_apart(NAME, [payments._apart(payments.pay("7", EMAIL))])

    with pytest.raises(IntegrityError), transaction.atomic():
        RetainedRecord.objects.update(kept_until=date(2020, 1, 1))


def test_a_hold_on_one_part_keeps_it_longer(clock, payments):
    for key, forum in (("1", "forum-1"), ("2", "forum-2")):
        services.set_apart(NAME, [payments._apart(payments.pay(key, EMAIL, forum=forum))])
    payments.rows.clear()
    services.place_hold(NAME, "forum-1", reason="소송", user=UserFactory())

    clock.move_to("2031-11-04")
    assert services.destroy_due() == 1

    assert [record.scope for record in records()] == ["forum-1"]


def test_the_calendar_shows_when_it_goes(clock, payments):
    services.set_apart(NAME, [payments._apart(payments.pay("7", EMAIL))])
    clock.move_to("2031-01-10")

    months = services.retention_calendar(date(2031, 1, 10))

    entries = [entry for month in months for entry in month.entries]
    assert [(e.first_day, e.count, e.scope_label) for e in entries if e.rule.by_law] == [
        (date(2031, 11, 3), 1, "포럼")
    ]


def test_who_erases_everything_leaves_what_the_law_keeps_apart(clock, payments):
    payments.pay("over", EMAIL)
    payments.pay("running", EMAIL, forum_ended_at=datetime(2027, 1, 1, tzinfo=UTC))

    assert services.erase_everything(EMAIL) is None
    assert services.erase_everything(EMAIL) is None

    held = services.gather_everything(EMAIL).held
    assert [(one.holding.key, one.holding.is_apart) for one in held] == [
        ("running", False),
        ("over", True),
    ]
    assert {one.law_until for one in held} == {date(2031, 11, 2)}
    assert not any(one.can_end for one in held)


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_kept_costs_one_query(number, clock, payments, django_assert_num_queries):
    rows = [payments._apart(payments.pay(str(key), EMAIL)) for key in range(number)]
    services.set_apart(NAME, rows)

    with django_assert_num_queries(1):
        assert len(services.apart.retained_of(EMAIL)) == number


def test_it_follows_its_owner_to_another_address(clock, payments):
    services.set_apart(NAME, [payments._apart(payments.pay("7", EMAIL))])
    AddressChangeFactory(old_email=EMAIL, new_email=OTHER)

    services.change_address(AddressChange.objects.get())

    assert services.gather_everything(EMAIL).is_nothing is False  # The tool's own row.
    assert [one.holding.is_apart for one in services.gather_everything(OTHER).held] == [True]


def test_its_owner_gets_a_link(clock, payments):
    assert not is_anything_held(EMAIL, services.index_of(EMAIL))
    services.set_apart(NAME, [payments._apart(payments.pay("7", EMAIL))])
    payments.rows.clear()

    assert is_anything_held(EMAIL, services.index_of(EMAIL))


def test_after_a_breach_its_owners_are_told_too(clock, payments):
    rows = [payments.pay(str(key), EMAIL if key else "") for key in range(3)]
    services.set_apart(NAME, [payments._apart(row) for row in rows])
    case = BreachCaseFactory(data_set=NAME)

    services.tell_people(case.pk)
    services.tell_people(case.pk)

    subjects = list(OutboxMessage.objects.values_list("subject", flat=True))
    assert len(subjects) == 2
    assert {tell_of_breach(subject).to for subject in subjects} == {EMAIL}
    RetainedRecord.objects.all().delete()
    assert tell_of_breach(subjects[0]) is None


def test_without_its_key_it_says_so_and_stays(clock, payments, settings):
    services.set_apart(NAME, [payments._apart(payments.pay("7", EMAIL))])
    settings.FIELD_ENCRYPTION_KEYS = [base64.b64encode(b"9" * 32).decode()]
    settings.ALLOW_MISSING_FIELD_KEYS = True

    (record,) = records()

    assert (str(record), record.title) == ("P-7", "P-7")
    assert "남궁" not in record.facts[0].value
