"""Who comes without being registered: entered, paid for and let in at the door."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from payments.models import Payment
from payments.services import mark_paid, payments_of

from ..models import PAYMENT_PURPOSE, Door, ForumSession, Order
from .check_in import Answer, Scan, check_in
from .desk import enter_order
from .drafts import Registration
from .state import ForumState


def sessions_at_the_door(state: ForumState, now: datetime) -> tuple[ForumSession, ...]:
    """Those for everybody that are not over. For the others the office decides who comes."""
    if state.page.is_cancelled:
        return ()
    return tuple(s for s in state.sessions if s.is_public and s.ends_at > now)


def admit_walk_in(door: Door, state: ForumState, session_id: int, asked: Registration) -> Scan:
    """Register one person on the spot, fee paid, and let them in to the session of the door.

    Whoever let the phone in answers for the money. Safe to call twice: one form makes one
    registration, one payment and one coming. Refuses as ``enter_order`` does.
    """

    def take_fee(order: Order) -> None:
        if order.amount_krw:
            payment = payments_of(PAYMENT_PURPOSE, [order.public_id])[str(order.public_id)]
            note = _("Registered at the door: %(door)s") % {"door": door.label}
            mark_paid(payment, method=Payment.Method.ON_SITE, user=door.made_by, note=note)

    order = enter_order(state, asked, actor=str(door.made_by_id), reason=door.label, then=take_fee)
    scan = check_in(door, session_id, ticket=str(order.tickets.get().public_id))
    return replace(scan, answer=Answer.WELCOME) if scan.answer == Answer.ALREADY else scan
