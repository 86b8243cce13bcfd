"""What the owner of a registration does on /my/: puts facts right, takes it elsewhere, leaves."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from messaging.services import enqueue, forget_finished
from payments.models import Payment, Refund
from payments.services import payments_of
from privacy.addresses import EMAIL_RULE_VERSION
from privacy.blind_index import address_index, name_index

from ..emails import ORDER_PLACED
from ..exceptions import MoneyToReturnError, OrderGoneError
from ..models import PAYMENT_PURPOSE, Order
from .cancel import cancel_order
from .drafts import phone_index
from .retention import empty_orders, end_links
from .settling import lock_orders
from .state import has_begun
from .steps import OWNER, record_step

CORRECTABLE = ("name", "organisation", "phone")


@transaction.atomic
def correct_order(public_id: uuid.UUID, values: Mapping[str, str]) -> list[str]:
    """Put facts right; returns the names of those that changed. Safe to call twice.

    Who comes under the same name comes under the new one. Refuses with OrderGoneError.
    """
    order = _own(public_id)
    changed = [n for n in CORRECTABLE if (getattr(order, n) or "") != (values.get(n) or "")]
    if "name" in changed:
        same = order.tickets.filter(name_index=order.name_index)
        order.name_index = name_index(values["name"])
        same.update(name=values["name"], name_index=order.name_index)
    if "phone" in changed:
        order.phone_index = phone_index(values["phone"]) if values["phone"] else None
    for name in changed:
        setattr(order, name, values.get(name) or None)
    if changed:
        order.save(update_fields=[*changed, "name_index", "phone_index"])
        record_step(order, "order_corrected", OWNER, {"fields": changed})
    return changed


@transaction.atomic
def move_order(public_id: uuid.UUID, email: str) -> None:
    """Put a registration under another address, whose owner has confirmed that it is theirs.

    Earlier links end, since they lie in the old mailbox; the new one gets its own. Refuses with
    OrderGoneError. Safe to call twice.
    """
    order = _own(public_id)
    if order.email == email:
        return
    order.email, order.email_index = email, address_index(email)
    order.email_rule = EMAIL_RULE_VERSION
    order.save(update_fields=["email", "email_index", "email_rule"])
    forget_finished(str(public_id))
    end_links([order])
    record_step(order, "order_moved", OWNER, {})
    if order.status in (Order.Status.WAITING, Order.Status.CONFIRMED):
        enqueue(ORDER_PLACED, str(public_id))


@transaction.atomic
def leave_order(public_id: uuid.UUID) -> None:
    """Give the seats back, if the forum is still to come, and forget who it was.

    Refuses with MoneyToReturnError as long as money may have to go back, which needs an account
    and so the page of the registration. Safe to call twice.
    """
    (order,) = lock_orders([str(public_id)])
    if order.anonymised_at:
        return
    if returns_money(order, payment_of(order)):
        raise MoneyToReturnError
    holds = order.status in (Order.Status.WAITING, Order.Status.CONFIRMED)
    if holds and not has_begun(order.forum):
        cancel_order(order)
    empty_orders([order])


def payment_of(order: Order) -> Payment | None:
    subject = str(order.public_id)
    return payments_of(PAYMENT_PURPOSE, [subject]).get(subject)


def returns_money(order: Order, payment: Payment | None) -> bool:
    """Whether money is on its way back, or would be if the registration ended now."""
    if payment is None:
        return False
    if any(refund.state == Refund.State.ASKED for refund in payment.refunds.all()):
        return True
    came = order.status == Order.Status.CONFIRMED and has_begun(order.forum)
    return payment.refundable_krw > 0 and order.status != Order.Status.CANCELLED and not came


def _own(public_id: uuid.UUID) -> Order:
    (order,) = lock_orders([str(public_id)])
    if order.anonymised_at:
        raise OrderGoneError
    return order
