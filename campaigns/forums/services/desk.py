"""What the office does for participants who call."""

from collections.abc import Callable

from django.db import transaction

from messaging.services import enqueue

from ..emails import ORDER_CANCELLED, ORDER_CONFIRMED, ORDER_LAPSED, ORDER_PLACED
from ..exceptions import NoAddressError, RegistrationClosedError
from ..models import Order
from .drafts import Registration
from .orders import place_order
from .state import ForumState
from .steps import record_step

MAILS = {
    Order.Status.CONFIRMED: ORDER_CONFIRMED,
    Order.Status.LAPSED: ORDER_LAPSED,
    Order.Status.CANCELLED: ORDER_CANCELLED,
}


@transaction.atomic
def enter_order(
    state: ForumState,
    asked: Registration,
    *,
    actor: str,
    reason: str,
    then: Callable[[Order], None] | None = None,
) -> Order:
    """Register who called or came, and write down who did it; safe to call twice.

    ``then`` and refusals are as of ``place_order``; a forum that is called off takes nobody.
    """
    if state.page.is_cancelled:
        raise RegistrationClosedError

    def write_down(order: Order) -> None:
        record_step(order, "order_entered", actor, {"reason": reason})
        if then:
            then(order)

    return place_order(state, asked, then=write_down)


@transaction.atomic
def resend_mail(order: Order, *, actor: str, reason: str) -> None:
    """Send the mail that tells how the order stands once more. Raises NoAddressError."""
    if order.email_index is None:
        raise NoAddressError
    enqueue(MAILS.get(Order.Status(order.status), ORDER_PLACED), str(order.public_id))
    record_step(order, "mail_resent", actor, {"reason": reason})
