from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from evidence.models import Event
from evidence.services import verify_everything
from privacy.exceptions import AlreadySignedOffError, MonthNotOverError
from privacy.models import AccessReview
from privacy.services import months_to_review, sign_off_month
from tests.factories.accounts import UserFactory
from tests.factories.privacy import AccessEntryFactory

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def log(clock, db):
    """Two entries of October, as Seoul reckons, one of September, one of November."""
    entries = []
    for moment in ("09-30 14:59", "09-30 15:00", "10-31 14:59", "10-31 15:00"):
        clock.move_to(f"2026-{moment}:00")
        entries.append(AccessEntryFactory())
    clock.move_to("2026-11-24 03:00:00")
    return entries


@pytest.mark.sqlite_smoke
def test_a_month_is_signed_off_with_what_it_held(clock, log):
    reviewer = UserFactory()

    review = sign_off_month(OCTOBER, reviewer=reviewer, note="이상 없음")

    review.refresh_from_db()
    assert (review.month, review.count, review.head_hash) == (OCTOBER, 2, log[2].event.hash)
    assert (review.reviewer, review.note, str(review)) == (reviewer, "이상 없음", "2026-10")
    assert review.signed_at.isoformat() == "2026-11-24T03:00:00+00:00"


def test_the_sign_off_is_on_record_without_its_words(log):
    reviewer = UserFactory()
    sign_off_month(OCTOBER, reviewer=reviewer, note="이상 없음")

    event = Event.objects.get(subject_type="access review")
    assert (event.subject_id, event.actor) == ("2026-10", str(reviewer.pk))
    assert event.payload.values == {"count": 2, "head_hash": log[2].event.hash}
    assert verify_everything().holds


def test_a_month_without_entries_can_be_signed_off(log):
    review = sign_off_month(date(2026, 8, 1), reviewer=UserFactory(), note="기록 없음")

    assert (review.count, review.head_hash) == (0, "")


@pytest.mark.parametrize("month", [date(2026, 11, 1), date(2026, 12, 1)])
def test_a_month_that_is_not_over_cannot_be_signed_off(log, month):
    with pytest.raises(MonthNotOverError):
        sign_off_month(month, reviewer=UserFactory(), note="이상 없음")


def test_a_month_is_signed_off_once(log):
    sign_off_month(OCTOBER, reviewer=UserFactory(), note="이상 없음")

    with pytest.raises(AlreadySignedOffError):
        sign_off_month(OCTOBER, reviewer=UserFactory(), note="이상 있음")

    assert AccessReview.objects.get().note == "이상 없음"


def test_months_that_are_over_wait_until_they_are_signed_off(clock, log):
    assert months_to_review() == [date(2026, 9, 1), OCTOBER]

    sign_off_month(OCTOBER, reviewer=UserFactory(), note="이상 없음")
    assert months_to_review() == [date(2026, 9, 1)]

    clock.move_to("2027-01-31 15:00:00")
    assert months_to_review()[1:] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_nothing_waits_where_nobody_looked_at_anything(db):
    assert months_to_review() == []


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM privacy_accessreview",
        *(
            f"UPDATE privacy_accessreview SET {field.column} = {field.column}"  # noqa: S608 (ours)
            for field in AccessReview._meta.fields
            if field.column != "note"
        ),
    ],
)
def test_a_sign_off_cannot_be_changed(log, change):
    sign_off_month(OCTOBER, reviewer=UserFactory(), note="이상 없음")

    with (
        pytest.raises(DatabaseError, match="append-only table: privacy_accessreview"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.sqlite_smoke
def test_a_month_is_named_by_its_first_day(log):
    with pytest.raises(DatabaseError, match="append-only"):
        sign_off_month(date(2026, 10, 2), reviewer=UserFactory(), note="이상 없음")
