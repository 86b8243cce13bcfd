import uuid

import pytest
from django.utils import timezone

from evidence.models import EventValues
from evidence.services import verify_chain
from messaging.models import OutboxMessage
from petitions import emails, services
from petitions.exceptions import SignatureGoneError, StatusChangeError
from petitions.models import BlockedAddress, CountDelta, Signature
from privacy.blind_index import address_index
from privacy.models import ConsentRecord, Token
from privacy.tokens import mint_token, read_token
from tests.factories.messaging import OutboxMessageFactory
from tests.petitions.citizen import EMAIL, NAME, attempt_key, cleaned

pytestmark = pytest.mark.unit

LEAVE = {
    Signature.Status.WITHDRAWN: services.withdraw_signature,
    Signature.Status.DENIED: services.deny_signature,
}
PERSONAL = ("name", "name_index", "email", "email_index", "comment")


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("status", LEAVE)
def test_leaving_lowers_the_count_and_empties_the_row(state, status):
    attempt = services.sign_petition(state, cleaned(comment="한마디", name_display="full"))
    services.confirm_signature(attempt.public_id)
    services.change_comment_status(attempt.public_id, Signature.CommentStatus.PUBLISHED, actor="1")
    services.fold_counts()

    LEAVE[status](attempt.public_id)

    row = Signature.objects.get()
    assert row.status == status
    assert [getattr(row, name) for name in PERSONAL] == [None] * len(PERSONAL)
    assert row.comment_status == Signature.CommentStatus.NONE
    assert row.name_display == Signature.NameDisplay.HIDDEN
    assert row.anonymised_at == row.status_changed_at is not None
    assert (row.region_id, row.number, row.reference != "") == (row.region_id, 1, True)
    assert CountDelta.objects.get().change == -1
    assert not ConsentRecord.objects.filter(withdrawn_at=None).exists()
    assert ConsentRecord.objects.count() == len(state.consents)


@pytest.mark.parametrize("status", LEAVE)
def test_leaving_unconfirmed_leaves_the_count(signature, status):
    LEAVE[status](signature.public_id)

    signature.refresh_from_db()
    assert (signature.status, signature.email) == (status, None)
    assert not CountDelta.objects.exists()


@pytest.mark.parametrize("status", LEAVE)
def test_leaving_invalidated_lowers_the_count_no_further(counted_signature, status):
    services.invalidate_signature(counted_signature.public_id, actor="1", reason="중복")
    LEAVE[status](counted_signature.public_id)

    row = Signature.objects.get()
    assert (row.status, row.status_before, row.email) == (status, "", None)
    assert [delta.change for delta in CountDelta.objects.all()] == [-1]


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("second", LEAVE)
@pytest.mark.parametrize("first", LEAVE)
def test_leaving_twice_changes_nothing_more(counted_signature, first, second):
    LEAVE[first](counted_signature.public_id)
    before = Signature.objects.values().get()
    blocked = BlockedAddress.objects.count()

    LEAVE[second](counted_signature.public_id)

    assert Signature.objects.values().get() == before
    assert CountDelta.objects.count() == 1
    assert BlockedAddress.objects.count() == blocked


@pytest.mark.parametrize("status", LEAVE)
def test_leaving_takes_reasons_links_and_settled_mails_along(
    counted_signature, petition_page, status
):
    subject = str(counted_signature.public_id)
    services.invalidate_signature(counted_signature.public_id, actor="1", reason="옆집 사람")
    services.undo_status_change(counted_signature.public_id, actor="1")
    emails.answer_sign_attempt(attempt_key(petition_page))
    in_use = mint_token(emails.SIGNER_TOKEN, subject, emails.SIGNER_LIFETIME)
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT, sent_at=timezone.now())
    waiting = OutboxMessageFactory(subject=subject)
    others = OutboxMessageFactory(sent=True)
    assert (OutboxMessage.objects.count(), Token.objects.count()) == (4, 3)

    LEAVE[status](counted_signature.public_id, kept_link=in_use)

    assert not EventValues.objects.filter(event__subject_type="signature").exists()
    assert verify_chain("signature", subject).holds
    assert Token.objects.count() == 1
    assert read_token(emails.SIGNER_TOKEN, in_use) == subject
    assert set(OutboxMessage.objects.all()) == {waiting, others}


def test_take_back_ends_the_links_and_keeps_what_limits_the_mail(state, petition_page):
    attempt = services.sign_petition(state, cleaned())
    emails.answer_sign_attempt(attempt_key(petition_page))
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT, sent_at=timezone.now())

    services.take_back_attempt(attempt.public_id, corrected_at=timezone.now())

    assert not Token.objects.exists()
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("status", LEAVE)
def test_leaving_of_no_row_is_refused(db, status):
    with pytest.raises(SignatureGoneError):
        LEAVE[status](uuid.uuid4())


def test_withdraw_leaves_the_address_free(counted_signature):
    services.withdraw_signature(counted_signature.public_id)

    assert not BlockedAddress.objects.exists()


