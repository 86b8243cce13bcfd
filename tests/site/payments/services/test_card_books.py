"""The card company's own lines: each booked once, whatever it says; disputes are shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments.gateways.stripe_checkout import balance, read_dispute
from payments.models import CardAttempt, LedgerEntry
from payments.panels import todo_items
from payments.services import ask_refund
from payments.services.card_books import book_fees, card_balance_krw, look_after_books
from payments.services.card_disputes import note_dispute
from payments.services.card_refunds import send_card_refunds
from payments.services.cards import settle_checkout
from payments.services.comparison import find_faults
from tests.factories.accounts import UserFactory
from tests.factories.cards import card_company, pay_by_card, tell_all
from tests.factories.payments import PaymentFactory, balances

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
WON = 20_000


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


@pytest.fixture
def paid(company, things):
    payment = PaymentFactory(amount_krw=WON)
    settle_checkout(pay_by_card(company, payment))
    return CardAttempt.objects.get()


def agreed(company):
    for _ in range(2):
        book_fees(timezone.now() - timedelta(hours=1))
    assert card_balance_krw() == company.books.balance_krw == balance().total_krw
    assert list(find_faults()) == []


def todos(user):
    return {str(item.label): item.number for item in todo_items(user)}


def test_a_payout_waits_for_its_deposit_and_leaves_nothing_there(company, paid):
    assert company.books.pay_out() == 19_300
    agreed(company)
    assert balances()["unassigned"] == 19_300
    assert "card" not in balances()


def test_a_wallet_is_booked_as_a_card_is(company, things):
    payment = PaymentFactory(amount_krw=WON)
    company.books.refunds_are = "pending"
    settle_checkout(pay_by_card(company, payment, wallet=True))
    ask_refund(payment, amount_krw=5_000, reason="취소")
    assert send_card_refunds() == 1
    assert {line["type"] for line in company.books.lines} == {"payment", "payment_refund"}
    agreed(company)


def test_fees_of_the_account_and_lines_nobody_foresaw_are_booked(company, paid):
    company.books.note_line("stripe_fee", "", -1_000, 0)
    company.books.note_line("a_kind_of_next_year", "xx_1", -300, 20)
    agreed(company)
    assert balances()["fees"] == 700 + 1_000 + 20
    assert balances()["adjusted"] == 300
    note = LedgerEntry.objects.filter(what="adjusted").values_list("note", flat=True)[0]
    assert note == "a_kind_of_next_year xx_1"


@pytest.mark.parametrize(("won", "left"), [(True, None), (False, WON)])
def test_a_dispute_takes_the_money_and_gives_it_back_if_won(company, paid, won, left):
    dispute = company.books.open_dispute(paid.intent)
    tell_all(company)
    agreed(company)
    assert balances()["adjusted"] == WON
    company.books.close_dispute(dispute["id"], won=won)
    agreed(company)
    assert balances().get("adjusted") == left
    paid.refresh_from_db()
    assert paid.dispute == ("won" if won else "lost")


def test_a_dispute_is_something_to_do_until_it_ends(company, paid):
    user = UserFactory(role="회계 담당")
    dispute = company.books.open_dispute(paid.intent)
    tell_all(company)
    assert todos(user)["이의가 제기된 카드 결제 답변하기"] == 1
    paid.refresh_from_db()
    assert paid.dispute_due_at > timezone.now()
    before = read_dispute(dispute["id"])
    company.books.close_dispute(dispute["id"], won=False)
    tell_all(company)
    note_dispute(before)  # An older word that comes late opens nothing again.
    assert todos(user) == {}


def test_a_dispute_of_a_strangers_payment_is_nobodys(company, paid):
    dispute = read_dispute(company.books.open_dispute(paid.intent)["id"])
    CardAttempt.objects.update(intent="")
    assert note_dispute(dispute) is False


def test_a_disputed_payment_is_not_sent_back_by_card(company, paid):
    company.books.open_dispute(paid.intent)
    refund = ask_refund(paid.payment, amount_krw=5_000, reason="취소")
    assert send_card_refunds() == 0
    refund.refresh_from_db()
    assert refund.problem == "charge_disputed"


def test_silence_about_one_line_stops_no_other(company, paid):
    company.books.refund_by_hand(paid.intent, 1_000)
    company.books.lines[-1]["source"] = "re_nobody_knows"
    company.books.refund_by_hand(paid.intent, 2_000)
    book_fees(timezone.now() - timedelta(hours=1))
    assert CardAttempt.objects.get().refunded_krw == 2_000


def test_after_a_week_away_the_lines_of_the_week_are_found(company, paid):
    look_after_books()
    LedgerEntry.objects.update(booked_at=timezone.now() - timedelta(days=7))
    company.books.note_line("stripe_fee", "", -1_000, 0)
    company.books.lines[-1]["created"] -= 5 * 86_400
    look_after_books()
    assert balances()["fees"] == 1_700
