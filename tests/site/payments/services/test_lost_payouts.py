"""A payout that bounces after it was called paid: booked back, shown, not looked for at the bank."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments.exceptions import NoPayoutError
from payments.gateways.stripe_checkout import balance
from payments.models import CardEvent, LedgerEntry
from payments.panels import todo_items
from payments.services.card_books import book_fees, card_balance_krw, look_after_payouts
from payments.services.card_comparison import compare_with_company, payouts_on_the_way
from payments.services.cards import settle_checkout
from payments.services.comparison import find_faults
from payments.services.figures import Scope, figure_named, sums_of, total_of, trial_balance
from payments.services.months import close_month
from payments.services.payouts import lost_payouts, payouts_for, take_for_payout
from tests.factories.accounts import UserFactory
from tests.factories.books import date_back, last_month
from tests.factories.cards import card_company, pay_by_card, tell_all
from tests.factories.payments import DepositFactory, PaymentFactory, balances

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
WON, SENT = 20_000, 19_300


@pytest.fixture
def company(things):
    with card_company() as stand_in:
        settle_checkout(pay_by_card(stand_in, PaymentFactory(amount_krw=WON)))
        yield stand_in


def take_over():
    book_fees(timezone.now() - timedelta(hours=1))


def send(company):
    """All of the balance is on its way to the bank; the company's name of it."""
    assert company.books.pay_out()
    take_over()
    return list(company.books.payouts)[-1]


def lose(company, key=None, **told):
    company.books.fail_payout(key or send(company), **told)
    take_over()


def agreed(company):
    assert card_balance_krw() == company.books.balance_krw == balance().total_krw
    assert sum(LedgerEntry.objects.values_list("amount_krw", flat=True)) == 0
    assert sum(line.closing_krw for line in trial_balance(Scope())) == 0
    assert list(find_faults()) == []
    assert compare_with_company().difference_krw == 0


def todos(user):
    return {str(item.label): item for item in todo_items(user)}


@pytest.mark.parametrize("called_off", [False, True])
def test_the_money_is_on_the_balance_again_and_looked_for_no_more(company, called_off):
    key = send(company)
    deposit = DepositFactory(amount_krw=SENT)
    [payout] = payouts_for(deposit)

    for _twice in range(2):
        take_over()
    lose(company, key, called_off=called_off)

    agreed(company)
    assert balances()["card"] == SENT
    assert payouts_on_the_way() == payouts_for(deposit) == []
    with pytest.raises(NoPayoutError):
        take_for_payout(deposit, payout.booking)
    [lost] = lost_payouts()
    assert (lost.name, lost.amount_krw, lost.was_called_off) == (key, SENT, called_off)
    assert (lost.is_open, lost.arrived) == (True, False)
    assert total_of(figure_named("payouts"), sums_of(Scope().entries())) == 0


def test_it_stands_on_the_first_screen_until_something_is_sent_again(company):
    user = UserFactory(role="회계 담당")
    label = "은행에 들어오지 못한 카드 회사 지급금"
    assert label not in todos(user)
    lose(company)

    assert todos(user)[label].number == 1
    assert label not in todos(UserFactory())
    lost = LedgerEntry.objects.filter(what__in=("payout", "payout_fail"))
    lost.update(day=timezone.localdate() - timedelta(days=2))
    send(company)
    agreed(company)

    assert label not in todos(user)
    [lost] = lost_payouts()
    assert not lost.is_open
    assert [one.amount_krw for one in payouts_on_the_way()] == [SENT]


def test_what_is_called_off_on_purpose_asks_nothing_of_anybody(company):
    lose(company, called_off=True)

    assert "은행에 들어오지 못한 카드 회사 지급금" not in todos(UserFactory(role="회계 담당"))


def test_a_deposit_that_was_taken_for_it_is_named(company):
    key = send(company)
    [payout] = payouts_on_the_way()
    take_for_payout(DepositFactory(amount_krw=SENT), payout.booking)

    lose(company, key)

    [lost] = lost_payouts()
    assert lost.arrived
    assert list(find_faults()) == []


def test_an_event_has_the_line_read_within_minutes_and_is_itself_not_believed(company):
    key = send(company)
    first = len(company.books.events)
    assert look_after_payouts() == 0
    forged = list(company.books.lines)
    company.books.fail_payout(key)
    lines, company.books.lines = company.books.lines, forged  # Told, and not in its books.
    tell_all(company, first)
    tell_all(company, first)
    assert CardEvent.objects.filter(kind="payout.failed").exists()
    assert look_after_payouts()
    assert len(payouts_on_the_way()) == 1

    company.books.lines = lines
    assert look_after_payouts()

    agreed(company)
    assert payouts_on_the_way() == []
    assert look_after_payouts() == 0


def test_where_the_company_is_away_it_is_asked_again(company):
    key = send(company)
    first = len(company.books.events)
    company.books.fail_payout(key)
    tell_all(company, first)
    company.fault = "500"

    assert look_after_payouts() == 0
    assert look_after_payouts()
    assert payouts_on_the_way() == []


def test_without_a_key_nobody_is_asked(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert look_after_payouts() == 0


def test_what_was_booked_before_it_had_a_kind_of_its_own_is_known(company):
    lose(company)
    LedgerEntry.objects.filter(what="payout_fail").update(what="payout")

    assert payouts_on_the_way() == []
    assert len(lost_payouts()) == 1
    assert total_of(figure_named("payouts"), sums_of(Scope().entries())) == 0


def test_before_it_is_taken_over_the_difference_says_what_it_is(company):
    company.books.fail_payout(send(company))

    told = [(line.reason, line.amount_krw) for line in compare_with_company().lines]
    assert told == [("payout_back", SENT)]


def test_a_payout_of_a_month_that_is_closed_comes_back_today(company, treasurer):
    key = send(company)
    date_back()
    close_month(last_month(), user=treasurer, note="확인")

    lose(company, key)

    assert [one.day for one in lost_payouts()] == [timezone.localdate()]
    assert payouts_on_the_way() == []
