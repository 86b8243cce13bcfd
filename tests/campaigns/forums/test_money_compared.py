"""The nightly comparison of payments with what became of their orders."""

import dataclasses

import pytest

from campaigns.forums import services
from campaigns.forums.models import PAYMENT_PURPOSE, Order
from payments import registry
from payments.models import Payment, Refund
from payments.services import drop_refund, mark_paid, match_deposit, undo_match, unmark_paid
from payments.services.comparison import find_faults
from payments.services.matches import Pairing
from tests.campaigns.forums.participant import asked, payment_of
from tests.factories.accounts import UserFactory
from tests.factories.payments import DepositFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

Status = Order.Status
ACCOUNT = services.RefundAccount("가온은행", "000-98-765432", "한가람")


@pytest.fixture
def order(state):
    return services.place_order(state, asked(state))


def pay(order):
    return mark_paid(payment_of(order), method="bank_transfer", user=UserFactory(), note="확인")


def change_while_it_compares(monkeypatch, question, change):
    """Let ``change`` happen once, after the payments were read and before the orders are."""
    purpose = registry.purpose_named(PAYMENT_PURPOSE)
    answer, changes = getattr(purpose, question), [change]

    def change_and_answer(subjects):
        if changes:
            changes.pop()()
        return answer(subjects)

    changed = dataclasses.replace(purpose, **{question: change_and_answer})
    monkeypatch.setitem(registry._purposes, PAYMENT_PURPOSE, changed)
    return changes


@pytest.mark.parametrize("status", [Status.LAPSED, Status.WAITING])
def test_money_that_was_taken_without_a_ticket_is_found(order, status):
    pay(order)
    assert list(find_faults()) == []

    Order.objects.filter(pk=order.pk).update(status=status, confirmed_at=None)

    assert list(find_faults()) == [{"kind": "paid_and_lacking", "id": str(order.public_id)}]


def test_a_paid_order_that_was_cancelled_lacks_nothing(order):
    pay(order)
    services.cancel_order(order, account=ACCOUNT)

    assert list(find_faults()) == []


def test_money_that_comes_while_it_compares_is_no_fault(order, monkeypatch):
    changes = change_while_it_compares(monkeypatch, "confirmed", lambda: pay(order))

    assert list(find_faults()) == []
    assert not changes


def test_money_that_is_parted_while_it_compares_is_no_fault(order, monkeypatch):
    payment = pay(order)

    def part():
        unmark_paid(payment, user=UserFactory(), note="다른 사람")

    changes = change_while_it_compares(monkeypatch, "lacking", part)

    assert list(find_faults()) == []
    assert not changes


@pytest.mark.parametrize("parts", [(20_000,), (5_000, 15_000)])
def test_nothing_is_owed_for_a_cancelled_order_whose_matches_are_undone(order, parts):
    user, payment = UserFactory(), payment_of(order)
    matches = []
    for amount in parts:
        deposit = DepositFactory(account=payment.account, amount_krw=amount)
        pairing = Pairing(deposit.pk, ((payment.pk, amount),), "by_hand")
        matches += match_deposit(pairing, user=user)
    services.cancel_order(order, account=ACCOUNT)
    for refund in Refund.objects.all():
        drop_refund(refund, user=user, note="다른 사람의 입금")

    for match in matches:
        undo_match(match, user=user)

    order.refresh_from_db()
    assert order.status == Status.CANCELLED
    assert payment_of(order).state == Payment.State.CLOSED
    assert list(find_faults()) == []
