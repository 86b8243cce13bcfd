"""What money, its absence and its going back mean for an order: what payments calls.

Always in payments' own transaction, the order locked before its payment.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from messaging.services import enqueue
from payments.services import close_payment

from ..emails import (
    ORDER_CONFIRMED,
    ORDER_LAPSED,
    ORDER_UNSETTLED,
    ORDER_WITHOUT_SEAT,
    REFUND_SENT,
)
from ..models import PAYMENT_PURPOSE, Order, Seat, Ticket
from .line import pass_on_if_waited_for
from .seats import give_back, lock_pools, seats_held, take_seats
from .state import has_begun
from .steps import SYSTEM, note_step, record_step

Status = Order.Status


class _NoRoomError(Exception):
    """Takes back the seats of those pools that had some."""


def lock_orders(subjects: Collection[str]) -> list[Order]:
    """Lock orders in the order of their ids, before anybody locks their payments."""
    orders = Order.objects.select_for_update(of=("self",)).select_related("forum")
    return list(orders.filter(public_id__in=subjects).order_by("public_id"))


def confirmed_among(subjects: Collection[str]) -> set[str]:
    """Which of these orders have their seats for good."""
    confirmed = Order.objects.confirmed().filter(public_id__in=subjects)
    return {str(public_id) for public_id in confirmed.values_list("public_id", flat=True)}


def lacking_among(subjects: Collection[str]) -> set[str]:
    """Which of these orders have no seats for good, and were not cancelled either."""
    orders = Order.objects.filter(public_id__in=subjects)
    decided = orders.filter(status__in=(Status.CONFIRMED, Status.CANCELLED))
    return set(subjects) - {str(one) for one in decided.values_list("public_id", flat=True)}


@transaction.atomic(savepoint=False)
def settle_order(subject: str) -> bool:
    """Confirm an order whose money is there; whether it still has its seats or could get them back.

    One that had lapsed takes them again if they are free and the forum has not begun, before
    anybody who waits. Safe to call twice.
    """
    order = _lock(subject)
    if order.status == Status.CONFIRMED:
        return True
    if order.status == Status.WAITING or _take_again(order):
        _confirm(order)
        return True
    if order.status == Status.LAPSED and order.email_index:
        enqueue(ORDER_WITHOUT_SEAT, subject)
    return False


@transaction.atomic(savepoint=False)
def unsettle_order(subject: str) -> bool:
    """Have an order wait for its money again: the match was a mistake. It keeps its seats.

    Says whether it waits, and its owner is told; one that lapsed or was cancelled stays as it is.
    """
    order = _lock(subject)
    if order.status == Status.CONFIRMED:
        order.status, order.confirmed_at = Status.WAITING, None
        note_step(order, "order_unsettled", SYSTEM)
        _save_status(order)
        if order.email_index:
            enqueue(ORDER_UNSETTLED, subject)
    return bool(order.status == Status.WAITING)


@transaction.atomic(savepoint=False)
def lapse_order(subject: str) -> None:
    """Give the seats of an unpaid order back. Safe to call twice.

    Called when the deadline is over and no deposit can be on its way any more.
    """
    order = _lock(subject)
    if order.status != Status.WAITING:
        return
    order.status = Status.LAPSED
    _save_status(order)
    close_payment(PAYMENT_PURPOSE, subject)
    record_step(order, "order_lapsed", SYSTEM)
    if order.email_index:
        enqueue(ORDER_LAPSED, subject)
    release_seats(order, list(live_tickets(order)), timezone.now())


@transaction.atomic(savepoint=False)
def tell_refund(subject: str, refund: str) -> None:
    """The treasurer sent money back. The order is locked."""
    order = _lock(subject)
    note_step(order, "refund_sent", SYSTEM, {"refund": refund})
    order.save(update_fields=["is_on_record"])
    if order.email_index:
        enqueue(REFUND_SENT, subject)


def live_tickets(order: Order) -> Any:
    """Those of the people who still come, with their seats."""
    return order.tickets.filter(cancelled_at=None).prefetch_related("seats").order_by("number")


def release_seats(order: Order, tickets: Collection[Ticket], now: datetime) -> None:
    """Give back the seats of some of an order's people, to who waits for them if anybody does.

    The order is locked and holds them.
    """
    lock_pools(order.forum_id)  # All of them, before any: who waits may want others too.
    Seat.objects.filter(ticket__in=tickets, released_at=None).update(released_at=now)
    give_back(seats_held(order, tickets))
    pass_on_if_waited_for(order.forum)


def _lock(subject: str) -> Order:
    (order,) = lock_orders([subject])
    return order


def _take_again(order: Order) -> bool:
    if order.status != Status.LAPSED or order.forum.change or has_begun(order.forum):
        return False
    tickets = list(live_tickets(order))
    try:
        with transaction.atomic():
            lock_pools(order.forum_id)
            if not take_seats(seats_held(order, tickets), in_front=True):
                raise _NoRoomError
            Seat.objects.filter(ticket__in=tickets).update(released_at=None)
            pass_on_if_waited_for(order.forum)
    except _NoRoomError:
        return False
    return True


def _confirm(order: Order) -> None:
    order.status, order.confirmed_at = Status.CONFIRMED, timezone.now()
    note_step(order, "order_confirmed", SYSTEM, {"amount_krw": order.amount_krw})
    _save_status(order)
    if order.email_index:
        enqueue(ORDER_CONFIRMED, str(order.public_id))


def _save_status(order: Order) -> None:
    order.status_changed_at = timezone.now()
    order.save(update_fields=["status", "confirmed_at", "status_changed_at", "is_on_record"])
