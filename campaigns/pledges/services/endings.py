"""How an agreement ends: refused, withdrawn, declared void. Dated, with a reason, for all to read.

Nothing of it is deleted: the text, the signatures and the sealed files stay where they are.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User

from ..exceptions import AgreementGoneError, IdentityStaleError, TwoPeopleError
from ..models import (
    AgreementSignature,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
    PublicNote,
    Respondent,
    VoidProposal,
)
from .chain import RESPONDENT, record_step_of
from .notes import write_note
from .respondents import move_standing

State = PledgeAgreement.State
Standing = Respondent.Standing


@transaction.atomic
def refuse_agreement(agreement: PledgeAgreement, reason: str, *, user: User) -> PledgeAgreement:
    """The coalition does not countersign, and says why. Raises AgreementGoneError."""
    agreement = _lock(agreement, [State.SIGNED])
    actor = str(user.pk)
    _end(agreement, State.REFUSED, actor)
    write_note(
        agreement.respondent, PublicNote.Kind.REFUSAL, reason, actor=actor, agreement=agreement
    )
    return agreement


@transaction.atomic
def withdraw_agreement(
    agreement: PledgeAgreement,
    reason: str,
    *,
    user: User | None = None,
    withdrawn_on: date | None = None,
) -> PledgeAgreement:
    """The candidate takes their agreement back; without ``user``, they did so themselves.

    Raises AgreementGoneError.
    """
    agreement = _lock(agreement, PledgeAgreement.LIVING)
    was_in_force = agreement.state == State.COUNTERSIGNED
    actor = str(user.pk) if user else RESPONDENT
    day = withdrawn_on or timezone.localdate()
    _end(agreement, State.WITHDRAWN, actor)
    write_note(
        agreement.respondent,
        PublicNote.Kind.WITHDRAWAL,
        reason,
        actor=actor,
        agreement=agreement,
        noted_on=day,
    )
    if was_in_force:
        _leave_agreed(agreement, Standing.WITHDRAWN, actor, day)
    return agreement


def withdrawable(invitation: Invitation) -> "QuerySet[PledgeAgreement]":
    """What can be taken back behind this link: a delegate takes back what a delegate signed."""
    rows = PledgeAgreement.objects.filter(
        respondent=invitation.respondent_id, state__in=PledgeAgreement.LIVING
    )
    if invitation.role == Invitation.Role.SELF:
        return rows
    delegation = getattr(invitation, "delegation", None)
    if delegation is None or not delegation.is_proved:
        return rows.none()
    return rows.filter(signatures__side=AgreementSignature.Side.DELEGATE)


@transaction.atomic
def withdraw_own(invitation: Invitation, check: IdentityCheck, reason: str) -> int:
    """The holder of the link takes back what they signed, one that waits beside it included.

    Returns how many agreements it was; none where it had happened, so it is safe to call twice.
    Raises IdentityStaleError for a check that is not a code of just now for this act.
    """
    is_for_this = check.purpose == IdentityCheck.Purpose.WITHDRAW
    if check.passed_at is None or check.invitation_id != invitation.pk or not is_for_this:
        raise IdentityStaleError
    Respondent.objects.select_for_update().get(pk=invitation.respondent_id)
    rows = list(withdrawable(invitation).select_for_update(of=("self",)).order_by("signed_at"))
    for agreement in rows:
        withdraw_agreement(agreement, reason)
    return len(rows)


@transaction.atomic
def propose_void(
    agreement: PledgeAgreement, cause: str, reason: str, *, user: User
) -> VoidProposal:
    """Ask that an agreement be declared void; another person decides. Raises AgreementGoneError."""
    agreement = _lock(agreement, PledgeAgreement.LIVING)
    if agreement.void_proposals.filter(decided_at=None).exists():
        raise AgreementGoneError
    return VoidProposal.objects.create(
        agreement=agreement, cause=cause, reason=reason, asked_by=user, asked_at=timezone.now()
    )


@transaction.atomic
def decide_void(proposal: VoidProposal, *, accepted: bool, user: User) -> VoidProposal:
    """Declare void with a public note, or leave it.

    Raises TwoPeopleError for whoever asked, unless they take it back; AgreementGoneError where it
    was decided or the agreement ended.
    """
    agreement = _lock(proposal.agreement, PledgeAgreement.LIVING)
    proposal = VoidProposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.decided_at is not None:
        raise AgreementGoneError
    if accepted and proposal.asked_by_id == user.pk:
        raise TwoPeopleError
    proposal.is_accepted, proposal.decided_by = accepted, user
    proposal.decided_at = timezone.now()
    proposal.save()
    if accepted:
        _declare_void(agreement, proposal, str(user.pk))
    return proposal


def _declare_void(agreement: PledgeAgreement, proposal: VoidProposal, actor: str) -> None:
    was_in_force = agreement.state == State.COUNTERSIGNED
    _end(agreement, State.VOID, actor, {"cause": proposal.cause, "asked_by": proposal.asked_by_id})
    write_note(
        agreement.respondent,
        PublicNote.Kind.VOID,
        proposal.reason,
        actor=actor,
        agreement=agreement,
    )
    if was_in_force:
        _leave_agreed(agreement, Standing.ANSWERED, actor, timezone.localdate())


def _leave_agreed(agreement: PledgeAgreement, standing: str, actor: str, day: date) -> None:
    """Whose candidacy ended keeps that label."""
    if agreement.respondent.standing == Standing.AGREED:
        move_standing(agreement.respondent, standing, actor=actor, moved_on=day)


def _lock(agreement: PledgeAgreement, states: Sequence[str]) -> PledgeAgreement:
    rows = PledgeAgreement.objects.select_for_update(of=("self",))
    row = rows.select_related("respondent__election", "respondent__candidacy").get(pk=agreement.pk)
    if row.state not in states:
        raise AgreementGoneError
    return row


def _end(
    agreement: PledgeAgreement, state: str, actor: str, values: dict[str, object] | None = None
) -> None:
    """The kind of the event is the state."""
    agreement.state, agreement.ended_at = state, timezone.now()
    agreement.save(update_fields=["state", "ended_at"])
    said = {"agreement": str(agreement.public_id), **(values or {})}
    record_step_of(agreement.respondent, str(state), actor, said)
