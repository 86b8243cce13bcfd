"""One signature at a time: locked for a change, with the change on record."""

import uuid

from evidence.services import record_event

from ..exceptions import SignatureGoneError
from ..models import Signature

EVIDENCE_SUBJECT = "signature"


def locked_signature(public_id: uuid.UUID) -> Signature:
    """The row, locked until the transaction ends. Raises SignatureGoneError."""
    try:
        return Signature.objects.select_for_update(of=("self",)).get(public_id=public_id)
    except Signature.DoesNotExist as error:
        raise SignatureGoneError from error


def record_step(signature: Signature, kind: str, actor: str, values: dict[str, object]) -> None:
    """Append a staff action to the signature's chain of evidence."""
    record_event(
        subject_type=EVIDENCE_SUBJECT,
        subject_id=str(signature.public_id),
        kind=kind,
        actor=actor,
        values=values,
    )
