"""What somebody does who waits: joins, leaves, declines an offer or accepts it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from messaging.services import enqueue, is_asked_since
from privacy.addresses import EMAIL_RULE_VERSION
from privacy.blind_index import address_index, blind_index

from ..emails import LIST_JOINED, OFFER_DECLINED
from ..exceptions import (
    NotInvitedError,
    OfferGoneError,
    PartyTooLargeError,
    RegistrationClosedError,
)
from ..models import ForumPage, ForumSession, Invitation, Order, SeatPool, WaitingEntry
from .drafts import Person, Registration
from .line import held_by, pass_on, wanted_by
from .orders import place_order
from .seats import give_back, lock_forum, lock_pools
from .state import ForumState, state_of
from .waiting_steps import OWNER, note_steps

State = WaitingEntry.State
TOLD_LATELY = timedelta(minutes=10)


@dataclass(frozen=True)
class Wish:
    """What somebody waits for. ``form_key`` tells one form from another."""

    form_key: uuid.UUID
    session_ids: tuple[int, ...]
    people: int
    name: str
    email: str
    phone: str = ""
    organisation: str = ""
    invitation: Invitation | None = None

    @property
    def key(self) -> uuid.UUID:
        """Equal for the same words in the same form, and only then."""
        words = (self.email, self.name, self.people, sorted(self.session_ids))
        return uuid.uuid5(self.form_key, blind_index("forums.waiting", repr(words)).hex())


@transaction.atomic
def join_list(state: ForumState, wish: Wish) -> WaitingEntry:
    """Stand in line, at its end; or get an offer at once where there are seats.

    An address that stands there already keeps its place, and only its mailbox is told so. Safe to
    call twice. Refuses with RegistrationClosedError, NotInvitedError or PartyTooLargeError.
    """
    forum, pools = lock_list(state.page.pk)
    sessions = _sessions(state, forum, wish)
    invitation = None if all(session.is_public for session in sessions) else wish.invitation
    if known := _known(forum, wish, invitation):
        _tell_again(known)
        return known
    entry = _entry(forum, wish, invitation)
    entry.save(force_insert=True)
    entry.sessions.set(sessions)
    _refuse_what_never_fits(entry, pools)
    note_steps([entry], "list_joined", OWNER)
    if entry not in pass_on(forum):
        enqueue(LIST_JOINED, str(entry.public_id))
    return WaitingEntry.objects.get(pk=entry.pk)


def lock_list(forum_id: int) -> tuple[ForumPage, list[SeatPool]]:
    """The forum and its pools, locked in this order: lists change one after the other."""
    return lock_forum(forum_id), lock_pools(forum_id)


def _sessions(state: ForumState, forum: ForumPage, wish: Wish) -> Sequence[ForumSession]:
    """What was chosen, if one may wait for it."""
    now = timezone.now()
    offered = state.sessions_for(wish.invitation, now)
    chosen = [session for session in offered if session.pk in wish.session_ids]
    is_open = forum.takes_waiting and forum.live and forum.is_open(now)
    if not is_open or not chosen or len(chosen) != len(set(wish.session_ids)):
        raise RegistrationClosedError
    return chosen


def _known(forum: ForumPage, wish: Wish, invitation: Invitation | None) -> WaitingEntry | None:
    """The entry of the same form, or of the same address in this line."""
    if same := WaitingEntry.objects.filter(form_key=wish.key).first():
        return same
    mine = WaitingEntry.objects.on_the_list().filter(forum=forum, invitation=invitation)
    return mine.filter(email_index=address_index(wish.email)).first()


def _tell_again(entry: WaitingEntry) -> None:
    """Whoever types somebody's address again and again fills no mailbox."""
    subject = str(entry.public_id)
    if not is_asked_since(LIST_JOINED, subject, timezone.now() - TOLD_LATELY):
        enqueue(LIST_JOINED, subject)


