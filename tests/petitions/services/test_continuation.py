from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from messaging.models import OutboxMessage, Subscriber
from petitions import emails, services
from petitions.exceptions import (
    AddressBlockedError,
    ContinuationOverError,
    ContinuationRunningError,
    ContinuationUnfitError,
)
from petitions.models import Continuation, Invitation, Signature
from petitions.services import continuation
from privacy.blind_index import address_index
from privacy.models import ConsentRecord
from tests.factories.accounts import UserFactory
from tests.factories.petitions import (
    BlockedAddressFactory,
    ContinuationFactory,
    PetitionPageFactory,
    SignatureFactory,
)
from tests.petitions.citizen import EMAIL, cleaned
from tests.petitions.continuing import ask, old_signer

pytestmark = pytest.mark.unit


@pytest.fixture
def new(petition_page):
    """The petition that is to be signed from now on."""
    return petition_page


@pytest.fixture
def signer(new, region):
    return old_signer(new, region)


def mails(purpose=emails.CONTINUE):
    return list(OutboxMessage.objects.filter(purpose=purpose).values_list("subject", flat=True))


@pytest.mark.sqlite_smoke
def test_it_starts_once_and_stops(new, signer):
    user = UserFactory()
    first = services.start_continuation(signer.petition, new, user=user)

    assert services.start_continuation(signer.petition, new, user=user) == first
    assert (first.old, first.new, first.started_by) == (signer.petition, new, user)
    for _time in range(2):
        services.stop_continuation(first.pk)
    assert not Continuation.objects.running().exists()
    assert services.start_continuation(signer.petition, new, user=user) != first


def test_what_cannot_be_signed_is_no_next_petition(new, signer):
    draft = PetitionPageFactory(parent=new.get_parent(), live=False)
    closed = PetitionPageFactory(parent=new.get_parent(), closed=True)
    upcoming = PetitionPageFactory(parent=new.get_parent(), upcoming=True)

    for unfit in (draft, closed, upcoming, signer.petition):
        with pytest.raises(ContinuationUnfitError):
            services.start_continuation(signer.petition, unfit, user=UserFactory())


