"""Leaving: the signer withdraws, or the owner of the address says "I did not sign this"."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from messaging.services import is_asked_since

from ..emails import SIGN_ATTEMPT, attempt_subject
from ..exceptions import StatusChangeError
from ..models import BlockedAddress, CountDelta, Signature
from .news import end_news
from .rows import locked_signature
from .traces import forget_mails, forget_traces

PERSONAL_FIELDS = ("name", "name_index", "email", "email_index", "comment")


def withdraw_signature(public_id: uuid.UUID, *, kept_link: str = "") -> Signature:
    """Take the signature back at its owner's word and empty it of personal data.

    Lowers the count if it was counted. Ends every link but ``kept_link``, the one in use. Safe to
    call twice. Refuses with SignatureGoneError when no such row exists.
    """
    with transaction.atomic():
        signature = locked_signature(public_id)
        if signature.anonymised_at is None:
            forget_mails([signature])
            _leave(signature, Signature.Status.WITHDRAWN, kept_link)
    return signature


def deny_signature(public_id: uuid.UUID, *, kept_link: str = "") -> Signature:
    """Remove a signature that the owner of the address did not make, and block the address.

    Ends every link but ``kept_link``, the one in use. Safe to call twice.
    """
    with transaction.atomic():
        signature = locked_signature(public_id)
        if signature.anonymised_at is None:
            assert signature.email_index is not None
            BlockedAddress.objects.get_or_create(
                email_index=bytes(signature.email_index), defaults={"blocked_at": timezone.now()}
            )
            forget_mails([signature])
            _leave(signature, Signature.Status.DENIED, kept_link)
    return signature


def discard_signature(public_id: uuid.UUID) -> None:
    """Remove what the owner of the mailbox does not want to confirm; the address stays free.

    Refuses with StatusChangeError once the signature is confirmed or has left. Safe to call twice.
    """
    with transaction.atomic():
        row = Signature.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
        if row is None:
            return
        if row.status != Signature.Status.UNCONFIRMED:
            raise StatusChangeError
        _remove_unconfirmed(row)


def take_back_attempt(public_id: uuid.UUID, *, corrected_at: datetime) -> None:
    """Remove the signature of an attempt whose address was mistyped, if it has made one.

    A signature that the owner of the mailbox confirmed is theirs and stays. So does one whose
    address was typed again after the correction: that attempt wrote no row and relies on this one.
    The mails to the mistyped address stay known, so that its limits hold. Safe to call twice.
    """
    with transaction.atomic():
        rows = Signature.objects.select_for_update(of=("self",)).filter(public_id=public_id)
        row = rows.first()
        if row is None or row.anonymised_at is not None or _is_wanted_again(row, corrected_at):
            return
        if row.status == Signature.Status.UNCONFIRMED:
            _remove_unconfirmed(row)
        elif row.counted_at_once:
            _leave(row, Signature.Status.WITHDRAWN)


def _remove_unconfirmed(row: Signature) -> None:
    """Delete a row that never counted; one that did for a while is emptied, its deltas stay."""
    if row.confirmed_at is None:
        forget_traces([row])
        row.delete()
    else:
        _leave(row, Signature.Status.WITHDRAWN)


def _is_wanted_again(row: Signature, corrected_at: datetime) -> bool:
    assert row.email_index is not None
    subject = attempt_subject(row.petition_id, bytes(row.email_index))
    return is_asked_since(SIGN_ATTEMPT, subject, corrected_at)


def _leave(signature: Signature, status: Signature.Status, kept_link: str = "") -> None:
    if signature.is_countable:
        CountDelta.objects.create(petition_id=signature.petition_id, signature=signature, change=-1)
    end_news(signature)
    now = timezone.now()
    for name in PERSONAL_FIELDS:
        setattr(signature, name, None)
    signature.status = status
    signature.status_before = ""
    signature.comment_status = Signature.CommentStatus.NONE
    signature.name_display = Signature.NameDisplay.HIDDEN
    signature.status_changed_at = signature.anonymised_at = now
    signature.save()
    forget_traces([signature], kept_link=kept_link)
