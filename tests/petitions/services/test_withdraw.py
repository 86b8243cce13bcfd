import uuid

import pytest

from petitions import services
from petitions.exceptions import SignatureGoneError
from petitions.models import BlockedAddress, CountDelta, Signature
from petitions.services.sign import address_index
from privacy.models import ConsentRecord
from tests.petitions.citizen import EMAIL, cleaned

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


def test_take_back_of_no_row_does_nothing(signature):
    services.withdraw.take_back_attempt(uuid.uuid4())

    assert Signature.objects.get() == signature
