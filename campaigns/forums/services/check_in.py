"""Coming in: each seat once, whatever was scanned how often by how many phones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from unicodedata import normalize
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from ..models import CheckIn, Door, ForumPage, ForumSession, Order, Seat, Ticket
from .drafts import ticket_code_index

MOST_FOUND = 20
EARLY = timedelta(hours=2)
# What no door shows is not deciphered there.
NOT_SHOWN = (
    *("meal_note", "code", "order__name", "order__email", "order__phone", "order__organisation"),
)


class Answer(StrEnum):
    """What the door says to a code."""

    WELCOME = "welcome"
    ALREADY = "already"
    UNKNOWN = "unknown"
    OTHER_FORUM = "other_forum"
    CANCELLED = "cancelled"
    UNPAID = "unpaid"
    OTHER_SESSION = "other_session"


@dataclass(frozen=True)
class Scan:
    """The answer, whom it is about where that may be shown here, and when they came in."""

    answer: Answer
    ticket: Ticket | None = None
    seats: Sequence[Seat] = field(default_factory=tuple)
    at: datetime | None = None

    @property
    def meals(self) -> list[str]:
        if self.ticket is None or not self.ticket.takes_meal:
            return []
        return [seat.session.meal for seat in self.seats if seat.session.meal]


def check_in(
    door: Door, session_id: int, *, code: str = "", ticket: str = "", nonce: UUID | None = None
) -> Scan:
    """Let in whoever has this code, or the ticket of this public id, to one session.

    Safe to hear twice and from many phones: the first is welcome, all others hear when that was.
    A phone that got no answer says the same ``nonce`` again. Four statements.
    """
    found = Q(code_index=ticket_code_index(code)) if code else Q(public_id=ticket)
    try:
        return _let_in(door, session_id, found, nonce)
    except IntegrityError:
        # Another phone was faster, on a database that locks no rows: it stands there now.
        return _let_in(door, session_id, found, nonce)


@transaction.atomic(savepoint=False)
def _let_in(door: Door, session_id: int, found: Q, nonce: UUID | None) -> Scan:
    # The order stays locked: nobody cancels it or lets its people in meanwhile.
    tickets = Ticket.objects.select_related("order").select_for_update(of=("order",))
    ticket = tickets.filter(found).defer(*NOT_SHOWN).first()
    if ticket is None:
        return Scan(Answer.UNKNOWN)
    if ticket.order.forum_id != door.forum_id:
        return Scan(Answer.OTHER_FORUM)
    seats = list(
        Seat.objects.filter(ticket=ticket, released_at=None)
        .select_related("session", "check_in")
        .order_by("session__starts_at")
    )
    seat = next((seat for seat in seats if seat.session_id == session_id), None)
    if refusal := refusal_of(ticket, seat):
        return Scan(refusal, ticket, seats)
    assert seat is not None
    if came := getattr(seat, "check_in", None):
        is_told_again = nonce is not None and came.nonce == nonce
        answer = Answer.WELCOME if is_told_again else Answer.ALREADY
        return Scan(answer, ticket, seats, came.checked_in_at)
    now = timezone.now()
    CheckIn.objects.create(seat=seat, door=door, checked_in_at=now, nonce=nonce)
    return Scan(Answer.WELCOME, ticket, seats, now)


def refusal_of(ticket: Ticket, seat: Seat | None) -> Answer | None:
    """Why this ticket lets nobody in to the session of this seat; None where it does."""
    gone = (Order.Status.CANCELLED, Order.Status.LAPSED)
    if ticket.cancelled_at or ticket.order.status in gone:
        return Answer.CANCELLED
    if ticket.order.status == Order.Status.WAITING:
        return Answer.UNPAID
    return None if seat else Answer.OTHER_SESSION


def sessions_with_counts(forum: ForumPage) -> list[ForumSession]:
    """The sessions with ``expected``, how many have a sure seat, and ``came``; one query."""
    sure = Q(seats__released_at=None, seats__ticket__cancelled_at=None) & Q(
        seats__ticket__order__status=Order.Status.CONFIRMED
    )
    rows = ForumSession.objects.filter(forum=forum).annotate(
        expected=Count("seats", filter=sure), came=Count("seats__check_in")
    )
    return list(rows.order_by("starts_at", "sort_order"))


def session_now(sessions: Sequence[ForumSession], now: datetime) -> ForumSession:
    """The one that people come for at this moment: the last whose doors are open, or the first."""
    open_ones = [session for session in sessions if session.starts_at - EARLY <= now]
    return open_ones[-1] if open_ones else sessions[0]


def find_people(forum: ForumPage, query: str) -> list[Ticket]:
    """Those who come and whose name begins like this, with their orders.

    Names are encrypted: all of one forum, a thousand at most, are read and compared here.
    """
    wanted = _plain(query)
    if not wanted:
        return []
    tickets = Ticket.objects.filter(order__forum=forum, cancelled_at=None, anonymised_at=None)
    tickets = tickets.filter(order__in=Order.objects.holding()).only("pk", "name")
    keys = [t.pk for t in tickets if t.name and _plain(t.name).startswith(wanted)]
    found = Ticket.objects.filter(pk__in=keys[:MOST_FOUND]).select_related("order")
    return sorted(found, key=lambda ticket: (ticket.name or "", ticket.pk))


def _plain(name: str) -> str:
    return "".join(normalize("NFC", name).split()).casefold()
