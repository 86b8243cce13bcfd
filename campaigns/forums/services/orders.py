"""Registering: rows first, seats last, all in one short transaction."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils import timezone

from messaging.services import draft_mail
from payments.services import draft_payment

from ..emails import ORDER_PLACED
from ..exceptions import (
    ForumError,
    NotInvitedError,
    OtherOrganisationError,
    RegistrationClosedError,
)
from ..models import PAYMENT_PURPOSE, ForumSession, Invitation, Order, SeatPool
from .depositors import first_depositor_name
from .drafts import Draft, Registration
from .rows import insert_together
from .seats import count_wanted, read_pools, take_seats, what_is_missing
from .state import ForumState

logger = logging.getLogger(__name__)

SESSION = SeatPool.Kind.SESSION
TRIES = 3


class _NoRoomError(Exception):
    """Rolls back what was written when the seats turn out to be gone."""


def place_order(
    state: ForumState, asked: Registration, *, then: Callable[[Order], None] | None = None
) -> Order:
    """Take the seats, at the price of this moment, and have the way to pay mailed.

    Nothing to pay: confirmed at once. Safe to call twice: the same form makes one order, and the
    first is returned. ``then`` is called with a new one only, in its transaction, before it takes
    its seats. Refuses with RegistrationClosedError, NotInvitedError, SoldOutError, MealsGoneError,
    OrganisationSeatsGoneError or OtherOrganisationError.
    """
    now = timezone.now()
    try:
        sessions = _sessions(state, asked, now)
    except ForumError:
        if first := _first(asked):
            return first
        raise
    invitation = None if all(session.is_public for session in sessions) else asked.invitation
    wanted = _wanted(state, asked, sessions, invitation)
    draft = Draft(state, asked, sessions, invitation, now, then)
    depositor = _depositor(draft)
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _write(draft, depositor, wanted)
        except IntegrityError:
            if first := _first(asked):
                return first
        except _NoRoomError:
            if missing := what_is_missing(wanted, invitation.pk if invitation else None):
                raise missing from None
    raise RegistrationClosedError  # A session was deleted, or seats come and go all the time.


def _first(asked: Registration) -> Order | None:
    return Order.objects.filter(form_key=asked.key).first()


def _sessions(state: ForumState, asked: Registration, now: datetime) -> list[ForumSession]:
    """What was chosen, if it may be."""
    is_open, offered = True, state.sessions
    if asked.channel == Order.Channel.WEB:
        is_open, offered = state.is_open(now), state.sessions_for(asked.invitation, now)
    chosen = [session for session in offered if session.pk in asked.session_ids]
    if is_open and chosen and len(chosen) == len(set(asked.session_ids)):
        return chosen
    hidden = {session.pk for session in state.sessions if not session.is_public}
    if is_open and hidden.intersection(asked.session_ids):
        raise NotInvitedError
    raise RegistrationClosedError


def _wanted(
    state: ForumState,
    asked: Registration,
    sessions: Sequence[ForumSession],
    invitation: Invitation | None,
) -> dict[int, int]:
    """How many of which pool. Every session has one; an invitation has one of its own."""
    ids = [session.pk for session in sessions]
    pools = read_pools(ids, invitation.pk if invitation else None, state.page.pk)
    if not {pool.session_id for pool in pools if pool.kind == SESSION}.issuperset(ids):
        logger.error("A session of %s has no pool of seats", state.path)
        raise RegistrationClosedError
    if invitation and all(pool.invitation_id is None for pool in pools):
        raise NotInvitedError
    meals = sum(person.takes_meal for person in asked.people)
    return count_wanted(pools, dict.fromkeys(ids, len(asked.people)), dict.fromkeys(ids, meals))


def _depositor(draft: Draft) -> str:
    if not draft.amount_krw:
        return ""
    asked = draft.asked
    return first_depositor_name(draft.state.page, asked.people[0].name, asked.phone)


def _write(draft: Draft, depositor: str, wanted: dict[int, int]) -> Order:
    """Everything but the seats first: while it is written, nobody waits for this order."""
    order = draft.order()
    tickets = draft.tickets(order)
    rows: list[Model] = [order, *tickets, *draft.seats(tickets)]
    if order.amount_krw:
        rows += draft_payment(
            purpose=PAYMENT_PURPOSE,
            subject=order.public_id,
            amount_krw=order.amount_krw,
            account=draft.state.account,
            due_at=draft.state.due_at(draft.now),
            depositor_name=depositor,
            method=draft.method,
        )
    if draft.mails_at_once:
        rows.append(draft_mail(ORDER_PLACED, str(order.public_id)))
    insert_together(rows)
    if draft.then:
        draft.then(order)
    if not take_seats(wanted):
        raise _NoRoomError
    if order.invitation and order.invitation.organisation_id:
        _refuse_two_organisations(order)
    return order


def _refuse_two_organisations(order: Order) -> None:
    """One person represents one. After the seats, where all with an invitation wait in line."""
    same = Q(email_index=order.email_index) if order.email_index else Q(pk=None)
    if order.phone_index:
        same |= Q(phone_index=order.phone_index)
    assert order.invitation is not None
    others = Order.objects.holding().filter(same, forum_id=order.forum_id)
    others = others.filter(invitation__organisation__isnull=False)
    if others.exclude(invitation__organisation=order.invitation.organisation_id).exists():
        raise OtherOrganisationError