@pytest.mark.sqlite_smoke
def test_deny_blocks_the_address(counted_signature, state):
    services.deny_signature(counted_signature.public_id)

    assert bytes(BlockedAddress.objects.get().email_index) == address_index(EMAIL)
    services.sign_petition(state, cleaned())
    assert Signature.objects.count() == 1


def test_deny_of_an_address_blocked_before_is_no_error(counted_signature, state):
    blocked = BlockedAddress.objects.create(
        email_index=address_index(EMAIL), blocked_at=counted_signature.created_at
    )

    services.deny_signature(counted_signature.public_id)

    assert BlockedAddress.objects.get() == blocked
    assert BlockedAddress.objects.get().blocked_at == counted_signature.created_at


@pytest.mark.sqlite_smoke
def test_discard_removes_the_row_and_leaves_the_address_free(signature):
    for _time in range(2):
        services.discard_signature(signature.public_id)

    assert not Signature.objects.exists()
    assert not BlockedAddress.objects.exists()
    assert not ConsentRecord.objects.filter(withdrawn_at=None).exists()


def test_discard_of_a_confirmed_signature_is_refused(counted_signature):
    with pytest.raises(StatusChangeError):
        services.discard_signature(counted_signature.public_id)

    assert Signature.objects.get().status == Signature.Status.CONFIRMED


def test_discard_empties_a_row_that_staff_had_counted_for_a_while(signature):
    services.confirm_by_staff(signature.public_id, actor="1", reason="전화로 확인")
    services.undo_status_change(signature.public_id, actor="1")

    services.discard_signature(signature.public_id)

    signature.refresh_from_db()
    assert (signature.status, signature.name, signature.email_index) == ("withdrawn", None, None)
    services.fold_counts()
    assert services.live_count(signature.petition_id).confirmed == 0


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("times", [1, 2])
def test_take_back_deletes_what_nobody_confirmed(state, times):
    attempt = services.sign_petition(state, cleaned())

    for _time in range(times):
        services.take_back_attempt(attempt.public_id, corrected_at=timezone.now())

    assert not Signature.objects.exists()
    assert not CountDelta.objects.exists()
    standing = ConsentRecord.objects.filter(withdrawn_at=None)
    assert not standing.exists()


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("times", [1, 2])
def test_take_back_of_a_counted_attempt_lowers_the_count(state_at_once, times):
    attempt = services.sign_petition(state_at_once, cleaned())

    for _time in range(times):
        services.take_back_attempt(attempt.public_id, corrected_at=timezone.now())

    row = Signature.objects.get()
    assert (row.status, row.name, row.email) == (Signature.Status.WITHDRAWN, None, None)
    services.fold_counts()
    assert services.live_count(row.petition_id).confirmed == 0
    assert services.recount() == {}


def test_take_back_leaves_what_its_owner_confirmed(signature):
    services.confirm_signature(signature.public_id)

    services.take_back_attempt(signature.public_id, corrected_at=timezone.now())

    assert Signature.objects.get().status == Signature.Status.CONFIRMED


def test_take_back_never_touches_a_row_of_somebody_else(state, signature):
    stranger = services.sign_petition(state, cleaned(name="남의이름"))

    services.take_back_attempt(stranger.public_id, corrected_at=timezone.now())

    signature.refresh_from_db()
    assert (signature.status, signature.name) == (Signature.Status.UNCONFIRMED, NAME)


@pytest.mark.sqlite_smoke
def test_take_back_leaves_a_row_whose_address_was_typed_again(state, signature):
    corrected_at = timezone.now()
    services.sign_petition(state, cleaned())

    services.take_back_attempt(signature.public_id, corrected_at=corrected_at)

    assert Signature.objects.get().email == EMAIL


def test_take_back_is_not_stopped_by_an_attempt_on_another_petition(state, signature):
    corrected_at = timezone.now()
    OutboxMessageFactory(
        purpose="petitions.sign_attempt", subject=f"0:{address_index(EMAIL).hex()}"
    )

    services.take_back_attempt(signature.public_id, corrected_at=corrected_at)

    assert not Signature.objects.exists()


def test_take_back_empties_a_row_that_staff_had_counted_for_a_while(state, signature):
    services.confirm_by_staff(signature.public_id, actor="1", reason="전화로 확인")
    services.fold_counts()
    services.undo_status_change(signature.public_id, actor="1")

    services.take_back_attempt(signature.public_id, corrected_at=timezone.now())

    signature.refresh_from_db()
    assert (signature.status, signature.email) == (Signature.Status.WITHDRAWN, None)
    services.fold_counts()
    assert services.live_count(state.petition_id).confirmed == 0
    assert services.recount() == {}


@pytest.mark.parametrize("leave", LEAVE.values())
def test_take_back_after_leaving_changes_nothing(signature, leave):
    leave(signature.public_id)
    before = Signature.objects.values().get()

    services.take_back_attempt(signature.public_id, corrected_at=timezone.now())

    assert Signature.objects.values().get() == before


def test_take_back_of_no_row_does_nothing(signature):
    services.take_back_attempt(uuid.uuid4(), corrected_at=timezone.now())

    assert Signature.objects.get() == signature
