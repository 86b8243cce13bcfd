"""Public notes: what everybody may read besides the answers, dated, with its reason, for good."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from ..emails.agreements import NOTE_PUBLISHED, tell_all
from ..models import PledgeAgreement, PublicNote, Respondent
from .chain import record_step_of


@transaction.atomic
def write_note(
    respondent: Respondent,
    kind: str,
    reason: str,
    *,
    actor: str,
    agreement: PledgeAgreement | None = None,
    noted_on: date | None = None,
) -> PublicNote:
    """Publish a note and tell the respondent. It is never changed: a correction is another."""
    note = PublicNote.objects.create(
        respondent=respondent,
        agreement=agreement,
        kind=kind,
        reason=reason,
        noted_on=noted_on or timezone.localdate(),
        made_by_id=int(actor) if actor.isdigit() else None,
        made_at=timezone.now(),
    )
    values: dict[str, object] = {
        "note": str(note.public_id),
        "kind": kind,
        "on": note.noted_on.isoformat(),
    }
    if agreement is not None:
        values["agreement"] = str(agreement.public_id)
    record_step_of(respondent, "note_published", actor, values)
    tell_all(NOTE_PUBLISHED, respondent, note.pk)
    return note
