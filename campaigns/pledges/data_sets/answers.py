"""What respondents said and signed, found by whoever reads the address of the invitation.

An address that somebody only typed on the public page finds nothing here.
"""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from home.dates import korean_date, korean_moment
from rights.registry import Basis, DataSet, Erasure, Fact, Holding

from ..models import (
    AgreementSignature,
    ContactPoint,
    Delegation,
    DemandAnswer,
    Invitation,
    PledgeAgreement,
    PublicNote,
    Response,
)
from ..services import rules
from ..services.contacts import contact_index
from ..services.retention import last_day_of
from .contacts import PEOPLE

EMAIL, APPROVED = ContactPoint.Kind.EMAIL, ContactPoint.State.APPROVED
KEPT = _("For good, as the record of the comparison; withdrawals stand beside it")


def invitations_at(address: str) -> QuerySet[Invitation]:
    """Living ones that went to this address, which the office has checked."""
    return Invitation.objects.exclude(state__in=Invitation.DEAD).filter(
        contact__kind=EMAIL,
        contact__state=APPROVED,
        contact__value_index=contact_index(EMAIL, address),
    )


def _respondents(address: str) -> QuerySet[Invitation]:
    return invitations_at(address).filter(role=Invitation.Role.SELF).values("respondent")


def _facts(pairs: Iterable[tuple[str, object, object]]) -> list[Fact]:
    return [Fact(name, label, str(value)) for name, label, value in pairs if value]


def _moment(value: object) -> str:
    return korean_moment(value) if value else ""


def find_answers(address: str) -> list[Holding]:
    """The answers of whoever was invited at this address, in two queries."""
    answers = DemandAnswer.objects.select_related("demand").order_by("demand__number", "pk")
    rows = Response.objects.filter(respondent__in=_respondents(address))
    rows = rows.select_related("respondent__election", "respondent__candidacy")
    rows = rows.prefetch_related(Prefetch("answers", queryset=answers))
    return [_answers(row) for row in rows.order_by("-began_at")]


def _answers(row: Response) -> Holding:
    said = [
        (
            f"demand_{answer.demand.key}",
            answer.demand.title,
            " · ".join(
                filter(
                    None,
                    (answer.get_choice_display(), answer.comment or "", answer.held_reason),
                )
            ),
        )
        for answer in row.answers.all()
    ]
    facts = [
        ("state", _("State"), row.get_state_display()),
        ("statement", _("Statement"), row.statement),
        ("statement_held_reason", _("Why it is kept back"), row.statement_held_reason),
        ("began_at", pgettext("answers", "Begun"), _moment(row.began_at)),
        ("submitted_at", pgettext("answers", "Handed in"), _moment(row.submitted_at)),
        ("published_at", pgettext("answers", "Public since"), _moment(row.published_at)),
        (
            "publication_agreed_at",
            pgettext("answers", "You agreed that they are public"),
            _moment(row.publication_agreed_at),
        ),
    ]
    respondent = row.respondent
    return Holding(
        key=str(respondent.public_id),
        title=f"{respondent.election.name} · {respondent.name}",
        since=row.began_at,
        facts=_facts([*facts, *said]),
        kept_until=str(KEPT),
        subject=respondent.public_id,
        access_keys=(str(respondent.public_id),),
        erasure=Erasure.BY_STAFF,
    )


def find_agreements(address: str) -> list[Holding]:
    """What was signed, how it is known by whom, and what became of it, in three queries."""
    rows = PledgeAgreement.objects.filter(respondent__in=_respondents(address))
    rows = rows.select_related("respondent__election", "respondent__candidacy").prefetch_related(
        Prefetch(
            "signatures",
            queryset=AgreementSignature.objects.exclude(side=AgreementSignature.Side.COALITION),
        ),
        Prefetch("notes", queryset=PublicNote.objects.order_by("noted_on", "pk")),
    )
    return [_agreement(row) for row in rows.order_by("-signed_at")]


