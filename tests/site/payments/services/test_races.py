"""Real transactions side by side."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from payments.exceptions import PaymentsError
from payments.models import Deposit, Match, Payment, Refund, StatementImport
from payments.services import ask_refund, mark_paid, match_deposit, refunds, undo_match
from payments.services.comparison import find_faults
from payments.services.imports import request_import, run_import
from payments.services.matches import Pairing
from tests.factories.accounts import UserFactory
from tests.factories.payments import (
    BankAccountFactory,
    DepositFactory,
    PaymentFactory,
    balances,
)
from tests.site.payments.kb import kb_file

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


def test_a_file_that_is_read_many_times_at_once_is_written_once(things):
    account, user = BankAccountFactory(), UserFactory()
    payments = [PaymentFactory(account=account) for _ in range(4)]
    Payment.objects.update(created_at=timezone.now() - timedelta(days=1))
    for n, payment in enumerate(payments):
        things.name(payment, f"홍길{'가나다라'[n]}")
    deposits = [(f"홍길{'가나다라'[n]}", 20_000) for n in range(4)]
    deposits += [("김철수", 20_000), ("이영희", 20_000), ("김철수", 20_000)]
    first = timezone.now() - timedelta(hours=2)
    whole = kb_file(account, *deposits, first=first)
    part = kb_file(account, *deposits[4:], first=first + timedelta(minutes=4), balance=1_080_000)
    files = [whole, part, whole, part]

    def work(n):
        job = request_import(account, content=files[n], file_name="거래.csv", user=user)
        run_import(job.public_id)

    assert at_once(4, work) == 4

    assert Deposit.objects.count() == 7
    assert Deposit.objects.filter(state=Deposit.State.OPEN).count() == 3
    assert things.settled == {str(payment.subject) for payment in payments}
    assert sum(StatementImport.objects.values_list("new_rows", flat=True)) == 7
    assert balances() == {"bank": 140_000, "unassigned": -60_000, "income": -80_000}
    assert list(find_faults()) == []


def test_without_the_guard_twenty_presses_send_back_too_much(things, monkeypatch):
    """The other tests here could fail: this is what the conditional statement is for."""
    monkeypatch.setattr(refunds, "_take_from", lambda _payment, _amount: True)
    user, payment = UserFactory(), PaymentFactory()
    mark_paid(payment, method=Payment.Method.ON_SITE, user=user, note="")

    assert at_once(5, lambda _n: ask_refund(payment, amount_krw=7_000, reason="취소")) == 5

    assert Refund.objects.aggregate(all=Sum("amount_krw"))["all"] > 20_000


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
