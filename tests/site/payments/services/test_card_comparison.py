"""The card company's balance beside the books; what it pays out is known again at the bank."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments.exceptions import DepositTakenError, MonthNeedsNoteError, NoPayoutError
from payments.gateways.stripe_checkout import read_checkout
from payments.models import CardAttempt, Deposit, LedgerCheck, LedgerEntry
from payments.services import ask_refund
from payments.services.card_books import book_fees
from payments.services.card_comparison import (
    Difference,
    compare_with_company,
    payouts_on_the_way,
)
from payments.services.card_refunds import send_card_refunds
from payments.services.cards import begin_attempt, settle_checkout
from payments.services.comparison import compare_ledger, find_faults
from payments.services.months import close_month
from payments.services.payouts import part_from_payout, payouts_for, take_for_payout
from tests.factories.books import date_back, last_month
from tests.factories.cards import card_company
from tests.factories.payments import DepositFactory, PaymentFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
URLS = {"done_url": "https://site.example/done/", "back_url": "https://site.example/back/"}


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


def pay(company, payment=None, *, tell=True):
    """Somebody pays by card; the site may hear of it."""
    payment = payment or PaymentFactory()
    checkout = begin_attempt(payment, title="토론회", email="payer@mail.example", **URLS)
    company.books.pay(checkout.id)
    if tell:
        settle_checkout(read_checkout(checkout.id))
    return payment


def take_over():
    book_fees(timezone.now() - timedelta(hours=1))


def pay_out(company, amount_krw):
    company.books.note_line("payout", "po_1", -amount_krw, 0)
    take_over()
    return payouts_on_the_way()[0]


def told(lines):
    return [(line.reason, line.amount_krw) for line in lines]


def test_both_sides_agree_once_fees_are_taken_over(company, things):
    pay(company)
    assert told(compare_with_company().lines) == [("fee", -700)]
    assert compare_with_company().difference_krw == -700
    take_over()

    found = compare_with_company()
    assert (found.books_krw, found.company_krw, found.difference_krw) == (19_300, 19_300, 0)
    assert found.lines == ()


def test_what_was_paid_and_not_heard_of_is_told(company, things):
    pay(company, tell=False)
    take_over()

    found = compare_with_company()
    assert told(found.lines) == [("charge", 20_000)]
    assert found.difference_krw == 20_000


def test_what_was_sent_back_or_paid_out_there_is_told(company, things):
    payment = pay(company)
    take_over()
    intent = CardAttempt.objects.get(payment=payment).intent
    company.books.create_refund({"payment_intent": intent, "amount": "3000"})
    company.books.note_line("payout", "po_1", -5_000, 0)
    company.books.note_line("adjustment", None, -1_500, 0)

    reasons = {line.reason: line.amount_krw for line in compare_with_company().lines}
    assert reasons == {"refund": -3_000, "payout": -5_000, "other": -1_500}


def test_what_only_the_books_know_is_told(company, things):
    payment = pay(company)
    ask_refund(payment, amount_krw=4_000, reason="취소")
    send_card_refunds()
    take_over()
    assert compare_with_company().lines == ()
    company.books.lines.clear()

    found = told(compare_with_company().lines)
    assert found == [("paid_without_line", -20_000), ("refund_without_line", 4_000)]
    assert all(isinstance(line, Difference) for line in compare_with_company().lines)


def test_money_that_is_not_available_yet_is_theirs_too(company, things):
    pay(company)
    take_over()
    company.books.lines[0]["status"] = "pending"

    found = compare_with_company()
    assert (found.available_krw, found.pending_krw, found.difference_krw) == (0, 19_300, 0)


@pytest.mark.parametrize("fault", ["500", "429"])
def test_where_it_does_not_answer_the_books_are_shown(company, things, fault):
    pay(company)
    company.fault = fault

    found = compare_with_company()
    assert (found.is_away, found.books_krw, found.difference_krw) == (True, 20_000, 0)


def test_each_night_both_sides_are_noted(company, things):
    pay(company)
    compare_ledger()
    check = LedgerCheck.objects.get()
    assert (check.card_company_krw, check.card_books_krw) == (19_300, 20_000)
    company.fault = "500"
    compare_ledger()
    assert LedgerCheck.objects.latest("pk").card_company_krw is None


def test_a_month_with_a_difference_is_closed_with_a_note_only(company, things, treasurer):
    pay(company)
    date_back()
    with pytest.raises(MonthNeedsNoteError) as refusal:
        close_month(last_month(), user=treasurer)
    (obstacle,) = refusal.value.obstacles
    assert (obstacle.kind, obstacle.amount_krw) == ("cards_differ", -700)

    company.fault = "500"
    with pytest.raises(MonthNeedsNoteError) as refusal:
        close_month(last_month(), user=treasurer)
    assert [one.kind for one in refusal.value.obstacles] == ["cards_away"]
    assert close_month(last_month(), user=treasurer, note="수수료는 다음 달에").note


def test_a_payout_that_arrives_is_known_again(company, things):
    pay(company)
    payout = pay_out(company, 19_300)
    DepositFactory(amount_krw=20_000, name="다른사람")
    deposit = DepositFactory(amount_krw=19_300, name="STRIPE")
    assert payouts_for(deposit) == [payout]

    take_for_payout(deposit, payout.booking)

    deposit.refresh_from_db()
    assert (deposit.state, deposit.payout) == (Deposit.State.PAYOUT, payout.booking)
    assert payouts_on_the_way() == []
    assert list(find_faults()) == []
    unassigned = LedgerEntry.objects.filter(account="unassigned")
    assert sum(unassigned.values_list("amount_krw", flat=True)) == -20_000
    assert payouts_for(deposit) == []


def test_a_payout_is_one_deposit_of_its_amount(company, things):
    pay(company)
    payout = pay_out(company, 19_300)
    other = DepositFactory(amount_krw=19_000)
    with pytest.raises(NoPayoutError):
        take_for_payout(other, payout.booking)
    first, second = DepositFactory.create_batch(2, amount_krw=19_300)
    take_for_payout(first, payout.booking)
    with pytest.raises(NoPayoutError):
        take_for_payout(second, payout.booking)
    with pytest.raises(DepositTakenError):
        take_for_payout(first, payout.booking)

    part_from_payout(first)
    with pytest.raises(DepositTakenError):
        part_from_payout(first)
    assert payouts_on_the_way() == [payout]
    first.refresh_from_db()
    assert (first.state, first.payout) == (Deposit.State.OPEN, None)


def test_a_payout_that_was_changed_behind_its_deposit_is_found(company, things):
    pay(company)
    payout = pay_out(company, 19_300)
    take_for_payout(DepositFactory(amount_krw=19_300), payout.booking)
    LedgerEntry.objects.filter(booking=payout.booking, account="card").update(amount_krw=-1)

    assert {fault["kind"] for fault in find_faults()} == {"booking", "payout"}
