"""What the office wants to know of a forum, in numbers that name nobody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate

from payments.models import Payment, Refund

from ..models import (
    PAYMENT_PURPOSE,
    DoorIncident,
    ForumPage,
    ForumSession,
    Order,
    Ticket,
    WaitingEntry,
)

MOST_ORGANISATIONS = 40


@dataclass(frozen=True)
class Day:
    """``share`` of the fullest day, in percent, for the bar."""

    day: date
    people: int
    share: int


@dataclass(frozen=True)
class Money:
    """Whole won. ``late`` came when the seats were gone and waits for a decision."""

    expected: int
    paid: int
    late: int
    to_refund: int
    sent: int  # back, of what was paid or came late
    by_card: int  # of what was paid


@dataclass(frozen=True)
class ForumNumbers:
    days: Sequence[Day]
    sessions: Sequence[ForumSession]
    organisations: Sequence[tuple[str, int]]
    money: Money
    incidents: Sequence[tuple[str, int]]


def numbers_of(forum: ForumPage, orders: QuerySet[Order]) -> ForumNumbers:
    """Of those registrations of a forum that somebody may see; seven queries."""
    orders = orders.filter(forum=forum).order_by()
    held = orders.filter(status__in=(Order.Status.WAITING, Order.Status.CONFIRMED))
    return ForumNumbers(
        *(_days(orders), _sessions(forum, held), _organisations(held), _money(orders)),
        incidents=_incidents(orders),
    )


def _days(orders: QuerySet[Order]) -> list[Day]:
    rows = orders.annotate(day=TruncDate("created_at")).values("day")
    counted = list(rows.annotate(people=Count("tickets")).order_by("day"))
    most = max((row["people"] for row in counted), default=1) or 1
    return [Day(row["day"], row["people"], row["people"] * 100 // most) for row in counted]


def _sessions(forum: ForumPage, held: QuerySet[Order]) -> list[ForumSession]:
    """Each with ``confirmed``, ``waiting``, ``came`` and ``meals`` (of the confirmed ones), and
    of its waiting list with people ``offered`` seats and ``in_line``."""
    mine = Q(seats__released_at=None, seats__ticket__cancelled_at=None)
    mine &= Q(seats__ticket__order__in=held)
    sure = mine & Q(seats__ticket__order__status=Order.Status.CONFIRMED)
    rows = ForumSession.objects.filter(forum=forum).annotate(
        confirmed=Count("seats", filter=sure),
        waiting=Count("seats", filter=mine) - Count("seats", filter=sure),
        meals=Count("seats", filter=sure & Q(seats__ticket__takes_meal=True)),
        came=Count("seats__check_in", filter=mine),
        offered=_in_line(WaitingEntry.State.OFFERED),
        in_line=_in_line(WaitingEntry.State.WAITING),
    )
    return list(rows.order_by("starts_at", "sort_order"))


def _in_line(state: str) -> Coalesce:
    """How many people of entries in this state want a session."""
    entries = WaitingEntry.objects.filter(sessions=OuterRef("pk"), state=state).order_by()
    counted = entries.values("sessions").annotate(number=Sum("people")).values("number")
    return Coalesce(Subquery(counted), 0)


def _organisations(held: QuerySet[Order]) -> list[tuple[str, int]]:
    """Names are encrypted: a thousand at most are read and counted here."""
    tickets = Ticket.objects.filter(order__in=held, cancelled_at=None, organisation__isnull=False)
    counted = Counter(ticket.organisation for ticket in tickets.only("organisation"))
    return sorted(counted.items(), key=lambda row: (-row[1], row[0]))[:MOST_ORGANISATIONS]


def _incidents(orders: QuerySet[Order]) -> list[tuple[str, int]]:
    """What phones without network let happen at the doors, by kind."""
    rows = DoorIncident.objects.filter(ticket__order__in=orders).order_by()
    counted = dict(rows.values_list("kind").annotate(number=Count("pk")))
    return [(kind.label, counted[kind]) for kind in DoorIncident.Kind if kind in counted]


def _money(orders: QuerySet[Order]) -> Money:
    payments = Payment.objects.filter(
        purpose=PAYMENT_PURPOSE, subject__in=orders.values("public_id")
    )
    state = Payment.State
    told = payments.aggregate(
        expected=Sum("amount_krw", filter=Q(state__in=(state.OPEN, state.PAID))),
        paid=Sum("received_krw", filter=Q(state=state.PAID)),
        by_card=Sum("card_krw", filter=Q(state=state.PAID)),
        late=Sum("received_krw", filter=Q(state=state.NO_SEAT)),
    )
    going = Refund.State
    back = Refund.objects.filter(payment__in=payments).aggregate(
        asked=Sum("amount_krw", filter=Q(state=going.ASKED)),
        sent=Sum("amount_krw", filter=Q(state=going.SENT)),
    )
    return Money(
        told["expected"] or 0,
        told["paid"] or 0,
        told["late"] or 0,
        to_refund=back["asked"] or 0,
        sent=back["sent"] or 0,
        by_card=told["by_card"] or 0,
    )
