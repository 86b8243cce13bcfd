"""Any sequence of payments, refunds, late money, disputes and disorder: the books agree."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies

from payments.exceptions import PaymentsError
from payments.models import CardAttempt, LedgerEntry, Payment, Refund
from payments.services import (
    ask_refund,
    close_payment,
    drop_refund,
    mark_paid,
    retry_card,
    send_refund,
    set_refund_account,
)
from payments.services.card_books import book_fees, card_balance_krw
from payments.services.card_comparison import payouts_on_the_way
from payments.services.card_refunds import send_card_refunds
from payments.services.cards import begin_attempt, hear, look_after_cards
from payments.services.comparison import find_faults
from payments.services.figures import Scope, figure_named, sums_of, total_of
from payments.services.payouts import lost_payouts
from tests.factories.cards import card_company, posts_of, told
from tests.factories.payments import PURPOSE, PaymentFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
URLS = {"done_url": "https://site.example/done/", "back_url": "https://site.example/back/"}
ACCOUNT = {"bank": "가온은행", "account_number": "000-1", "account_holder": "한가람"}
FAULTS = ("", "", "", "timeout", "500", "409", "429")


class Walk:
    """One way through; what cannot be done at a step is left out."""

    def __init__(self, company, things, user, seed):
        self.company, self.things, self.user = company, things, user
        self.books = company.books
        self.chance = random.Random(seed)  # noqa: S311 (the examples', not a secret)
        self.payments = [PaymentFactory(amount_krw=won) for won in (5_000, 20_000)]
        self.told = 0
        for payment in self.payments:
            self.open_page(payment)
        self.pay(None)

    def take(self, step):
        payment = self.chance.choice(self.payments)
        payment.refresh_from_db()
        self.things.is_full = self.chance.random() < 0.2
        self.company.fault = self.chance.choice(FAULTS)
        with suppress(PaymentsError):
            getattr(self, step)(payment)
        self.company.fault = ""

    def open_page(self, payment):
        begin_attempt(payment, title="토론회", email="", **URLS)

    def less(self, payment):
        """Another amount is another page; the one before stays open where it cannot be closed."""
        if payment.state == Payment.State.OPEN and payment.amount_krw > 2_000:
            Payment.objects.filter(pk=payment.pk).update(amount_krw=payment.amount_krw - 1_000)
            entry = LedgerEntry.objects.filter(payment=payment, what="opened")
            entry.filter(account="receivable").update(amount_krw=payment.amount_krw - 1_000)
            entry.filter(account="income").update(amount_krw=1_000 - payment.amount_krw)
            payment.refresh_from_db()
            self.open_page(payment)

    def pay(self, _payment):
        shown = set(CardAttempt.objects.values_list("session", flat=True))  # Nobody knows others.
        rows = self.books.sessions.items()
        still = [key for key, row in rows if key in shown and row["status"] == "open"]
        if still:
            self.books.pay(self.chance.choice(still), wallet=self.chance.random() < 0.3)

    def cash(self, payment):
        if payment.state == Payment.State.OPEN and payment.open_krw:
            mark_paid(payment, method=Payment.Method.ON_SITE, user=self.user, note="현금")

    def give_up(self, payment):
        close_payment(PURPOSE, payment.subject)

    def ask(self, payment):
        if payment.refundable_krw:
            amount = self.chance.randint(1, payment.refundable_krw)
            ask_refund(payment, amount_krw=amount, reason="취소")

    def send(self, _payment):
        send_card_refunds()

    def by_bank(self, _payment):
        for refund in self._one_that_waits():
            set_refund_account(refund, **ACCOUNT)
            refund.refresh_from_db()
            send_refund(refund, user=self.user)

    def drop(self, _payment):
        for refund in self._one_that_waits():
            drop_refund(refund, user=self.user, note="")

    def again(self, _payment):
        for refund in self._one_that_waits():
            retry_card(refund)

    def _one_that_waits(self):
        waiting = list(Refund.objects.filter(state="asked").order_by("pk"))
        return [self.chance.choice(waiting)] if waiting else []

    def by_hand(self, _payment):
        left = {
            key: row["amount"] - self.books._refunded(key)
            for key, row in self.books.intents.items()
            if not self.books._is_disputed(key)
        }
        left = {key: amount for key, amount in left.items() if amount}
        if left:
            key = self.chance.choice(list(left))
            amount = self.chance.choice([left[key], self.chance.randint(1, left[key])])
            self.books.refund_by_hand(key, amount)

    def fail(self, _payment):
        arrived = [key for key, row in self.books.refunds.items() if row["status"] != "failed"]
        if arrived:
            self.books.fail_refund(self.chance.choice(arrived))

    def dispute(self, _payment):
        fresh = set(self.books.intents)
        fresh -= {row["payment_intent"] for row in self.books.disputes.values()}
        if fresh:
            self.books.open_dispute(self.chance.choice(sorted(fresh)))

    def judge(self, _payment):
        waits = [k for k, row in self.books.disputes.items() if row["status"] == "needs_response"]
        if waits:
            self.books.close_dispute(self.chance.choice(waits), won=self.chance.random() < 0.5)

    def pay_out(self, _payment):
        self.books.pay_out()

    def lose_payout(self, _payment):
        """Any that the bank has not sent back already, however long ago it was sent."""
        sent = [key for key, row in self.books.payouts.items() if row["status"] == "paid"]
        if sent:
            key = self.chance.choice(sent)
            self.books.fail_payout(key, called_off=self.chance.random() < 0.3)

    def tell(self, _payment):
        """Some of what is new, in any order, some of it twice; the rest is never told."""
        fresh = posts_of(self.company, self.told)
        self.told = len(self.books.events)
        posts = self.chance.choices(fresh, k=len(fresh)) if fresh else []
        for body in posts:
            hear(told(body))

    def look(self, _payment):
        CardAttempt.objects.update(created_at=timezone.now() - timedelta(hours=1))
        look_after_cards()
        book_fees(timezone.now() - timedelta(hours=1))


RARE = ["dispute", "judge", "pay_out", "lose_payout", "by_bank", "drop", "cash", "give_up", "look"]
OFTEN = ["again", "less", "by_hand", "fail", "send", "send", "ask", "ask", "tell", "tell"]
ALWAYS = ["open_page", "open_page", "pay", "pay"]


def agreed(company):
    """To the won, booking by booking, refund by refund."""
    assert card_balance_krw() == company.books.balance_krw
    assert LedgerEntry.objects.aggregate(all=Sum("amount_krw"))["all"] in (0, None)
    assert list(find_faults()) == []
    arrived = {
        key: row["amount"]
        for key, row in company.books.refunds.items()
        if row["status"] != "failed"
    }
    noted = Refund.objects.filter(state="sent", problem="").exclude(card_refund="")
    assert dict(noted.values_list("card_refund", "amount_krw")) == arrived
    rows = company.books.payouts.values()
    on_the_way = sum(row["amount"] for row in rows if row["status"] == "paid")
    assert sum(one.amount_krw for one in payouts_on_the_way()) == on_the_way
    lost = {key for key, row in company.books.payouts.items() if row["status"] != "paid"}
    assert {one.name for one in lost_payouts()} == lost
    assert total_of(figure_named("payouts"), sums_of(Scope().entries())) == on_the_way
    for payment in Payment.objects.all():
        back = payment.refunds.exclude(state="dropped").aggregate(all=Sum("amount_krw"))["all"]
        assert (back or 0) == payment.refunded_krw <= payment.received_krw


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=strategies.lists(
        strategies.sampled_from([*RARE, *OFTEN, *ALWAYS]), min_size=10, max_size=40
    ),
    seed=strategies.integers(0, 9_999),
)
def test_after_any_sequence_the_books_agree_to_the_won(things, treasurer, steps, seed):
    with card_company() as company, transaction.atomic():
        walk = Walk(company, things, treasurer, seed)
        for step in steps:
            walk.take(step)
        things.is_full = False
        for _ in range(2):  # What one look finds paid, the next one finds sent back.
            walk.look(None)
        agreed(company)
        transaction.set_rollback(True)
