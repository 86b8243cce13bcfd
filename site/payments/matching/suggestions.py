"""What a person is shown first when a deposit cannot be booked by itself."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from .book import Book, Mark, Place, Role
from .fits import is_early, is_late
from .names import SHORTEST, compact, ends
from .proposals import Decision, DepositView, OpenPayment, Proposal, Reason, Suggestion, Targets
from .sums import MOST_CANDIDATES, MOST_TOGETHER, counts_that_sum, ways_to_sum

MOST_SHOWN = 5
MOST_LONGER, MOST_SUMS, MOST_ANCHORS, MOST_PARTS = 10, 3, 3, 8
BEFORE, AFTER = 6, 3  # payments of the same amount that are looked at, by when they were opened
HOUR = 3600
# Points. A name that fits outweighs any amount; the amount decides between equal names.
ROLE_POINTS = {Role.DEPOSITOR: 62, Role.PERSON: 60, Role.ORGANISATION: 56}
MARK_POINTS = {Mark.SAME: 10, Mark.NONE: 0, Mark.DIFFERENT: -25}
OTHER_ANNOUNCED, IN_MEMO, CUT, PART_OF_NAME, SYLLABLES, SURNAME = -6, 50, 45, 40, 25, 8
AMOUNT_POINTS: dict[str, int] = {Reason.PARTS: 22, Reason.UNDER: 12, Reason.OVER: 12}
EXACT, SUM, OUT_OF_TIME, SOON = 30, 28, -8, 10


class Likeness(NamedTuple):
    """How much the names are alike; ``reason`` is empty where they are the same."""

    points: int
    reason: str = ""


class Ranked(NamedTuple):
    """A suggestion on its way; sorted, the best comes first."""

    minus_points: int
    distance: float
    targets: Targets
    reason: str


class Adviser:
    """Ranks, for one deposit after the other, what is not settled by itself."""

    def __init__(
        self,
        book: Book,
        deposits: Sequence[DepositView],
        settled: Collection[Place],
        contested: Collection[Place],
    ) -> None:
        self.book, self.deposits = book, deposits
        self.settled, self.contested = settled, contested
        self.by_amount: defaultdict[int, list[tuple[datetime, Place]]] = defaultdict(list)
        for place, payment in enumerate(book.payments):
            if place not in settled:
                self.by_amount[payment.amount_krw].append((payment.opened_at, place))
        for opened in self.by_amount.values():
            opened.sort()

    def propose(self, deposit: DepositView) -> Proposal:
        if deposit.amount_krw <= 0:
            return Proposal(deposit.key, Decision.NONE, Reason.NOTHING, (), ())
        alike = self._alike(deposit)
        named = [*self._singles(deposit, alike), *self._sums(deposit, alike)]
        ranked = self._shown([*named, *self._neighbours(deposit, alike)])
        if named:
            best = ranked[0]
            return Proposal(deposit.key, Decision.SUGGEST, best.reason, best.targets, ranked)
        reason = Reason.AMOUNT if ranked else Reason.NOTHING
        return Proposal(deposit.key, Decision.NONE, reason, (), ranked)

    def _shown(self, found: Iterable[Ranked]) -> tuple[Suggestion, ...]:
        best = sorted(found)[:MOST_SHOWN]
        return tuple(Suggestion(one.targets, -one.minus_points, one.reason) for one in best)

    def _alike(self, deposit: DepositView) -> dict[Place, Likeness]:
        """Payments with a name like the deposit's, the same or a part of it."""
        alike = dict.fromkeys(self.book.hits(deposit.memo), Likeness(IN_MEMO, Reason.MEMO))
        for reading in self.book.all_readings(deposit.name):
            for place, likeness in self._similar(reading):
                alike[place] = max(likeness, alike.get(place, likeness))
        for place, hit in self.book.hits(deposit.name).items():
            points = ROLE_POINTS[hit.role] + MARK_POINTS[hit.mark]
            if hit.role == Role.PERSON and self.book.payments[place].depositor_name:
                points += OTHER_ANNOUNCED
            is_other = hit.mark == Mark.DIFFERENT
            alike[place] = Likeness(points, Reason.OTHER_DIGITS if is_other else "")
        return {place: alike[place] for place in alike if place not in self.settled}

    def _similar(self, reading: str) -> Iterator[tuple[Place, Likeness]]:
        if len(reading) < SHORTEST:
            return
        for key in self.book.longer_keys(reading, MOST_LONGER):
            for place in self.book.hits_of_key(key):
                yield place, Likeness(CUT, Reason.TRUNCATED)
        for key in ends(reading):
            # Two syllables stand in many names.
            points = PART_OF_NAME if len(key) > 2 else SYLLABLES
            for place in self.book.hits_of_key(key):
                yield place, Likeness(points, Reason.SIMILAR)

    def _singles(self, deposit: DepositView, alike: Mapping[Place, Likeness]) -> Iterator[Ranked]:
        payments = self.book.payments
        fitting = sum(
            payments[place].amount_krw == deposit.amount_krw and not likeness.reason
            for place, likeness in alike.items()
        )
        for place, likeness in alike.items():
            payment = payments[place]
            amount_krw = min(payment.amount_krw, deposit.amount_krw)
            reason = self._amount_reason(deposit, payment)
            points = likeness.points + AMOUNT_POINTS.get(reason, EXACT) + _time(deposit, payment)
            reason = likeness.reason or reason or self._doubt(deposit, place, fitting)
            yield _ranked(points, deposit, payment, ((payment.key, amount_krw),), reason)

    def _amount_reason(self, deposit: DepositView, payment: OpenPayment) -> str:
        """Empty where the amount is the same."""
        if deposit.amount_krw > payment.amount_krw:
            return Reason.OVER
        if deposit.amount_krw == payment.amount_krw:
            return ""
        is_complete = self._completes(deposit, payment.amount_krw - deposit.amount_krw)
        return Reason.PARTS if is_complete else Reason.UNDER

    def _doubt(self, deposit: DepositView, place: Place, fitting: int) -> str:
        """Why name and amount are the same and yet a person must look."""
        payment = self.book.payments[place]
        if is_late(deposit, payment):
            return Reason.LATE
        if is_early(deposit, payment):
            return Reason.EARLY
        return Reason.TWICE if fitting == 1 and place in self.contested else Reason.NAMESAKES

    def _completes(self, deposit: DepositView, missing_krw: int) -> bool:
        """Whether other deposits of the same name make up for what is missing."""
        for reading in self.book.all_readings(deposit.name):
            others = list(self._amounts_by_name[reading])
            if deposit.amount_krw in others:
                others.remove(deposit.amount_krw)
            if counts_that_sum(tuple(sorted(others)), missing_krw, MOST_TOGETHER - 1):
                return True
        return False

    @cached_property
    def _amounts_by_name(self) -> Mapping[str, list[int]]:
        amounts: defaultdict[str, list[int]] = defaultdict(list)
        for deposit in self.deposits:
            for reading in self.book.all_readings(deposit.name):
                if len(amounts[reading]) < MOST_PARTS:
                    amounts[reading].append(deposit.amount_krw)
        return amounts

    def _sums(self, deposit: DepositView, alike: Mapping[Place, Likeness]) -> set[Ranked]:
        """Several payments of one group: of those alike, and of the organisation of one of them."""
        found = set()
        best = sorted(alike, key=lambda place: (-alike[place].points, place))[:MOST_ANCHORS]
        for anchor in best:
            pool = self._pool(deposit, alike, anchor)
            for way in islice(self._ways(pool, deposit.amount_krw), MOST_SUMS):
                payments = [self.book.payments[place] for place in sorted(way)]
                targets = tuple((payment.key, payment.amount_krw) for payment in payments)
                points = alike[anchor].points + SUM + _time(deposit, payments[0])
                is_too_late = any(is_late(deposit, payment) for payment in payments)
                reason = Reason.LATE if is_too_late else Reason.SEVERAL
                found.add(_ranked(points, deposit, payments[0], targets, reason))
        return found

    def _pool(
        self, deposit: DepositView, alike: Mapping[Place, Likeness], anchor: Place
    ) -> list[Place]:
        payments = self.book.payments
        group = payments[anchor].group
        colleagues = self.book.hits_of_key(self.book.organisations[anchor])
        pool = [
            place
            for place in {*alike, *colleagues}
            if group and payments[place].group == group and place not in self.settled
        ]
        return sorted(pool, key=lambda place: (_distance(deposit, payments[place]), place))

    def _ways(self, pool: Sequence[Place], amount_krw: int) -> Iterator[tuple[Place, ...]]:
        amounts = [self.book.payments[place].amount_krw for place in pool]
        if len(pool) > MOST_TOGETHER and sum(amounts) == amount_krw:
            yield tuple(pool)
        for way in ways_to_sum(amounts[:MOST_CANDIDATES], amount_krw):
            if len(way) > 1:
                yield tuple(pool[index] for index in way)

    def _neighbours(
        self, deposit: DepositView, alike: Mapping[Place, Likeness]
    ) -> Iterator[Ranked]:
        """Without a name: the same amount, opened shortly before."""
        opened = self.by_amount.get(deposit.amount_krw, [])
        here = bisect_left(opened, (deposit.occurred_at,))
        surname = compact(deposit.name)[:1]
        for _, place in opened[max(0, here - BEFORE) : here + AFTER]:
            payment = self.book.payments[place]
            if place not in alike:
                is_family = surname in self.book.surnames[place]
                points = EXACT + SURNAME * is_family + _time(deposit, payment)
                targets = ((payment.key, payment.amount_krw),)
                yield _ranked(points, deposit, payment, targets, Reason.AMOUNT)


def _ranked(
    points: int, deposit: DepositView, payment: OpenPayment, targets: Targets, reason: str
) -> Ranked:
    return Ranked(-points, _distance(deposit, payment), targets, reason)


def _distance(deposit: DepositView, payment: OpenPayment) -> float:
    return abs((deposit.occurred_at - payment.opened_at).total_seconds())


def _time(deposit: DepositView, payment: OpenPayment) -> int:
    """Most people pay within hours of registering."""
    if is_late(deposit, payment) or is_early(deposit, payment):
        return OUT_OF_TIME
    return max(0, SOON - int(_distance(deposit, payment) / HOUR))
