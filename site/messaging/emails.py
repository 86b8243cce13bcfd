"""From a template's name to a mail in our layout, and from a mail to what the server gets."""

import uuid
from collections.abc import Mapping
from email.utils import format_datetime, formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.addresses import canonical_email
from privacy.blind_index import blind_index
from privacy.text import clean_text

from .models import NewsChoice, Subscriber
from .registry import Email, Sender, current_sender
from .tokens import unsubscribe_url

NEWS_RESULT = "messaging.news_result"
NEWS_REMINDER = "messaging.news_reminder"


def render_email(
    name: str, *, to: str, context: Mapping[str, object], reason: str, bulk: bool = False
) -> Email:
    """Fill ``<name>_subject.txt``, ``<name>.txt`` and ``<name>.html``.

    Subject and text hold none of the signs that keep a line together on our pages.
    ``reason`` tells at the foot why this person gets the mail. Bulk mail gets a link to stop it.
    """
    sender = current_sender()
    url = unsubscribe_url(blind_index("email", canonical_email(to))) if bulk else ""
    values = {
        **context,
        "sender": sender,
        "reason": reason,
        "site_url": settings.SITE_URL,
        "unsubscribe_url": url,
    }
    subject = clean_text(_plain(f"{name}_subject.txt", values))
    values["subject"] = subject
    return Email(
        to=to,
        subject=f"[{sender.name}] {subject}",
        text=clean_text(_plain(f"{name}.txt", values), keep_lines=True) + "\n",
        html=get_template(f"{name}.html").render(values),
        headers=_unsubscribe_headers(url) if bulk else {},
    )


def _plain(name: str, values: dict[str, object]) -> str:
    """A template that is no HTML, so nothing in it is escaped."""
    template: Template = get_template(name).template  # type: ignore[attr-defined]  # not in stubs
    return template.render(Context(values, autoescape=False))


def compose(email: Email, *, message_id: uuid.UUID, bulk: bool) -> EmailMultiAlternatives:
    """The mail with all its headers. The same message always has the same Message-ID."""
    sender = current_sender()
    headers = {
        **email.headers,
        "Message-ID": f"<{message_id}@{urlsplit(settings.SITE_URL).hostname}>",
        "Date": format_datetime(timezone.localtime()),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if bulk and "List-Unsubscribe" not in headers:
        index = blind_index("email", canonical_email(email.to))
        headers |= _unsubscribe_headers(unsubscribe_url(index))
    mail = EmailMultiAlternatives(
        subject=" ".join(email.subject.split()),
        body=email.text,
        from_email=from_address(sender),
        to=[email.to],
        reply_to=[sender.email] if sender.email else None,
        headers=headers,
    )
    if email.html:
        mail.attach_alternative(email.html, "text/html")
    for file in email.attachments:
        mail.attach(file.name, file.content, file.mimetype)
    return mail


def from_address(sender: Sender) -> str:
    """The organisation's name before the address that this site sends from."""
    return formataddr((" ".join(sender.name.split()), settings.DEFAULT_FROM_EMAIL))


def _unsubscribe_headers(url: str) -> dict[str, str]:
    """RFC 8058: mail programs show a button that posts to this address."""
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def tell_news_choice(subject: str) -> Email | None:
    """Who sends, what was chosen, when: within 14 days of the choice (decree to art. 50, 62-2)."""
    choice = NewsChoice.objects.filter(pk=uuid.UUID(subject)).first()
    if choice is None:
        return None
    index = blind_index("email", canonical_email(choice.email))
    return render_email(
        "messaging/emails/news_result",
        to=choice.email,
        context={
            "wants": choice.wants,
            "chosen_at": choice.chosen_at,
            "change_url": unsubscribe_url(index),
        },
        reason=_("The law wants the result of each choice on news told to its owner."),
    )


def remind_of_consent(subject: str) -> Email | None:
    """Who sends, when the person agreed, how to keep it and how to stop (62-3)."""
    subscriber = Subscriber.objects.filter(pk=int(subject)).first()
    if subscriber is None:
        return None
    return render_email(
        "messaging/emails/news_reminder",
        to=subscriber.email,
        context={"agreed_at": subscriber.agreed_at},
        reason=_("The law wants your consent to news told to you again every two years."),
        bulk=True,
    )
