"""What the office does for somebody who waits, each with a reason that is written down."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from messaging.services import enqueue

from ..emails import LIST_LEFT, SEAT_OFFERED
from ..exceptions import OfferGoneError, RegistrationClosedError, SoldOutError
from ..models import WaitingEntry
from .line import (
    OFFER,
    held_by,
    is_servable,
    make_offer,
    meals_within,
    pass_on,
    wanted_by,
)
from .offers import list_ends_at
from .seats import give_back, what_is_missing
from .waiting import change_state, lock_entry
from .waiting_steps import note_steps

State = WaitingEntry.State


@transaction.atomic
def offer_now(entry: WaitingEntry, *, actor: str, reason: str) -> WaitingEntry:
    """Offer free seats to somebody before those in front of them.

    Refuses with OfferGoneError who does not wait, with SoldOutError where no seats are free, and
    with RegistrationClosedError.
    """
    forum, pools, entry = lock_entry(entry)
    now = timezone.now()
    if not entry.is_waiting:
        raise OfferGoneError
    if not forum.is_open(now) or not is_servable(entry, forum, now):
        raise RegistrationClosedError
    wanted = wanted_by(entry, pools)
    free = {p.pk: p.capacity - p.taken for p in pools if p.capacity is not None}
    if any(free.get(pk, number) < number for pk, number in wanted.items()):
        full = what_is_missing(wanted, entry.invitation_id)
        raise full or SoldOutError([])
    meals = meals_within(entry, pools, lambda pk: free.get(pk, entry.people))
    make_offer(entry, forum, pools, meals, now)
    entry.save(update_fields=OFFER)
    note_steps([entry], "seat_offered", actor, {"reason": reason})
    _mail(SEAT_OFFERED, entry)
    pass_on(forum)
    return entry


@transaction.atomic
def remove_entry(entry: WaitingEntry, *, actor: str, reason: str) -> WaitingEntry:
    """Take somebody off the list, who is told; seats that were held go to the next.

    Safe to call twice.
    """
    forum, pools, entry = lock_entry(entry)
    if not entry.is_waiting and not entry.is_offered:
        return entry
    if entry.is_offered:
        give_back(held_by(entry, pools))
    change_state(entry, State.LEFT)
    note_steps([entry], "list_removed", actor, {"reason": reason})
    _mail(LIST_LEFT, entry)
    pass_on(forum)
    return entry


@transaction.atomic
def prolong_offer(entry: WaitingEntry, *, hours: int, actor: str, reason: str) -> WaitingEntry:
    """Let an offer stand so many hours longer, as long as the list is open; they are told.

    Refuses with OfferGoneError.
    """
    forum, _pools, entry = lock_entry(entry)
    if not entry.is_offered or entry.offer_until is None:
        raise OfferGoneError
    until = max(entry.offer_until, timezone.now()) + timedelta(hours=hours)
    closes = list_ends_at(forum, entry.sessions.all())
    entry.offer_until = min(until, closes) if closes else until
    entry.save(update_fields=["offer_until"])
    values: dict[str, object] = {"reason": reason, "until": entry.offer_until.isoformat()}
    note_steps([entry], "offer_prolonged", actor, values)
    _mail(SEAT_OFFERED, entry)
    return entry


def _mail(purpose: str, entry: WaitingEntry) -> None:
    if entry.email_index:
        enqueue(purpose, str(entry.public_id))
