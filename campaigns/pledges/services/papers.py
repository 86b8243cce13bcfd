"""서면 협약: what both sides signed on paper is entered by one person and compared by another.

It is registered as paper and never as electronic: it has no seal, its number says what it is.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..exceptions import (
    AgreementGoneError,
    PaperIncompleteError,
    TooFewAcceptedError,
    TwoPeopleError,
)
from ..models import (
    AgreementSignature,
    Demand,
    DemandAnswer,
    PaperAgreement,
    PledgeAgreement,
    Respondent,
    Response,
)
from .canonical import digest_of
from .chain import record_step_of
from .countersigning import put_in_force
from .demands import current_versions, demands_asked
from .signing import accepted_number, least_accepted, make_number
from .texts import agreement_text

State = PaperAgreement.State
Choice = DemandAnswer.Choice
Answered = Response.State
Side = AgreementSignature.Side


@dataclass(frozen=True)
class PaperFacts:
    """What stands on the paper besides the answers."""

    signed_on: date
    side: str
    signer_name: str
    representative: str
    representative_title: str


@transaction.atomic
def enter_paper(
    respondent: Respondent,
    answers: Mapping[str, tuple[str, str]],
    facts: PaperFacts,
    scan: bytes,
    *,
    user: User,
) -> PaperAgreement:
    """Keep the scan and what it says until somebody else compared them.

    ``answers`` has (answer, comment) for each demand that is asked, by its key. Raises
    PaperIncompleteError, and AgreementGoneError where an agreement waits or holds already.
    """
    respondent = Respondent.objects.select_for_update(of=("self",)).get(pk=respondent.pk)
    versions = current_versions(respondent)
    _check(answers, demands_asked(versions))
    _refuse_second(respondent)
    paper = PaperAgreement.objects.create(
        respondent=respondent,
        answers=json.dumps({key: list(answer) for key, answer in answers.items()}),
        scan=scan,
        scan_sha256=hashlib.sha256(scan).hexdigest(),
        entered_by=user,
        entered_at=timezone.now(),
        **vars(facts),
    )
    paper.versions.set(versions)
    return paper


def _check(answers: Mapping[str, tuple[str, str]], demands: list[Demand]) -> None:
    if set(answers) != {str(demand.key) for demand in demands} or not demands:
        raise PaperIncompleteError
    for choice, comment in answers.values():
        if choice not in Choice.values or (choice == Choice.ACCEPT_PARTLY and not comment):
            raise PaperIncompleteError


def _refuse_second(respondent: Respondent) -> None:
    living = respondent.agreements.filter(state__in=PledgeAgreement.LIVING)
    if living.exists() or respondent.paper_agreements.filter(state=State.WAITING).exists():
        raise AgreementGoneError
    if respondent.standing == Respondent.Standing.LEFT:
        raise AgreementGoneError


@transaction.atomic
def take_paper(paper: PaperAgreement, *, user: User) -> PledgeAgreement:
    """Register what another person entered: the agreement holds, as one on paper.

    Raises TwoPeopleError for whoever entered it, TooFewAcceptedError, AgreementGoneError where it
    was decided or an agreement came meanwhile.
    """
    paper = _lock(paper)
    if paper.entered_by_id == user.pk:
        raise TwoPeopleError
    respondent = paper.respondent
    # Whoever signs online at this moment goes first or finds the one on paper.
    Respondent.objects.select_for_update(of=("self",)).get(pk=respondent.pk)
    living = respondent.agreements.filter(state__in=PledgeAgreement.LIVING)
    if living.exists() or respondent.standing == Respondent.Standing.LEFT:
        raise AgreementGoneError
    now, actor = timezone.now(), str(user.pk)
    response = _answer(paper, now)
    if accepted_number(response) < least_accepted(respondent):
        raise TooFewAcceptedError
    agreement = _agreement(paper, response)
    values = {
        "agreement": str(agreement.public_id),
        "text_sha256": agreement.text_sha256,
        "form": "paper",
        "scan_sha256": paper.scan_sha256,
        "entered_by": paper.entered_by_id,
    }
    record_step_of(respondent, "signed", actor, values)
    put_in_force(agreement, now, actor=actor, values={"form": "paper"})
    paper.state, paper.agreement = State.TAKEN, agreement
    _decide(paper, user, now)
    return agreement


@transaction.atomic
def refuse_paper(paper: PaperAgreement, note: str, *, user: User) -> PaperAgreement:
    """It says something else than was entered, or is no agreement. Raises AgreementGoneError."""
    paper = _lock(paper)
    paper.state, paper.note = State.REFUSED, note
    _decide(paper, user, timezone.now())
    return paper


def _lock(paper: PaperAgreement) -> PaperAgreement:
    rows = PaperAgreement.objects.select_for_update(of=("self",))
    row = rows.select_related("respondent__election", "respondent__candidacy").get(pk=paper.pk)
    if row.state != State.WAITING:
        raise AgreementGoneError
    return row


def _decide(paper: PaperAgreement, user: User, now: datetime) -> None:
    paper.checked_by, paper.checked_at = user, now
    paper.save(update_fields=["state", "agreement", "note", "checked_by", "checked_at"])


def _answer(paper: PaperAgreement, now: datetime) -> Response:
    """What stands on the paper takes the place of what was answered before."""
    response, _is_new = Response.objects.get_or_create(
        respondent=paper.respondent, defaults={"began_at": now}
    )
    response.state, response.submitted_at, response.statement = Answered.SUBMITTED, now, None
    response.revision += 1
    response.save()
    versions = list(paper.versions.all())
    response.versions.set(versions)
    said = json.loads(paper.answers)
    for demand in demands_asked(versions):
        choice, comment = said[str(demand.key)]
        DemandAnswer.objects.update_or_create(
            response=response,
            demand=demand,
            defaults={
                "choice": choice,
                "comment": comment or None,
                "answered_at": now,
                "revision": response.revision,
            },
        )
    response.respondent = paper.respondent
    return response


def _agreement(paper: PaperAgreement, response: Response) -> PledgeAgreement:
    signed_at = timezone.make_aware(datetime.combine(paper.signed_on, time(12)))
    text = agreement_text(response, role="delegate" if paper.side == Side.DELEGATE else "self")
    agreement = PledgeAgreement.objects.create(
        number=make_number(paper.respondent.election),
        respondent=paper.respondent,
        response=response,
        form=PledgeAgreement.Form.PAPER,
        text=text,
        text_sha256=digest_of(text),
        signed_at=signed_at,
    )
    for side, name, title in (
        (paper.side, paper.signer_name, ""),
        (Side.COALITION, paper.representative, paper.representative_title),
    ):
        AgreementSignature.objects.create(
            agreement=agreement,
            side=side,
            name=name,
            title=title,
            method=AgreementSignature.Method.PAPER,
            text_sha256=agreement.text_sha256,
            signed_at=signed_at,
        )
    return agreement
