"""Who wrote what was taken down is told without delay (공직선거법 art. 82-4)."""

from django.utils.translation import gettext as _

from messaging.emails import render_email
from messaging.registry import Email

from ..models import BoardRelease, ContactPoint, Respondent, Takedown

TAKEN_DOWN = "pledges.takedown"


def author_of(takedown: Takedown) -> str | None:
    """The address of who wrote it; None where nobody knows one."""
    if takedown.answer is not None:
        return _address_of(takedown.answer.response.respondent)
    if takedown.response is not None:
        return _address_of(takedown.response.respondent)
    if takedown.page is not None:
        owner = takedown.page.owner
        return owner.email if owner and owner.is_active else None
    release = BoardRelease.objects.filter(election=takedown.election).first()
    return release.released_by.email if release and release.released_by.is_active else None


def _address_of(respondent: Respondent) -> str | None:
    contacts = ContactPoint.objects.filter(
        respondent=respondent,
        kind=ContactPoint.Kind.EMAIL,
        state=ContactPoint.State.APPROVED,
    )
    contact = contacts.order_by("-checked_at").first()
    return contact.value if contact else None


def tell_author(subject: str) -> Email | None:
    """Nothing where the address is gone since."""
    rows = Takedown.objects.select_related(
        "election", "page__owner", "answer__response__respondent", "response__respondent"
    )
    takedown = rows.filter(public_id=subject).first()
    to = author_of(takedown) if takedown else None
    if takedown is None or to is None:
        return None
    return render_email(
        "pledges/emails/takedown",
        to=to,
        context={"takedown": takedown},
        reason=_("You get this mail because something you wrote or published was taken down."),
    )
