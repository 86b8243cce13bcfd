"""Who comes, for the phone at the door to keep until midnight: the least by which it can work."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from privacy.blind_index import blind_index

from ..models import Door, ForumSession, Order, Seat, Ticket
from .check_in import Answer, refusal_of

# A code cannot be told from its hash, nor found by trying: a phone tries one in a millisecond.
STRETCHES, CODE_BYTES = 1_000, 16


@dataclass(frozen=True)
class ListedPerson:
    """Somebody's words on the list. ``key`` changes with them; who has no seat has no name."""

    ticket: Ticket
    key: str
    code_hash: bytes


@dataclass(frozen=True)
class ListedState:
    """Whether somebody may come in, and where they did. Names nobody."""

    ticket: Ticket
    refusal: Answer | None
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class DoorList:
    """``people`` are those whose words the phone does not have yet, ``states`` those of all."""

    door: Door
    as_of: datetime
    sessions: tuple[ForumSession, ...]
    people: tuple[ListedPerson, ...]
    states: tuple[ListedState, ...]


def list_for_phone(door: Door, known: Collection[str] = ()) -> DoorList:
    """Everybody with a ticket for the door's forum, in three statements.

    ``known`` are the keys of what the phone has: those people's words are not sent again.
    """
    now = timezone.now()
    sessions = ForumSession.objects.filter(forum=door.forum_id).order_by("starts_at", "sort_order")
    tickets = list(_tickets(door))
    seats = _seats_by_ticket(door)
    keyed = [(ticket, _key(ticket)) for ticket in tickets]
    return DoorList(
        door,
        now,
        tuple(sessions),
        people=tuple(_person(door, t, key) for t, key in keyed if key not in known),
        states=tuple(_state(ticket, tuple(seats[ticket.pk])) for ticket in tickets),
    )


def is_gone(ticket: Ticket) -> bool:
    """Whether nobody comes with it: then the phone knows its code, to say so, and no name."""
    return refusal_of(ticket, None) == Answer.CANCELLED


def _tickets(door: Door):  # type: ignore[no-untyped-def]  # a queryset
    rows = Ticket.objects.filter(order__forum=door.forum_id, code_index__isnull=False)
    rows = rows.select_related("order").only(
        *("public_id", "name", "organisation", "code", "takes_meal", "cancelled_at"),
        *("order__public_id", "order__status", "order__amount_krw"),
    )
    return rows.order_by("pk")


def _seats_by_ticket(door: Door) -> dict[int, list[Seat]]:
    rows = Seat.objects.filter(ticket__order__forum=door.forum_id, released_at=None)
    found: dict[int, list[Seat]] = defaultdict(list)
    for seat in rows.select_related("check_in__door").order_by("session__starts_at"):
        found[seat.ticket_id].append(seat)
    return found


def _key(ticket: Ticket) -> str:
    words = "" if is_gone(ticket) else f"{ticket.name}\n{ticket.organisation or ''}"
    told = f"{ticket.public_id}\n{ticket.code}\n{words}"
    return blind_index("forums.door_list", told).hex()[:16]


def _person(door: Door, ticket: Ticket, key: str) -> ListedPerson:
    signs = "".join(filter(str.isalnum, ticket.code)).upper().encode()
    salt = door.public_id.bytes
    return ListedPerson(
        ticket, key, hashlib.pbkdf2_hmac("sha256", signs, salt, STRETCHES, CODE_BYTES)
    )


def _state(ticket: Ticket, seats: tuple[Seat, ...]) -> ListedState:
    refusal = refusal_of(ticket, seats[0] if seats else None)
    return ListedState(ticket, refusal, seats)


def order_keys(people: Collection[ListedPerson]) -> list[str]:
    """The registrations whose people's names are sent."""
    orders: set[Order] = {one.ticket.order for one in people if not is_gone(one.ticket)}
    return sorted(str(order.public_id) for order in orders)
