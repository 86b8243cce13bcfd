"""What the office does for participants who call."""

from django.db import transaction

from messaging.services import enqueue

from ..emails import ORDER_CANCELLED, ORDER_LAPSED, ORDER_PLACED
from ..exceptions import NoAddressError, RegistrationClosedError
from ..models import Order
from .orders import Registration, place_order
from .settling import record_step
from .state import ForumState

MAILS = {Order.Status.LAPSED: ORDER_LAPSED, Order.Status.CANCELLED: ORDER_CANCELLED}


@transaction.atomic
def enter_order(state: ForumState, asked: Registration, *, actor: str, reason: str) -> Order:
    """Register who called, and write down who did it; safe to call twice.

    Refuses as ``place_order`` does, and for a forum that is called off.
    """
    if state.page.is_cancelled:
        raise RegistrationClosedError
    was_there = Order.objects.filter(form_key=asked.key).exists()
    order = place_order(state, asked)
    if not was_there:
        record_step(order, "order_entered", actor, {"reason": reason})
    return order


@transaction.atomic
def resend_mail(order: Order, *, actor: str, reason: str) -> None:
    """Send the mail that tells how the order stands once more. Raises NoAddressError."""
    if order.email_index is None:
        raise NoAddressError
    enqueue(MAILS.get(Order.Status(order.status), ORDER_PLACED), str(order.public_id))
    record_step(order, "mail_resent", actor, {"reason": reason})
