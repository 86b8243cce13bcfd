"""Who stands: entered, moved from state to state, put right; each step with its day and source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from privacy.blind_index import blind_index

from ..exceptions import MoveRefusedError
from ..models import Candidacy, CandidacyChange, Contest
from .respondents import add_missing_respondents, follow_candidacies

Status = Candidacy.Status
# pledges.md 4.2; whoever lapsed by a list that was not whole can come back.
MOVES: Mapping[str, tuple[str, ...]] = {
    Status.ANNOUNCED: (
        *(Status.PRELIMINARY, Status.REGISTERED, Status.LOST_PRIMARY),
        *(Status.WITHDRAWN, Status.DIED),
    ),
    Status.PRELIMINARY: (
        *(Status.REGISTERED, Status.LAPSED, Status.LOST_PRIMARY),
        *(Status.WITHDRAWN, Status.DIED, Status.INVALIDATED),
    ),
    Status.REGISTERED: (
        *(Status.ELECTED, Status.NOT_ELECTED),
        *(Status.WITHDRAWN, Status.DIED, Status.INVALIDATED),
    ),
    Status.LAPSED: (Status.PRELIMINARY, Status.REGISTERED),
}


@dataclass(frozen=True)
class Proof:
    """Since when, and where it is written."""

    changed_on: date
    source: str
    reason: str = ""


def can_become(before: str, after: str) -> bool:
    return after == before or after in MOVES.get(before, ())


def identity_of(name: str, birth_on: date | None) -> bytes:
    """A keyed digest by which the same person is known again; the date itself is not kept."""
    return blind_index("pledges.person", f"{name}|{birth_on or ''}")


@transaction.atomic
def move_candidacy(candidacy: Candidacy, status: str, proof: Proof, *, user: User) -> None:
    """Raises MoveRefusedError where the states allow no such step. Twice is as good as once."""
    row = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    if row.status == status:
        return
    if not can_become(row.status, status):
        raise MoveRefusedError
    _note(row, "status", row.status, status, proof, user)
    row.status, row.status_on, row.source = status, proof.changed_on, proof.source
    row.save(update_fields=["status", "status_on", "source"])
    follow_candidacies(row.contest.election)


@transaction.atomic
def take_back_move(candidacy: Candidacy, reason: str, *, user: User) -> None:
    """A state that was entered by mistake: the one before holds again, and both stand in the story.

    Raises MoveRefusedError where nothing was moved.
    """
    row = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    last = row.changes.filter(field="status").first()
    if last is None:
        raise MoveRefusedError
    proof = Proof(last.changed_on, last.source, reason)
    _note(row, "status", row.status, last.before, proof, user)
    row.status = last.before
    row.save(update_fields=["status"])
    follow_candidacies(row.contest.election)


@transaction.atomic
def correct_candidacy(
    candidacy: Candidacy, values: Mapping[str, str], proof: Proof, *, user: User
) -> bool:
    """Put name, Hanja, party or ballot number right; whether anything changed."""
    row = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        _note(row, name, getattr(row, name), value, proof, user)
        setattr(row, name, value)
    row.save(update_fields=[*changed])
    return bool(changed)


@transaction.atomic
def enter_candidacy(
    contest: Contest,
    values: Mapping[str, str],
    proof: Proof,
    *,
    status: str,
    birth_on: date | None,
) -> Candidacy:
    """Somebody whom no list names yet. The same person again returns the first row."""
    row, _is_new = Candidacy.objects.get_or_create(
        contest=contest,
        identity=identity_of(values["name"], birth_on),
        defaults={
            **values,
            "birth_year": birth_on.year if birth_on else None,
            "status": status,
            "status_on": proof.changed_on,
            "source": proof.source,
            "made_at": timezone.now(),
        },
    )
    add_missing_respondents(contest.election)
    return row


def _note(
    row: Candidacy, field: str, before: object, after: object, proof: Proof, user: User
) -> None:
    CandidacyChange.objects.create(
        candidacy=row,
        field=field,
        before=str(before),
        after=str(after),
        changed_on=proof.changed_on,
        source=proof.source,
        reason=proof.reason,
        made_by=user,
        made_at=timezone.now(),
    )
