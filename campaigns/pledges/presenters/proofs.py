"""What anybody reads about an agreement by its number: all of it is public."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evidence.models import DayHead, Event
from evidence.registry import Proof
from home.dates import korean_date, korean_moment

from ..models import AgreementDocument, AgreementSignature, PledgeAgreement, PublicNote
from ..services.chain import EVIDENCE_SUBJECT
from ..services.signing import as_numbered

State = PledgeAgreement.State
Timestamp = AgreementDocument.Timestamp


def prove_agreement(number: str) -> Proof | None:
    """The agreement with this number, however it was typed; None for another kind of number."""
    agreement = _agreements().filter(number=as_numbered(number)).first()
    return agreement and _proof_of(agreement)


def _agreements() -> QuerySet[PledgeAgreement]:
    """With what came after them, in the same query."""
    this = OuterRef("pk")
    newer = PledgeAgreement.objects.filter(supersedes=this).order_by("-pk").values("number")[:1]
    notes = PublicNote.objects.filter(agreement=this).order_by("-made_at").values("reason")[:1]
    rows = PledgeAgreement.objects.select_related("respondent__candidacy")
    return rows.annotate(newer=Subquery(newer), reason=Subquery(notes))


def _proof_of(agreement: PledgeAgreement) -> Proof:
    """Its state as recorded now, how the signers are known, and what the time stands on."""
    signatures = list(agreement.signatures.order_by("signed_at").defer("name"))
    if _is_half_old(agreement, signatures):
        agreement = _agreements().get(pk=agreement.pk)
    document = agreement.documents.defer("content").order_by("-revision").first()
    return Proof(
        title=_title(agreement),
        rows=[
            (pgettext("pledge agreement", "Number"), agreement.number),
            (_("With"), _with(agreement)),
            *_states(agreement),
            *_signers(signatures),
            *_times(agreement, document),
            *_digests(agreement, document),
        ],
        holds=agreement.state in PledgeAgreement.LIVING,
        note=_note(agreement),
    )


def _is_half_old(agreement: PledgeAgreement, signatures: list[AgreementSignature]) -> bool:
    """Whether the coalition signed between reading the agreement and its signatures."""
    both = any(row.side == AgreementSignature.Side.COALITION for row in signatures)
    return both and agreement.state == State.SIGNED


def _title(agreement: PledgeAgreement) -> str:
    if agreement.state in PledgeAgreement.LIVING:
        return _("Pledge agreement")
    return _("We recorded this agreement, and it is not in force: %(state)s.") % {
        "state": agreement.get_state_display()
    }


def _with(agreement: PledgeAgreement) -> str:
    who = agreement.text["respondent"]
    party, post = who.get("party", ""), who.get("post", "")
    bracketed = f" ({party})" if party and party != who["name"] else ""
    return f"{who['name']}{bracketed} {post}".strip()


def _states(agreement: PledgeAgreement):
    yield _("State"), str(agreement.get_state_display())
    yield _("Form"), str(agreement.get_form_display())
    yield _("Signed on"), korean_moment(agreement.signed_at)
    if agreement.countersigned_at:
        yield _("Concluded on"), korean_moment(agreement.countersigned_at)
    if agreement.ended_at:
        yield _("Ended on"), korean_moment(agreement.ended_at)
    if agreement.state == State.SUPERSEDED and agreement.newer:
        yield _("In its place"), link_to(agreement.newer)
    candidacy = agreement.respondent.candidacy
    if candidacy and candidacy.status not in (*candidacy.STANDING, candidacy.Status.ELECTED):
        said = {"state": candidacy.get_status_display(), "day": korean_date(candidacy.status_on)}
        yield _("Candidacy"), _("%(state)s, %(day)s") % said


def link_to(number: str) -> str:
    """To what is recorded under a number."""
    page = reverse("evidence:show-ways")
    return format_html('<a href="{}?number={}#paper">{}</a>', page, number, number)


def _signers(signatures: list[AgreementSignature]):
    """How each signer is known; not who they are, for a delegate's name is not public."""
    for signature in signatures:
        side = AgreementSignature.Side(signature.side).label
        label = _("Identity: %(side)s") % {"side": side}
        yield label, str(signature.get_method_display())


def _times(agreement: PledgeAgreement, document: AgreementDocument | None):
    if document:
        has_stamp = document.timestamp == Timestamp.RFC3161
        none = _("None. The daily seal below stands for the time.")
        yield _("Timestamp of an authority (RFC 3161)"), _("In the file") if has_stamp else none
    event = _newest_event(agreement)
    if event is None:
        return
    number = {"number": event.sequence, "moment": korean_moment(event.occurred_at)}
    yield (
        _("Place in the record of the election"),
        _("Event no. %(number)s of %(moment)s") % number,
    )
    day = timezone.localdate(event.occurred_at)
    head = DayHead.objects.filter(date__gte=day).first()
    if head is None:
        yield _("Daily seal over it"), _("It is made in the coming night.")
    else:
        yield _("Daily seal over it"), f"{korean_date(head.date)} {head.hash}"


def _newest_event(agreement: PledgeAgreement) -> Event | None:
    """What was recorded last about it."""
    chain = Event.objects.filter(
        subject_type=EVIDENCE_SUBJECT, subject_id=str(agreement.respondent.election_id)
    )
    about = chain.filter(payload__values__agreement=str(agreement.public_id))
    return about.order_by("-sequence").first()


def _digests(agreement: PledgeAgreement, document: AgreementDocument | None):
    yield _("Check number of the text (SHA-256)"), agreement.text_sha256
    if document:
        yield _("Check number of the file (SHA-256)"), document.sha256


def _note(agreement: PledgeAgreement) -> str:
    if agreement.state == State.SIGNED:
        return _("The candidate signed; the coalition has not signed yet.")
    return "" if agreement.state == State.COUNTERSIGNED else agreement.reason or ""
