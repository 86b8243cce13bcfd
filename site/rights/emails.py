"""Mails of this room. Built by the worker when it sends, from what is true at that moment."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from messaging.emails import render_email
from messaging.registry import Email
from messaging.services import has_stopped_news

from .models import AddressChange, BreachCase, Mailbox, Request, RetainedRecord
from .models.retained import APART_KEY
from .registry import data_set_named, data_sets
from .tokens import LINK_LIFETIME, make_move_link, make_my_link

MY_LINK = "rights.my_link"
CONFIRM_ADDRESS = "rights.confirm_address"
ADDRESS_CHANGED = "rights.address_changed"
REQUEST_RECEIVED = "rights.request_received"
REQUEST_EXTENDED = "rights.request_extended"
REQUEST_ANSWERED = "rights.request_answered"

BREACH_TOLD = "rights.breach_told"

MAILBOX_KEPT = timedelta(days=1)


def is_anything_held(address: str, email_index: bytes) -> bool:
    """Whether any tool holds anything on this address."""
    found = (data_set.find(address) for data_set in data_sets() if data_set.find)
    is_kept = RetainedRecord.objects.filter(email_index=email_index).exists()
    return is_kept or any(found) or has_stopped_news(email_index)


def answer_my_link(subject: str) -> Email | None:
    """The link to everything that is held, or a word that nothing is.

    Only the owner of the mailbox learns which. Nothing to tell once the wish is a day old.
    """
    mailbox = Mailbox.objects.filter(
        email_index=bytes.fromhex(subject), asked_at__gt=timezone.now() - MAILBOX_KEPT
    ).first()
    if mailbox is None:
        return None
    index = bytes(mailbox.email_index)
    if not is_anything_held(mailbox.email, index):
        return _mail("nothing_held", mailbox.email)
    return _mail("my_link", mailbox.email, url=make_my_link(index), minutes=_minutes())


def ask_new_mailbox(subject: str) -> Email | None:
    """The question whether this mailbox is to be the new address."""
    change = _change(subject)
    if change is None or change.made_at:
        return None
    url = make_move_link(change.public_id)
    return _mail("confirm_address", change.new_email, url=url, minutes=_minutes())


def tell_old_mailbox(subject: str) -> Email | None:
    """A word to the old mailbox: nobody changes an address behind its owner's back."""
    change = _change(subject)
    if change is None or change.made_at is None:
        return None
    return _mail("address_changed", change.old_email, made_at=change.made_at)


def _change(subject: str) -> AddressChange | None:
    return AddressChange.objects.filter(public_id=uuid.UUID(subject)).first()


def acknowledge_request(subject: str) -> Email | None:
    """Number and last day of a request that has come in."""
    return _request_mail("request_received", subject)


def tell_extension(subject: str) -> Email | None:
    """Why the answer takes longer, and the new last day."""
    return _request_mail("request_extended", subject)


def answer_request(subject: str) -> Email | None:
    """What was done; or why not, and how to object."""
    return _request_mail("request_answered", subject)


def _request_mail(name: str, subject: str) -> Email | None:
    request = Request.objects.filter(public_id=uuid.UUID(subject)).first()
    if request is None or not request.has_mailbox:
        return None
    return _mail(
        name,
        request.contact,
        reason=_("You get this mail because you asked us about your personal data."),
        request=request,
        is_refused=request.status == Request.Status.REFUSED,
        object_url=settings.SITE_URL + reverse("rights:lodge-request"),
    )


def tell_of_breach(subject: str) -> Email | None:
    """What leaked, what to do and where to turn: the six items the law wants told."""
    case_id, _sep, key = subject.partition(":")
    case = BreachCase.objects.filter(pk=int(case_id)).first()
    address = _address_of(case.data_set, key) if case else None
    if case is None or not address:
        return None
    return render_email(
        "rights/emails/breach",
        to=address,
        context={"case": case, "my_url": settings.SITE_URL + reverse("rights:ask")},
        reason=_("You get this mail because the law wants us to tell you."),
    )


def _address_of(data_set: str, key: str) -> str | None:
    """The address of a row, wherever it is kept by now."""
    if key.startswith(APART_KEY):
        row = RetainedRecord.objects.filter(pk=int(key.removeprefix(APART_KEY))).first()
        return row.address if row else None
    address_of = data_set_named(data_set).address_of
    return address_of(key) if address_of else None


def _mail(name: str, to: str, *, reason: str = "", **context: object) -> Email:
    return render_email(
        f"rights/emails/{name}",
        to=to,
        context={"my_url": settings.SITE_URL + reverse("rights:ask"), **context},
        reason=reason
        or _("You get this mail because this address was typed on our page “My data”."),
    )


def _minutes() -> int:
    return int(LINK_LIFETIME.total_seconds() // 60)


MAILS = {
    MY_LINK: (answer_my_link, gettext_lazy("Answer to “My data”")),
    CONFIRM_ADDRESS: (ask_new_mailbox, gettext_lazy("New address to be confirmed")),
    ADDRESS_CHANGED: (tell_old_mailbox, gettext_lazy("Address changed")),
    REQUEST_RECEIVED: (acknowledge_request, gettext_lazy("Request received")),
    REQUEST_EXTENDED: (tell_extension, gettext_lazy("Answer to a request takes longer")),
    REQUEST_ANSWERED: (answer_request, gettext_lazy("Answer to a request")),
    BREACH_TOLD: (tell_of_breach, gettext_lazy("Word of a breach")),
}
