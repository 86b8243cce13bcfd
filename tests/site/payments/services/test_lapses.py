from datetime import timedelta

import pytest
from django.utils import timezone

from payments import registry
from payments.models import Payment
from payments.services import set_aside
from payments.services.accounts import confirm_no_deposits, cover
from payments.services.lapses import lapse_overdue
from tests.factories.payments import (
    BankAccountFactory,
    DepositFactory,
    PaymentFactory,
    Things,
    balances,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def account(db):
    return BankAccountFactory()


@pytest.fixture
def overdue(things, account):
    """A payment whose time was over an hour ago."""
    payment = PaymentFactory(account=account, due_at=timezone.now() - HOUR)
    Payment.objects.update(created_at=timezone.now() - 5 * HOUR)
    return payment


@pytest.mark.sqlite_smoke
def test_nothing_lapses_before_its_deposits_are_known(overdue, account, things, treasurer):
    assert lapse_overdue() == 0
    cover(account, overdue.due_at - HOUR)
    assert lapse_overdue() == 0

    confirm_no_deposits(account, overdue.due_at, user=treasurer)

    assert (lapse_overdue(), lapse_overdue()) == (1, 0)
    overdue.refresh_from_db()
    assert overdue.state == Payment.State.CLOSED
    assert things.lapsed == {str(overdue.subject)}
    assert balances() == {}


def test_nothing_lapses_while_a_deposit_of_its_time_is_in_question(overdue, account):
    cover(account, timezone.now())
    deposit = DepositFactory(account=account, occurred_at=overdue.due_at)
    DepositFactory(account=account, occurred_at=overdue.due_at + HOUR / 2)
    DepositFactory(occurred_at=overdue.due_at)
    assert lapse_overdue() == 0

    set_aside([deposit.pk])

    assert lapse_overdue() == 1


@pytest.mark.parametrize("change", [{"received_krw": 1}, {"due_at": None}, {"state": "closed"}])
def test_what_is_not_overdue_and_unpaid_stays(overdue, account, change):
    Payment.objects.update(**change)
    cover(account, timezone.now())

    assert lapse_overdue() == 0


def test_time_that_is_not_over_is_waited_for(things, account):
    PaymentFactory(account=account)
    cover(account, timezone.now() + timedelta(days=30))

    assert lapse_overdue() == 0


def test_one_that_fails_stops_no_other(overdue, account, things, monkeypatch, caplog):
    purpose = Things().purpose("tests.broken")
    broken = registry.Purpose(**{**vars(purpose), "lapse": lambda _subject: 1 / 0})
    monkeypatch.setitem(registry._purposes, "tests.broken", broken)
    first = PaymentFactory(purpose="tests.broken", account=account, due_at=overdue.due_at)
    Payment.objects.filter(pk=first.pk).update(created_at=overdue.due_at - HOUR)
    cover(account, timezone.now())

    with pytest.raises(RuntimeError, match="1 payments"):
        lapse_overdue()

    assert things.lapsed == {str(overdue.subject)}
    assert "ZeroDivisionError" in caplog.text


def test_known_time_never_moves_back(account):
    now = timezone.now()
    cover(account, now, 500)

    cover(account, now - HOUR, 100)

    account.refresh_from_db()
    assert (account.covered_until, account.covered_balance_krw) == (now, 500)


def test_what_was_paid_at_the_last_moment_stays(overdue, account, things, monkeypatch):
    """The row changes between the question and the lock."""

    def pay(_subjects):
        Payment.objects.update(received_krw=1)

    purpose = registry.Purpose(**{**vars(things.purpose()), "lock": pay})
    monkeypatch.setitem(registry._purposes, overdue.purpose, purpose)
    cover(account, timezone.now())

    assert lapse_overdue() == 0
    assert things.lapsed == set()
