"""The waiting list of a forum: whose are the seats that get free.

1. Whoever paid too late comes first, then whoever waits, in the order in which they came.
2. The whole party or nobody. A party that does not fit is passed over by a smaller one behind it,
   but ``MOST_PASSED`` times at most: then seats gather for it, so that no party waits for ever.
3. Who comes now gets none of the free seats that somebody waits for: ``SeatPool.kept``.
4. On the last day before registration closes nothing gathers: what nobody on the list can use is
   for everybody, so that no seat stays empty.
5. Whoever waits for a seat of their own organisation keeps nobody else from one.
6. An offer holds a meal for each of the party as far as there are meals; nobody waits for a meal.

Locks are taken in this order: the forum (by who joins, answers or tends the list), an order and
its payment (by who cancels), the pools, an entry.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from messaging.services import enqueue_all

from ..emails import SEAT_OFFERED
from ..models import ForumPage, SeatPool, WaitingEntry
from .late import late_payers, seats_of
from .offers import list_ends_at, offer_ends_at
from .seats import count_wanted, lock_pools, take_seats
from .waiting_steps import SITE, note_steps

MOST_PASSED = 2
NOTHING_GATHERS = timedelta(days=1)
OFFER = ("state", "state_changed_at", "offered_at", "offer_until", "meals")
Wanted = dict[int, int]


def pass_on_if_waited_for(forum: ForumPage) -> None:
    """The same as ``pass_on`` where somebody waits. Called once the seats were given back."""
    if not forum.change and WaitingEntry.objects.waiting().filter(forum=forum).exists():
        pass_on(forum)


@transaction.atomic(savepoint=False)
def pass_on(forum: ForumPage) -> list[WaitingEntry]:
    """Offer what is free to who waits for it, and keep for them what is not enough for them.

    Returns who got an offer; they are told by mail once this commits. Locks the pools, so that
    nobody comes between a seat that gets free and who waits for it. Safe to call twice.
    """
    pools, now = lock_pools(forum.pk), timezone.now()
    entries = _in_line(forum, now)
    line = Line(forum, pools, now)
    for order in late_payers(forum) if entries else ():
        line.keep_for_late(seats_of(order))
    for entry in entries:
        line.serve(entry)
    _write(line)
    return line.offered


def _in_line(forum: ForumPage, now: datetime) -> Sequence[WaitingEntry]:
    """Nobody, while nobody may be offered a seat."""
    if not forum.live or not forum.is_open(now):
        return ()
    rows = WaitingEntry.objects.waiting().filter(forum=forum, invitation__revoked_at=None)
    found = rows.select_related("invitation").prefetch_related("sessions")
    return [row for row in found if is_servable(row, forum, now)]


def is_servable(entry: WaitingEntry, forum: ForumPage, now: datetime) -> bool:
    """Whether the sessions are still there and still to come."""
    ends = list_ends_at(forum, entry.sessions.all()) if entry.sessions.all() else None
    return ends is not None and ends > now


def wanted_by(entry: WaitingEntry, pools: Collection[SeatPool], meals: int = 0) -> Wanted:
    """How many of each pool a party wants, with so many meals in each session that has one."""
    people = {session.pk: entry.people for session in entry.sessions.all()}
    mine = [p for p in pools if p.session_id in people and is_open_to(p, entry)]
    counted = count_wanted(mine, people, dict.fromkeys(people, meals))
    return {pk: number for pk, number in counted.items() if number}


def held_by(entry: WaitingEntry, pools: Collection[SeatPool]) -> Wanted:
    """How many of each pool the offer of an entry holds."""
    return wanted_by(entry, pools, entry.meals)


def meals_within(
    entry: WaitingEntry, pools: Collection[SeatPool], left: Callable[[int], float]
) -> int:
    """For how many of a party a meal is left, in each of its sessions that has one."""
    kind, sessions = SeatPool.Kind.MEAL, {session.pk for session in entry.sessions.all()}
    found = [left(p.pk) for p in pools if p.kind == kind and p.session_id in sessions]
    return int(max(0, min(entry.people, *found))) if found else 0


def is_open_to(pool: SeatPool, entry: WaitingEntry) -> bool:
    return pool.invitation_id is None or pool.invitation_id == entry.invitation_id


class Line:
    """One turn through the list, the pools locked."""

    def __init__(self, forum: ForumPage, pools: Collection[SeatPool], now: datetime) -> None:
        self.forum, self.pools, self.now = forum, pools, now
        limited = [pool for pool in pools if pool.capacity is not None]
        self.free = {pool.pk: (pool.capacity or 0) - pool.taken for pool in limited}
        self.quotas = {pool.pk for pool in limited if pool.kind == SeatPool.Kind.ORGANISATION}
        closes = forum.registration_closes_at or forum.starts_at
        self.gathers = closes is None or now < closes - NOTHING_GATHERS
        self.ahead: Counter[int] = Counter()  # what gathers for somebody further in front
        self.awaited: Counter[int] = Counter()  # what is nothing for who comes now
        self.passable: list[tuple[WaitingEntry, Wanted]] = []
        self.passed: set[WaitingEntry] = set()
        self.offered: list[WaitingEntry] = []

    def keep_for_late(self, wanted: Wanted) -> None:
        if self._has_quota(wanted):
            self.ahead.update(wanted)
            self.awaited.update(wanted)

    def serve(self, entry: WaitingEntry) -> None:
        """Offer it its seats if they are free, else let it wait, or let seats gather for it."""
        seats, wanted = wanted_by(entry, self.pools), wanted_by(entry, self.pools, entry.people)
        if all(self._left(pk) >= number for pk, number in seats.items()):
            self._offer(entry, seats)
        elif self._has_quota(wanted):
            if self.gathers:
                self.awaited.update(wanted)
            if entry.passed_over < MOST_PASSED:
                self.passable.append((entry, wanted))
            elif self.gathers:
                self.ahead.update(wanted)

    def _left(self, pk: int) -> float:
        return self.free[pk] - self.ahead[pk] if pk in self.free else float("inf")

    def _has_quota(self, wanted: Wanted) -> bool:
        own = self.quotas.intersection(wanted)
        return all(self.free[pk] >= wanted[pk] for pk in own)

    def _offer(self, entry: WaitingEntry, seats: Wanted) -> None:
        meals = meals_within(entry, self.pools, self._left)
        make_offer(entry, self.forum, self.pools, meals, self.now)
        self.offered.append(entry)
        held = held_by(entry, self.pools)
        for pk in self.free.keys() & held.keys():
            self.free[pk] -= held[pk]
        self._pass_over(seats)

    def _pass_over(self, seats: Wanted) -> None:
        """Note for those in front who wait for one of the same seats that they were not served."""
        for other, others in list(self.passable):
            if not self.free.keys() & seats.keys() & others.keys():
                continue
            other.passed_over += 1
            self.passed.add(other)
            if other.passed_over >= MOST_PASSED:
                self.passable.remove((other, others))
                self.ahead.update(others if self.gathers else {})

    def kept(self, pool: SeatPool) -> int:
        """How many of what is free in a pool are not for who comes now."""
        return max(min(self.free.get(pool.pk, 0), self.awaited[pool.pk]), 0)


def make_offer(
    entry: WaitingEntry,
    forum: ForumPage,
    pools: Collection[SeatPool],
    meals: int,
    now: datetime,
) -> None:
    """Hold seats and so many meals for an entry, which the caller saves. The pools are locked."""
    if not take_seats(wanted_by(entry, pools, meals), in_front=True):
        raise RuntimeError("A seat went while its pool was locked.")
    entry.meals = meals
    entry.state, entry.state_changed_at = WaitingEntry.State.OFFERED, now
    entry.offered_at = now
    entry.offer_until = offer_ends_at(forum, entry.sessions.all(), now)


def _write(line: Line) -> None:
    for pool in line.pools:
        kept = line.kept(pool)
        if kept != pool.kept:
            SeatPool.objects.filter(pk=pool.pk).update(kept=kept)
    WaitingEntry.objects.bulk_update(line.passed, ["passed_over"])
    WaitingEntry.objects.bulk_update(line.offered, OFFER)
    enqueue_all(SEAT_OFFERED, [str(entry.public_id) for entry in line.offered])
    note_steps(line.offered, "seat_offered", SITE)