def _entry(forum: ForumPage, wish: Wish, invitation: Invitation | None) -> WaitingEntry:
    now = timezone.now()
    return WaitingEntry(
        forum=forum,
        invitation=invitation,
        form_key=wish.key,
        people=wish.people,
        name=wish.name,
        email=wish.email,
        email_index=address_index(wish.email),
        email_rule=EMAIL_RULE_VERSION,
        phone=wish.phone or None,
        organisation=wish.organisation or None,
        created_at=now,
        state_changed_at=now,
        retention_months=forum.retention_months,
    )


def _refuse_what_never_fits(entry: WaitingEntry, pools: Sequence[SeatPool]) -> None:
    wanted = wanted_by(entry, pools)
    mine = [pool for pool in pools if pool.pk in wanted]
    if entry.invitation_id and all(pool.invitation_id is None for pool in mine):
        raise NotInvitedError
    if any(p.capacity is not None and p.capacity < wanted[p.pk] for p in mine):
        raise PartyTooLargeError


@transaction.atomic
def leave_list(entry: WaitingEntry) -> WaitingEntry:
    """Go; seats that were offered go to the next at once. Safe to call twice."""
    forum, pools, entry = lock_entry(entry)
    if entry.is_offered:
        _decline(entry, pools)
    elif entry.is_waiting:
        change_state(entry, State.LEFT)
        note_steps([entry], "list_left", OWNER)
    else:
        return entry
    pass_on(forum)
    return entry


@transaction.atomic
def decline_offer(entry: WaitingEntry) -> WaitingEntry:
    """Do without the seats, which go to the next at once. Refuses with OfferGoneError."""
    forum, pools, entry = lock_entry(entry)
    if entry.state == State.DECLINED:
        return entry
    if not entry.is_offered:
        raise OfferGoneError
    _decline(entry, pools)
    pass_on(forum)
    return entry


def lock_entry(entry: WaitingEntry) -> tuple[ForumPage, list[SeatPool], WaitingEntry]:
    """An entry as it is now, the list locked before it."""
    forum, pools = lock_list(entry.forum_id)
    rows = WaitingEntry.objects.select_for_update(of=("self",)).select_related("invitation")
    return forum, pools, rows.prefetch_related("sessions").get(pk=entry.pk)


def _decline(entry: WaitingEntry, pools: Sequence[SeatPool]) -> None:
    give_back(held_by(entry, pools))
    change_state(entry, State.DECLINED)
    note_steps([entry], "offer_declined", OWNER)
    if entry.email_index:
        enqueue(OFFER_DECLINED, str(entry.public_id))


def change_state(entry: WaitingEntry, state: str) -> None:
    entry.state, entry.state_changed_at, entry.meals = state, timezone.now(), 0
    entry.save(update_fields=["state", "state_changed_at", "meals", "order"])


@transaction.atomic
def accept_offer(
    entry: WaitingEntry, people: Sequence[Person], *, wants_receipt: bool = False
) -> Order:
    """Turn the seats that are held into a registration, which is paid as any other.

    Fewer people may come than seats are held, or eat than meals are: the rest goes to the next.
    Safe to call twice: the registration of the first time is returned. Refuses with
    OfferGoneError, and as ``place_order`` does; then the seats stay held.
    """
    forum, pools, entry = lock_entry(entry)
    if entry.order_id:
        return Order.objects.get(pk=entry.order_id)
    now = timezone.now()
    if not entry.is_offered or entry.offer_until is None or entry.offer_until <= now:
        raise OfferGoneError
    asked = Registration(
        form_key=entry.public_id,
        people=tuple(people)[: entry.people],
        session_ids=tuple(session.pk for session in entry.sessions.all()),
        email=entry.email or "",
        phone=entry.phone or "",
        wants_receipt=wants_receipt,
        invitation=entry.invitation,
    )
    eating = sum(person.takes_meal for person in asked.people)
    leaves_some = len(asked.people) < entry.people or eating < entry.meals
    give_back(held_by(entry, pools))
    entry.order = place_order(state_of(forum), asked)
    change_state(entry, State.TAKEN)
    note_steps([entry], "offer_taken", OWNER)
    if leaves_some:
        pass_on(forum)
    return entry.order
