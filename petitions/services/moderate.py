"""What staff do with a signature. Each step has a reason, is on record and can be undone."""

import uuid

from django.db import transaction
from django.utils import timezone

from ..exceptions import ReasonMissingError, StatusChangeError
from ..models import CountDelta, Signature
from .rows import locked_signature, record_step

INVALIDATABLE = (Signature.Status.UNCONFIRMED, Signature.Status.CONFIRMED)
COUNTED = Signature.Status.CONFIRMED


def invalidate_signature(public_id: uuid.UUID, *, actor: str, reason: str) -> Signature:
    """Take a signature out of the count. Refuses with ReasonMissingError or StatusChangeError."""
    if not reason.strip():
        raise ReasonMissingError
    with transaction.atomic():
        signature = locked_signature(public_id)
        if signature.status not in INVALIDATABLE:
            raise StatusChangeError
        _change(signature, Signature.Status.INVALIDATED, before=signature.status)
        record_step(signature, "invalidated", actor, {"reason": reason.strip()})
    return signature


def undo_status_change(public_id: uuid.UUID, *, actor: str) -> Signature:
    """Put a signature back where it was before staff confirmed or invalidated it.

    Refuses with StatusChangeError when there is nothing to undo.
    """
    with transaction.atomic():
        signature = locked_signature(public_id)
        if not signature.status_before or signature.anonymised_at:
            raise StatusChangeError
        undone = signature.status
        _change(signature, Signature.Status(signature.status_before), before="")
        record_step(signature, "undone", actor, {"undone": undone})
    return signature


def change_comment_status(
    public_id: uuid.UUID, status: Signature.CommentStatus, *, actor: str
) -> Signature:
    """Publish a comment or keep it off the page. Refuses with StatusChangeError without one."""
    with transaction.atomic():
        signature = locked_signature(public_id)
        if signature.comment is None or status == Signature.CommentStatus.NONE:
            raise StatusChangeError
        signature.comment_status = status
        signature.save(update_fields=["comment_status"])
        record_step(signature, f"comment_{status.value}", actor, {})
    return signature


def _change(signature: Signature, status: Signature.Status, *, before: str) -> None:
    counted_before, counted_after = signature.is_countable, status == COUNTED
    now = timezone.now()
    signature.status, signature.status_before = status, before
    signature.status_changed_at = now
    if counted_after:
        signature.confirmed_at = signature.confirmed_at or now
    signature.save(update_fields=["status", "status_before", "status_changed_at", "confirmed_at"])
    if counted_before != counted_after:
        CountDelta.objects.create(
            petition_id=signature.petition_id,
            signature=signature,
            change=1 if counted_after else -1,
        )
