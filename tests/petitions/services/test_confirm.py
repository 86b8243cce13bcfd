import uuid
from datetime import datetime, time

import pytest
from django.utils import timezone

from evidence.models import Event, EventValues
from messaging.models import OutboxMessage
from petitions import services
from petitions.exceptions import (
    PetitionClosedError,
    ReasonMissingError,
    SignatureGoneError,
    StatusChangeError,
)
from petitions.models import CountDelta, Signature
from tests.factories.petitions import SignatureFactory

pytestmark = pytest.mark.unit

SEOUL = timezone.get_default_timezone()
THANKS = "petitions.signature_confirmed"


@pytest.mark.sqlite_smoke
def test_confirm_counts_and_writes_the_mail(signature):
    services.confirm_signature(signature.public_id)

    signature.refresh_from_db()
    assert signature.status == Signature.Status.CONFIRMED
    assert signature.confirmed_at == signature.status_changed_at > signature.created_at
    assert signature.status_before == ""
    assert list(CountDelta.objects.values_list("signature_id", "change")) == [(signature.pk, 1)]
    thanks = OutboxMessage.objects.get(purpose=THANKS)
    assert thanks.subject == str(signature.public_id)


@pytest.mark.sqlite_smoke
def test_confirm_twice_counts_once(signature):
    services.confirm_signature(signature.public_id)
    confirmed_at = Signature.objects.get().confirmed_at
    services.confirm_signature(signature.public_id)

    assert Signature.objects.get().confirmed_at == confirmed_at
    assert CountDelta.objects.count() == 1
    assert OutboxMessage.objects.filter(purpose=THANKS).count() == 1


@pytest.mark.parametrize(
    "leave",
    [
        lambda pk: services.withdraw_signature(pk),
        lambda pk: services.deny_signature(pk),
        lambda pk: services.invalidate_signature(pk, actor="1", reason="중복"),
    ],
    ids=["withdrawn", "denied", "invalidated"],
)
def test_confirm_after_leaving_is_refused(signature, leave):
    leave(signature.public_id)

    with pytest.raises(SignatureGoneError):
        services.confirm_signature(signature.public_id)

    assert not CountDelta.objects.exists()
    assert not OutboxMessage.objects.filter(purpose=THANKS).exists()


def test_confirm_of_no_row_is_refused(db):
    with pytest.raises(SignatureGoneError):
        services.confirm_signature(uuid.uuid4())


def test_confirm_by_staff_counts_with_the_reason_on_record(signature):
    services.confirm_by_staff(signature.public_id, actor="7", reason="  전화로 확인  ")

    signature.refresh_from_db()
    assert signature.status == Signature.Status.CONFIRMED
    assert signature.status_before == Signature.Status.UNCONFIRMED
    assert CountDelta.objects.get().change == 1
    assert not OutboxMessage.objects.filter(purpose=THANKS).exists()
    event = Event.objects.get(subject_type="signature", subject_id=str(signature.public_id))
    assert (event.kind, event.actor) == ("confirmed_by_staff", "7")
    assert EventValues.objects.get(event=event).values == {"reason": "전화로 확인"}


def test_staff_cannot_undo_what_the_owner_confirmed_after_them(signature):
    services.confirm_by_staff(signature.public_id, actor="7", reason="전화로 확인")

    for _time in range(2):
        services.confirm_signature(signature.public_id)

    with pytest.raises(StatusChangeError):
        services.undo_status_change(signature.public_id, actor="7")
    assert Signature.objects.get().status == Signature.Status.CONFIRMED
    assert CountDelta.objects.get().change == 1
    assert OutboxMessage.objects.filter(purpose=THANKS).count() == 1


def test_confirm_is_possible_after_closing_until_the_day_of_the_hand_over_has_passed(
    signature, petition_page, clock
):
    petition_page.closes_at = timezone.now()
    petition_page.hand_over_on = timezone.localdate()
    petition_page.save()
    clock.move_to(datetime.combine(petition_page.hand_over_on, time.max, SEOUL))

    services.confirm_signature(signature.public_id)

    assert Signature.objects.get().status == Signature.Status.CONFIRMED


def test_confirm_after_the_hand_over_is_refused(signature, petition_page, clock):
    petition_page.hand_over_on = timezone.localdate()
    petition_page.save()
    clock.move_to(datetime.combine(petition_page.hand_over_on, time.max, SEOUL))
    clock.tick(1)

    with pytest.raises(PetitionClosedError):
        services.confirm_signature(signature.public_id)

    assert Signature.objects.get().status == Signature.Status.UNCONFIRMED
    assert not CountDelta.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_confirm_by_staff_without_reason_is_refused(signature, reason):
    with pytest.raises(ReasonMissingError):
        services.confirm_by_staff(signature.public_id, actor="7", reason=reason)

    signature.refresh_from_db()
    assert signature.status == Signature.Status.UNCONFIRMED
    assert not Event.objects.filter(subject_type="signature").exists()


@pytest.mark.parametrize("trait", ["confirmed", "withdrawn", "invalidated"])
def test_confirm_by_staff_is_refused_unless_unconfirmed(db, trait):
    row = SignatureFactory(**{trait: True})

    with pytest.raises(StatusChangeError):
        services.confirm_by_staff(row.public_id, actor="7", reason="전화로 확인")

    assert not CountDelta.objects.exists()
    assert not Event.objects.filter(subject_type="signature").exists()


def test_confirm_by_staff_of_no_row_is_refused(db):
    with pytest.raises(SignatureGoneError):
        services.confirm_by_staff(uuid.uuid4(), actor="7", reason="전화로 확인")


def test_confirm_again_keeps_the_first_moment(signature):
    services.confirm_by_staff(signature.public_id, actor="7", reason="전화로 확인")
    first = Signature.objects.get().confirmed_at
    services.undo_status_change(signature.public_id, actor="7")

    services.confirm_signature(signature.public_id)

    assert Signature.objects.get().confirmed_at == first
    assert sum(CountDelta.objects.values_list("change", flat=True)) == 1
