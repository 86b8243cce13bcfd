import uuid

import pytest

from evidence.models import Event, EventValues
from petitions import services
from petitions.exceptions import ReasonMissingError, SignatureGoneError, StatusChangeError
from petitions.models import CountDelta, Signature
from tests.factories.petitions import SignatureFactory

pytestmark = pytest.mark.unit

Status = Signature.Status
Comment = Signature.CommentStatus


def test_invalidate_takes_a_counted_signature_out(counted_signature):
    services.invalidate_signature(counted_signature.public_id, actor="7", reason=" 같은 사람 ")

    row = Signature.objects.get()
    assert (row.status, row.status_before) == (Status.INVALIDATED, Status.CONFIRMED)
    assert row.status_changed_at > counted_signature.status_changed_at
    assert (row.name, row.email) == (counted_signature.name, counted_signature.email)
    assert CountDelta.objects.get().change == -1
    event = Event.objects.get(subject_type="signature")
    assert (event.kind, event.actor) == ("invalidated", "7")
    assert EventValues.objects.get(event=event).values == {"reason": "같은 사람"}


def test_invalidate_unconfirmed_leaves_the_count(signature):
    services.invalidate_signature(signature.public_id, actor="7", reason="장난")

    row = Signature.objects.get()
    assert (row.status, row.status_before) == (Status.INVALIDATED, Status.UNCONFIRMED)
    assert not CountDelta.objects.exists()


@pytest.mark.parametrize("reason", ["", " \t"])
def test_invalidate_without_reason_is_refused(counted_signature, reason):
    with pytest.raises(ReasonMissingError):
        services.invalidate_signature(counted_signature.public_id, actor="7", reason=reason)

    assert Signature.objects.get().status == Status.CONFIRMED
    assert not Event.objects.filter(subject_type="signature").exists()


@pytest.mark.parametrize("trait", ["withdrawn", "invalidated"])
def test_invalidate_is_refused_once_out_of_the_count(db, trait):
    row = SignatureFactory(**{trait: True})

    with pytest.raises(StatusChangeError):
        services.invalidate_signature(row.public_id, actor="7", reason="중복")

    assert not CountDelta.objects.exists()
    assert not Event.objects.filter(subject_type="signature").exists()


@pytest.mark.parametrize("before", [Status.UNCONFIRMED, Status.CONFIRMED])
def test_undo_puts_an_invalidated_signature_back(counted_signature, before):
    if before == Status.UNCONFIRMED:
        Signature.objects.update(status=before, confirmed_at=None)
    services.invalidate_signature(counted_signature.public_id, actor="7", reason="중복")

    services.undo_status_change(counted_signature.public_id, actor="8")

    row = Signature.objects.get()
    assert (row.status, row.status_before) == (before, "")
    assert sum(delta.change for delta in CountDelta.objects.all()) == 0
    undone = Event.objects.filter(subject_type="signature").order_by("sequence").last()
    assert (undone.kind, undone.actor, undone.sequence) == ("undone", "8", 2)
    assert EventValues.objects.get(event=undone).values == {"undone": "invalidated"}


def test_undo_takes_a_confirmation_by_staff_back(signature):
    services.confirm_by_staff(signature.public_id, actor="7", reason="전화로 확인")

    services.undo_status_change(signature.public_id, actor="7")

    row = Signature.objects.get()
    assert (row.status, row.status_before) == (Status.UNCONFIRMED, "")
    assert [d.change for d in CountDelta.objects.order_by("pk")] == [1, -1]


def test_undo_of_what_its_owner_did_is_refused(counted_signature):
    with pytest.raises(StatusChangeError):
        services.undo_status_change(counted_signature.public_id, actor="7")


def test_undo_twice_is_refused(counted_signature):
    services.invalidate_signature(counted_signature.public_id, actor="7", reason="중복")
    services.undo_status_change(counted_signature.public_id, actor="7")

    with pytest.raises(StatusChangeError):
        services.undo_status_change(counted_signature.public_id, actor="7")

    assert Event.objects.filter(subject_type="signature").count() == 2


@pytest.mark.parametrize("leave", [services.withdraw_signature, services.deny_signature])
def test_undo_never_brings_back_who_left(counted_signature, leave):
    services.invalidate_signature(counted_signature.public_id, actor="7", reason="중복")
    leave(counted_signature.public_id)

    with pytest.raises(StatusChangeError):
        services.undo_status_change(counted_signature.public_id, actor="7")


@pytest.mark.parametrize("status", [Comment.PUBLISHED, Comment.REJECTED, Comment.WAITING])
def test_comment_status_changes_on_record(db, status):
    row = SignatureFactory(commented=True, comment_status=Comment.WAITING)

    services.change_comment_status(row.public_id, status, actor="7")

    row.refresh_from_db()
    assert row.comment_status == status
    event = Event.objects.get(subject_type="signature")
    assert (event.kind, event.actor) == (f"comment_{status.value}", "7")


@pytest.mark.parametrize("trait", [{}, {"withdrawn": True}], ids=["none", "left"])
def test_comment_status_without_a_comment_is_refused(db, trait):
    row = SignatureFactory(**trait)

    with pytest.raises(StatusChangeError):
        services.change_comment_status(row.public_id, Comment.PUBLISHED, actor="7")

    assert not Event.objects.filter(subject_type="signature").exists()


def test_comment_status_none_is_refused_for_a_comment(db):
    row = SignatureFactory(commented=True)

    with pytest.raises(StatusChangeError):
        services.change_comment_status(row.public_id, Comment.NONE, actor="7")


@pytest.mark.parametrize(
    "step",
    [
        lambda pk: services.invalidate_signature(pk, actor="7", reason="중복"),
        lambda pk: services.undo_status_change(pk, actor="7"),
        lambda pk: services.change_comment_status(pk, Comment.PUBLISHED, actor="7"),
    ],
    ids=["invalidate", "undo", "comment"],
)
def test_a_step_on_no_row_is_refused(db, step):
    with pytest.raises(SignatureGoneError):
        step(uuid.uuid4())
