from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from messaging.models import OutboxMessage
from petitions import services
from petitions.exceptions import (
    PetitionClosedError,
    PetitionNotFoundError,
    PetitionNotReadyError,
)
from petitions.models import CountDelta, Signature
from petitions.services import sign
from privacy.blind_index import address_index, name_index
from privacy.models import ConsentRecord
from privacy.tokens import make_reference
from tests.factories.petitions import BlockedAddressFactory, SignatureFactory
from tests.petitions.citizen import EMAIL, NAME, REGION, attempt_key, cleaned

pytestmark = pytest.mark.unit


@pytest.mark.sqlite_smoke
def test_sign_writes_the_row_consents_and_mail(state, petition_page):
    attempt = services.sign_petition(state, cleaned(comment="꼭 의결해 주십시오."))

    row = Signature.objects.get()
    assert (row.public_id, row.petition_id) == (attempt.public_id, petition_page.pk)
    assert (row.name, row.email, row.comment) == (NAME, EMAIL, "꼭 의결해 주십시오.")
    assert (row.status, row.status_before) == (Signature.Status.UNCONFIRMED, "")
    assert row.comment_status == Signature.CommentStatus.WAITING
    assert row.name_display == Signature.NameDisplay.HIDDEN
    assert row.region.code == REGION
    assert row.revision_id == petition_page.live_revision_id
    assert (bytes(row.name_index), bytes(row.email_index)) == (
        name_index(NAME),
        address_index(EMAIL),
    )
    assert (row.number, row.confirmed_at, row.anonymised_at) == (None, None, None)
    assert row.created_at == row.status_changed_at == attempt.signed_at == attempt.mailed_at
    choices = ConsentRecord.objects.filter(subject=row.public_id).order_by("version_id")
    texts = {consent.slug: (pk, consent.text_hash) for pk, consent in state.consents}
    assert {(c.slug, c.choice, c.version_id, c.text_hash, c.channel) for c in choices} == {
        (slug, slug not in ("news", "display"), *texts[slug], "web") for slug in texts
    }
    [mail] = OutboxMessage.objects.all()
    assert (mail.purpose, mail.subject) == ("petitions.sign_attempt", attempt_key(petition_page))
    assert (mail.state, mail.attempts, mail.bulk) == (OutboxMessage.State.PENDING, 0, False)
    assert not CountDelta.objects.exists()


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(
    ("shown", "agreed"), [("hidden", False), ("surname", True), ("full", True)]
)
def test_sign_records_the_consent_to_showing_the_name(state, shown, agreed):
    services.sign_petition(state, cleaned(name_display=shown))

    assert Signature.objects.get().name_display == shown
    assert ConsentRecord.objects.get(slug="display").choice is agreed


@pytest.mark.sqlite_smoke
def test_sign_hides_the_name_where_showing_it_was_not_asked(state):
    values = cleaned()
    del values["name_display"]

    services.sign_petition(state, values)

    assert Signature.objects.get().name_display == Signature.NameDisplay.HIDDEN


@pytest.mark.sqlite_smoke
def test_sign_without_confirmation_counts_at_once(state_at_once):
    services.sign_petition(state_at_once, cleaned())

    row = Signature.objects.get()
    assert row.status == Signature.Status.CONFIRMED
    assert row.confirmed_at == row.created_at
    assert list(CountDelta.objects.values_list("signature_id", "change")) == [(row.pk, 1)]
    assert OutboxMessage.objects.get().purpose == "petitions.sign_attempt"


@pytest.mark.sqlite_smoke
def test_sign_without_comment_has_nothing_to_review(state):
    services.sign_petition(state, cleaned(comment=""))

    row = Signature.objects.get()
    assert (row.comment, row.comment_status) == (None, Signature.CommentStatus.NONE)


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(
    "again", [EMAIL, EMAIL.upper(), " Garam@Mail.Example "], ids=["same", "case", "spaces"]
)
def test_sign_twice_writes_one_row_and_two_mails(state, petition_page, again):
    first = services.sign_petition(state, cleaned())
    second = services.sign_petition(state, cleaned(email=again, name="한나래"))

    assert second.public_id != first.public_id
    assert list(Signature.objects.values_list("public_id", flat=True)) == [first.public_id]
    assert Signature.objects.get().name == NAME
    assert ConsentRecord.objects.count() == len(state.consents)
    assert (
        list(OutboxMessage.objects.values_list("subject", flat=True))
        == [attempt_key(petition_page)] * 2
    )


@pytest.mark.sqlite_smoke
def test_sign_at_once_twice_counts_once(state_at_once):
    services.sign_petition(state_at_once, cleaned())
    services.sign_petition(state_at_once, cleaned())

    assert Signature.objects.count() == CountDelta.objects.count() == 1


@pytest.mark.sqlite_smoke
def test_sign_with_a_blocked_address_writes_only_the_mail(state):
    BlockedAddressFactory(email_index=address_index(EMAIL))

    attempt = services.sign_petition(state, cleaned())

    assert attempt.email == EMAIL
    assert not Signature.objects.exists()
    assert not ConsentRecord.objects.exists()
    assert OutboxMessage.objects.count() == 1


def test_sign_after_withdrawal_is_possible(counted_signature, state):
    services.withdraw_signature(counted_signature.public_id)

    services.sign_petition(state, cleaned())

    statuses = Signature.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["withdrawn", "unconfirmed"]


@pytest.mark.parametrize(
    "times",
    [{"opens_at": timedelta(hours=1)}, {"closes_at": timedelta(hours=-1)}],
    ids=["not yet open", "closed"],
)
def test_sign_outside_its_time_is_refused(state, times):
    for name, distance in times.items():
        setattr(state.page, name, timezone.now() + distance)

    with pytest.raises(PetitionClosedError):
        services.sign_petition(state, cleaned())

    assert not Signature.objects.exists()
    assert not OutboxMessage.objects.exists()


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("kind", ["collection", "age"])
def test_sign_without_what_the_law_wants_asked_is_refused(state, kind, caplog):
    asked = tuple((pk, consent) for pk, consent in state.consents if consent.kind != kind)
    changed = replace(state, consents=asked)

    with pytest.raises(PetitionNotReadyError):
        services.sign_petition(changed, cleaned(form_version=changed.form_version))

    assert not Signature.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_sign_takes_another_reference_when_one_is_taken(state, monkeypatch):
    taken = SignatureFactory(petition=state.page).reference
    codes = iter([taken, "2222-3333"])
    monkeypatch.setattr(sign, "make_reference", lambda: next(codes))

    services.sign_petition(state, cleaned())

    assert Signature.objects.order_by("pk").last().reference == "2222-3333"


@pytest.mark.django_db(transaction=True)
def test_sign_for_a_petition_deleted_meanwhile_is_refused(state, petition_page):
    values = cleaned()
    petition_page.delete()

    with pytest.raises(PetitionNotFoundError):
        services.sign_petition(state, values)

    assert not OutboxMessage.objects.exists()


def test_reference_can_be_read_aloud():
    references = {make_reference() for _ in range(200)}

    assert len(references) == 200
    signs = set("".join(references))
    assert signs <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ-")
    assert {(len(r), r[4]) for r in references} == {(9, "-")}


def test_name_index_ignores_spaces_and_case():
    assert name_index("한 가람") == name_index("한가람")
    assert name_index("Alice Kim") == name_index("ALICE  kim")
    assert name_index("한가람") != name_index("한가름")
