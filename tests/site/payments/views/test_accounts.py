from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from payments.models import AccountChange, BankAccount
from tests.factories.accounts import UserFactory
from tests.factories.payments import AccountChangeFactory, BankAccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
NEW = {
    **{"account": "", "bank": "신한은행", "number": "110-123-456789", "holder": "한빛연대회의"},
    **{"is_open": "on", "reason": "주거래 은행 변경"},
}


def test_a_new_account_needs_two_people(client, desk, press, keeper, director):
    press("payments_ask_account", **NEW)
    change = AccountChange.objects.get()
    client.force_login(UserFactory(administrator=True))
    own = AccountChangeFactory(asked_by=director)
    client.force_login(director)

    press("payments_approve", own.pk, browser=client)
    assert not BankAccount.objects.exists()
    press("payments_approve", change.pk, browser=client)

    account = BankAccount.objects.get()
    assert (account.bank, account.number) == ("신한은행", "110-123-456789")
    press("payments_approve", change.pk, browser=client)
    press("payments_refuse", change.pk, browser=client)
    page = client.get(reverse("payments_accounts")).content.decode()
    assert "110-123-456789" in page


def test_the_treasurer_approves_nothing(desk, press, director):
    change = AccountChangeFactory(asked_by=director)

    desk.post(reverse("payments_approve", args=[change.pk]))
    press("payments_refuse", change.pk)

    change.refresh_from_db()
    assert change.decision == AccountChange.Decision.WAITING
    assert not BankAccount.objects.exists()


def test_who_asked_may_take_it_back(press, keeper):
    change = AccountChangeFactory(asked_by=keeper)

    press("payments_refuse", change.pk)

    change.refresh_from_db()
    assert change.decision == AccountChange.Decision.REFUSED


@pytest.mark.parametrize(
    "wrong", [{"number": "계좌"}, {"reason": ""}, {"bank": ""}, {"number": "12-34"}]
)
def test_what_is_wrong_stays_on_the_screen(press, wrong):
    page = press("payments_ask_account", **{**NEW, **wrong})

    assert "한빛연대회의" in page
    assert not AccountChange.objects.exists()


def test_twins_and_second_changes_are_refused(press, director, client):
    account = BankAccountFactory(bank="신한은행", number="110-123-456789")
    press("payments_ask_account", **NEW)
    for _twice in range(2):
        press("payments_ask_account", **{**NEW, "number": "110-999-1", "account": account.pk})

    assert AccountChange.objects.count() == 1
    twin = AccountChangeFactory(bank="신한은행", number="110-123-456789")
    client.force_login(director)
    press("payments_approve", twin.pk, browser=client)
    twin.refresh_from_db()
    assert twin.decision == AccountChange.Decision.WAITING


def test_time_is_covered_on_a_persons_word(press):
    account = BankAccountFactory()
    later = timezone.localtime() + timedelta(days=1)
    press("payments_cover", account=account.pk, until_0=later.date(), until_1="10:00")
    account.refresh_from_db()
    assert account.covered_until is None

    press("payments_cover", account=account.pk, until_0="2026-01-05", until_1="10:00")

    account.refresh_from_db()
    assert timezone.localtime(account.covered_until).isoformat() == "2026-01-05T10:00:00+09:00"
