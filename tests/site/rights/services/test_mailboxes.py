from datetime import timedelta

import pytest
from django.utils import timezone

from messaging.models import OutboxMessage, Suppression
from messaging.services import has_stopped_news, stop_news
from petitions import services as petitions
from petitions.models import Signature
from privacy.addresses import canonical_email
from rights import emails, services
from rights.exceptions import ChangeGoneError, TooManyChangesError
from rights.models import AddressChange, Mailbox
from rights.registry import data_set_named
from rights.services.mailboxes import MOST_CHANGES
from tests.factories.petitions import SignatureFactory
from tests.factories.rights import AddressChangeFactory
from tests.petitions.citizen import EMAIL

pytestmark = pytest.mark.unit

NEW = "new@mail.example"


@pytest.mark.sqlite_smoke
def test_asking_twice_keeps_one_address_and_asks_for_two_mails(db):
    services.ask_for_link(EMAIL)
    services.ask_for_link(EMAIL.upper())

    mailbox = Mailbox.objects.get()
    assert mailbox.email == EMAIL.upper()
    assert canonical_email(mailbox.email) == EMAIL
    key = services.index_of(EMAIL).hex()
    assert [(m.purpose, m.subject) for m in OutboxMessage.objects.all()] == [
        (emails.MY_LINK, key)
    ] * 2


@pytest.mark.sqlite_smoke
def test_all_moves_to_the_new_address_once(signature):
    stop_news(services.index_of(EMAIL))
    services.ask_for_address_change(EMAIL, NEW)
    change = AddressChange.objects.get()

    assert services.change_address(change) == []
    assert services.change_address(change) == []

    signature.refresh_from_db()
    assert signature.email == NEW
    assert has_stopped_news(services.index_of(NEW))
    told = OutboxMessage.objects.filter(subject=str(change.public_id))
    assert sorted(told.values_list("purpose", flat=True)) == [
        emails.ADDRESS_CHANGED,
        emails.CONFIRM_ADDRESS,
    ]


def test_news_comes_to_the_new_address_unless_it_was_stopped(signature):
    services.change_address(AddressChangeFactory(old_email=EMAIL, new_email=NEW))

    assert not Suppression.objects.exists()


def test_what_can_t_be_moved_is_told(signature):
    SignatureFactory(petition=signature.petition, region=signature.region, email=NEW)

    left = services.change_address(AddressChangeFactory(old_email=EMAIL, new_email=NEW))

    assert [each.title for each in left] == [signature.petition.title]
    assert Signature.objects.filter(email_index=services.index_of(EMAIL)).exists()


def test_a_data_set_that_can_t_be_moved_is_left_alone(ledger, db):
    assert services.change_address(AddressChangeFactory(old_email=EMAIL, new_email=NEW)) == []


def test_what_left_in_the_same_moment_is_no_fault(signature, monkeypatch):
    data_set = data_set_named("petitions.signatures")
    found = data_set.find(EMAIL)
    assert found
    petitions.withdraw_signature(signature.public_id)
    monkeypatch.setitem(data_set.__dict__, "find", lambda _address: found)

    assert services.change_address(AddressChangeFactory(old_email=EMAIL, new_email=NEW)) == []


def test_a_change_that_nobody_confirmed_in_a_day_is_gone(signature):
    change = AddressChangeFactory(
        old_email=EMAIL, new_email=NEW, asked_at=timezone.now() - timedelta(hours=25)
    )

    with pytest.raises(ChangeGoneError):
        services.change_address(change)

    signature.refresh_from_db()
    assert signature.email == EMAIL


def test_nobody_mails_strangers_all_day(db):
    for number in range(MOST_CHANGES):
        services.ask_for_address_change(EMAIL, f"stranger{number}@mail.example")

    with pytest.raises(TooManyChangesError):
        services.ask_for_address_change(EMAIL.upper(), "another@mail.example")

    services.ask_for_address_change("other@mail.example", "another@mail.example")
    assert AddressChange.objects.count() == MOST_CHANGES + 1
