"""How everybody at an election is asked: decided before anybody is, and the same for all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User

from ..exceptions import RoundFixedError
from ..models import DemandSetVersion, Election, Invitation, PledgeRound, Response
from .canonical import digest_of
from .chain import record_step

FIXED = ("least_accepted", "order")
METHOD = ("method_by", "method_panel", "method_criteria", "method_how", "method_period")


def is_asked(election: Election) -> bool:
    """Whether somebody was asked already, or has answered."""
    invited = Invitation.objects.filter(respondent__election=election, invited_at__isnull=False)
    answered = Response.objects.filter(respondent__election=election)
    return invited.exists() or answered.exists()


def demands_of_everybody(election: Election) -> int:
    """How many demands are asked of everybody; 0 as long as none are published."""
    version = DemandSetVersion.objects.filter(
        demand_set__election=election,
        demand_set__region=None,
        state=DemandSetVersion.State.PUBLISHED,
    ).first()
    return version.demands.count() if version else 0


@transaction.atomic
def save_round(election: Election, values: Mapping[str, Any], *, user: User) -> PledgeRound:
    """Say how everybody is asked; on the chain, with what it said.

    Raises RoundFixedError where somebody was asked already and what holds for all alike would
    change, or the last moment to answer come earlier.
    """
    election = Election.objects.select_for_update().get(pk=election.pk)
    row = PledgeRound.objects.filter(election=election).first()
    if row is not None and is_asked(election):
        _refuse_change(row, values)
    row = row or PledgeRound(election=election)
    before = _said(row) if row.pk else None
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if _said(row) != before:
        record_step(election, "round_set", str(user.pk), _said(row))
    return row


def _refuse_change(row: PledgeRound, values: Mapping[str, Any]) -> None:
    changed = [name for name in FIXED if values.get(name, getattr(row, name)) != getattr(row, name)]
    if changed or values.get("answers_until", row.answers_until) < row.answers_until:
        raise RoundFixedError


def _said(row: PledgeRound) -> dict[str, object]:
    return {
        "answers_until": row.answers_until.isoformat(),
        "release_at": row.release_at.isoformat() if row.release_at else "",
        "least_accepted": row.least_accepted,
        "order": row.order,
        "purpose_sha256": digest_of({"purpose": row.purpose}),
        "method_sha256": digest_of({name: getattr(row, name) for name in METHOD}),
    }
