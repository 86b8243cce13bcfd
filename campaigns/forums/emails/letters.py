"""What staff write to participants, in the layout of every mail."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from messaging.emails import render_email
from messaging.registry import Email

from ..models import Letter, LetterRecipient, Order
from .orders import order_path

LETTER = "forums.letter"
LETTER_TEST = "forums.letter_test"

Status = Order.Status


def write_to_participant(subject: str) -> Email | None:
    """``subject`` is the key of one recipient. Nothing for whoever left or cancelled since."""
    rows = LetterRecipient.objects.select_related("letter__forum", "order")
    found = rows.filter(mail_key=subject, order__anonymised_at=None).first()
    if found is None or not found.order.email or not found.order.name:
        return None
    letter, order = found.letter, found.order
    if order.status == Status.CANCELLED and letter.audience != Letter.Audience.REFUND:
        return None
    return _mail(letter, to=order.email, name=order.name, url=settings.SITE_URL + order_path(order))


def try_on_staff(subject: str) -> Email | None:
    """``letter:person:version``: what participants will read, with no link to a registration."""
    letter_pk, user_pk, _version = subject.split(":")
    letter = Letter.objects.select_related("forum").filter(pk=letter_pk).first()
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if letter is None or user is None:
        return None
    return _mail(
        letter, to=user.email, name=user.get_full_name(), url=letter.forum.public_url, is_test=True
    )


def _mail(letter: Letter, *, to: str, name: str, url: str, is_test: bool = False) -> Email:
    title = letter.forum.title
    return render_email(
        "forums/emails/letter",
        to=to,
        context={
            "letter": letter,
            "name": name,
            "forum": letter.forum,
            "url": url,
            "is_test": is_test,
        },
        reason=_(
            "You get this mail because you registered for “%(title)s”. It is about this meeting "
            "and no advertising."
        )
        % {"title": title},
    )
