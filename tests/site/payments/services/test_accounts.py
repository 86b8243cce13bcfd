import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from messaging.models import OutboxMessage
from messaging.registry import purpose_named
from payments.exceptions import (
    AccountExistsError,
    ChangeDecidedError,
    ChangeWaitsError,
    OwnChangeError,
)
from payments.models import AccountChange, BankAccount
from payments.services.accounts import approve_change, ask_change, cover, refuse_change
from tests.factories.accounts import UserFactory
from tests.factories.payments import AccountChangeFactory, BankAccountFactory

pytestmark = pytest.mark.django_db
NEW = {"bank": "신한은행", "number": "110-123-456789", "holder": "한빛연대회의", "is_open": True}


@pytest.fixture
def keeper(db):
    return UserFactory(role="회계 담당")


@pytest.fixture
def director(db):
    return UserFactory(role="사무국장(승인자)")


@pytest.mark.sqlite_smoke
def test_a_new_account_holds_once_another_person_approves(keeper, director):
    change = ask_change(None, **NEW, reason="주거래 은행 변경", user=keeper)
    assert not BankAccount.objects.exists()
    with pytest.raises(OwnChangeError):
        approve_change(change, user=keeper)

    account = approve_change(change, user=director)

    change.refresh_from_db()
    assert (change.decision, change.decided_by, change.account) == (
        AccountChange.Decision.APPROVED,
        director,
        account,
    )
    assert str(account) == "신한은행 110-123-456789 (한빛연대회의)"
    assert account.is_recently_changed
    with pytest.raises(ChangeDecidedError):
        approve_change(change, user=director)


def test_the_database_wants_two_people_too(keeper):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountChangeFactory(
            asked_by=keeper, decided_by=keeper, decided_at=timezone.now(), decision="approved"
        )


def test_another_number_begins_with_nothing_known(keeper, director):
    account = BankAccountFactory()
    cover(account, timezone.now(), 500)

    approve_change(ask_change(account, **NEW, reason="이전", user=keeper), user=director)

    account.refresh_from_db()
    assert account.number == NEW["number"]
    assert (account.covered_until, account.covered_balance_krw) == (None, None)


def test_the_same_number_keeps_what_is_known(keeper, director):
    account = BankAccountFactory()
    cover(account, timezone.now(), 500)
    words = {**NEW, "bank": account.bank, "number": account.number, "is_open": False}

    approve_change(ask_change(account, **words, reason="해지", user=keeper), user=director)

    account.refresh_from_db()
    assert (account.is_open, account.covered_balance_krw) == (False, 500)


def test_a_refused_change_changes_nothing(keeper):
    account = BankAccountFactory()
    change = ask_change(account, **NEW, reason="잘못", user=keeper)

    refuse_change(change, user=keeper)

    account.refresh_from_db()
    assert account.number != NEW["number"]
    ask_change(account, **NEW, reason="다시", user=keeper)


def test_one_change_waits_at_a_time(keeper):
    account = BankAccountFactory()
    ask_change(account, **NEW, reason="이전", user=keeper)

    with pytest.raises(ChangeWaitsError):
        ask_change(account, **NEW, reason="이전", user=keeper)


def test_no_account_stands_twice(keeper, director):
    first, second = (ask_change(None, **NEW, reason="새 계좌", user=keeper) for _ in range(2))
    approve_change(first, user=director)

    with pytest.raises(AccountExistsError):
        approve_change(second, user=director)
    with pytest.raises(AccountExistsError):
        ask_change(None, **NEW, reason="새 계좌", user=keeper)


def test_both_roles_hear_of_each_step(keeper, director):
    UserFactory(role="편집자")
    change = ask_change(None, **NEW, reason="주거래 은행 변경", user=keeper)
    refuse_change(change, user=director)

    mails = sorted(OutboxMessage.objects.values_list("purpose", "subject"))
    people = [f"{change.pk}:{keeper.pk}", f"{change.pk}:{director.pk}"]
    assert mails == [
        *(("payments.account_change_asked", person) for person in people),
        *(("payments.account_change_decided", person) for person in people),
    ]
    for purpose, subject in mails:
        mail = purpose_named(purpose).build(subject)
        assert mail.to in (keeper.email, director.email)
        assert NEW["number"] in mail.text
        assert NEW["number"] in mail.html
        assert NEW["number"] not in mail.subject


def test_who_left_gets_no_mail(keeper, director):
    change = ask_change(None, **NEW, reason="주거래 은행 변경", user=keeper)
    director.is_active = False
    director.save()

    build = purpose_named("payments.account_change_asked").build

    assert build(f"{change.pk}:{director.pk}") is None
    assert build(f"0:{keeper.pk}") is None
