"""A registration that is paid by card: what the card company's word does to it, and what it asks."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.models import Order
from demo.stripe.events import signature
from evidence.models import WaitingEvent
from messaging.models import OutboxMessage
from payments.models import CardAttempt, Payment, Refund
from payments.services import ask_refund, retry_settling
from payments.services.card_books import book_fees, card_balance_krw
from payments.services.card_refunds import send_card_refunds
from payments.services.cards import look_after_cards
from payments.services.comparison import find_faults
from tests.campaigns.forums.participant import payment_of
from tests.factories.cards import SECRET, card_company, pay_by_card, posts_of
from tests.factories.forums import ForumPageFactory
from tests.factories.orders import make_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


def post(client, body):
    return client.post(
        reverse("payments:hear-stripe"),
        body,
        content_type="application/json",
        headers={"stripe-signature": signature(body, SECRET, int(time.time()))},
    )


def asked_by(client, body):
    """The statements of one event over HTTP, with the transaction's own."""
    with CaptureQueriesContext(connection) as asked:
        assert post(client, body).status_code == 204
    return [query["sql"] for query in asked]


def mails():
    rows = OutboxMessage.objects.exclude(purpose=emails.ORDER_PLACED).order_by("created_at")
    return list(rows.values_list("purpose", flat=True))


def steps(order):
    """What the order's chain of evidence was given."""
    return list(
        WaitingEvent.objects.filter(subject_id=str(order.public_id))
        .order_by("pk")
        .values_list("kind", flat=True)
    )


@pytest.fixture
def paid(client, company):
    """An order that a card paid; told."""
    order = make_order()
    pay_by_card(company, payment_of(order))
    for body in posts_of(company):
        post(client, body)
    order.refresh_from_db()
    return order


@pytest.mark.parametrize("number", [1, 3])
def test_a_card_payment_takes_the_same_few_statements(client, company, number):
    order = make_order(people=["한가람", "두나래", "세소리"][:number])
    pay_by_card(company, payment_of(order))

    asked = asked_by(client, posts_of(company)[0])

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert len(asked) == 15


@pytest.mark.parametrize("number", [1, 3])
def test_so_does_a_refund_made_at_the_card_company(client, company, paid, number):
    intent = CardAttempt.objects.get().intent
    for _ in range(number):
        first = len(company.books.events)
        company.books.refund_by_hand(intent, 1_000)
        asked = asked_by(client, posts_of(company, first)[0])
    assert Refund.objects.count() == number
    assert len(asked) == 15


def test_what_is_told_again_takes_four(client, company, paid):
    body = posts_of(company)[0]
    post(client, body)
    assert len(asked_by(client, body)) <= 4


def test_a_refund_made_at_the_card_company_stands_on_the_order(client, company, paid):
    company.books.refund_by_hand(CardAttempt.objects.get().intent, 5_000)
    for _ in range(2):
        for body in posts_of(company):
            post(client, body)

    (refund,) = Refund.objects.filter(payment=payment_of(paid))
    assert (refund.amount_krw, refund.state) == (5_000, Refund.State.SENT)
    assert mails() == [emails.ORDER_CONFIRMED, emails.REFUND_SENT]
    assert steps(paid).count("refund_sent") == 1


@pytest.fixture
def late(company):
    """An order that lapsed while its card was being paid: ``late(first={"capacity": 1})``."""

    def make(**told):
        forum = ForumPageFactory(alone=True, **told)
        order = make_order(forum)
        pay_by_card(company, payment_of(order))
        services.lapse_order(str(order.public_id))
        return order, forum

    return make


def test_paid_after_it_lapsed_it_has_its_seat_again_if_that_is_free(client, company, late):
    order, _forum = late(first={"capacity": 1})

    post(client, posts_of(company)[0])

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert payment_of(order).state == Payment.State.PAID
    assert mails() == [emails.ORDER_LAPSED, emails.ORDER_CONFIRMED]


def test_paid_after_the_seats_were_gone_it_waits_for_the_treasurer(client, company, late):
    order, forum = late(first={"capacity": 1})
    make_order(forum, people=["두나래"], email="narae@mail.example")

    post(client, posts_of(company)[0])

    order.refresh_from_db()
    payment = payment_of(order)
    assert order.status == Order.Status.LAPSED
    assert payment.state == Payment.State.NO_SEAT
    assert list(Payment.objects.without_seat()) == [payment]
    assert mails()[-1] == emails.ORDER_WITHOUT_SEAT
    assert list(find_faults()) == []

    ask_refund(payment, amount_krw=payment.refundable_krw, reason="정원 마감 후 입금")
    assert send_card_refunds() == 1
    assert company.books.balance_krw == 20_000 - 700 - 20_000
    book_fees(timezone.now() - timedelta(hours=1))
    assert card_balance_krw() == company.books.balance_krw
    assert not Payment.objects.without_seat().exists()


def test_a_seat_that_is_found_for_it_later_confirms_it(client, company, late):
    order, forum = late(first={"capacity": 1})
    other = make_order(forum, people=["두나래"], email="narae@mail.example")
    post(client, posts_of(company)[0])
    services.lapse_order(str(other.public_id))

    retry_settling(payment_of(order))

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED


def test_without_a_word_the_job_finds_it_paid(company, late):
    order, _forum = late(first={"capacity": 1})
    CardAttempt.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert look_after_cards() == 1
    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
