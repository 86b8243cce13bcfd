"""Not coming: seats go back at once, money onto the treasurer's list."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from messaging.services import enqueue
from payments.models import Payment
from payments.services import (
    ask_refund,
    card_part,
    close_card_page,
    close_payment,
    lower_amount,
    payments_of,
)

from ..emails import ORDER_CANCELLED
from ..exceptions import OrderGoneError, RefundAccountNeededError, RefundChangedError
from ..models import PAYMENT_PURPOSE, Order, Ticket
from .refunds import Quote, price_of, refund_quote
from .settling import live_tickets, lock_orders, release_seats
from .steps import OWNER, record_step


@dataclass(frozen=True)
class RefundAccount:
    """Where money goes back to."""

    bank: str
    number: str
    holder: str


@dataclass(frozen=True)
class _Back:
    """What goes back of a payment: so much to a card by itself, the rest to an account."""

    payment: Payment | None
    card_krw: int
    rest_krw: int
    account: RefundAccount | None
    reason: str

    @classmethod
    def of(cls, order: Order, quote: Quote, account: RefundAccount | None, reason: str) -> "_Back":
        payment = payments_of(PAYMENT_PURPOSE, [order.public_id]).get(str(order.public_id))
        card_krw = card_part(payment, quote.amount_krw) if payment else 0
        return cls(payment, card_krw, quote.amount_krw - card_krw, account, reason)

    @property
    def needs_account(self) -> bool:
        return bool(self.rest_krw and self.account is None)

    def ask(self) -> None:
        """The card first: what is left on it decides how the rest goes."""
        assert self.payment is not None
        if self.card_krw:
            ask_refund(self.payment, amount_krw=self.card_krw, reason=self.reason)
        if self.rest_krw:
            ask_refund(
                self.payment,
                amount_krw=self.rest_krw,
                reason=self.reason,
                bank=self.account.bank if self.account else "",
                account_number=self.account.number if self.account else "",
                account_holder=self.account.holder if self.account else "",
            )


@transaction.atomic
def cancel_order(
    order: Order,
    *,
    tickets: Collection[int] | None = None,
    shown_krw: int | None = None,
    account: RefundAccount | None = None,
    actor: str = OWNER,
    reason: str = "",
    writes: bool = True,
) -> Order:
    """Take back an order, or some of its people by the ids of their tickets.

    ``shown_krw`` is the refund that was shown before the button was pressed. Refuses with
    OrderGoneError, RefundChangedError where another sum goes back by now, and
    RefundAccountNeededError where the owner did not say where to; staff may leave that open, and
    what goes back to a card needs none. A card's page that is still open is closed afterwards.
    Without ``writes`` somebody else tells the participant.
    """
    (order,) = lock_orders([str(order.public_id)])
    live = list(live_tickets(order))
    going = [ticket for ticket in live if tickets is None or ticket.pk in tickets]
    quote = refund_quote(order, timezone.now(), tickets=going)
    if not going or not _can_cancel(order, quote):
        raise OrderGoneError
    if shown_krw is not None and quote.amount_krw != shown_krw:
        raise RefundChangedError
    back = _Back.of(order, quote, account, reason or quote.rule)
    if back.needs_account and actor == OWNER:
        raise RefundAccountNeededError
    held_seats = order.status != Order.Status.LAPSED
    _leave(order, live, going)
    _settle_money(order, back)
    _note(order, going, actor, {"refund_krw": quote.amount_krw, "reason": reason})
    _lower(order)
    if writes and order.email_index:
        enqueue(ORDER_CANCELLED, str(order.public_id))
    if held_seats:
        release_seats(order, going, timezone.now())
    return order


def _can_cancel(order: Order, quote: Quote) -> bool:
    """An order that lapsed has nothing left to give back but money that came too late."""
    if order.status == Order.Status.LAPSED:
        return bool(quote.amount_krw)
    return order.status in (Order.Status.WAITING, Order.Status.CONFIRMED)


def _leave(order: Order, live: Collection[Ticket], going: Collection[Ticket]) -> None:
    now = timezone.now()
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in going]).update(cancelled_at=now)
    if len(going) == len(live):
        order.status, order.status_changed_at = Order.Status.CANCELLED, now
        order.save(update_fields=["status", "status_changed_at"])


def _settle_money(order: Order, back: _Back) -> None:
    payment = back.payment
    if payment is None:
        return
    back.ask()
    if payment.method == Payment.Method.CARD:
        transaction.on_commit(lambda: close_card_page(payment))
    if order.status == Order.Status.CANCELLED:
        close_payment(PAYMENT_PURPOSE, order.public_id)
    elif payment.state == Payment.State.OPEN:
        lower_amount(payment, sum(price_of(ticket) for ticket in live_tickets(order)))


def _lower(order: Order) -> None:
    """Who stays is asked for what those who stay cost; the whole stands on the chain."""
    if order.status != Order.Status.CANCELLED:
        order.amount_krw = sum(price_of(ticket) for ticket in live_tickets(order))
        order.save(update_fields=["amount_krw"])


def _note(order: Order, going: Collection[Ticket], actor: str, values: dict[str, object]) -> None:
    numbers = [ticket.number for ticket in going]
    record_step(order, "order_cancelled", actor, {"tickets": numbers, **values})
