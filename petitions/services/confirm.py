"""Confirming a signature: by its owner, or by staff with a reason."""

import uuid

from django.db import transaction
from django.utils import timezone

from messaging.services import enqueue

from ..emails import SIGNATURE_CONFIRMED
from ..exceptions import (
    PetitionClosedError,
    ReasonMissingError,
    SignatureGoneError,
    StatusChangeError,
)
from ..models import CountDelta, Signature
from .news import begin_news
from .rows import locked_signature, record_step


def confirm_signature(public_id: uuid.UUID) -> Signature:
    """Count the signature of a person who pressed the button behind the mail's link.

    Refuses with SignatureGoneError, or PetitionClosedError once the roll has been handed over.
    Safe to call twice: only the first counts and sends the mail with the link to one's own
    signature.
    """
    with transaction.atomic():
        signature = locked_signature(public_id)
        if signature.status == Signature.Status.CONFIRMED:
            _make_it_the_owners(signature)
            return signature
        if signature.status != Signature.Status.UNCONFIRMED:
            raise SignatureGoneError
        if signature.petition.is_handed_over():
            raise PetitionClosedError
        _count(signature)
        enqueue(SIGNATURE_CONFIRMED, str(signature.public_id))
    return signature


def _make_it_the_owners(signature: Signature) -> None:
    """What staff confirmed and the owner confirms after them is not for staff to undo."""
    if signature.status_before == Signature.Status.UNCONFIRMED:
        signature.status_before = ""
        signature.save(update_fields=["status_before"])
        enqueue(SIGNATURE_CONFIRMED, str(signature.public_id))


def confirm_by_staff(public_id: uuid.UUID, *, actor: str, reason: str) -> Signature:
    """Count a signature whose owner could not press the link, with the reason on record.

    Refuses with ReasonMissingError, or StatusChangeError unless it is unconfirmed.
    """
    if not reason.strip():
        raise ReasonMissingError
    with transaction.atomic():
        signature = locked_signature(public_id)
        if signature.status != Signature.Status.UNCONFIRMED:
            raise StatusChangeError
        signature.status_before = signature.status
        _count(signature)
        record_step(signature, "confirmed_by_staff", actor, {"reason": reason.strip()})
    return signature


def _count(signature: Signature) -> None:
    now = timezone.now()
    signature.status = Signature.Status.CONFIRMED
    signature.confirmed_at = signature.confirmed_at or now
    signature.status_changed_at = now
    signature.save(update_fields=["status", "status_before", "confirmed_at", "status_changed_at"])
    CountDelta.objects.create(petition_id=signature.petition_id, signature=signature, change=1)
    begin_news(signature)