def test_signers_are_not_asked_for_two_petitions_at_once(new, signer):
    other = PetitionPageFactory(parent=new.get_parent())
    user = UserFactory()
    services.start_continuation(signer.petition, new, user=user)

    with pytest.raises(ContinuationRunningError):
        services.start_continuation(signer.petition, other, user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContinuationFactory(old=new, new=new)


@pytest.mark.sqlite_smoke
def test_who_agreed_to_news_is_asked_once(new, signer, region):
    old = signer.petition
    for number, changes in enumerate(
        (
            {"agrees": False},
            {"confirmed": False},
            {"confirmed": False, "invalidated": True},
            {"created_at": timezone.now() - timedelta(days=800)},  # its period is over
        )
    ):
        old_signer(new, region, petition=old, email=f"x{number}@mail.example", **changes)
    there = old_signer(new, region, petition=old, email="there@mail.example")
    SignatureFactory(petition=new, email=there.email, region=region, confirmed=True)
    ContinuationFactory(old=old, new=new)

    assert [services.invite_signers() for _time in range(2)] == [1, 0]

    assert mails() == [str(signer.public_id)]
    assert OutboxMessage.objects.get(purpose=emails.CONTINUE).bulk
    assert Invitation.objects.get().signature == signer


def test_batches_go_on_until_nobody_is_left(new, signer, region, monkeypatch):
    monkeypatch.setattr(continuation, "BATCH", 2)
    for number in range(4):
        old_signer(new, region, petition=signer.petition, email=f"x{number}@mail.example")
    running = ContinuationFactory(old=signer.petition, new=new)

    assert services.invite_signers() == 5

    counted = Continuation.objects.with_progress().get()
    assert (counted.asked, counted.went_on) == (5, 0)
    services.stop_continuation(running.pk)
    old_signer(new, region, petition=signer.petition, email="late@mail.example")
    assert services.invite_signers() == 0


def test_nobody_is_asked_while_the_next_petition_takes_no_signatures(new, signer):
    ContinuationFactory(old=signer.petition, new=new)
    new.closes_at = timezone.now()
    new.save()

    assert services.invite_signers() == 0


def test_a_batch_is_whole_or_not_there(new, signer, monkeypatch):
    ContinuationFactory(old=signer.petition, new=new)

    def fail(*_args):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(continuation, "enqueue", fail)
        with pytest.raises(RuntimeError):
            services.invite_signers()
    assert not Invitation.objects.exists()

    assert services.invite_signers() == 1
    assert len(mails()) == 1


@pytest.mark.sqlite_smoke
def test_only_the_own_press_signs_and_it_counts_at_once(new, signer):
    ask(signer, new)
    before = Signature.objects.filter(pk=signer.pk).values().get()
    assert not Signature.objects.filter(petition=new).exists()

    for _time in range(2):
        signed = services.continue_signature(
            signer.public_id, cleaned(email="forged@mail.example", consent_news=True)
        )

    assert (signed.petition_id, signed.status, signed.email) == (new.pk, "confirmed", EMAIL)
    assert Signature.objects.filter(petition=new).count() == 1
    assert Signature.objects.filter(pk=signer.pk).values().get() == before
    assert ConsentRecord.objects.filter(subject=signed.public_id).count() == 5
    assert Subscriber.objects.get().subject == signed.public_id
    assert mails(emails.SIGN_ATTEMPT) == []
    assert mails(emails.SIGNATURE_CONFIRMED) == [str(signed.public_id)]
    assert Invitation.objects.get().continued_at
    services.fold_counts()
    assert services.live_count(new.pk).confirmed == 1
    assert services.recount() == {}


def test_one_that_its_owner_never_confirmed_makes_way(new, signer, state):
    services.sign_petition(state, cleaned(name="남의이름"))
    ask(signer, new)
    # Not invited by the job: this address is known there already.
    Invitation.objects.create(
        continuation=Continuation.objects.get(), signature=signer, invited_at=timezone.now()
    )

    signed = services.continue_signature(signer.public_id, cleaned(name="한가람"))

    assert (signed.name, signed.status) == ("한가람", "confirmed")
    assert Signature.objects.filter(petition=new).get() == signed


def test_a_blocked_address_is_told_and_signs_nothing(new, signer):
    ask(signer, new)
    BlockedAddressFactory(email_index=address_index(EMAIL))

    with pytest.raises(AddressBlockedError):
        services.continue_signature(signer.public_id, cleaned())

    assert Invitation.objects.get().continued_at is None
    assert not Signature.objects.filter(petition=new).exists()


@pytest.mark.parametrize("ending", ["stopped", "closed", "withdrawn", "unpublished"])
def test_what_is_over_signs_nothing(new, signer, ending):
    ask(signer, new)
    values = cleaned()
    if ending == "stopped":
        services.stop_continuation(Continuation.objects.get().pk)
    if ending == "closed":
        type(new).objects.filter(pk=new.pk).update(closes_at=timezone.now())
    if ending == "withdrawn":
        services.withdraw_signature(signer.public_id)
    if ending == "unpublished":
        new.unpublish()

    with pytest.raises(ContinuationOverError):
        services.continue_signature(signer.public_id, values)
    assert emails.ask_to_continue(str(signer.public_id)) is None


def test_the_mail_names_both_petitions_and_can_be_stopped(new, signer):
    ask(signer, new)

    mail = emails.ask_to_continue(str(signer.public_id))

    assert mail.to == EMAIL
    for text in (mail.text, mail.html):
        assert signer.petition.title in text
        assert new.title in text
        assert "/t/k/" in text
    assert "List-Unsubscribe" in mail.headers
    services.continue_signature(signer.public_id, cleaned())
    assert emails.ask_to_continue(str(signer.public_id)) is None


def test_an_invitation_outlives_the_signature_as_a_number_only(new, signer):
    ask(signer, new)

    services.withdraw_signature(signer.public_id)

    assert Invitation.objects.get().signature is None
    assert Continuation.objects.with_progress().get().asked == 1
