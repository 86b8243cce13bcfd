"""Who paid when the seats were gone: they come before everybody who waits.

They lost their place by a day and have paid for it; the money goes back only if they ask, or if
no seat gets free.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Subquery

from payments.exceptions import PaymentsError
from payments.models import Payment, Refund
from payments.services import payments_of, retry_settling

from ..models import PAYMENT_PURPOSE, ForumPage, Order, SeatPool
from .seats import read_pools, seats_held
from .state import has_begun

MOST = 50


def late_payers(forum: ForumPage) -> Sequence[Order]:
    """The registrations of a forum whose money came too late and lies here, first paid first."""
    rows = paid_late().filter(forum=forum).prefetch_related("tickets__seats")
    return list(rows.order_by("paid_at", "pk")[:MOST])


def seats_of(order: Order) -> dict[int, int]:
    """How many of each pool it took before it lapsed."""
    return seats_held(order, [t for t in order.tickets.all() if t.cancelled_at is None])


def seat_late_payers() -> int:
    """Give their seats back to who paid too late, as soon as they are free; returns to how many.

    By a job each minute; safe to kill and to call twice.
    """
    orders = paid_late().filter(forum__change=ForumPage.Change.NONE).select_related("forum")
    orders = orders.prefetch_related("tickets__seats").order_by("paid_at", "pk")
    return sum(_seat(order) for order in orders[:MOST] if not has_begun(order.forum))


def _seat(order: Order) -> bool:
    """Asks payments, which locks the order and its payment and calls ``settle_order``."""
    if not _is_room(order):
        return False
    payment = payments_of(PAYMENT_PURPOSE, [order.public_id])[str(order.public_id)]
    try:
        retry_settling(payment)
    except PaymentsError:  # Somebody else was faster, or the treasurer sent it back.
        return False
    return True


def _is_room(order: Order) -> bool:
    wanted = seats_of(order)
    sessions = {seat.session_id for ticket in order.tickets.all() for seat in ticket.seats.all()}
    pools = {p.pk: p for p in read_pools(sessions, order.invitation_id, order.forum_id)}
    return all(_free(pools[pk]) >= number for pk, number in wanted.items())


def _free(pool: SeatPool) -> float:
    return float("inf") if pool.capacity is None else pool.capacity - pool.taken


def paid_late() -> Any:
    """The registrations that lapsed, whose money came after that and is not on its way back."""
    asked = Refund.objects.filter(state=Refund.State.ASKED).values("payment")
    payments = Payment.objects.filter(
        purpose=PAYMENT_PURPOSE,
        state=Payment.State.NO_SEAT,
        subject=OuterRef("public_id"),
        refunded_krw=0,
    ).exclude(pk__in=asked)
    lapsed = Order.objects.with_person().filter(status=Order.Status.LAPSED)
    paid = lapsed.annotate(paid_at=Subquery(payments.values("paid_at")[:1]))
    return paid.filter(paid_at__isnull=False)
