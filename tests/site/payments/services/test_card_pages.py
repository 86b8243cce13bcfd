"""Paying by card as the payer sees it: offered, asked about, left for a transfer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments.exceptions import CardsAwayError
from payments.gateways.stripe_checkout import expire_checkout
from payments.models import CardAttempt, LedgerEntry, Payment
from payments.services import (
    Heard,
    ask_about,
    begin_attempt,
    card_part,
    close_card_page,
    goes_to_card,
    latest_attempt,
    mark_paid,
    match_deposit,
    methods_for,
    pay_by_transfer,
    takes_by_card,
    waits_for_card,
    ways_in_words,
)
from payments.services.cards import settle_checkout
from payments.services.comparison import find_faults
from payments.services.matches import Pairing
from tests.factories.cards import card_company
from tests.factories.payments import DepositFactory, PaymentFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
URLS = {"done_url": "https://site.example/done/", "back_url": "https://site.example/back/"}
NOWHERE = "http://127.0.0.1:9"
Method, State = Payment.Method, CardAttempt.State


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


@pytest.fixture
def payment(things):
    return PaymentFactory(amount_krw=20_000)


def begin(payment):
    return begin_attempt(payment, title="토론회", email="payer@mail.example", **URLS)


def state_of(payment):
    payment.refresh_from_db()
    return payment.state, payment.method


def test_without_a_key_nothing_is_offered_and_nobody_is_asked(payment):
    Payment.objects.update(method=Method.CARD)
    payment.refresh_from_db()

    assert (methods_for(payment), takes_by_card(20_000)) == ((), False)
    assert (waits_for_card(payment), latest_attempt(payment)) == (False, None)
    assert ask_about(payment) == Heard.CLOSED
    CardAttempt.objects.create(
        payment=payment,
        amount_krw=20_000,
        session="cs_old",
        created_at=timezone.now(),
        expires_at=timezone.now(),
    )
    assert close_card_page(payment)


def test_what_is_owed_and_not_overdue_can_be_paid(company, payment):
    assert "kakao_pay" in methods_for(payment)
    payment.due_at = timezone.now()
    assert methods_for(payment) == ()
    payment.due_at, payment.state = None, Payment.State.CLOSED
    assert methods_for(payment) == ()


def test_from_the_first_press_the_payment_waits_for_a_card(company, payment):
    assert not waits_for_card(payment)
    begin(payment)
    assert state_of(payment) == (Payment.State.OPEN, Method.CARD)
    assert waits_for_card(payment)


def test_asking_books_what_was_paid_once(company, payment):
    checkout = begin(payment)
    assert ask_about(payment) == Heard.OPEN
    company.books.pay(checkout.id)
    assert (ask_about(payment), ask_about(payment)) == (Heard.PAID, Heard.PAID)
    assert state_of(payment) == (Payment.State.PAID, Method.CARD)
    assert LedgerEntry.objects.filter(what="card_paid", account="card").count() == 1


def test_asking_is_answered_when_stripe_is_away(company, payment, settings):
    begin(payment)
    settings.STRIPE_API_BASE = NOWHERE
    assert ask_about(payment) == Heard.UNKNOWN


def test_asking_about_money_on_its_way_says_that_it_is_not_known(company, payment):
    checkout = begin(payment)
    company.books.session(checkout.id)["status"] = "complete"
    assert ask_about(payment) == Heard.UNKNOWN


def test_asking_about_a_page_that_ended_says_so(company, payment):
    checkout = begin(payment)
    company.books.expire_session(checkout.id)
    assert ask_about(payment) == Heard.CLOSED
    assert CardAttempt.objects.get().state == State.EXPIRED


def test_who_changes_to_a_transfer_finds_the_page_closed(company, payment):
    checkout = begin(payment)
    assert pay_by_transfer(payment)
    assert company.books.session(checkout.id)["status"] == "expired"
    assert state_of(payment) == (Payment.State.OPEN, Method.BANK_TRANSFER)


def test_what_was_paid_a_moment_before_stays_paid_by_card(company, payment):
    checkout = begin(payment)
    company.books.pay(checkout.id)
    assert pay_by_transfer(payment)
    assert state_of(payment) == (Payment.State.PAID, Method.CARD)


def test_a_page_that_cannot_be_closed_is_told_and_the_way_changes(company, payment, settings):
    begin(payment)
    settings.STRIPE_API_BASE = NOWHERE
    assert not pay_by_transfer(payment)
    assert state_of(payment) == (Payment.State.OPEN, Method.BANK_TRANSFER)
    settings.STRIPE_API_BASE = company.url
    begin(payment)
    assert state_of(payment) == (Payment.State.OPEN, Method.CARD)


def test_an_attempt_that_got_no_page_is_forgotten(company, payment):
    company.fault = "500"
    with pytest.raises(CardsAwayError):
        begin(payment)
    assert latest_attempt(payment) is None
    assert close_card_page(payment)
    assert CardAttempt.objects.get().state == State.EXPIRED


def test_how_it_was_paid_is_said_in_words(company, payment, treasurer):
    assert ways_in_words(None) == ways_in_words(payment) == ""
    checkout = begin(payment)
    company.books.pay(checkout.id)
    ask_about(payment)
    payment.refresh_from_db()
    assert ways_in_words(payment) == "카드"
    assert goes_to_card(payment)
    both = PaymentFactory(amount_krw=30_000)
    deposit = DepositFactory(account=both.account, amount_krw=5_000)
    match_deposit(Pairing(deposit.pk, ((both.pk, 5_000),), "by_hand"), user=treasurer)
    both.refresh_from_db()
    company.books.pay(begin(both).id)
    ask_about(both)
    both.refresh_from_db()
    assert ways_in_words(both) == "카드 25,000원, 계좌이체 5,000원"
    assert (card_part(both, 30_000), card_part(both, 1_000)) == (25_000, 1_000)
    assert not goes_to_card(both)
    cash = PaymentFactory()
    cash = mark_paid(cash, method=Method.ON_SITE, user=treasurer, note="현금")
    assert ways_in_words(cash) == "현장 납부"
    assert card_part(cash, 1_000) == 0
    assert list(find_faults()) == []


@pytest.mark.parametrize("amount", [5_000, 20_000])
def test_who_chose_the_card_and_sent_a_transfer_paid_by_transfer(
    company, payment, treasurer, amount
):
    begin(payment)
    deposit = DepositFactory(account=payment.account, amount_krw=amount)
    match_deposit(Pairing(deposit.pk, ((payment.pk, amount),), "by_hand"), user=treasurer)
    payment.refresh_from_db()
    assert (payment.method, payment.received_krw) == (Method.BANK_TRANSFER, amount)
    (session,) = company.books.sessions
    settle_checkout(expire_checkout(session))
    assert list(find_faults()) == []


def test_many_attempts_leave_the_latest(company, payment):
    checkout = begin(payment)
    CardAttempt.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    assert begin(payment).id != checkout.id
    assert latest_attempt(payment).state == State.OPEN
