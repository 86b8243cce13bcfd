from datetime import timedelta

import pytest
from django.utils import timezone

from payments import registry
from payments.models import Deposit, LedgerCheck, LedgerEntry, Match, Payment, Refund
from payments.panels import todo_items
from payments.services import (
    ask_refund,
    close_payment,
    mark_paid,
    match_deposit,
    return_deposit,
    send_refund,
    set_refund_account,
    undo_match,
)
from payments.services.comparison import compare_ledger, find_faults
from payments.services.matches import Pairing
from tests.factories.accounts import UserFactory
from tests.factories.payments import PURPOSE, DepositFactory, PaymentFactory, Things

pytestmark = pytest.mark.django_db
Method = Payment.Method


@pytest.fixture
def busy(things, treasurer):
    """One of everything that can happen to money; returns a paid payment."""

    def pay(payment, **deposit):
        targets = ((payment.pk, 20_000),)
        pairing = Pairing(DepositFactory(**deposit).pk, targets, "by_hand")
        return match_deposit(pairing, user=treasurer)[0]

    for method in (Method.ON_SITE, Method.WAIVED, Method.BANK_TRANSFER):
        mark_paid(PaymentFactory(), method=method, user=treasurer, note="")
    undo_match(pay(PaymentFactory()), user=treasurer)
    vouched = mark_paid(PaymentFactory(), method=Method.BANK_TRANSFER, user=treasurer, note="")
    pay(vouched)
    return_deposit(DepositFactory(), reason="모르는 돈", user=treasurer)
    close_payment(PURPOSE, PaymentFactory().subject)
    paid = PaymentFactory()
    pay(paid, amount_krw=25_000)
    ask_refund(paid, amount_krw=5_000, reason="취소")
    sent = ask_refund(paid, amount_krw=5_000, reason="취소")
    words = {"bank": "농협", "account_number": "301-0000-1", "account_holder": "홍길동"}
    set_refund_account(sent, **words)
    send_refund(sent, user=treasurer)
    paid.refresh_from_db()
    return paid


@pytest.mark.sqlite_smoke
def test_books_that_were_kept_agree(busy):
    assert list(find_faults()) == []
    assert compare_ledger().faults == []


@pytest.mark.parametrize(
    ("spoil", "kinds"),
    [
        (lambda p: LedgerEntry.objects.filter(payment=p, account="income").delete(), {"booking"}),
        (
            lambda p: Payment.objects.filter(pk=p.pk).update(received_krw=19_000),
            {"received", "matches"},
        ),
        (lambda p: Payment.objects.filter(pk=p.pk).update(refunded_krw=1), {"refunds"}),
        (lambda p: Refund.objects.filter(payment=p).update(amount_krw=1), {"refunds"}),
        (lambda p: Payment.objects.filter(pk=p.pk).update(state="open"), {"open_but_paid"}),
        (
            lambda p: Match.objects.filter(payment=p).update(amount_krw=1),
            {"matches", "deposit_matches"},
        ),
        (lambda _p: Deposit.objects.update(amount_krw=90_000), {"deposit", "returned"}),
        (lambda _p: Deposit.objects.filter(state="to_refund").update(state="open"), {"returned"}),
        (
            lambda _p: Payment.objects.filter(state="closed").update(state="open"),
            {"owed"},
        ),
    ],
)
def test_each_difference_is_found(busy, spoil, kinds):
    spoil(busy)

    assert {fault["kind"] for fault in find_faults()} == kinds


def test_a_difference_is_told_to_the_treasurer_and_names_nobody(busy, caplog):
    Payment.objects.filter(pk=busy.pk).update(received_krw=19_000)
    LedgerCheck.objects.create(checked_at=timezone.now() - timedelta(days=91))
    keeper = UserFactory(role="회계 담당")

    check = compare_ledger()

    assert {"kind": "received", "id": str(busy.public_id)} in check.faults
    assert "received, 1 rows" in caplog.text
    assert "홍길동" not in caplog.text
    assert LedgerCheck.objects.count() == 1
    assert todo_items(keeper)[-1].number == len(check.faults)


def test_what_is_had_without_its_money_is_found(things, monkeypatch):
    payment, other = PaymentFactory(), PaymentFactory()
    had = {str(payment.subject)}
    purpose = registry.Purpose(
        **{**vars(Things().purpose()), "confirmed": lambda subjects: had & set(subjects)}
    )
    monkeypatch.setitem(registry._purposes, PURPOSE, purpose)

    assert list(find_faults()) == [{"kind": "confirmed_unpaid", "id": str(payment.subject)}]
    assert str(other.subject) not in had


def test_what_is_paid_and_not_had_is_found(things, treasurer, monkeypatch):
    paid, unpaid, had = PaymentFactory(), PaymentFactory(), PaymentFactory()
    for payment in (paid, had):
        mark_paid(payment, method=Method.BANK_TRANSFER, user=treasurer, note="")
    lacking = {str(paid.subject), str(unpaid.subject)}
    purpose = registry.Purpose(
        **{**vars(Things().purpose()), "lacking": lambda subjects: lacking & set(subjects)}
    )
    monkeypatch.setitem(registry._purposes, PURPOSE, purpose)

    assert list(find_faults()) == [{"kind": "paid_and_lacking", "id": str(paid.subject)}]
