"""The candidate signs: text, identity, consents and the act itself, in one transaction."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from messaging.services import enqueue
from privacy.models import ConsentVersion, RenderedConsent
from privacy.services import choose_consent
from privacy.tokens import random_signs

from ..defaults import CONSENTS
from ..emails import DELEGATE_SIGNED, RECEIVED
from ..exceptions import (
    AgreementStandsError,
    ConsentMissingError,
    DelegationUnprovedError,
    IdentityStaleError,
    TextChangedError,
    TooFewAcceptedError,
)
from ..models import (
    AgreementSignature,
    Delegation,
    DemandAnswer,
    Election,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
    Respondent,
    Response,
    SealJob,
)
from .answers import (
    answers_by_demand,
    close_answers,
    lock_open,
    refuse_late,
    refuse_left,
    versions_of,
)
from .canonical import digest_of
from .chain import RESPONDENT, record_step_of
from .demands import demands_asked
from .publication import consent_asked
from .texts import agreement_text

LETTERS = {
    Election.Kind.PRESIDENTIAL: "대선",
    Election.Kind.ASSEMBLY: "총선",
    Election.Kind.LOCAL: "지방",
    Election.Kind.BY_ELECTION: "재보",
}
PARTS = re.compile(rf"(\d{{4}})({'|'.join(LETTERS.values())})([0-9A-Z]{{4,8}})")


@dataclass(frozen=True)
class Act:
    """What the signer did: typed or drew a name, and which text was on the screen."""

    name: str
    text_sha256: str
    consents: Sequence[str] = ()  # slugs
    drawing: str = ""  # lines of an SVG path


@transaction.atomic
def sign_agreement(
    invitation: Invitation, check: IdentityCheck | None, act: Act
) -> PledgeAgreement:
    """The agreement as its one side signed it; its sealed file follows by a job.

    Raises IdentityStaleError, TextChangedError where the text is no longer the one that was shown,
    ConsentMissingError, TooFewAcceptedError, DelegationUnprovedError, AgreementStandsError,
    AnswersClosedError, AnswersIncompleteError.
    """
    refuse_left(Respondent.objects.select_for_update().get(pk=invitation.respondent_id))
    _refuse_second(invitation)
    response = _response(invitation)
    _refuse(invitation, check, act)
    close_answers(invitation, response)
    if accepted_number(response) < least_accepted(invitation.respondent):
        raise TooFewAcceptedError
    text = agreement_text(response, role=invitation.role)
    if digest_of(text) != act.text_sha256:
        raise TextChangedError
    agreement = _write(invitation, response, text, act.text_sha256)
    _write_signature(invitation, agreement, check, act)
    _record(invitation, agreement, act)
    return agreement


def _refuse_second(invitation: Invitation) -> None:
    """One waits or holds already; one in force can be amended by whose answers are open again."""
    agreements = PledgeAgreement.objects.filter(respondent=invitation.respondent_id)
    reopened = Response.objects.filter(
        respondent=invitation.respondent_id, state=Response.State.REOPENED
    )
    states = [PledgeAgreement.State.SIGNED]
    if not reopened.exists():
        states.append(PledgeAgreement.State.COUNTERSIGNED)
    if agreements.filter(state__in=states).exists():
        raise AgreementStandsError


def _response(invitation: Invitation) -> Response:
    """Whoever handed answers in before may sign them as they are, until the last moment."""
    rows = Response.objects.select_for_update(of=("self",))
    response = rows.filter(respondent=invitation.respondent_id).first()
    if response is None or response.state != Response.State.SUBMITTED:
        return lock_open(invitation)
    refuse_late(invitation)
    response.respondent = invitation.respondent
    return response


def _refuse(invitation: Invitation, check: IdentityCheck | None, act: Act) -> None:
    if check is None or check.passed_at is None or check.invitation_id != invitation.pk:
        raise IdentityStaleError
    if {text["slug"] for text in CONSENTS} - set(act.consents):
        raise ConsentMissingError
    if needs_delegate(invitation) and check.method != IdentityCheck.Method.ON_SITE:
        raise DelegationUnprovedError
    if invitation.role == Invitation.Role.DELEGATE and not _is_proved(invitation):
        raise DelegationUnprovedError


def _is_proved(invitation: Invitation) -> bool:
    """As it is now, whatever was read before."""
    delegation = Delegation.objects.filter(invitation=invitation).first()
    return delegation is not None and delegation.is_proved


def needs_delegate(invitation: Invitation) -> bool:
    """A party or a camp signs through somebody it named, or on site."""
    is_somebody = invitation.respondent.kind == Respondent.Kind.CANDIDATE
    return invitation.role == Invitation.Role.SELF and not is_somebody


def accepted_number(response: Response) -> int:
    """How many of the demands are accepted, in part or whole."""
    answers = answers_by_demand(response)
    asked = demands_asked(versions_of(response))
    return sum(answers[row.pk].choice != DemandAnswer.Choice.DECLINE for row in asked)


def least_accepted(respondent: Respondent) -> int:
    """The published minimum for an agreement."""
    asked = getattr(respondent.election, "round", None)
    return asked.least_accepted if asked else 0


def _write(
    invitation: Invitation, response: Response, text: dict[str, object], sha256: str
) -> PledgeAgreement:
    now = timezone.now()
    agreement = PledgeAgreement.objects.create(
        number=make_number(invitation.respondent.election),
        respondent=invitation.respondent,
        response=response,
        text=text,
        text_sha256=sha256,
        signed_at=now,
        supersedes=PledgeAgreement.objects.filter(respondent=invitation.respondent_id)
        .order_by("-signed_at")
        .first(),
    )
    SealJob.objects.create(agreement=agreement, revision=1, asked_at=now)
    return agreement


def _write_signature(
    invitation: Invitation, agreement: PledgeAgreement, check: IdentityCheck | None, act: Act
) -> None:
    assert check is not None
    is_delegate = invitation.role == Invitation.Role.DELEGATE
    AgreementSignature.objects.create(
        agreement=agreement,
        side=AgreementSignature.Side.DELEGATE if is_delegate else AgreementSignature.Side.CANDIDATE,
        name=act.name,
        title=invitation.delegation.title if is_delegate else "",
        drawing=act.drawing or None,
        method=check.method,
        text_sha256=act.text_sha256,
        identity_check=check,
        signed_at=agreement.signed_at,
    )


def _record(invitation: Invitation, agreement: PledgeAgreement, act: Act) -> None:
    for version, rendered in consents_asked():
        choose_consent(invitation.respondent.public_id, version, rendered.text_hash, agreed=True)
    record_step_of(
        invitation.respondent,
        "signed",
        RESPONDENT,
        {
            "agreement": str(agreement.public_id),
            "number": agreement.number,
            "text_sha256": act.text_sha256,
            "role": invitation.role,
            "form": "drawn" if act.drawing else "typed",
        },
    )
    Invitation.objects.filter(pk=invitation.pk).update(state=Invitation.State.SIGNED)
    enqueue(RECEIVED, str(agreement.public_id))
    if invitation.role == Invitation.Role.DELEGATE:
        enqueue(DELEGATE_SIGNED, str(agreement.public_id))


def consents_asked() -> list[tuple[ConsentVersion, RenderedConsent]]:
    """The newest version of each consent, as the form shows it."""
    return [consent_asked(text["slug"]) for text in CONSENTS]


def make_number(election: Election) -> str:
    """A public number that tells the election and nothing else: 2026-지방-7K3D92."""
    return f"{election.vote_on:%Y}-{LETTERS[Election.Kind(election.kind)]}-{random_signs(6)}"


def as_numbered(text: str) -> str:
    """A number as we write it: typed in full width or small letters, with other or no hyphens.

    What cannot be one of ours comes back as its letters and digits.
    """
    signs = unicodedata.normalize("NFKC", text).upper()
    plain = "".join(sign for sign in signs if sign.isalnum())
    found = PARTS.fullmatch(plain)
    return "-".join(found.groups()) if found else plain
