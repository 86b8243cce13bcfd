import pytest
from django.utils import timezone
from freezegun import freeze_time

from desk.panels import TodoItem
from payments.panels import todo_items
from payments.services import close_payment, mark_paid, return_deposit
from payments.services.months import ask_to_reopen, close_month
from tests.factories.accounts import UserFactory
from tests.factories.books import date_back, last_month
from tests.factories.payments import (
    PURPOSE,
    AccountChangeFactory,
    DepositFactory,
    PaymentFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(things, treasurer):
    """Two deposits to match, one to send back, one payment without a seat."""
    DepositFactory.create_batch(2)
    return_deposit(DepositFactory(), reason="모르는 돈", user=treasurer)
    payment = PaymentFactory()
    close_payment(PURPOSE, payment.subject)
    things.is_full = True
    mark_paid(payment, method="bank_transfer", user=treasurer, note="늦은 입금")


def numbers(user):
    return [item.number for item in todo_items(user)]


def test_the_treasurer_is_told_what_waits(waiting):
    items = todo_items(UserFactory(role="회계 담당"))

    assert [item.number for item in items] == [2, 1, 1]
    assert isinstance(items[0], TodoItem)


def test_who_approves_is_told_of_other_peoples_changes(waiting):
    director = UserFactory(role="사무국장(승인자)")
    AccountChangeFactory()
    AccountChangeFactory(asked_by=director)

    assert numbers(director) == [1]


def test_nobody_else_is_told_anything(waiting):
    AccountChangeFactory()

    assert numbers(UserFactory(role="편집자")) == []
    assert numbers(UserFactory(role="회계 담당")) == [2, 1, 1]


def test_a_month_that_nobody_closed_by_the_tenth_is_told(things):
    treasurer = UserFactory(role="회계 담당")
    PaymentFactory()
    date_back()
    with freeze_time(f"{timezone.localdate():%Y-%m}-09 03:00"):
        assert numbers(treasurer) == []
    with freeze_time(f"{timezone.localdate():%Y-%m}-10 03:00"):
        assert numbers(treasurer) == [1]
        assert numbers(UserFactory(role="사무국장(승인자)")) == []


def test_a_wish_to_open_a_month_is_told_to_who_may_allow_it(things):
    treasurer, director = UserFactory(role="회계 담당"), UserFactory(role="사무국장(승인자)")
    PaymentFactory()
    date_back()
    ask_to_reopen(close_month(last_month(), user=treasurer), user=treasurer, reason="빠진 것")

    assert numbers(director) == [1]
    assert numbers(treasurer) == []
