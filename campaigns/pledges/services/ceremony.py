"""협약식: identity is checked on site, then the tablet is the candidate's for a while."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..exceptions import AgreementStandsError, AnswersClosedError
from ..models import IdentityCheck, Invitation, PledgeAgreement, Respondent, Response
from ..tokens import mint_token
from .answers import begin_response
from .chain import record_step_of
from .identity import browser_digest

Purpose = IdentityCheck.Purpose
# Time to read twelve demands in a hall full of people.
STANDS = timedelta(hours=1)


@transaction.atomic
def receive_on_site(respondent: Respondent, *, user: User, browser: str) -> tuple[Invitation, str]:
    """Somebody showed who they are: this browser answers and signs for them, without a code.

    It stands in for an address and for the check of a changed one by two people. ``browser`` is a
    new secret, so the pages of whoever signed before on this tablet are closed. Returns the
    invitation and the secret of its link; older links are dead. Raises AnswersClosedError,
    AgreementStandsError.
    """
    respondent = Respondent.objects.select_for_update(of=("self",)).get(pk=respondent.pk)
    _refuse(respondent)
    invitation = _invitation(respondent, user)
    token = mint_token(invitation)
    now = timezone.now()
    for purpose in (Purpose.OPEN, Purpose.SIGN):
        IdentityCheck.objects.create(
            invitation=invitation,
            purpose=purpose,
            method=IdentityCheck.Method.ON_SITE,
            browser_digest=browser_digest(browser),
            asked_at=now,
            expires_at=now + STANDS,
            passed_at=now,
            checked_by=user,
        )
    said = {"invitation": str(invitation.public_id), "method": "on_site"}
    record_step_of(respondent, "identity_checked", str(user.pk), said)
    begin_response(invitation)
    return invitation, token


def _refuse(respondent: Respondent) -> None:
    if respondent.standing == Respondent.Standing.LEFT:
        raise AnswersClosedError
    response = Response.objects.filter(respondent=respondent).first()
    if response is not None and response.state == Response.State.REOPENED:
        return
    if response is not None and response.state == Response.State.DECLINED:
        raise AnswersClosedError  # Their word stands until they ask to have it opened again.
    if respondent.agreements.filter(state__in=PledgeAgreement.LIVING).exists():
        raise AgreementStandsError


def _invitation(respondent: Respondent, user: User) -> Invitation:
    """The one they have, or one on site for whom no address was found."""
    now = timezone.now()
    living = respondent.invitations.filter(role=Invitation.Role.SELF)
    found = living.exclude(state__in=Invitation.DEAD).select_for_update(of=("self",)).first()
    if found is None:
        found = Invitation.objects.create(
            respondent=respondent,
            channel=Invitation.Channel.ON_SITE,
            state=Invitation.State.OPENED,
            invited_at=now,
            made_by=user,
            made_at=now,
        )
        said = {"invitation": str(found.public_id), "channel": found.channel}
        record_step_of(respondent, "invitation_prepared", str(user.pk), said)
    elif found.state in (Invitation.State.PREPARED, Invitation.State.SENT):
        found.state, found.invited_at = Invitation.State.OPENED, found.invited_at or now
        found.save(update_fields=["state", "invited_at"])
    found.respondent = respondent
    return found
