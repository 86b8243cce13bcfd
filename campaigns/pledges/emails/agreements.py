"""Mails to a respondent about their agreement; each is built when it is sent.

The subject of each is "key:contact": what it is about, and to which of their addresses it goes.
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from messaging.emails import render_email
from messaging.registry import Attachment, Email
from messaging.services import enqueue

from ..models import (
    AgreementDocument,
    ContactPoint,
    DemandAnswer,
    Invitation,
    PledgeAgreement,
    PledgeRound,
    PublicNote,
    Respondent,
)

AGREEMENT_CONCLUDED = "pledges.agreement_concluded"
NOTE_PUBLISHED = "pledges.note_published"
COMMENT_HELD = "pledges.comment_held"
LAST_REVISION = 2


def addresses_of(respondent: Respondent) -> list[ContactPoint]:
    """Where the candidate, and whoever answers and signs for them, is written to."""
    rows = ContactPoint.objects.filter(
        respondent=respondent,
        kind=ContactPoint.Kind.EMAIL,
        state=ContactPoint.State.APPROVED,
        invitations__isnull=False,
    )
    return list(rows.exclude(invitations__state__in=Invitation.DEAD).distinct().order_by("pk"))


def tell_all(purpose: str, respondent: Respondent, key: int) -> int:
    """Have a mail sent to each address of a respondent; returns to how many."""
    found = addresses_of(respondent)
    for contact in found:
        enqueue(purpose, f"{key}:{contact.pk}")
    return len(found)


def send_copy(subject: str) -> Email | None:
    """The agreement is in force: its number, how anybody can verify it, the sealed file."""
    key, contact = _read(subject)
    rows = PledgeAgreement.objects.select_related("respondent__election", "respondent__candidacy")
    agreement = rows.filter(pk=key, state=PledgeAgreement.State.COUNTERSIGNED).first()
    if contact is None or agreement is None:
        return None
    documents = agreement.documents.filter(revision=LAST_REVISION)
    return _mail(
        "agreement_concluded",
        contact,
        agreement.respondent,
        attachments=[_file(agreement, document) for document in documents],
        agreement=agreement,
        verify_url=f"{settings.SITE_URL}/verify/?number={agreement.number}",
    )


def _file(agreement: PledgeAgreement, document: AgreementDocument) -> Attachment:
    return Attachment(f"{agreement.number}.pdf", bytes(document.content), "application/pdf")


def tell_note(subject: str) -> Email | None:
    """What the public can read about them from now on, and why."""
    key, contact = _read(subject)
    rows = PublicNote.objects.select_related("respondent__election", "respondent__candidacy")
    note = rows.select_related("agreement").filter(pk=key).first()
    if contact is None or note is None:
        return None
    return _mail("note_published", contact, note.respondent, note=note)


def tell_held(subject: str) -> Email | None:
    """A comment is kept back for now: which, why, and what to do."""
    key, contact = _read(subject)
    rows = DemandAnswer.objects.select_related(
        "demand", "response__respondent__election", "response__respondent__candidacy"
    )
    answer = rows.filter(pk=key).exclude(held_reason="").first()
    if contact is None or answer is None:
        return None
    return _mail("comment_held", contact, answer.response.respondent, answer=answer)


BUILDERS: dict[str, Callable[[str], Email | None]] = {
    AGREEMENT_CONCLUDED: send_copy,
    NOTE_PUBLISHED: tell_note,
    COMMENT_HELD: tell_held,
}


def _read(subject: str) -> tuple[int, ContactPoint | None]:
    """None where the address is in use no more."""
    key, contact = (int(part) for part in subject.split(":"))
    in_use = ContactPoint.objects.filter(pk=contact, state=ContactPoint.State.APPROVED)
    return key, in_use.first()


def _mail(
    name: str,
    contact: ContactPoint,
    respondent: Respondent,
    *,
    attachments: list[Attachment] | None = None,
    **context: object,
) -> Email:
    asked = PledgeRound.objects.filter(election=respondent.election_id).first()
    made = render_email(
        f"pledges/emails/{name}",
        to=contact.value,
        context={
            "respondent": respondent,
            "election": respondent.election,
            "phone": asked.phone if asked else "",
            **context,
        },
        reason=_("You answered the coalition's demands, or answer for somebody who did."),
    )
    return Email(
        made.to, made.subject, made.text, made.html, made.headers, tuple(attachments or ())
    )
