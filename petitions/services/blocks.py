"""Addresses whose owner said "I did not sign this", and who may have changed their mind."""

from django.db import transaction

from evidence.services import record_event

from ..exceptions import NotBlockedError, ReasonMissingError
from ..models import BlockedAddress

BLOCK_SUBJECT = "blocked_address"


def is_blocked(email_index: bytes) -> bool:
    """Whether nobody can sign with this address."""
    return BlockedAddress.objects.filter(email_index=email_index).exists()


def lift_block(email_index: bytes, *, actor: str, reason: str) -> None:
    """Let an address sign again at its owner's word, with the reason on record.

    Refuses with ReasonMissingError, or NotBlockedError when there is no block.
    """
    if not reason.strip():
        raise ReasonMissingError
    with transaction.atomic():
        lifted, _ = BlockedAddress.objects.filter(email_index=email_index).delete()
        if not lifted:
            raise NotBlockedError
        record_event(
            subject_type=BLOCK_SUBJECT,
            subject_id=email_index.hex(),
            kind="block_lifted",
            actor=actor,
            values={"reason": reason.strip()},
        )