def _agreement(row: PledgeAgreement) -> Holding:
    facts = [
        ("number", pgettext("pledge agreement", "Number"), row.number),
        ("form", _("Form"), row.get_form_display()),
        ("state", _("State"), row.get_state_display()),
        ("text_sha256", _("Check number of the text (SHA-256)"), row.text_sha256),
        ("signed_at", pgettext("agreement", "Signed"), _moment(row.signed_at)),
        ("countersigned_at", pgettext("agreement", "Concluded"), _moment(row.countersigned_at)),
        ("ended_at", pgettext("agreement", "Ended"), _moment(row.ended_at)),
    ]
    signed = [
        pair
        for signature in row.signatures.all()
        for pair in (
            ("signer", _("Signed by"), _signer(signature)),
            ("method", _("Identity"), signature.get_method_display()),
        )
    ]
    notes = [
        (
            f"note_{note.public_id}",
            note.get_kind_display(),
            f"{korean_date(note.noted_on)} {note.reason}",
        )
        for note in row.notes.all()
    ]
    respondent = row.respondent
    return Holding(
        key=str(row.public_id),
        title=f"{respondent.election.name} · {row.number}",
        since=row.signed_at,
        facts=_facts([*facts, *signed, *notes]),
        kept_until=str(KEPT),
        mail_keys=(str(row.public_id),),
        access_keys=(str(respondent.public_id),),
        erasure=Erasure.BY_STAFF,
    )


def _signer(signature: AgreementSignature) -> str:
    """A delegate's name is the delegate's, not the candidate's to read."""
    is_delegate = signature.side == AgreementSignature.Side.DELEGATE
    return signature.title if is_delegate else signature.name or ""


def find_delegations(address: str) -> list[Holding]:
    """For whom the reader of this address answers."""
    rows = Delegation.objects.filter(invitation__in=invitations_at(address)).select_related(
        "invitation__respondent__election", "invitation__respondent__candidacy"
    )
    return [_delegation(row) for row in rows.order_by("-pk")]


def _delegation(row: Delegation) -> Holding:
    respondent = row.invitation.respondent
    facts = [
        ("name", _("Name"), row.name),
        ("title", pgettext("delegate", "Function"), row.title),
        ("proof", _("Proof"), row.get_proof_display()),
        ("document_sha256", _("Check number of the file (SHA-256)"), row.document_sha256),
        ("confirmed_at", pgettext("delegate", "Confirmed"), _moment(row.confirmed_at)),
    ]
    return Holding(
        key=str(row.invitation.public_id),
        title=f"{respondent.election.name} · {respondent.name}",
        since=row.invitation.made_at,
        facts=_facts(facts),
        kept_until=korean_date(last_day_of(respondent.election)),
        access_keys=(str(respondent.public_id),),
        erasure=Erasure.BY_STAFF,
    )


ANSWERS = DataSet(
    name=rules.ANSWERS,
    label=_("Answers of candidates"),
    purpose=_("To publish word for word what each answered to each demand"),
    items=_("Answers, comments, statement, moments; that they may be public"),
    basis=Basis.CONSENT,
    people=PEOPLE,
    source=_("The pages behind an invitation's link, or paper"),
    sensitive=True,
    find=find_answers,
)
AGREEMENTS = DataSet(
    name=rules.AGREEMENTS,
    label=_("Pledge agreements"),
    purpose=_("To prove who agreed to what, and that it was withdrawn or amended"),
    items=_("Name, function, text, signature with its proof, public notes"),
    basis=Basis.CONSENT,
    people=PEOPLE,
    source=_("The pages behind an invitation's link, or paper"),
    sensitive=True,
    find=find_agreements,
)
DELEGATIONS = DataSet(
    name=rules.DELEGATIONS,
    label=_("Delegates of candidates"),
    purpose=_("To know by what right somebody signs for another"),
    items=_("Name, function, power of attorney"),
    basis=Basis.LEGITIMATE_INTEREST,
    people=_("Who signs for a candidate, a party or a camp"),
    source=_("The candidate, or the delegates themselves"),
    find=find_delegations,
)
