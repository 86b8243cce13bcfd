"""A month of money with everything in it, dated as if it had happened last month."""

from datetime import timedelta

from django.utils import timezone

from payments.models import Deposit, LedgerEntry, Payment
from payments.services import (
    ask_refund,
    close_payment,
    mark_paid,
    match_deposit,
    send_refund,
    set_aside,
)
from payments.services.matches import Pairing

from .payments import PURPOSE, DepositFactory, PaymentFactory

BACK = {"bank": "농협은행", "account_number": "301-0000-1111-21", "account_holder": "한가람"}
Method = Payment.Method


def last_month():
    """The first day of the month that is over."""
    return (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)


def date_back():
    """All that was booked counts for the tenth of last month; deposits came then."""
    LedgerEntry.objects.update(day=last_month().replace(day=10))
    days = timezone.localdate() - last_month().replace(day=10)
    for deposit in Deposit.objects.all():
        Deposit.objects.filter(pk=deposit.pk).update(occurred_at=deposit.occurred_at - days)


def paid_by_bank(treasurer, payment=None, **deposit):
    """A payment whose deposit came and was matched."""
    payment = payment or PaymentFactory()
    pairing = Pairing(DepositFactory(**deposit).pk, ((payment.pk, payment.amount_krw),), "by_hand")
    match_deposit(pairing, user=treasurer)
    payment.refresh_from_db()
    return payment


def fill_books(treasurer):
    """Expected 100,000: 40,000 by bank, 20,000 in cash, 20,000 waived, 20,000 given up.

    Of the money 5,000 went back, 3,000 wait to go; 30,000 at the bank are nobody's payment.
    """
    paid = paid_by_bank(treasurer)
    mark_paid(PaymentFactory(), method=Method.BANK_TRANSFER, user=treasurer, note="통장 확인")
    mark_paid(PaymentFactory(), method=Method.ON_SITE, user=treasurer, note="현금")
    mark_paid(PaymentFactory(), method=Method.WAIVED, user=treasurer, note="발표자")
    close_payment(PURPOSE, PaymentFactory().subject)
    PaymentFactory()
    send_refund(ask_refund(paid, amount_krw=5_000, reason="취소", **BACK), user=treasurer)
    ask_refund(paid, amount_krw=3_000, reason="점심 없음", **BACK)
    set_aside([DepositFactory(amount_krw=30_000).pk])
    return paid
