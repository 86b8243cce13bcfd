"""Mails about an order. Built by the worker when it sends, from what is true at that moment."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from messaging.emails import render_email
from messaging.registry import Email
from messaging.services import asked_among
from payments.models import Payment, Refund
from payments.services import goes_to_card, payments_of, waits_for_card, ways_in_words
from privacy.tokens import mint_token

from ..models import PAYMENT_PURPOSE, InvitationRequest, Order, Ticket

ORDER_PLACED = "forums.order_placed"
ORDER_CONFIRMED = "forums.order_confirmed"
ORDER_UNSETTLED = "forums.order_unsettled"
ORDER_LAPSED = "forums.order_lapsed"
ORDER_CANCELLED = "forums.order_cancelled"
ORDER_WITHOUT_SEAT = "forums.order_without_seat"
ATTENDEE_CHANGED = "forums.attendee_changed"
ORDER_DUE = "forums.order_due"
FORUM_NEAR = "forums.forum_near"
REFUND_SENT = "forums.refund_sent"
INVITATION_LINK = "forums.invitation_link"

ORDER_TOKEN = "forums.order"  # noqa: S105 (a purpose, not a secret)
TICKET_TOKEN = "forums.ticket"  # noqa: S105 (the same)
INVITATION_TOKEN = "forums.invitation"  # noqa: S105 (the same)

ORDER_LIFETIME = timedelta(days=400)
SHOWN_OF_ACCOUNT = 4
INVITATION_LIFETIME = timedelta(days=1)

Status = Order.Status
# Mails that hand out tickets: a link for each person, to be passed on.
WITH_TICKETS = ("order_confirmed", "attendee_changed", "forum_near")


def answer_order(subject: str) -> Email | None:
    """What somebody registered for, and how to pay; or, with nothing to pay, that it is certain.

    Whoever paid before this was sent is told by the other mail alone.
    """
    order, payment = _read(subject)
    if order is None or order.status not in (Status.WAITING, Status.CONFIRMED):
        return None
    if order.status == Status.CONFIRMED and asked_among(ORDER_CONFIRMED, [subject]):
        return None
    name = "order_placed" if order.status == Status.WAITING else "order_confirmed"
    return _mail(name, order, payment, others=_others(order))


def confirm_order(subject: str) -> Email | None:
    """The money is there."""
    order, payment = _read(subject)
    if order is None or order.status != Status.CONFIRMED:
        return None
    return _mail("order_confirmed", order, payment, others=_others(order))


def tell_unsettled(subject: str) -> Email | None:
    """The money was somebody else's or is looked at again: the order waits, its seats stay.

    A deadline that is over is not told as one.
    """
    order, payment = _read(subject)
    if order is None or order.status != Status.WAITING:
        return None
    is_late = bool(payment and payment.due_at and payment.due_at <= timezone.now())
    if payment and is_late:
        payment.due_at = None
    return _mail("order_unsettled", order, payment, is_late=is_late)


def tell_new_attendee(subject: str) -> Email | None:
    """Who comes now, and the new ticket; the old one is void."""
    order, payment = _read(subject)
    if order is None or order.status not in (Status.WAITING, Status.CONFIRMED):
        return None
    return _mail("attendee_changed", order, payment)


def remind_of_payment(subject: str) -> Email | None:
    """The deadline is near and the money is not there."""
    order, payment = _read(subject)
    if order is None or order.status != Status.WAITING:
        return None
    return _mail("order_due", order, payment)


def remind_of_forum(subject: str) -> Email | None:
    """It is tomorrow: when, where, and the tickets."""
    order, payment = _read(subject)
    if order is None or order.status != Status.CONFIRMED or order.forum.change:
        return None
    return _mail("forum_near", order, payment)


def tell_lapse(subject: str) -> Email | None:
    """The deadline is over, and the seats went back."""
    order, payment = _read(subject)
    if order is None or order.status != Status.LAPSED:
        return None
    return _mail("order_lapsed", order, payment)


def tell_no_seat(subject: str) -> Email | None:
    """The money came when the seats were gone: it goes back, unless a seat is found."""
    order, payment = _read(subject)
    if order is None or order.status != Status.LAPSED:
        return None
    return _mail("order_without_seat", order, payment)


def tell_cancellation(subject: str) -> Email | None:
    """Who of an order does not come any more, and what goes back."""
    order, payment = _read(subject)
    return _mail("order_cancelled", order, payment) if order else None


def tell_refund(subject: str) -> Email | None:
    """Money was sent back: when, how much and where to, of all that was sent until now."""
    sent = Refund.objects.filter(
        state=Refund.State.SENT, payment__purpose=PAYMENT_PURPOSE, payment__subject=subject
    )
    order, payment = _read(subject)
    if order is None or not sent:
        return None
    rows = [(row, _where_to(row)) for row in sent.order_by("decided_at")]
    all_to_card = all(row.attempt_id for row, _where in rows)
    return _mail("refund_sent", order, payment, sent=rows, all_to_card=all_to_card)


def send_invitation_link(subject: str) -> Email | None:
    """The way to an organisation's sessions, for whoever reads the mails of this address."""
    asked = (
        InvitationRequest.objects.select_related("invitation__forum")
        .filter(public_id=uuid.UUID(subject), invitation__revoked_at=None)
        .first()
    )
    if asked is None:
        return None
    forum = asked.invitation.forum
    token = mint_token(INVITATION_TOKEN, str(asked.invitation_id), INVITATION_LIFETIME)
    return render_email(
        "forums/emails/invitation_link",
        to=asked.email,
        context={
            "forum_title": forum.title,
            "apply_url": settings.SITE_URL + reverse("forums:open-invitation", args=[token]),
        },
        reason=_("You get this mail because this address was typed in to register for “%(title)s”.")
        % {"title": forum.title},
    )


