"""Refunds that the card company tells of: made on its own screen, or come back to us."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments.exceptions import RefundDecidedError
from payments.gateways.stripe_checkout import read_refund
from payments.models import CardAttempt, Payment, Refund
from payments.services import (
    ask_refund,
    drop_refund,
    mark_paid,
    retry_card,
    send_refund,
    set_refund_account,
)
from payments.services.card_books import book_fees, card_balance_krw
from payments.services.card_refunds import KEYS_LIVE, note_refund, send_card_refunds
from payments.services.cards import hear, look_after_cards, settle_checkout
from payments.services.comparison import find_faults
from tests.factories.cards import card_company, pay_by_card, posts_of, tell_all, told
from tests.factories.payments import PaymentFactory, balances

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
ACCOUNT = {"bank": "가온은행", "account_number": "000-1", "account_holder": "한가람"}


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


@pytest.fixture
def paid(company, things):
    """20,000 won by card, booked."""
    payment = PaymentFactory(amount_krw=20_000)
    settle_checkout(pay_by_card(company, payment))
    return payment


def intent_of(payment):
    return CardAttempt.objects.get(payment=payment).intent


def agreed(company):
    """The books agree with the card company's, to the won."""
    book_fees(timezone.now() - timedelta(hours=1))
    assert card_balance_krw() == company.books.balance_krw
    assert list(find_faults()) == []


@pytest.mark.sqlite_smoke
def test_what_somebody_sent_back_at_the_company_is_noted_once(company, paid, things):
    company.books.refund_by_hand(intent_of(paid), 5_000)
    for _ in range(3):
        tell_all(company)

    refund = Refund.objects.get()
    paid.refresh_from_db()
    assert (refund.payment, refund.amount_krw, refund.state) == (paid, 5_000, "sent")
    assert refund.reason == "카드 회사에서 돌려보냄"
    assert (paid.refunded_krw, CardAttempt.objects.get().refunded_krw) == (5_000, 5_000)
    assert things.refunds == [str(refund.public_id)]
    agreed(company)


def test_what_no_event_told_is_found_in_the_companys_books(company, paid):
    company.books.refund_by_hand(intent_of(paid), 5_000)
    for _ in range(2):
        agreed(company)
    assert Refund.objects.get().state == Refund.State.SENT


def test_the_sum_alone_makes_the_job_ask_which_refunds_they_were(company, paid):
    first = len(company.books.events)
    company.books.refund_by_hand(intent_of(paid), 5_000)
    only = [body for body in posts_of(company, first) if b'"charge.refunded"' in body]
    assert hear(told(only[0])) is True
    assert not Refund.objects.exists()
    company.fault = "500"
    look_after_cards()
    assert not Refund.objects.exists()
    look_after_cards()
    assert Refund.objects.get().amount_krw == 5_000
    assert CardAttempt.objects.get().is_unsure is False
    agreed(company)


def test_it_stands_for_one_of_the_same_amount_that_waits(company, paid):
    refund = ask_refund(paid, amount_krw=14_000, reason="취소")
    company.books.refund_by_hand(intent_of(paid), 14_000)
    tell_all(company)
    assert send_card_refunds() == 0
    refund.refresh_from_db()
    assert (refund.state, Refund.objects.count()) == (Refund.State.SENT, 1)
    agreed(company)


def test_it_takes_the_place_of_another_amount_that_waits(company, paid):
    waits = ask_refund(paid, amount_krw=14_000, reason="취소")
    company.books.refund_by_hand(intent_of(paid), 15_000)
    tell_all(company)
    waits.refresh_from_db()
    paid.refresh_from_db()
    assert (waits.state, waits.decided_by) == (Refund.State.DROPPED, None)
    assert paid.refunded_krw == CardAttempt.objects.get().refunded_krw == 15_000
    agreed(company)


def test_what_waits_stays_where_there_is_room_for_both(company, paid):
    waits = ask_refund(paid, amount_krw=4_000, reason="취소")
    company.books.refund_by_hand(intent_of(paid), 15_000)
    tell_all(company)
    assert send_card_refunds() == 1
    waits.refresh_from_db()
    assert waits.state == Refund.State.SENT
    agreed(company)


def test_beyond_what_was_paid_it_is_nobodys_and_stands_open(company, paid, treasurer):
    """The money was sent to an account, and at the company's screen as well."""
    refund = ask_refund(paid, amount_krw=20_000, reason="취소")
    set_refund_account(refund, **ACCOUNT)
    send_refund(refund, user=treasurer)
    company.books.refund_by_hand(intent_of(paid))
    tell_all(company)
    paid.refresh_from_db()
    assert paid.refunded_krw == 20_000
    assert Refund.objects.get(payment=None).amount_krw == 20_000
    assert balances()["unassigned"] == 20_000
    agreed(company)


@pytest.mark.sqlite_smoke
def test_one_that_did_not_arrive_is_on_the_list_again_with_its_problem(company, paid, treasurer):
    refund = ask_refund(paid, amount_krw=20_000, reason="취소")
    send_card_refunds()
    refund.refresh_from_db()
    company.books.fail_refund(refund.card_refund)
    for _ in range(2):
        tell_all(company)

    refund.refresh_from_db()
    assert (refund.state, refund.problem) == ("asked", "expired_or_canceled_card")
    assert balances()["refundable"] == -20_000
    assert send_card_refunds() == 0
    set_refund_account(refund, **ACCOUNT)
    send_refund(refund, user=treasurer)
    tell_all(company)
    refund.refresh_from_db()
    assert (refund.state, balances()["bank"]) == (Refund.State.SENT, -20_000)
    agreed(company)


