"""Real transactions side by side."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import Sum

from payments.exceptions import PaymentsError
from payments.models import Deposit, Match, Payment, Refund
from payments.services import ask_refund, mark_paid, match_deposit, undo_match
from payments.services.matches import Pairing
from tests.factories.accounts import UserFactory
from tests.factories.payments import DepositFactory, PaymentFactory, balances

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(number, work):
    """Run ``work(n)`` so many times at the same moment; how many were not refused."""
    together = threading.Barrier(number)

    def run(n):
        together.wait(timeout=30)
        try:
            work(n)
        except PaymentsError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(number) as pool:
        return sum(pool.map(run, range(number)))


def test_twenty_refund_presses_send_back_no_more_than_came(things):
    user = UserFactory()
    payment = PaymentFactory()
    mark_paid(payment, method=Payment.Method.ON_SITE, user=user, note="")

    refunded = at_once(20, lambda _n: ask_refund(payment, amount_krw=7_000, reason="취소"))

    payment.refresh_from_db()
    assert refunded == 2
    assert payment.refunded_krw == 14_000
    assert Refund.objects.aggregate(all=Sum("amount_krw"))["all"] == 14_000
    assert balances()["refundable"] == -14_000


def test_many_deposits_pay_one_thing_once(things):
    user, payment = UserFactory(), PaymentFactory()
    deposits = [DepositFactory() for _ in range(6)]

    def pay(n):
        match_deposit(Pairing(deposits[n].pk, ((payment.pk, 20_000),), "by_hand"), user=user)

    assert at_once(6, pay) == 1

    payment.refresh_from_db()
    assert payment.received_krw == 20_000
    assert Deposit.objects.filter(state=Deposit.State.OPEN).count() == 5


def test_one_deposit_pays_no_more_than_it_brought(things):
    user, deposit = UserFactory(), DepositFactory(amount_krw=30_000)
    payments = [PaymentFactory() for _ in range(6)]

    def pay(n):
        match_deposit(Pairing(deposit.pk, ((payments[n].pk, 20_000),), "by_hand"), user=user)

    assert at_once(6, pay) == 1

    deposit.refresh_from_db()
    assert deposit.matched_krw == 20_000


def test_a_match_and_its_undoing_meet(things):
    user, payment, deposit = UserFactory(), PaymentFactory(), DepositFactory()
    pairing = Pairing(deposit.pk, ((payment.pk, 20_000),), "by_hand")
    match_deposit(pairing, user=user)

    def work(n):
        if n % 2:
            match_deposit(pairing, user=user)
        else:
            undo_match(Match.objects.latest("pk"), user=user)

    at_once(8, work)

    payment.refresh_from_db()
    deposit.refresh_from_db()
    live = Match.objects.filter(undone_at=None).aggregate(all=Sum("amount_krw"))["all"] or 0
    assert payment.received_krw == deposit.matched_krw == live
    assert (str(payment.subject) in things.settled) == bool(live)
    assert balances().get("unassigned", 0) == live - 20_000
