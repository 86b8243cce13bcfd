"""Cards at the edges: closed pages, silence of the card company, parts, several workers."""

import dataclasses
from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from payments.gateways.stripe_checkout import read_checkout
from payments.models import CardAttempt, LedgerEntry, Payment, Refund
from payments.services import (
    ask_refund,
    close_payment,
    drop_refund,
    mark_paid,
    set_refund_account,
)
from payments.services.card_books import book_fees, look_after_books
from payments.services.card_refunds import _send_one, send_card_refunds
from payments.services.cards import (
    UNHEARD,
    _close,
    begin_attempt,
    look_after_cards,
    settle_checkout,
)
from payments.services.refunds import send_refund
from tests.factories.cards import card_company
from tests.factories.payments import PURPOSE, PaymentFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
URLS = {"done_url": "https://site.example/done/", "back_url": "https://site.example/back/"}


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


def begin(payment):
    return begin_attempt(payment, title="토론회", email="", **URLS)


def paid(company, payment):
    checkout = begin(payment)
    company.books.pay(checkout.id)
    return read_checkout(checkout.id)


def test_another_amount_closes_the_page_before(company, things, django_capture_on_commit_callbacks):
    payment = PaymentFactory()
    first = begin(payment)
    Payment.objects.filter(pk=payment.pk).update(amount_krw=15_000)
    payment.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        second = begin(payment)
    assert second.amount_krw == 15_000
    assert company.books.session(first.id)["status"] == "expired"


def test_a_page_that_cannot_be_closed_stops_nobody(company, things):
    checkout = begin(PaymentFactory())
    company.fault = "500"
    _close(checkout.id)
    _close("")
    assert company.books.session(checkout.id)["status"] == "open"


def test_a_name_that_is_no_attempt_is_nobodys(company, things):
    checkout = dataclasses.replace(begin(PaymentFactory()), attempt="not-ours")
    assert settle_checkout(checkout) is None


def test_a_part_leaves_the_rest_owed(company, things):
    payment = PaymentFactory(amount_krw=20_000)
    checkout = paid(company, payment)
    close_payment(PURPOSE, payment.subject)
    Payment.objects.filter(pk=payment.pk).update(amount_krw=25_000)
    settle_checkout(checkout)
    payment.refresh_from_db()
    assert (payment.state, payment.open_krw) == (Payment.State.OPEN, 5_000)
    assert str(payment.subject) not in things.settled


def test_a_part_of_an_open_payment_leaves_it_open(company, things):
    payment = PaymentFactory(amount_krw=20_000)
    checkout = paid(company, payment)
    Payment.objects.filter(pk=payment.pk).update(amount_krw=25_000)
    settle_checkout(checkout)
    payment.refresh_from_db()
    assert (payment.state, payment.open_krw) == (Payment.State.OPEN, 5_000)


def test_silence_is_asked_again_later(company, things):
    paid(company, PaymentFactory())
    CardAttempt.objects.update(created_at=timezone.now() - UNHEARD - timedelta(seconds=1))
    company.fault = "500"
    assert look_after_cards() == 0
    assert look_after_cards() == 1


def test_a_refund_that_another_worker_sent_is_not_sent_again(company, things):
    payment = PaymentFactory()
    settle_checkout(paid(company, payment))
    refund = ask_refund(payment, amount_krw=1_000, reason="취소")
    assert send_card_refunds() == 1
    assert _send_one(refund.pk) is False


def test_what_the_card_takes_not_back_goes_to_an_account(company, things, treasurer):
    payment = PaymentFactory()
    checkout = paid(company, payment)
    settle_checkout(checkout)
    company.books.create_refund({"payment_intent": checkout.intent})
    refund = ask_refund(payment, amount_krw=1_000, reason="취소")
    send_card_refunds()
    set_refund_account(refund, bank="가온은행", account_number="000-1", account_holder="한가람")
    refund.refresh_from_db()
    send_refund(refund, user=treasurer)
    refund.refresh_from_db()
    assert (refund.state, refund.attempt) == (Refund.State.SENT, None)
    assert CardAttempt.objects.get().refunded_krw == 0


def test_a_payout_is_taken_over_once(company, things):
    settle_checkout(paid(company, PaymentFactory()))
    assert company.books.pay_out() == 19_300
    since = timezone.now() - timedelta(hours=1)
    assert book_fees(since) == 2
    assert look_after_books() == 2


def test_without_a_key_nobody_is_asked(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert look_after_cards() == look_after_books() == 0


def test_what_was_paid_twice_can_be_kept_back_by_hand(company, things, treasurer):
    payment = PaymentFactory()
    checkout = paid(company, payment)
    mark_paid(payment, method=Payment.Method.ON_SITE, user=treasurer, note="현금")
    settle_checkout(checkout)
    drop_refund(Refund.objects.get(), user=treasurer, note="다른 신청의 참가비로 쓰기로 함")
    assert send_card_refunds() == 0
    assert CardAttempt.objects.get().refunded_krw == 0
    assert LedgerEntry.objects.aggregate(total=Sum("amount_krw"))["total"] == 0


def supersede(company):
    """A page that was given up for another while the company did not answer; still open there."""
    payment = PaymentFactory()
    first = begin(payment)
    CardAttempt.objects.update(state="expired", created_at=timezone.now() - 2 * UNHEARD)
    begin(payment)
    return payment, first


def test_a_page_given_up_for_another_is_closed_by_the_job(company, things):
    _payment, first = supersede(company)
    assert look_after_cards() == 0
    assert company.books.session(first.id)["status"] == "expired"
    assert CardAttempt.objects.exclude(closed_at=None).get().session == first.id
    company.calls.clear()
    look_after_cards()
    assert company.calls == []  # It is over, and the other was opened just now.


def test_paid_on_a_page_given_up_for_another_is_found(company, things):
    payment, first = supersede(company)
    company.books.pay(first.id)
    assert look_after_cards() == 1
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID
