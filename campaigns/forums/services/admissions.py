"""What phones did while they had no network: each coming once, whatever is told how often."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..models import CheckIn, Door, DoorIncident, ForumPage, ForumSession, Seat, Ticket
from .check_in import refusal_of

CAME, UNKNOWN = "came", "unknown"
MOST_AT_ONCE = 200
Kind = DoorIncident.Kind


@dataclass(frozen=True)
class Admission:
    """Whom a phone let in to which session, and when by its clock."""

    nonce: uuid.UUID
    ticket: uuid.UUID
    session_id: int
    at: datetime


def hear_admissions(door: Door, told: Sequence[Admission]) -> dict[uuid.UUID, str]:
    """Write down what a phone did without network, and answer for each what became of it.

    ``came``, the kind of incident, or ``unknown``. Of two comings of one seat the earlier by time
    is its check-in; the later becomes an incident with its gate and time. Safe to hear twice: the
    same nonce gets the same answer and writes nothing. Eight statements at most.
    """
    try:
        return _hear(door, told)
    except IntegrityError:
        # Told twice at one moment, or another phone was faster where no rows are locked.
        return _hear(door, told)


def incidents_of(forum: ForumPage) -> list[DoorIncident]:
    """What went wrong at its doors, latest first, each with its seat's check-in; one query."""
    rows = DoorIncident.objects.filter(ticket__order__forum=forum)
    related = ("ticket__order", "session", "door", "seat__check_in__door")
    return list(rows.select_related(*related).order_by("-admitted_at", "-pk"))


@transaction.atomic
def _hear(door: Door, told: Sequence[Admission]) -> dict[uuid.UUID, str]:
    tickets = _lock_tickets(door, {one.ticket for one in told})
    sessions = set(ForumSession.objects.filter(forum=door.forum_id).values_list("pk", flat=True))
    rows = Seat.objects.filter(ticket__in=tickets.values(), released_at=None)
    seats = {(s.ticket_id, s.session_id): s for s in rows.select_related("check_in__door")}
    book = _Book(door, timezone.now(), seats, _heard_before([one.nonce for one in told]))
    for one in sorted(told, key=lambda one: one.at):
        ticket = tickets.get(one.ticket)
        if one.nonce not in book.heard:
            known = ticket is not None and one.session_id in sessions
            book.heard[one.nonce] = book.enter(one, ticket) if ticket and known else UNKNOWN
    book.write()
    return {one.nonce: book.heard[one.nonce] for one in told}


def _lock_tickets(door: Door, public_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Ticket]:
    """Their orders stay locked, one after the other, as ``check_in`` locks its one."""
    rows = Ticket.objects.select_related("order").select_for_update(of=("order",))
    rows = rows.filter(public_id__in=public_ids, order__forum=door.forum_id)
    rows = rows.only("public_id", "cancelled_at", "order__status").order_by("order_id", "pk")
    return {ticket.public_id: ticket for ticket in rows}


def _heard_before(nonces: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    came = CheckIn.objects.filter(nonce__in=nonces).values_list("nonce", flat=True)
    incidents = DoorIncident.objects.filter(nonce__in=nonces).values_list("nonce", "kind")
    return {**{nonce: CAME for nonce in came if nonce}, **dict(incidents)}


@dataclass
class _Book:
    """What is about to be written, so that many admissions cost as many statements as one."""

    door: Door
    now: datetime
    seats: Mapping[tuple[int, int], Seat]
    heard: dict[uuid.UUID, str]
    came: dict[int, CheckIn] = field(default_factory=dict)
    moved: list[CheckIn] = field(default_factory=list)
    incidents: list[DoorIncident] = field(default_factory=list)

    def enter(self, one: Admission, ticket: Ticket) -> str:
        seat, at = self.seats.get((ticket.pk, one.session_id)), self._bounded(one.at)
        if refusal := refusal_of(ticket, seat):
            return self._note(Kind(refusal.value), one.nonce, ticket.pk, one.session_id, at)
        assert seat is not None
        first = self.came.get(seat.pk) or getattr(seat, "check_in", None)
        if first is None:
            self.came[seat.pk] = CheckIn(
                seat=seat, door=self.door, checked_in_at=at, nonce=one.nonce
            )
            return CAME
        if at < first.checked_in_at:
            self._displace(first, seat, at, one.nonce)
            return CAME
        return self._note(Kind.DOUBLE, one.nonce, ticket.pk, one.session_id, at, seat=seat)

    def write(self) -> None:
        CheckIn.objects.bulk_update(self.moved, ["door", "checked_in_at", "nonce"])
        CheckIn.objects.bulk_create(self.came.values())
        DoorIncident.objects.bulk_create(self.incidents)

    def _bounded(self, at: datetime) -> datetime:
        """As the phone said, but while it stood there: its clock may be wrong."""
        assert self.door.enrolled_at is not None
        until = min(self.now, self.door.closed_at or self.now, self.door.ends_at)
        return max(self.door.enrolled_at, min(at, until))

    def _displace(self, first: CheckIn, seat: Seat, at: datetime, nonce: uuid.UUID) -> None:
        """Somebody came earlier than the one whose coming was known: that one is the second."""
        self._note(
            *(Kind.DOUBLE, first.nonce or uuid.uuid4(), seat.ticket_id, seat.session_id),
            first.checked_in_at,
            seat=seat,
            door=first.door,
        )
        first.door, first.checked_in_at, first.nonce = self.door, at, nonce
        self.moved.append(first)

    def _note(
        self,
        kind: DoorIncident.Kind,
        nonce: uuid.UUID,
        ticket_id: int,
        session_id: int,
        at: datetime,
        *,
        seat: Seat | None = None,
        door: Door | None = None,
    ) -> str:
        self.incidents.append(
            DoorIncident(
                nonce=nonce,
                kind=kind,
                ticket_id=ticket_id,
                session_id=session_id,
                seat=seat,
                door=door or self.door,
                admitted_at=at,
                heard_at=self.now,
            )
        )
        return kind.value
