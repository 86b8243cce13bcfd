"""What a signer puts right: single facts, or the address under which the signature stands."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from messaging.services import enqueue, move_subscriber
from privacy.addresses import EMAIL_RULE_VERSION
from privacy.blind_index import address_index, name_index
from privacy.models import ConsentVersion
from privacy.services import choose_consent

from ..emails import SIGN_ATTEMPT, SIGNATURE_CONFIRMED, attempt_subject
from ..exceptions import AddressBlockedError, AddressTakenError, SignatureGoneError
from ..models import Signature
from .blocks import is_blocked
from .rows import locked_signature, record_step
from .sign import SHOWN
from .traces import end_links, forget_mails

OWNER = "owner"


@dataclass(frozen=True)
class DisplayConsent:
    """The text beside the choice of how the name is shown, as its owner has just read it."""

    version: ConsentVersion
    text_hash: str


def correct_signature(
    public_id: uuid.UUID, values: Mapping[str, object], display: DisplayConsent | None = None
) -> list[str]:
    """Put facts right at their owner's word; returns the names of those that changed.

    ``values`` may hold name, region_id, comment and name_display. A comment that changed is read
    by staff again before it shows. A new choice of display is a new choice of its consent; without
    ``display`` it stays. Refuses with SignatureGoneError. Safe to call twice.
    """
    with transaction.atomic():
        signature = _own_row(public_id)
        if display is None:
            values = {name: value for name, value in values.items() if name != "name_display"}
        changed = [name for name, value in values.items() if _differs(signature, name, value)]
        for name in changed:
            _set(signature, name, values[name])
        if changed:
            signature.save()
            record_step(signature, "corrected", OWNER, {"fields": changed})
        if display and "name_display" in changed:
            agreed = signature.name_display in SHOWN
            choose_consent(public_id, display.version, display.text_hash, agreed=agreed)
    return changed


def move_signature(public_id: uuid.UUID, email: str) -> None:
    """Put a signature under another address, whose owner has confirmed that it is theirs.

    Earlier links end, since they lie in the old mailbox; the new one gets its own. Refuses with
    SignatureGoneError, AddressBlockedError, or AddressTakenError when that address signed too.
    Safe to call twice.
    """
    index = address_index(email)
    if is_blocked(index):
        raise AddressBlockedError
    with transaction.atomic():
        signature = _own_row(public_id)
        is_same_mailbox = bytes(signature.email_index or b"") == index
        if is_same_mailbox and signature.email == email:
            return
        forget_mails([signature])
        signature.email, signature.email_index = email, index
        signature.email_rule = EMAIL_RULE_VERSION
        _save_address(signature)
        move_subscriber(public_id, email)
        end_links([signature])
        record_step(signature, "address_changed", OWNER, {})
        _send_new_link(signature)


def _own_row(public_id: uuid.UUID) -> Signature:
    signature = locked_signature(public_id)
    if signature.anonymised_at:
        raise SignatureGoneError
    return signature


def _differs(signature: Signature, name: str, value: object) -> bool:
    return (getattr(signature, name) or "") != (value or "")


def _set(signature: Signature, name: str, value: object) -> None:
    if name == "name":
        signature.name_index = name_index(str(value))
    if name == "comment":
        value = value or None
        states = Signature.CommentStatus
        signature.comment_status = states.WAITING if value else states.NONE
    setattr(signature, name, value)


def _save_address(signature: Signature) -> None:
    try:
        with transaction.atomic():
            signature.save(update_fields=["email", "email_index", "email_rule"])
    except IntegrityError as error:
        raise AddressTakenError from error


def _send_new_link(signature: Signature) -> None:
    if signature.is_countable:
        enqueue(SIGNATURE_CONFIRMED, str(signature.public_id))
        return
    assert signature.email_index is not None
    enqueue(SIGN_ATTEMPT, attempt_subject(signature.petition_id, bytes(signature.email_index)))
