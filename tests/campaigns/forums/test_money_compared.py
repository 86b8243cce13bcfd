"""The nightly comparison of payments with what became of their orders."""

import dataclasses

import pytest

from campaigns.forums import services
from campaigns.forums.models import PAYMENT_PURPOSE, Order
from payments import registry
from payments.services import mark_paid, unmark_paid
from payments.services.comparison import find_faults
from tests.campaigns.forums.participant import asked, payment_of
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

Status = Order.Status


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
    account = services.RefundAccount("가온은행", "000-98-765432", "한가람")
    services.cancel_order(order, account=account)

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
