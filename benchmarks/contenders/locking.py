"""Registering as a careful first draft does it."""

from django.db import transaction
from django.utils import timezone

from campaigns.forums.emails import ORDER_PLACED
from campaigns.forums.exceptions import SoldOutError
from campaigns.forums.models import Seat, SeatPool, Ticket
from campaigns.forums.services.drafts import Draft
from messaging.services import enqueue


@transaction.atomic
def place_with_lock(state, asked):
    """Lock, count, write the same rows: nobody else sells until all of it is done."""
    session = state.sessions[0]
    pool = SeatPool.objects.select_for_update().get(session=session, kind=SeatPool.Kind.SESSION)
    held = Seat.objects.filter(session=session, released_at=None).count()
    if pool.capacity is not None and held + len(asked.people) > pool.capacity:
        raise SoldOutError([str(session)])
    draft = Draft(state, asked, state.sessions, None, timezone.now())
    order = draft.order()
    order.save(force_insert=True)
    Seat.objects.bulk_create(draft.seats(Ticket.objects.bulk_create(draft.tickets(order))))
    enqueue(ORDER_PLACED, str(order.public_id))
    return order