def test_one_that_failed_unheard_is_found_in_the_companys_books(company, paid):
    refund = ask_refund(paid, amount_krw=20_000, reason="취소")
    send_card_refunds()
    refund.refresh_from_db()
    company.books.fail_refund(refund.card_refund)
    agreed(company)
    refund.refresh_from_db()
    assert refund.problem == "expired_or_canceled_card"


def test_one_that_fails_at_once_is_not_sent(company, paid):
    refund = ask_refund(paid, amount_krw=20_000, reason="취소")
    company.books.refunds_are = "failed"
    assert send_card_refunds() == 0
    refund.refresh_from_db()
    assert (refund.state, refund.problem) == ("asked", "expired_or_canceled_card")
    tell_all(company)
    agreed(company)


@pytest.mark.parametrize("order", [1, -1])
def test_failed_before_anybody_heard_of_it_it_is_over(company, paid, order):
    made = company.books.refund_by_hand(intent_of(paid), 5_000)
    before = read_refund(made["id"])
    company.books.fail_refund(made["id"])
    for one in [before, read_refund(made["id"])][::order]:
        note_refund(one)
    refund = Refund.objects.get()
    assert refund.state == ("dropped" if order == -1 else "asked")
    assert (refund.problem, balances().get("card")) == ("expired_or_canceled_card", 20_000)
    agreed(company)


def test_a_second_try_at_the_company_takes_the_first_off_the_list(company, paid):
    refund = ask_refund(paid, amount_krw=20_000, reason="취소")
    send_card_refunds()
    refund.refresh_from_db()
    company.books.fail_refund(refund.card_refund)
    company.books.refund_by_hand(intent_of(paid))
    tell_all(company)
    assert {row.state for row in Refund.objects.all()} == {"dropped", "sent"}
    paid.refresh_from_db()
    assert paid.refunded_krw == 20_000
    agreed(company)


def test_what_was_sent_and_never_written_down_is_not_sent_again(company, paid):
    """The worker died between the company's answer and the commit, and was away for a day."""
    refund = ask_refund(paid, amount_krw=20_000, reason="취소")
    company.fault = "timeout"
    send_card_refunds()
    company.books.answers.clear()  # A day later no idempotency key is known.
    Refund.objects.update(asked_at=timezone.now() - KEYS_LIVE - timedelta(minutes=1))
    assert send_card_refunds() == 1
    refund.refresh_from_db()
    assert refund.state == Refund.State.SENT
    assert len(company.books.refunds_of(intent_of(paid))) == 1
    agreed(company)


def test_the_event_writes_down_what_the_killed_worker_could_not(company, paid):
    refund = ask_refund(paid, amount_krw=20_000, reason="취소")
    company.fault = "timeout"
    send_card_refunds()
    tell_all(company)
    refund.refresh_from_db()
    assert refund.state == Refund.State.SENT
    assert send_card_refunds() == 0
    agreed(company)


def test_failed_before_its_answer_was_written_down(company, paid):
    refund = ask_refund(paid, amount_krw=20_000, reason="취소")
    company.fault = "timeout"
    send_card_refunds()
    (made,) = company.books.refunds_of(intent_of(paid))
    company.books.fail_refund(made["id"])
    note_refund(read_refund(made["id"]))
    refund.refresh_from_db()
    assert (refund.state, refund.card_refund) == ("asked", made["id"])
    tell_all(company)
    agreed(company)


def test_tried_once_more_it_is_another_refund(company, paid, things):
    refund = ask_refund(paid, amount_krw=20_000, reason="취소", **ACCOUNT)
    send_card_refunds()
    refund.refresh_from_db()
    company.books.fail_refund(refund.card_refund)
    tell_all(company)

    again = retry_card(refund)
    assert (again.reason, again.bank) == ("취소", "가온은행")
    with pytest.raises(RefundDecidedError):
        retry_card(refund)
    assert send_card_refunds() == 1
    tell_all(company)  # Also all of the old one, once more and out of its order.

    refund.refresh_from_db()
    again.refresh_from_db()
    paid.refresh_from_db()
    assert (refund.state, again.state) == (Refund.State.DROPPED, Refund.State.SENT)
    assert len(company.books.refunds) == 2
    assert (paid.refunded_krw, CardAttempt.objects.get().refunded_krw) == (20_000, 20_000)
    agreed(company)


def test_what_has_no_problem_or_no_card_is_not_tried_again(company, paid, treasurer):
    with pytest.raises(RefundDecidedError):
        retry_card(ask_refund(paid, amount_krw=5_000, reason="취소"))
    refund = ask_refund(paid, amount_krw=5_000, reason="취소")
    Refund.objects.filter(pk=refund.pk).update(problem="refused", attempt=None)
    with pytest.raises(RefundDecidedError):
        retry_card(refund)


def test_paid_twice_and_come_back_goes_to_an_account(company, things, treasurer):
    payment = PaymentFactory(amount_krw=20_000)
    checkout = pay_by_card(company, payment)
    mark_paid(payment, method=Payment.Method.ON_SITE, user=treasurer, note="현금")
    settle_checkout(checkout)
    send_card_refunds()
    refund = Refund.objects.get()
    company.books.fail_refund(refund.card_refund)
    tell_all(company)
    refund.refresh_from_db()
    assert (refund.state, refund.payment) == ("asked", None)
    again = retry_card(refund)
    assert send_card_refunds() == 1
    again.refresh_from_db()
    company.books.fail_refund(again.card_refund)
    tell_all(company)
    drop_refund(again, user=treasurer, note="다른 신청에 씀")
    agreed(company)


def test_a_refund_of_a_strangers_payment_is_nobodys(company, paid):
    CardAttempt.objects.update(intent="pi_another")
    made = company.books.refund_by_hand(next(iter(company.books.intents)), 1_000)
    assert note_refund(read_refund(made["id"])) is None
