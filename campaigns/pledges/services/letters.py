"""편지: to respondents for whom no address was found. Nothing in a letter is secret.

No approval is asked for: art. 93 of the election law is about what is spread among voters to
influence an election. A letter to a candidate alone, with nobody else's name or answer in it, is
not; the board on paper is, and asks ``guards.needs_approval``.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from home.dates import korean_date, korean_deadline
from messaging.registry import current_sender
from typesetting.services import render_pdf

from ..exceptions import AnswersClosedError, TooManyLettersError
from ..models import ContactPoint, Election, PledgeRound, Respondent
from .contacts import own_addresses
from .documents import qr_of

TEMPLATE = "pledges/letter.typ"
MOST = 300  # of one print
Kind, State = ContactPoint.Kind, ContactPoint.State


def without_address(rows: "QuerySet[Respondent]") -> "QuerySet[Respondent]":
    """Of these, who stands, has not answered and cannot be written to by mail."""
    contacts = ContactPoint.objects.filter(respondent=OuterRef("pk"), state=State.APPROVED)
    wants_none = ContactPoint.objects.filter(respondent=OuterRef("pk"), state=State.STOPPED)
    living = rows.filter(standing__in=[Respondent.Standing.NO_CONTACT, Respondent.Standing.ASKED])
    return living.exclude(Exists(own_addresses(contacts))).exclude(Exists(wants_none))


def print_letters(election: Election, respondents: Sequence[Respondent]) -> bytes:
    """A page for each of them, in their order.

    Raises AnswersClosedError without a round or after its last moment, TooManyLettersError.
    """
    asked = PledgeRound.objects.filter(election=election).first()
    now = timezone.now()
    if asked is None or now >= asked.answers_until or not respondents:
        raise AnswersClosedError
    if len(respondents) > MOST:
        raise TooManyLettersError
    offices = ContactPoint.objects.filter(
        respondent__in=respondents, kind=Kind.ADDRESS, state=State.APPROVED
    )
    known = {row.respondent_id: str(row.value) for row in offices.order_by("-pk")}
    sender = current_sender()
    values = {
        "election": election.name,
        "purpose": asked.purpose,
        "until": korean_deadline(asked.answers_until),
        "phone": asked.phone,
        "day": korean_date(timezone.localdate(now)),
        "sender": {"name": sender.name, "address": sender.address},
        "letters": [_letter(row, known.get(row.pk, "")) for row in respondents],
    }
    return render_pdf(TEMPLATE, values, made_at=now)


def _letter(respondent: Respondent, office: str) -> dict[str, str]:
    page = reverse("pledges:own-contact", args=[respondent.public_id])
    url = f"{settings.SITE_URL}{page}"
    candidacy = respondent.candidacy
    return {
        "name": respondent.name,
        "honorific": "후보자 귀하" if candidacy else "귀중",
        "post": str(candidacy.contest.post) if candidacy else "",
        "party": candidacy.party_name if candidacy else "",
        "address": office,
        "url": url,
        "qr": qr_of(url),
    }
