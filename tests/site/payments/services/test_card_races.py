"""Cards with real transactions side by side: pressed, asked, told and left at the same moment."""

import pytest

from demo.stripe import Refusal
from payments.gateways.stripe_checkout import CardEvent as Told
from payments.gateways.stripe_checkout import read_checkout
from payments.models import CardAttempt, LedgerEntry, Payment
from payments.services import ask_about, begin_attempt, pay_by_transfer
from payments.services.cards import hear
from payments.services.comparison import find_faults
from tests.factories.cards import card_company
from tests.factories.payments import PaymentFactory

from .test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
URLS = {"done_url": "https://site.example/done/", "back_url": "https://site.example/back/"}


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


@pytest.fixture
def payment(things):
    return PaymentFactory(amount_krw=20_000)


def begin(payment):
    payment = Payment.objects.get(pk=payment.pk)
    return begin_attempt(payment, title="토론회", email="", **URLS)


def test_many_presses_at_once_are_one_page(company, payment):
    assert at_once(8, lambda _n: begin(payment)) == 8
    assert CardAttempt.objects.count() == len(company.books.sessions) == 1


def test_asked_and_told_at_once_it_is_booked_once(company, payment, things):
    checkout = begin(payment)
    company.books.pay(checkout.id)
    paid = read_checkout(checkout.id)

    def learn(n):
        if n % 2:
            ask_about(Payment.objects.get(pk=payment.pk))
        else:
            hear(Told(f"evt_{n}", "checkout.session.completed", payment.created_at, paid))

    assert at_once(8, learn) == 8
    payment.refresh_from_db()
    assert payment.card_krw == 20_000
    assert LedgerEntry.objects.filter(what="card_paid", account="card").count() == 1
    assert list(find_faults()) == []


@pytest.mark.parametrize("number", range(3))
def test_paid_and_left_at_once_it_is_one_or_the_other(company, payment, number):
    checkout = begin(payment)
    paid = []

    def act(n):
        if n:
            pay_by_transfer(Payment.objects.get(pk=payment.pk))
        else:
            pay_at(company, checkout.id, paid)

    at_once(2, act)
    ask_about(payment)
    payment.refresh_from_db()
    is_paid = payment.state == Payment.State.PAID
    assert is_paid == bool(paid)
    assert payment.method == (Payment.Method.CARD if is_paid else Payment.Method.BANK_TRANSFER)
    assert list(find_faults()) == []


def pay_at(company, session, paid):
    """Somebody presses on the card company's page, if it is still open."""
    if company.books.session(session)["status"] == "open":
        try:
            company.books.pay(session)
        except Refusal:  # closed between the look and the press
            return
        paid.append(session)
