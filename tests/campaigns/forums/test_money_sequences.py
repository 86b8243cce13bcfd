"""Registrations, cards, transfers, cash, refunds and late money in any order: all agrees."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.exceptions import ForumError
from campaigns.forums.models import PAYMENT_PURPOSE, Order, SeatPool
from payments.exceptions import PaymentsError
from payments.models import CardAttempt, LedgerEntry, Payment, Refund
from payments.services import mark_paid, match_deposit, retry_settling
from payments.services.card_books import book_fees, card_balance_krw
from payments.services.cards import begin_attempt, hear, look_after_cards
from payments.services.comparison import find_faults
from payments.services.matches import Pairing
from tests.campaigns.forums.participant import asked
from tests.campaigns.forums.waiter import assert_sound
from tests.factories.accounts import UserFactory
from tests.factories.cards import card_company, posts_of, told
from tests.factories.payments import DepositFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

STEPS = 80
BACK = services.RefundAccount("가온은행", "000-98-765432", "한가람")
URLS = {"done_url": "https://site.example/done/", "back_url": "https://site.example/back/"}
PEOPLE = [["한가람"], ["두나래"], ["한가람", "두나래"]]


class Story:
    """A forum with eight seats for 20,000 won, and all that befalls its registrations."""

    def __init__(self, state, company, user, seed):
        self.chance = random.Random(seed)  # noqa: S311 (a test that can be repeated)
        self.state, self.company, self.user = state, company, user
        self.numbers, self.told = iter(range(10**6)), 0

    def step(self):
        ways = (
            *([self.come] * 4 + [self.open_page] * 5 + [self.pay] * 3 + [self.tell] * 3),
            *([self.pay_and_transfer] * 2 + [self.transfer, self.cash]),
            *(self.cancel, self.lapse, self.try_again, self.look),
        )
        self.company.fault = self.chance.choice(("", "", "", "", "timeout", "500", "429"))
        with suppress(ForumError, PaymentsError):  # Refused, as it may be.
            self.chance.choice(ways)()
        self.company.fault = ""

    def one_of(self, rows):
        found = list(rows.order_by("pk"))
        return self.chance.choice(found) if found else None

    def come(self):
        email = f"c{next(self.numbers)}@mail.example"
        people = self.chance.choice(PEOPLE)
        services.place_order(self.state, asked(self.state, email=email, phone="", people=people))

    def open_page(self):
        if payment := self.one_of(Payment.objects.open()):
            begin_attempt(payment, title="토론회", email="", **URLS)

    def pay(self):
        """Somebody pays on a page whose address they were given."""
        given = CardAttempt.objects.exclude(session="").values_list("session", flat=True)
        rows = self.company.books.sessions
        still = [key for key in given if rows[key]["status"] == "open"]
        if still:
            self.company.books.pay(self.chance.choice(sorted(still, key=list(rows).index)))

    def tell(self):
        """Some of what is new, in any order, some of it twice; the rest is never told."""
        fresh = posts_of(self.company, self.told)
        self.told = len(self.company.books.events)
        for body in self.chance.choices(fresh, k=len(fresh)) if fresh else ():
            hear(told(body))

    def cash(self):
        if payment := self.one_of(Payment.objects.open().filter(received_krw=0)):
            mark_paid(payment, method=Payment.Method.ON_SITE, user=self.user, note="현금")

    def transfer(self):
        """Money comes to the account; a page that is open for the same stays open."""
        if payment := self.one_of(Payment.objects.open().filter(received_krw=0)):
            self.match(payment)

    def pay_and_transfer(self):
        """By card and by transfer for one registration, and the transfer is heard of first."""
        if payment := self.one_of(Payment.objects.open().filter(received_krw=0)):
            checkout = begin_attempt(payment, title="토론회", email="", **URLS)
            if self.company.books.session(checkout.id)["status"] == "open":
                self.company.books.pay(checkout.id)
            self.match(payment)

    def match(self, payment):
        deposit = DepositFactory(amount_krw=payment.open_krw)
        pairing = Pairing(deposit.pk, ((payment.pk, deposit.amount_krw),), "by_hand")
        match_deposit(pairing, user=self.user)

    def cancel(self):
        if order := self.one_of(Order.objects.holding()):
            live = list(order.tickets.filter(cancelled_at=None).values_list("pk", flat=True))
            chosen = self.chance.choice([None, live[:1]])
            services.cancel_order(order, tickets=chosen, account=BACK)

    def lapse(self):
        if order := self.one_of(Order.objects.filter(status=Order.Status.WAITING)):
            services.lapse_order(str(order.public_id))

    def try_again(self):
        if payment := self.one_of(Payment.objects.without_seat()):
            retry_settling(payment)

    def look(self):
        CardAttempt.objects.update(created_at=timezone.now() - timedelta(hours=1))
        look_after_cards()
        book_fees(timezone.now() - timedelta(hours=1))


def agreed(company):
    assert card_balance_krw() == company.books.balance_krw
    assert LedgerEntry.objects.aggregate(all=Sum("amount_krw"))["all"] in (0, None)
    assert [*find_faults()] == []
    held = LedgerEntry.objects.filter(account="refundable").aggregate(all=Sum("amount_krw"))["all"]
    waits = Refund.objects.filter(state="asked").aggregate(all=Sum("amount_krw"))["all"]
    assert -(held or 0) == (waits or 0)
    for payment in Payment.objects.filter(purpose=PAYMENT_PURPOSE):
        back = payment.refunds.exclude(state=Refund.State.DROPPED)
        back_krw = back.aggregate(all=Sum("amount_krw", default=0))["all"]
        assert back_krw == payment.refunded_krw <= payment.received_krw


def agreed_with_payers(company):
    """What was paid a second time went back or waits to go; it did happen in this story."""
    books = company.books
    back = [row for row in books.refunds.values() if row["status"] != "failed"]
    went = sum(row["amount"] for row in back)
    waits = Refund.objects.filter(state="asked", attempt__isnull=False)
    kept = Payment.objects.aggregate(all=Sum("card_krw", default=0))["all"]
    returned = Refund.objects.filter(payment__isnull=False, attempt__isnull=False)
    returned = returned.exclude(state="dropped").aggregate(all=Sum("amount_krw", default=0))["all"]
    due = waits.aggregate(all=Sum("amount_krw", default=0))["all"]
    paid = sum(row["amount"] for row in books.intents.values())
    assert paid - went - due == kept - returned
    assert Refund.objects.filter(reason="paid_twice").exists()


@pytest.mark.parametrize("seed", range(6))
def test_seats_and_books_agree_to_the_won(make_state, seed):
    state = make_state(first={"capacity": 8, "meal": ""}, alone=True)
    with card_company() as company:
        story = Story(state, company, UserFactory(), seed)
        for _ in range(STEPS):
            story.step()
            assert_sound()
        for _ in range(2):  # What one look finds paid, the next one finds sent back.
            story.look()
        agreed(company)
        agreed_with_payers(company)
    assert SeatPool.objects.get(kind=SeatPool.Kind.SESSION).taken <= 8
    confirmed = Order.objects.confirmed().values_list("public_id", flat=True)
    states = Payment.objects.filter(subject__in=confirmed).values_list("state", flat=True)
    assert set(states) <= {Payment.State.PAID}
