"""Cards: booked once, whoever tells it, in whatever order; what is too much goes back by itself."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from payments.exceptions import NotPayableError, RefundTooLargeError
from payments.gateways.stripe_checkout import CardEvent as Told
from payments.gateways.stripe_checkout import read_checkout
from payments.models import CardAttempt, CardEvent, LedgerEntry, Payment, Refund
from payments.services import ask_refund, close_payment, drop_refund, mark_paid
from payments.services.card_books import book_fees, card_balance_krw
from payments.services.card_refunds import send_card_refunds
from payments.services.cards import (
    UNHEARD,
    begin_attempt,
    hear,
    look_after_cards,
    settle_checkout,
)
from payments.services.comparison import find_faults
from tests.factories.cards import card_company
from tests.factories.payments import PURPOSE, PaymentFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
URLS = {"done_url": "https://site.example/done/", "back_url": "https://site.example/back/"}


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


def begin(payment):
    return begin_attempt(payment, title="토론회", email="payer@mail.example", **URLS)


def paid(company, payment):
    """Somebody pays; what the page says then."""
    checkout = begin(payment)
    company.books.pay(checkout.id)
    return read_checkout(checkout.id)


def balanced():
    assert LedgerEntry.objects.aggregate(total=Sum("amount_krw"))["total"] in (0, None)
    assert list(find_faults()) == []


def test_without_a_key_nobody_pays_by_card(things):
    with pytest.raises(NotPayableError):
        begin(PaymentFactory())


def test_pressing_twice_is_one_page(company, things):
    payment = PaymentFactory(amount_krw=20_000)
    assert begin(payment).id == begin(payment).id
    assert CardAttempt.objects.count() == len(company.books.sessions) == 1


def test_what_was_paid_settles_what_it_is_for(company, things):
    payment = PaymentFactory(amount_krw=20_000)
    settle_checkout(paid(company, payment))
    payment.refresh_from_db()
    assert (payment.state, payment.method) == (Payment.State.PAID, Payment.Method.CARD)
    assert (payment.received_krw, payment.card_krw) == (20_000, 20_000)
    assert str(payment.subject) in things.settled
    balanced()


def test_told_five_times_it_is_booked_once(company, things):
    payment = PaymentFactory()
    checkout = paid(company, payment)
    for _ in range(5):
        settle_checkout(checkout)
    assert LedgerEntry.objects.filter(what="card_paid", account="card").count() == 1
    balanced()


def test_an_event_is_heard_once_and_an_older_one_changes_nothing(company, things):
    payment = PaymentFactory()
    checkout = begin(payment)
    opened = read_checkout(checkout.id)
    company.books.pay(checkout.id)
    complete = read_checkout(checkout.id)
    done = Told("evt_1", "checkout.session.completed", timezone.now(), complete)
    assert (hear(done), hear(done)) == (True, False)
    hear(Told("evt_0", "checkout.session.expired", timezone.now(), opened))
    hear(Told("evt_2", "payment_intent.succeeded", timezone.now()))
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID
    assert CardEvent.objects.count() == 3


def test_a_page_of_another_site_is_nobodys(company, things):
    checkout = paid(company, PaymentFactory())
    CardAttempt.objects.all().delete()
    assert settle_checkout(checkout) is None


def test_a_page_that_expired_leaves_the_payment_open(company, things):
    payment = PaymentFactory()
    checkout = begin(payment)
    company.books.expire_session(checkout.id)
    settle_checkout(read_checkout(checkout.id))
    payment.refresh_from_db()
    assert payment.state == Payment.State.OPEN
    assert begin(payment).id != checkout.id


def test_paid_after_all_was_given_up_and_no_seat_left(company, things):
    payment = PaymentFactory()
    checkout = paid(company, payment)
    close_payment(PURPOSE, payment.subject)
    things.is_full = True
    settle_checkout(checkout)
    payment.refresh_from_db()
    assert payment.state == Payment.State.NO_SEAT
    balanced()


def test_paid_twice_goes_back_by_itself(company, things, treasurer):
    payment = PaymentFactory(amount_krw=20_000)
    checkout = paid(company, payment)
    mark_paid(payment, method=Payment.Method.ON_SITE, user=treasurer, note="현금")
    settle_checkout(checkout)
    assert send_card_refunds() == 1
    refund = Refund.objects.get()
    assert (refund.amount_krw, refund.state, refund.payment) == (20_000, "sent", None)
    assert company.books.refunds_of(checkout.intent)[0]["amount"] == 20_000
    balanced()


def test_a_refund_of_a_card_payment_goes_to_the_card_once(company, things):
    payment = PaymentFactory(amount_krw=20_000)
    checkout = paid(company, payment)
    settle_checkout(checkout)
    ask_refund(payment, amount_krw=14_000, reason="취소")
    assert (send_card_refunds(), send_card_refunds()) == (1, 0)
    assert sum(row["amount"] for row in company.books.refunds_of(checkout.intent)) == 14_000
    payment.refresh_from_db()
    with pytest.raises(RefundTooLargeError):
        ask_refund(payment, amount_krw=14_000, reason="또 취소")
    balanced()


def test_a_lost_answer_sends_nothing_twice(company, things):
    payment = PaymentFactory(amount_krw=20_000)
    checkout = paid(company, payment)
    settle_checkout(checkout)
    ask_refund(payment, amount_krw=5_000, reason="취소")
    company.fault = "timeout"
    assert send_card_refunds() == 0
    assert send_card_refunds() == 1
    assert len(company.books.refunds_of(checkout.intent)) == 1
    balanced()


def test_a_card_that_takes_nothing_back_waits_for_the_treasurer(company, things, treasurer):
    payment = PaymentFactory(amount_krw=20_000)
    checkout = paid(company, payment)
    settle_checkout(checkout)
    company.books.create_refund({"payment_intent": checkout.intent, "amount": "15000"})
    refund = ask_refund(payment, amount_krw=14_000, reason="취소")
    assert send_card_refunds() == 0
    refund.refresh_from_db()
    assert (refund.state, refund.problem) == ("asked", "amount_too_large")
    drop_refund(refund, user=treasurer, note="카드 회사에서 이미 돌려줌")
    assert CardAttempt.objects.get().refunded_krw == 0
    balanced()


def test_what_nobody_told_is_found_by_asking(company, things):
    payment = PaymentFactory()
    paid(company, payment)
    assert look_after_cards() == 0
    CardAttempt.objects.update(created_at=timezone.now() - UNHEARD - timedelta(seconds=1))
    assert look_after_cards() == 1
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID


def test_fees_are_taken_over_once_and_the_balance_agrees(company, things):
    since = timezone.now() - timedelta(hours=1)
    settle_checkout(paid(company, PaymentFactory(amount_krw=20_000)))
    for _ in range(2):
        book_fees(since)
    assert card_balance_krw() == company.books.balance_krw == 19_300
    balanced()
