import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from payments.models import LedgerEntry, Payment
from payments.services import change_depositor_name, close_payment, draft_payment, payments_of
from tests.factories.payments import (
    PURPOSE,
    BankAccountFactory,
    DepositFactory,
    PaymentFactory,
    balances,
)

pytestmark = pytest.mark.django_db
State = Payment.State


@pytest.mark.sqlite_smoke
def test_a_payment_is_drafted_with_its_bookings():
    payment, *entries = draft_payment(
        purpose=PURPOSE,
        subject=uuid.uuid4(),
        amount_krw=20_000,
        account=BankAccountFactory(),
        due_at=timezone.now(),
        depositor_name="토론회홍길동",
    )
    payment.save()
    LedgerEntry.objects.bulk_create(entries)

    payment.refresh_from_db()
    assert {(entry.payment, entry.booking) for entry in entries} == {(payment, entries[0].booking)}
    assert (payment.state, payment.method) == (State.OPEN, Payment.Method.BANK_TRANSFER)
    assert (payment.open_krw, payment.takes_krw, payment.refundable_krw) == (20_000, 20_000, 0)
    assert balances() == {"receivable": 20_000, "income": -20_000}


def test_one_thing_is_owed_once():
    payment = PaymentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentFactory(subject=payment.subject)

    assert Payment.objects.count() == 1


def test_nothing_owed_is_no_payment():
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentFactory(amount_krw=0)


@pytest.mark.parametrize("number", [1, 3])
def test_payments_of_many_things_are_read_at_once(number, django_assert_num_queries):
    payments = [PaymentFactory() for _ in range(number)]
    PaymentFactory(purpose="tests.other")

    with django_assert_num_queries(1):
        found = payments_of(PURPOSE, [payment.subject for payment in payments])
        assert all(payment.account.bank for payment in found.values())

    assert found == {str(payment.subject): payment for payment in payments}


def test_another_name_is_noted_while_the_payment_waits():
    payment, closed = PaymentFactory(), PaymentFactory()
    close_payment(PURPOSE, closed.subject)

    change_depositor_name(payment, "홍판서")
    change_depositor_name(closed, "홍판서")

    names = Payment.objects.order_by("pk").values_list("depositor_name", flat=True)
    assert list(names) == ["홍판서", "토론회홍길동"]
    assert payment.depositor_name == "홍판서"


@pytest.mark.sqlite_smoke
def test_what_nobody_owes_any_more_is_written_off_once():
    payment = PaymentFactory()

    close_payment(PURPOSE, payment.subject)
    close_payment(PURPOSE, str(payment.subject))
    close_payment(PURPOSE, uuid.uuid4())

    payment.refresh_from_db()
    assert payment.state == State.CLOSED
    assert balances() == {}


def test_a_deposit_is_booked_once_whoever_books_it():
    deposit = DepositFactory()

    assert balances() == {"bank": 20_000, "unassigned": -20_000}
    assert deposit.rest_krw == 20_000
