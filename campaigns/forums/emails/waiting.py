"""Mails to who waits for a seat. Built by the worker when it sends, from what is true then."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from messaging.emails import render_email
from messaging.registry import Email
from privacy.tokens import mint_token

from ..models import ForumPage, WaitingEntry

LIST_JOINED = "forums.list_joined"
SEAT_OFFERED = "forums.seat_offered"
OFFER_DECLINED = "forums.offer_declined"
OFFER_EXPIRED = "forums.offer_expired"
LIST_LEFT = "forums.list_left"
LIST_CLOSED = "forums.list_closed"
LIST_CHANGED = "forums.list_changed"

WAITING_TOKEN = "forums.waiting"  # noqa: S105 (a purpose, not a secret)
WAITING_LIFETIME = timedelta(days=400)

State = WaitingEntry.State
Change = ForumPage.Change


def welcome_to_list(subject: str) -> Email | None:
    """The place in the line, and the page behind a link; by then there may be an offer."""
    entry = _entry(subject)
    if entry is None or not (entry.is_waiting or entry.is_offered):
        return None
    if entry.is_offered:
        return offer_seat(subject)
    place = WaitingEntry.objects.in_front_of(entry).count() + 1
    return _mail("list_joined", entry, place=place)


def offer_seat(subject: str) -> Email | None:
    """Until when seats are held, and the page on which they are taken or declined."""
    entry = _entry(subject)
    if entry is None or not entry.is_offered or entry.offer_until <= timezone.now():
        return None
    return _mail("seat_offered", entry)


def tell_declined(subject: str) -> Email | None:
    """That the seats went to the next."""
    return _if_in(subject, State.DECLINED, "offer_declined")


def tell_expired(subject: str) -> Email | None:
    """Nobody answered in time."""
    return _if_in(subject, State.EXPIRED, "offer_expired")


def tell_removed(subject: str) -> Email | None:
    """The office took the entry off the list."""
    return _if_in(subject, State.LEFT, "list_left")


def tell_closed(subject: str) -> Email | None:
    """No seat got free until the list closed."""
    return _if_in(subject, State.CLOSED, "list_closed")


def tell_list_change(subject: str) -> Email | None:
    """What is true when it is sent: a forum may be postponed and called off within a minute."""
    entry = _entry(subject)
    if entry is None or entry.forum.changed_at is None:
        return None
    change = entry.forum.change
    told = {"is_cancelled": change == Change.CANCELLED, "is_postponed": change == Change.POSTPONED}
    return _mail("list_changed", entry, **told)


def waiting_path(entry: WaitingEntry) -> str:
    """A new secret address of an entry's page."""
    token = mint_token(WAITING_TOKEN, str(entry.public_id), WAITING_LIFETIME)
    return reverse("forums:show-waiting", args=[token])


def _if_in(subject: str, state: str, name: str) -> Email | None:
    entry = _entry(subject)
    return _mail(name, entry) if entry and entry.state == state else None


def _entry(subject: str) -> WaitingEntry | None:
    rows = WaitingEntry.objects.with_person().select_related("forum__contact")
    return rows.filter(public_id=uuid.UUID(subject), email_index__isnull=False).first()


def _mail(name: str, entry: WaitingEntry, **context: object) -> Email:
    forum = entry.forum
    assert entry.email is not None
    return render_email(
        f"forums/emails/{name}",
        to=entry.email,
        context={
            "entry": entry,
            "forum": forum,
            "sessions": list(entry.sessions.order_by("starts_at")),
            "forum_url": settings.SITE_URL + (forum.url or "/"),
            "entry_url": settings.SITE_URL + waiting_path(entry),
            **context,
        },
        reason=_("You get this mail because you asked for a seat of “%(title)s”.")
        % {"title": forum.title},
    )
