"""Cards and many at once: real transactions side by side."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.models import Order, Ticket
from demo.stripe.events import signature
from evidence.models import WaitingEvent
from messaging.models import OutboxMessage
from payments.gateways.stripe_checkout import read_checkout
from payments.models import CardAttempt, CardEvent, LedgerEntry, Refund
from payments.services.card_books import book_fees, card_balance_krw
from payments.services.card_refunds import send_card_refunds
from payments.services.cards import UNHEARD, look_after_cards, settle_checkout
from payments.services.comparison import find_faults
from tests.campaigns.forums.participant import payment_of
from tests.campaigns.forums.test_races import ACCOUNT, at_once
from tests.factories.cards import SECRET, card_company, pay_by_card, posts_of
from tests.factories.orders import make_order

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


def tell(body):
    header = signature(body, SECRET, int(time.time()))
    return Client().post(
        reverse("payments:hear-stripe"),
        body,
        content_type="application/json",
        headers={"stripe-signature": header},
    )


def mails(purpose):
    return OutboxMessage.objects.filter(purpose=purpose).count()


def test_event_return_page_and_job_at_once_are_one_payment(company, state):
    order = make_order(state.page)
    checkout = pay_by_card(company, payment_of(order))
    CardAttempt.objects.update(created_at=timezone.now() - 2 * UNHEARD)
    body = posts_of(company)[0]

    calls = [
        lambda: tell(body).status_code,
        lambda: settle_checkout(read_checkout(checkout.id)).state,
        look_after_cards,
    ]
    answers = at_once(calls * 3)

    assert answers[0::3] == [204] * 3
    assert answers[1::3] == [CardAttempt.State.PAID] * 3
    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert CardEvent.objects.count() == 1
    assert LedgerEntry.objects.filter(what="card_paid", account="card").count() == 1
    assert mails(emails.ORDER_CONFIRMED) == Ticket.objects.filter(order=order).count() == 1
    assert WaitingEvent.objects.filter(kind="order_confirmed").count() == 1
    assert list(find_faults()) == []


def test_twenty_presses_send_one_refund_to_the_card(company, state):
    order = make_order(state.page)
    pay_by_card(company, payment_of(order))
    tell(posts_of(company)[0])
    since = timezone.now() - 2 * UNHEARD

    def press():
        try:
            services.cancel_order(order, account=ACCOUNT)
        finally:
            send_card_refunds()

    at_once([press] * 20)
    send_card_refunds()

    (refund,) = Refund.objects.all()
    assert (refund.state, refund.amount_krw) == (Refund.State.SENT, 20_000)
    (sent,) = company.books.refunds.values()
    assert (sent["id"], sent["amount"]) == (refund.card_refund, 20_000)
    assert mails(emails.REFUND_SENT) == 1
    book_fees(since)
    assert card_balance_krw() == company.books.balance_krw
    assert list(find_faults()) == []


def test_told_and_sent_at_once_it_is_booked_once(company, state):
    """The event of our own refund meets the job that sends it, and somebody at their screen."""
    order = make_order(state.page)
    pay_by_card(company, payment_of(order))
    tell(posts_of(company)[0])
    since, intent = timezone.now() - 2 * UNHEARD, CardAttempt.objects.get().intent
    services.cancel_order(order, account=ACCOUNT)
    company.fault = "timeout"  # Sent, and the answer got lost.
    send_card_refunds()
    (body,) = [body for body in posts_of(company) if b'"refund.created"' in body]

    at_once([lambda: tell(body), send_card_refunds, look_after_cards] * 3)

    assert Refund.objects.get().state == Refund.State.SENT
    assert len(company.books.refunds_of(intent)) == 1
    book_fees(since)
    assert card_balance_krw() == company.books.balance_krw
    assert list(find_faults()) == []
