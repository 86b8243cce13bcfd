"""Somebody else comes: the ticket stays, its code does not."""

from collections.abc import Collection

from django.db import transaction

from messaging.services import enqueue
from privacy.blind_index import name_index
from privacy.tokens import random_signs, revoke_tokens

from ..emails import ATTENDEE_CHANGED, TICKET_TOKEN
from ..exceptions import AttendeeFixedError
from ..models import CheckIn, Order, Ticket
from .drafts import TICKET_CODE_LENGTH, ticket_code_index
from .settling import lock_orders
from .state import has_begun
from .steps import OWNER, record_step


@transaction.atomic
def change_attendee(
    order: Order, number: int, *, name: str, organisation: str = "", meal_note: str = ""
) -> Ticket:
    """Have somebody else come with one ticket of an order, until the forum begins.

    For a new name the old code and every link to the ticket are void, and a mail tells of the new
    one. The same name keeps its code, so it is safe to call twice. Refuses with AttendeeFixedError.
    """
    (order,) = lock_orders([str(order.public_id)])
    ticket = order.tickets.filter(number=number).first()
    if ticket is None or not may_change_attendee(order, ticket):
        raise AttendeeFixedError
    ticket.organisation, ticket.meal_note = organisation or None, meal_note or None
    if ticket.name == name:
        ticket.save(update_fields=["organisation", "meal_note"])
        return ticket
    ticket.name, ticket.name_index = name, name_index(name)
    renew_code(ticket)
    ticket.save()
    record_step(order, "attendee_changed", OWNER, {"ticket": number})
    if order.email_index:
        enqueue(ATTENDEE_CHANGED, str(order.public_id))
    return ticket


def may_change_attendee(order: Order, ticket: Ticket) -> bool:
    """Whether it is not too late; nobody has come in with it yet."""
    return ticket.number in changeable_tickets(order, [ticket])


def changeable_tickets(order: Order, tickets: Collection[Ticket]) -> set[int]:
    """The numbers of those with which somebody else may still come; two queries."""
    holds = order.status in (Order.Status.WAITING, Order.Status.CONFIRMED)
    if not holds or order.forum.change or has_begun(order.forum):
        return set()
    used = CheckIn.objects.filter(seat__ticket__in=tickets).values_list("seat__ticket", flat=True)
    gone = set(used)
    return {t.number for t in tickets if not t.cancelled_at and t.pk not in gone}


def renew_code(ticket: Ticket) -> None:
    """Give a ticket another code; whoever has the old one or a link to it has nothing."""
    ticket.code = random_signs(TICKET_CODE_LENGTH)
    ticket.code_index = ticket_code_index(ticket.code)
    revoke_tokens(TICKET_TOKEN, str(ticket.public_id))
