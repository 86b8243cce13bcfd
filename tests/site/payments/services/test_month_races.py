"""Who closes a month and who books in it: real transactions side by side."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from payments.exceptions import MonthClosedError
from payments.models import LedgerEntry, MonthClose
from payments.services.ledger import Account, Booking, What, book
from payments.services.months import close_month, find_month_faults
from tests.factories.accounts import UserFactory
from tests.factories.books import date_back, last_month
from tests.factories.payments import PaymentFactory
from tests.site.payments.services.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ARRIVED = What.DEPOSIT, Account.BANK, Account.UNASSIGNED


@pytest.fixture
def month(things):
    PaymentFactory()
    date_back()
    return last_month()


def test_of_two_people_who_close_a_month_one_does(month):
    users = UserFactory(), UserFactory()

    closed = at_once(2, lambda n: close_month(month, user=users[n]))

    assert closed == MonthClose.objects.count() == 1


def test_what_is_being_booked_is_counted_or_counts_for_today(month):
    """Whoever booked first is waited for; whoever comes later finds the month closed."""
    user, waits = UserFactory(), threading.Event()

    def close():
        waits.wait(timeout=30)
        try:
            close_month(month, user=user, note="")
        finally:
            connection.close()

    closer = threading.Thread(target=close)
    closer.start()
    with transaction.atomic():
        book([Booking(*ARRIVED, 1_000, day=month)])
        waits.set()
        closer.join(timeout=0.5)
        assert closer.is_alive()  # It waits for this transaction.
    closer.join(timeout=30)
    book([Booking(*ARRIVED, 2_000, day=month)])

    assert MonthClose.objects.get().entries == LedgerEntry.objects.filter(day__lt=later()).count()
    assert LedgerEntry.objects.filter(day=month).count() == 2
    assert LedgerEntry.objects.filter(day=timezone.localdate(), amount_krw=2_000).exists()
    assert list(find_month_faults()) == []


def later():
    return (last_month() + timedelta(days=32)).replace(day=1)


def test_twenty_closers_and_bookers_leave_what_was_counted(month):
    users = [UserFactory() for _ in range(2)]

    def work(n):
        if n % 5 == 0:
            try:
                close_month(month, user=users[n % 2])
            except MonthClosedError:
                return
        else:
            book([Booking(*ARRIVED, 1_000 + n, day=month)])

    at_once(12, work)

    assert MonthClose.objects.count() == 1
    assert list(find_month_faults()) == []
    assert LedgerEntry.objects.filter(what="deposit", account="bank").count() == 9
