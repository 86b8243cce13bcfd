"""Opening a page to pay on: once, for the right sum, never beside one that was paid."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments.exceptions import CardRefusedError, CardsAwayError, NotPayableError
from payments.models import CardAttempt, Payment
from payments.services import begin_attempt, mark_paid, unmark_paid
from tests.factories.cards import card_company
from tests.factories.payments import PaymentFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
State = CardAttempt.State


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


@pytest.fixture
def payment(things):
    return PaymentFactory(amount_krw=20_000)


def begin(payment, where="a"):
    url = f"https://site.example/{where}/"
    return begin_attempt(payment, title="토론회", email="", done_url=url, back_url=url)


def make_old(minutes):
    CardAttempt.objects.update(expires_at=timezone.now() + timedelta(minutes=minutes))


def states():
    return list(CardAttempt.objects.order_by("pk").values_list("state", flat=True))


def test_a_page_serves_as_long_as_there_is_time_to_pay(company, payment):
    first = begin(payment)
    make_old(6)
    assert begin(payment).id == first.id
    make_old(4)
    assert begin(payment).id != first.id
    assert company.books.session(first.id)["status"] == "expired"
    assert states() == [State.EXPIRED, State.OPEN]


@pytest.mark.parametrize("minutes", [20, 4])
def test_a_page_that_was_paid_unheard_is_booked_and_no_other_opens(company, payment, minutes):
    company.books.pay(begin(payment).id)
    make_old(minutes)
    with pytest.raises(NotPayableError):
        begin(payment)
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID
    assert len(company.books.sessions) == 1


def test_a_page_that_ended_unheard_makes_place_for_another(company, payment):
    first = begin(payment)
    company.books.expire_session(first.id)
    assert begin(payment).id != first.id
    assert states() == [State.EXPIRED, State.OPEN]


def test_a_lost_answer_from_another_link_is_no_end(company, payment):
    """Stripe refuses the same key with other addresses; nobody has the page that it made."""
    company.fault = "timeout"
    with pytest.raises(CardsAwayError):
        begin(payment, "a")
    assert begin(payment, "b").status == "open"
    assert states() == [State.EXPIRED, State.OPEN]


def test_a_page_that_stripe_has_forgotten_is_opened_anew(company, payment):
    begin(payment)
    company.books.sessions.clear()
    assert begin(payment).status == "open"
    assert states() == [State.EXPIRED, State.OPEN]


def test_a_key_that_is_refused_is_told(company, payment, settings):
    settings.STRIPE_SECRET_KEY = "rk_of_nobody"
    with pytest.raises(CardRefusedError):
        begin(payment)


@pytest.mark.parametrize(
    ("amount", "has_samsung"), [(100, True), (2_000_000, True), (2_000_001, False)]
)
def test_methods_that_do_not_take_the_sum_are_left_out(company, things, amount, has_samsung):
    checkout = begin(PaymentFactory(amount_krw=amount))
    sent = company.books.answers[f"attempt-{checkout.attempt}"][0][2]
    methods = sent["allowed_payment_method_types"]
    assert ("samsung_pay" in methods, "kakao_pay" in methods) == (has_samsung, True)


@pytest.mark.parametrize("amount", [99, 100_000_000])
def test_a_sum_beyond_the_limits_opens_nothing(company, things, amount):
    with pytest.raises(NotPayableError):
        begin(PaymentFactory(amount_krw=amount))
    assert company.calls == []


def test_after_the_deadline_only_an_open_page_goes_on(company, payment):
    first = begin(payment)
    Payment.objects.update(due_at=timezone.now())
    assert begin(payment).id == first.id
    make_old(4)
    with pytest.raises(NotPayableError):
        begin(payment)


def test_what_a_person_vouched_for_stays_what_it_was(company, payment, treasurer):
    mark_paid(payment, method=Payment.Method.BANK_TRANSFER, user=treasurer, note="통장 확인")
    Payment.objects.update(state=Payment.State.OPEN, received_krw=10_000, marked_krw=10_000)
    payment.refresh_from_db()
    assert begin(payment).amount_krw == 10_000
    payment.refresh_from_db()
    assert payment.method == Payment.Method.BANK_TRANSFER
    assert unmark_paid(payment, user=treasurer, note="잘못 봄").marked_krw == 0


def test_a_page_that_could_not_be_closed_is_given_up(company, payment):
    """Stripe was away for a moment. What is paid there after all goes back by itself."""
    first = begin(payment)
    make_old(4)
    company.fault = "500"
    assert begin(payment).id != first.id
    assert company.books.session(first.id)["status"] == "open"
    assert states() == [State.EXPIRED, State.OPEN]


def test_while_the_money_is_on_its_way_no_other_page_opens(company, payment):
    company.books.session(begin(payment).id)["status"] = "complete"
    with pytest.raises(NotPayableError):
        begin(payment)
    assert states() == [State.OPEN]