def _where_to(refund: Refund) -> str:
    """The card, or enough to know one's own account by, and no more: mails lie about."""
    if refund.attempt_id:
        return pgettext("refund", "to the card")
    tail = (refund.account_number or "")[-SHOWN_OF_ACCOUNT:]
    return f"{refund.bank or ''} ····{tail}" if tail else refund.bank or ""


def _read(subject: str) -> tuple[Order | None, Payment | None]:
    """An order that can be written to, and its payment, as of one moment."""
    orders = Order.objects.select_related("forum__contact").filter(anonymised_at=None)
    order = orders.filter(public_id=uuid.UUID(subject)).first()
    if order is None or not order.email_index:
        return None, None
    payment = payments_of(PAYMENT_PURPOSE, [order.public_id]).get(subject)
    order.catch_up_with(payment)
    return order, payment


def _others(order: Order) -> list[Order]:
    """Earlier orders of this address in the same forum: told in the mail, never on a page."""
    same = Order.objects.holding().filter(forum=order.forum, email_index=order.email_index)
    return list(same.exclude(pk=order.pk).order_by("pk"))


def _mail(name: str, order: Order, payment: Payment | None, **context: object) -> Email:
    forum = order.forum
    dropped = Refund.State.DROPPED
    refunds = list(payment.refunds.exclude(state=dropped).order_by("pk")) if payment else []
    tickets = list(order.tickets.prefetch_related("seats__session").order_by("number"))
    sessions = {seat.session for ticket in tickets for seat in ticket.seats.all()}
    assert order.email is not None
    return render_email(
        f"forums/emails/{name}",
        to=order.email,
        context={
            "order": order,
            "forum": forum,
            "forum_url": settings.SITE_URL + (forum.url or "/"),
            "order_url": settings.SITE_URL + order_path(order),
            "payment": payment,
            "waits_for_card": bool(payment and waits_for_card(payment)),
            "waited_for_card": bool(payment and payment.method == Payment.Method.CARD),
            "paid_by": ways_in_words(payment),
            "goes_to_card": bool(payment and goes_to_card(payment)),
            "refunds": refunds,
            "tickets": tickets,
            "links": _links(order, tickets) if name in WITH_TICKETS else [],
            "sessions": sorted(sessions, key=lambda session: session.starts_at),
            **context,
        },
        reason=_("You get this mail because you registered for “%(title)s”.")
        % {"title": forum.title},
    )


def _links(order: Order, tickets: Iterable[Ticket]) -> list[tuple[Ticket, str]]:
    if order.status != Status.CONFIRMED:
        return []
    live = [ticket for ticket in tickets if ticket.cancelled_at is None]
    return [(ticket, settings.SITE_URL + ticket_path(ticket)) for ticket in live]


def order_path(order: Order) -> str:
    """A new secret address of an order's page."""
    token = mint_token(ORDER_TOKEN, str(order.public_id), ORDER_LIFETIME)
    return reverse("forums:show-order", args=[token])


def ticket_path(ticket: Ticket) -> str:
    """A new secret address of one person's ticket."""
    token = mint_token(TICKET_TOKEN, str(ticket.public_id), ORDER_LIFETIME)
    return reverse("forums:show-ticket", args=[token])
