"""Who can be asked, and how the public may read where they stand."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from ..exceptions import MoveRefusedError
from ..models import Candidacy, Election, Respondent
from .chain import SYSTEM, Step, record_step_of

BATCH = 500
Standing = Respondent.Standing

# pledges.md 4.2. Whoever answered can answer anew; an agreement can be withdrawn and made anew.
STEPS: dict[str, tuple[str, ...]] = {
    Standing.NO_CONTACT: (Standing.ASKED, Standing.ANSWERED, Standing.SIGNS_NONE, Standing.AGREED),
    Standing.ASKED: (
        *(Standing.NO_CONTACT, Standing.NO_ANSWER),
        *(Standing.ANSWERED, Standing.SIGNS_NONE, Standing.AGREED),
    ),
    Standing.NO_ANSWER: (
        *(Standing.ASKED, Standing.ANSWERED, Standing.SIGNS_NONE, Standing.AGREED),
    ),
    Standing.ANSWERED: (Standing.SIGNS_NONE, Standing.AGREED),
    Standing.SIGNS_NONE: (Standing.ANSWERED, Standing.AGREED),
    Standing.AGREED: (Standing.WITHDRAWN, Standing.ANSWERED),
    Standing.WITHDRAWN: (Standing.AGREED, Standing.ANSWERED, Standing.SIGNS_NONE),
    Standing.LEFT: (),
}
MAY_BE_ASKED = [Standing.ASKED, *(one for one, to in STEPS.items() if Standing.ASKED in to)]


def add_missing_respondents(election: Election) -> int:
    """Every candidacy of the election can be asked; returns how many are new."""
    rows = Candidacy.objects.filter(contest__election=election, respondent=None)
    new = [
        Respondent(
            election=election,
            candidacy=row,
            standing=Standing.NO_CONTACT if row.status in Candidacy.STANDING else Standing.LEFT,
            standing_on=row.status_on,
        )
        for row in rows
    ]
    Respondent.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


@transaction.atomic
def follow_candidacies(election: Election) -> int:
    """Whoever stands no more leaves the board's living states, and comes back with a correction.

    An agreement that was concluded stays readable; returns how many changed.
    """
    rows = Respondent.objects.filter(election=election, kind=Respondent.Kind.CANDIDATE)
    ended = (
        *(Candidacy.Status.LAPSED, Candidacy.Status.WITHDRAWN, Candidacy.Status.DIED),
        *(Candidacy.Status.INVALIDATED, Candidacy.Status.LOST_PRIMARY),
    )
    gone = rows.filter(candidacy__status__in=ended).exclude(standing=Standing.LEFT)
    back = rows.filter(standing=Standing.LEFT).exclude(candidacy__status__in=ended)
    changed = [*gone.select_related("candidacy"), *back.select_related("candidacy")]
    for row in changed:
        row.standing = standing_of(row) if row.standing == Standing.LEFT else Standing.LEFT
        row.standing_on = row.candidacy.status_on if row.candidacy else timezone.localdate()
    Respondent.objects.bulk_update(changed, ["standing", "standing_on"], batch_size=BATCH)
    for row in changed:
        row.election = election
        _record_standing(row, SYSTEM)
    return len(changed)


def _record_standing(row: Respondent, actor: str) -> None:
    record_step_of(row, "standing", actor, _said_of(row))


def _said_of(row: Respondent) -> dict[str, object]:
    return {"standing": row.standing, "on": row.standing_on.isoformat()}


def ask_standings(rows: Sequence[Respondent]) -> list[Step]:
    """Write down that these were asked; returns the steps for the chain, none for who was before.

    Whoever calls holds their rows, and asks only who stands in MAY_BE_ASKED.
    """
    moved = [row for row in rows if row.standing != Standing.ASKED]
    for row in moved:
        row.standing, row.standing_on = Standing.ASKED, timezone.localdate()
    Respondent.objects.bulk_update(moved, ["standing", "standing_on"], batch_size=BATCH)
    return [(row, "standing", _said_of(row)) for row in moved]


def standing_of(respondent: Respondent) -> str:
    """Where they stand as their rows say, whatever the candidacy became."""
    agreements = {row.state for row in respondent.agreements.all()}
    if "countersigned" in agreements:
        return Standing.AGREED
    response = getattr(respondent, "response", None)
    if response is not None and response.state == response.State.DECLINED:
        return Standing.SIGNS_NONE
    if "withdrawn" in agreements and "signed" not in agreements:
        return Standing.WITHDRAWN
    if response is not None and response.submitted_at:
        return Standing.ANSWERED
    asked = respondent.invitations.exclude(invited_at=None).exclude(state__in=["wrong_person"])
    return Standing.ASKED if asked.exists() else Standing.NO_CONTACT


@transaction.atomic
def move_standing(
    respondent: Respondent, standing: str, *, actor: str, moved_on: date | None = None
) -> None:
    """Write down where a respondent stands, with an event; the same twice is written once.

    Raises MoveRefusedError where no such step exists.
    """
    row = Respondent.objects.select_for_update().select_related("election").get(pk=respondent.pk)
    if row.standing == standing:
        return
    if standing not in STEPS[row.standing]:
        raise MoveRefusedError
    row.standing, row.standing_on = standing, moved_on or timezone.localdate()
    row.save(update_fields=["standing", "standing_on"])
    _record_standing(row, actor)
    respondent.standing, respondent.standing_on = row.standing, row.standing_on
