"""One chain of evidence per election: what was asked, answered, signed, withdrawn, in its order.

Values name nobody: respondents, invitations and agreements stand there by their public ids, texts
by their SHA-256. So the chain still verifies once contacts and addresses are destroyed.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from evidence.models import Event
from evidence.services import Noted, append_waiting_of, note_events, record_event

from ..models import Election, Respondent

EVIDENCE_SUBJECT = "pledges.election"
SYSTEM = "system"
RESPONDENT = "respondent"
Step = tuple[Respondent, str, Mapping[str, object]]


def record_step(
    election: Election, kind: str, actor: str, values: Mapping[str, object] | None = None
) -> Event:
    """Append to the chain of an election; writers of one election queue until they commit."""
    return record_event(
        subject_type=EVIDENCE_SUBJECT,
        subject_id=str(election.pk),
        kind=kind,
        actor=actor,
        values={**(values or {})},
    )


def record_step_of(
    respondent: Respondent, kind: str, actor: str, values: Mapping[str, object] | None = None
) -> Event:
    """Append what happened with one respondent."""
    said = {"respondent": str(respondent.public_id), **(values or {})}
    return record_step(respondent.election, kind, actor, said)


@transaction.atomic
def record_steps_of(election: Election, actor: str, steps: Sequence[Step]) -> None:
    """Append what happened with many respondents of an election; as many queries as for one."""
    key = str(election.pk)
    said = [
        Noted(key, kind, actor, {"respondent": str(respondent.public_id), **values})
        for respondent, kind, values in steps
    ]
    note_events(EVIDENCE_SUBJECT, said)
    append_waiting_of(EVIDENCE_SUBJECT, key)
