"""A closed month stays as it was counted; two people open it again."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from evidence.models import Event, EventValues
from payments.exceptions import (
    MonthClosedError,
    MonthHasObstaclesError,
    MonthNeedsNoteError,
    MonthNotOverError,
    MonthOpenError,
    OwnReopeningError,
)
from payments.models import Deposit, LedgerEntry, MonthClose, Payment
from payments.services import match_deposit, months, undo_match
from payments.services.figures import FIGURES, Scope, sums_of, total_of
from payments.services.ledger import Account, Booking, What, book
from payments.services.matches import Pairing
from payments.services.months import (
    ask_to_reopen,
    close_month,
    find_month_faults,
    keep_closed,
    months_overdue,
    months_to_close,
    obstacles_of,
    reopen_month,
)
from tests.factories.accounts import UserFactory
from tests.factories.books import date_back, fill_books, last_month, paid_by_bank
from tests.factories.payments import DepositFactory, PaymentFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def full(things, treasurer):
    """Last month holds one of everything."""
    paid = fill_books(treasurer)
    date_back()
    return paid


@pytest.fixture
def closed(full, treasurer):
    return close_month(last_month(), user=treasurer)


def kinds(month):
    return [(one.kind, one.number, one.amount_krw) for one in obstacles_of(month)]


@pytest.mark.sqlite_smoke
def test_what_is_counted_stands_on_record(closed, treasurer):
    sums = sums_of(Scope(last_month()).entries())

    assert closed.totals["figures"] == {one.name: total_of(one, sums) for one in FIGURES}
    assert sum(closed.totals["accounts"].values()) == 0
    assert closed.entries == LedgerEntry.objects.count()
    event = Event.objects.get(subject_type="month_close")
    assert (event.subject_id, event.kind) == (f"{last_month():%Y-%m}", "closed")
    assert EventValues.objects.get(event=event).values["digest"] == closed.digest
    assert list(find_month_faults()) == []


@pytest.mark.sqlite_smoke
def test_nothing_can_be_booked_changed_or_deleted_in_it(closed):
    entries = LedgerEntry.objects.filter(day=last_month().replace(day=10))
    one = entries.first()
    for change in (
        lambda: LedgerEntry.objects.create(
            booking=one.booking,
            account="fees",
            amount_krw=1,
            what="deposit",
            booked_at=timezone.now(),
            day=last_month(),
        ),
        lambda: entries.update(amount_krw=1),
        lambda: LedgerEntry.objects.filter(pk=one.pk).update(day=timezone.localdate()),
        one.delete,
        lambda: MonthClose.objects.update(note="다른 말"),
        lambda: MonthClose.objects.all().delete(),
        lambda: MonthClose.objects.create(
            month=last_month().replace(day=2),
            totals={},
            entries=0,
            digest="",
            closed_by=closed.closed_by,
            closed_at=timezone.now(),
        ),
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            change()
    assert list(find_month_faults()) == []


def test_what_comes_later_counts_for_the_open_month(closed, treasurer):
    then = timezone.now() - timedelta(days=timezone.localdate().day + 1)
    deposit = DepositFactory(occurred_at=then)
    payment = PaymentFactory()
    pairing = Pairing(deposit.pk, ((payment.pk, 20_000),), "by_hand")
    undo_match(match_deposit(pairing, user=treasurer)[0], user=treasurer)

    late = LedgerEntry.objects.filter(day=timezone.localdate())
    assert late.filter(booking=deposit.public_id).count() == 2
    assert late.filter(payment=payment, what="matched").count() == 2
    assert late.filter(payment=payment, what="unmatched").count() == 2
    assert list(find_month_faults()) == []


def test_only_a_month_that_is_over_is_closed(things, treasurer):
    with pytest.raises(MonthNotOverError):
        close_month(timezone.localdate().replace(day=1), user=treasurer)


def test_it_is_closed_once(closed, treasurer):
    with pytest.raises(MonthClosedError):
        close_month(last_month(), user=treasurer)


def test_a_deposit_that_belongs_to_nothing_is_carried_over_with_a_note(full, treasurer):
    then = timezone.now() - timedelta(days=timezone.localdate().day + 1)
    DepositFactory(amount_krw=7_000, occurred_at=then)
    assert kinds(last_month()) == [("deposits", 1, 7_000)]

    with pytest.raises(MonthNeedsNoteError):
        close_month(last_month(), user=treasurer)
    close = close_month(last_month(), user=treasurer, note="7,000원 미확인 입금, 이월")

    assert close.totals["carried_over"] == [{"kind": "deposits", "number": 1, "amount_krw": 7_000}]


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda p: LedgerEntry.objects.filter(payment=p, account="income").delete(), "balance"),
        (lambda p: Payment.objects.filter(pk=p.pk).update(received_krw=19_000), "comparison"),
    ],
)
def test_books_that_do_not_agree_are_not_closed_whatever_the_note(full, treasurer, spoil, kind):
    spoil(full)

    assert kind in {one.kind for one in obstacles_of(last_month())}
    with pytest.raises(MonthHasObstaclesError):
        close_month(last_month(), user=treasurer, note="그래도")
    assert not MonthClose.objects.exists()


def test_another_person_lets_it_be_opened_again(closed, treasurer):
    with pytest.raises(MonthOpenError):
        reopen_month(closed, user=UserFactory())
    ask_to_reopen(closed, user=treasurer, reason="영수증이 하나 빠졌습니다")
    with pytest.raises(MonthClosedError):
        ask_to_reopen(closed, user=treasurer, reason="또")
    with pytest.raises(OwnReopeningError):
        reopen_month(closed, user=treasurer)
    reopen_month(closed, user=UserFactory())

    day = last_month()
    book([Booking(What.DEPOSIT, Account.BANK, Account.UNASSIGNED, 1_000, day=day)])
    assert LedgerEntry.objects.filter(day=day).count() == 2
    assert list(find_month_faults()) == []
    with pytest.raises(MonthOpenError):
        ask_to_reopen(closed, user=treasurer, reason="늦게")
    kinds = Event.objects.filter(subject_type="month_close").order_by("sequence")
    assert list(kinds.values_list("kind", flat=True)) == ["closed", "reopening_asked", "reopened"]
    again = close_month(last_month(), user=treasurer)
    assert again.entries == closed.entries + 2


def test_the_database_wants_two_people_too(closed, treasurer):
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthClose.objects.update(
            reopen_asked_by=treasurer, reopened_by=treasurer, reopened_at=timezone.now()
        )


def test_the_wish_to_open_it_can_be_refused(closed, treasurer):
    ask_to_reopen(closed, user=treasurer, reason="잘못 눌렀습니다")
    keep_closed(closed, user=treasurer)

    closed.refresh_from_db()
    assert (closed.reopen_asked_by, closed.reopen_reason) == (None, "")
    with pytest.raises(MonthOpenError):
        keep_closed(closed, user=treasurer)


def test_what_was_changed_behind_the_triggers_is_found(closed):
    MonthClose.objects.update(
        reopened_at=timezone.now(), reopened_by=UserFactory(), reopen_asked_by=UserFactory()
    )
    LedgerEntry.objects.filter(account="cash").update(amount_krw=1)
    MonthClose.objects.update(reopened_at=None, reopened_by=None)

    (fault,) = find_month_faults()
    assert fault.where == f"month_close {last_month():%Y-%m}"


def test_months_wait_from_the_first_booking_on(things, treasurer):
    assert months_to_close() == []
    PaymentFactory()
    assert months_to_close() == []
    LedgerEntry.objects.update(day=last_month() - timedelta(days=1))
    before = (last_month() - timedelta(days=1)).replace(day=1)
    assert months_to_close() == [before, last_month()]
    assert before in months_overdue()
    assert (last_month() in months_overdue()) == (timezone.localdate().day >= 10)

    close_month(before, user=treasurer)
    assert months_to_close() == [last_month()]


def test_a_payment_of_another_month_is_no_obstacle(things, treasurer):
    paid_by_bank(treasurer)
    DepositFactory()
    LedgerEntry.objects.filter(payment__isnull=True).update(day=last_month())

    assert Deposit.objects.filter(state="open").exists()
    assert kinds(last_month()) == []


def test_of_two_who_close_it_at_once_one_is_told(full, treasurer, monkeypatch):
    """The other's row came between the look and the writing."""
    monkeypatch.setattr(months, "_close", Mock(side_effect=IntegrityError))

    with pytest.raises(MonthClosedError):
        close_month(last_month(), user=treasurer)
