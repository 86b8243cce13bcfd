"""What happened to registrations, on their chains of evidence. Nobody's name is among it.

That one was placed or confirmed is noted and put on its chain within seconds: neither may make
those wait who want a seat, or the treasurer with five hundred deposits. That it was placed costs
no statement at all: the row says whether its beginning is on record.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import prefetch_related_objects

from evidence.services import Noted, append_waiting_of, note_events, record_event

from ..models import Order

EVIDENCE_SUBJECT = "forums.order"
SYSTEM = "payments"
OWNER = "participant"
BATCH = 500


def note_placed() -> int:
    """Note the beginning of registrations whose rows say that it is not on record.

    Returns how many. By a job each few seconds; safe to kill and to call twice.
    """
    noted = 0
    while number := _note_batch():
        noted += number
    return noted


@transaction.atomic
def _note_batch() -> int:
    rows = Order.objects.filter(is_on_record=False).select_for_update(skip_locked=True)
    orders = list(rows.prefetch_related("tickets__seats").order_by("pk")[:BATCH])
    note_events(EVIDENCE_SUBJECT, [event for order in orders for event in _beginning(order)])
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(is_on_record=True)
    return len(orders)


def note_step(order: Order, kind: str, actor: str, values: dict[str, object] | None = None) -> None:
    """Have a step written down on the chain of an order that is locked; one statement.

    The caller saves the order, with ``is_on_record``.
    """
    step = Noted(str(order.public_id), kind, actor, values or {})
    note_events(EVIDENCE_SUBJECT, [*_missing(order), step])


@transaction.atomic(savepoint=False)
def record_step(
    order: Order, kind: str, actor: str, values: dict[str, object] | None = None
) -> None:
    """Write a step down on the chain of an order that is locked, after all that was noted."""
    if beginning := _missing(order):
        note_events(EVIDENCE_SUBJECT, beginning)
        order.save(update_fields=["is_on_record"])
    subject_id = str(order.public_id)
    append_waiting_of(EVIDENCE_SUBJECT, subject_id)
    record_event(
        subject_type=EVIDENCE_SUBJECT,
        subject_id=subject_id,
        kind=kind,
        actor=actor,
        values=values or {},
    )


def _missing(order: Order) -> list[Noted]:
    if order.is_on_record:
        return []
    order.is_on_record = True
    prefetch_related_objects([order], "tickets__seats")
    return list(_beginning(order))


def _beginning(order: Order) -> Iterable[Noted]:
    """That it was placed; and, with nothing to pay, confirmed in the same moment."""
    subject_id, tickets = str(order.public_id), order.tickets.all()
    placed = {
        "placed_at": order.created_at.isoformat(),
        "channel": str(order.channel),
        "people": len(tickets),
        "sessions": sorted({seat.session_id for ticket in tickets for seat in ticket.seats.all()}),
        "amount_krw": order.amount_krw,
    }
    actor = OWNER if order.channel == Order.Channel.WEB else str(order.channel)
    yield Noted(subject_id, "order_placed", actor, placed)
    if not order.amount_krw:
        yield Noted(subject_id, "order_confirmed", SYSTEM, {"amount_krw": 0})
