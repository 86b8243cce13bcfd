"""What goes back to whoever cancels: by the day, as the forum's page says."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.models import Payment
from payments.services import payments_of

from ..models import PAYMENT_PURPOSE, ForumPage, ForumSession, Order, Ticket
from .settling import live_tickets


@dataclass(frozen=True)
class Quote:
    """``rule`` says in words why so much and no more."""

    amount_krw: int
    percent: int
    rule: str


def refund_quote(
    order: Order, moment: datetime, *, tickets: Collection[Ticket] | None = None
) -> Quote:
    """What goes back if these people cancel at that moment, or everybody who still comes."""
    live = list(live_tickets(order))
    payment = payments_of(PAYMENT_PURPOSE, [order.public_id]).get(str(order.public_id))
    percent, rule = share_of(order, moment)
    return Quote(
        refund_of(payment, live, live if tickets is None else tickets, percent), percent, rule
    )


def refund_of(
    payment: Payment | None, live: Collection[Ticket], going: Collection[Ticket], percent: int
) -> int:
    """The part of the leaving people's price, and all that nobody owes any more."""
    if payment is None:
        return 0
    leaving = {ticket.pk for ticket in going}
    staying = sum(price_of(ticket) for ticket in live if ticket.pk not in leaving)
    spare = max(0, payment.refundable_krw - staying)
    priced = min(spare, sum(price_of(ticket) for ticket in going))
    return priced * percent // 100 + spare - priced


def price_of(ticket: Ticket) -> int:
    """What was to be paid for one person."""
    return sum(int(seat.price_krw) for seat in ticket.seats.all())


def share_of(order: Order, moment: datetime) -> tuple[int, str]:
    """How many percent, and why. Who never got a seat pays nothing."""
    forum = order.forum
    if order.status == Order.Status.LAPSED:
        return 100, _("The seats were gone when the money came: all of it goes back.")
    if forum.change:
        return 100, _("The forum does not take place as planned: everything goes back.")
    if _was_moved_since(forum, order, moment):
        return 100, _("The forum was moved after you registered: everything goes back.")
    return share_at(forum, moment)


def _was_moved_since(forum: ForumPage, order: Order, moment: datetime) -> bool:
    """Whoever registered for another day need not come on the new one."""
    moved = forum.changed_at is not None and order.created_at < forum.changed_at
    return moved and forum.starts_at is not None and moment < forum.starts_at


def share_at(forum: ForumPage, moment: datetime) -> tuple[int, str]:
    """How many percent the forum's table gives at that moment, and in which words."""
    first = ForumSession.objects.filter(forum=forum).order_by("starts_at").first()
    if first is None or moment >= first.starts_at:
        return 0, _("The forum has begun: nothing goes back.")
    days = (timezone.localdate(first.starts_at) - timezone.localdate(moment)).days
    tiers = list(forum.refund_tiers.order_by("-days_before"))
    if not tiers:
        return 100, _("Until the forum begins everything goes back.")
    tier = next((tier for tier in tiers if tier.days_before <= days), None)
    if tier is None:
        return 0, _("So late, nothing goes back.")
    words = ngettext(
        "%(percent)d%% go back until %(days)d day before the forum.",
        "%(percent)d%% go back until %(days)d days before the forum.",
        tier.days_before,
    )
    return tier.percent, words % {"percent": tier.percent, "days": tier.days_before}
