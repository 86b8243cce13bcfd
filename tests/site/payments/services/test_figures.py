"""The ledger's sums: each figure is its entries, and all accounts together hold nothing."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies

from payments.models import LedgerEntry, Payment
from payments.services import (
    ask_refund,
    close_payment,
    drop_refund,
    mark_paid,
    return_deposit,
    send_refund,
    undo_match,
    unmark_paid,
)
from payments.services.figures import (
    FIGURES,
    Scope,
    figure_named,
    first_month,
    group_lines,
    months_of_the_books,
    shows_cards,
    sums_of,
    total_of,
    trial_balance,
)
from payments.services.ledger import Account, Booking, What, book
from tests.factories.books import BACK, date_back, fill_books, last_month, paid_by_bank
from tests.factories.payments import PURPOSE, DepositFactory, PaymentFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def totals(scope):
    sums = sums_of(scope.entries())
    found = {figure.name: total_of(figure, sums) for figure in FIGURES}
    return {name: total for name, total in found.items() if total}


@pytest.mark.sqlite_smoke
def test_a_month_adds_up_by_what_happened(things, treasurer):
    fill_books(treasurer)

    assert totals(Scope(timezone.localdate().replace(day=1))) == {
        "expected": 100_000,
        "by_bank": 40_000,
        "in_cash": 20_000,
        "waived": 20_000,
        "refunds_asked": 8_000,
        "refunds_by_bank": 5_000,
        "deposits": 50_000,
    }


def test_another_month_holds_none_of_it_but_begins_with_its_balances(things, treasurer):
    fill_books(treasurer)
    date_back()
    now = Scope(timezone.localdate().replace(day=1))

    assert totals(Scope(last_month()))["expected"] == 100_000
    assert totals(now) == {}
    bank = next(line for line in trial_balance(now) if line.account == Account.BANK)
    assert (bank.opening_krw, bank.debit_krw, bank.credit_krw) == (45_000, 0, 0)
    assert sum(line.closing_krw for line in trial_balance(now)) == 0


def test_a_figure_and_its_entries_are_the_same(things, treasurer):
    fill_books(treasurer)
    scope = Scope()
    sums = sums_of(scope.entries())

    for figure in FIGURES:
        rows = scope.entries().filter(figure.entries)
        listed = sum(rows.values_list("amount_krw", flat=True))
        assert total_of(figure, sums) == figure.sign * listed, figure.name


def test_a_forum_has_a_line_of_its_own_and_names_nobody(things, treasurer):
    fill_books(treasurer)

    (line,) = group_lines(Scope())

    assert (line.purpose, line.group, line.title) == (PURPOSE, "", "토론회 신청")
    assert (line.totals["expected"], line.totals["by_bank"]) == (100_000, 40_000)
    assert sum(row.closing_krw for row in trial_balance(Scope(purpose=PURPOSE))) == 0


def test_a_deposit_of_last_month_and_its_match_count_for_last_month(things, treasurer):
    then = timezone.now() - timedelta(days=timezone.localdate().day + 3)
    payment = paid_by_bank(treasurer, occurred_at=then)

    assert totals(Scope(last_month())) == {"by_bank": 20_000, "deposits": 20_000}
    undo_match(payment.matches.get(), user=treasurer)
    assert totals(Scope(last_month())) == {"deposits": 20_000}


def test_nothing_counts_for_a_day_that_has_not_come(db):
    day = timezone.localdate() + timedelta(days=40)
    book([Booking(What.DEPOSIT, Account.BANK, Account.UNASSIGNED, 1_000, day=day)])

    assert set(LedgerEntry.objects.values_list("day", flat=True)) == {timezone.localdate()}


def test_the_books_begin_with_their_first_booking(db):
    assert first_month() is None
    assert months_of_the_books() == [timezone.localdate().replace(day=1)]
    PaymentFactory()
    LedgerEntry.objects.update(day=date(timezone.localdate().year - 1, 12, 31))

    assert months_of_the_books()[-1] == first_month() == date(timezone.localdate().year - 1, 12, 1)
    assert months_of_the_books()[0] == timezone.localdate().replace(day=1)


def test_cards_show_once_something_of_them_was_booked(db):
    assert not shows_cards()
    book([Booking(What.PAYOUT, Account.UNASSIGNED, Account.CARD, 1_000)])

    assert shows_cards()
    assert figure_named("payouts").is_of_cards
    assert figure_named("nothing") is None


STEPS = [
    "open",
    "bank",
    "cash",
    "waive",
    "close",
    "ask",
    "send",
    "drop",
    "undo",
    "unmark",
    "return",
]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=strategies.lists(strategies.sampled_from(STEPS), max_size=14),
    seed=strategies.integers(0, 99),
)
def test_after_any_sequence_the_accounts_hold_nothing_together(things, treasurer, steps, seed):
    chance = random.Random(seed)  # noqa: S311 (the examples', not a secret)
    for step in steps:
        take_step(step, treasurer, chance)

    for scope in (Scope(), Scope(timezone.localdate().replace(day=1)), Scope(purpose=PURPOSE)):
        assert sum(line.closing_krw for line in trial_balance(scope)) == 0
        sums, rows = sums_of(scope.entries()), scope.entries()
        for figure in FIGURES:
            listed = rows.filter(figure.entries).values_list("amount_krw", flat=True)
            assert total_of(figure, sums) == figure.sign * sum(listed)


def take_step(step, treasurer, chance):
    paid = [one for one in Payment.objects.all() if one.refundable_krw]
    if step in ("ask", "send", "drop"):
        if paid:
            give_back(step, chance.choice(paid), treasurer)
        return
    amount = chance.choice([20_000, 25_000])
    {
        "open": PaymentFactory,
        "bank": lambda: paid_by_bank(treasurer, amount_krw=amount),
        "cash": lambda: mark(treasurer, "on_site"),
        "waive": lambda: mark(treasurer, "waived"),
        "close": lambda: close_payment(PURPOSE, PaymentFactory().subject),
        "return": lambda: return_deposit(DepositFactory(), reason="모르는 돈", user=treasurer),
        "undo": lambda: undo_match(paid_by_bank(treasurer).matches.get(), user=treasurer),
        "unmark": lambda: unmark_paid(mark(treasurer, "on_site"), user=treasurer, note="아님"),
    }[step]()


def mark(treasurer, method):
    return mark_paid(PaymentFactory(), method=method, user=treasurer, note="확인")


def give_back(step, payment, treasurer):
    refund = ask_refund(payment, amount_krw=1_000, reason="취소", **BACK)
    if step == "send":
        send_refund(refund, user=treasurer)
    elif step == "drop":
        drop_refund(refund, user=treasurer, note="아님")
