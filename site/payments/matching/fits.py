"""Which payments a deposit pays exactly: the only thing that may be booked without a person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .book import Book, Hit, Mark, Place, Role
from .proposals import DepositView, OpenPayment, Reason
from .sums import MOST_CANDIDATES, ways_to_sum

# Banks cut names at 7 to 10 signs. From the first on a name may be cut, from the second on it is;
# and what is left of it must be long to be nobody else's.
MAYBE_CUT, SURELY_CUT, LONG_NAME = 7, 10, 7
SEOUL = ZoneInfo("Asia/Seoul")
OF_ONE_PAYER = ({Role.ORGANISATION}, {Role.DEPOSITOR})
REASONS = {
    Role.ORGANISATION: Reason.ORGANISATION,
    Role.PERSON: Reason.NAME,
    Role.DEPOSITOR: Reason.DEPOSITOR,
}


class Fit(NamedTuple):
    """``claimed`` are all payments this deposit could pay exactly; ``places`` those it does pay,
    if nothing else speaks against it.
    """

    claimed: frozenset[Place]
    mark: Mark
    places: tuple[Place, ...]
    reason: str


def find_fit(book: Book, deposit: DepositView) -> Fit | None:
    """None where no payment, nor several together, has the deposit's name and amount."""
    hits, is_cut = book.hits(deposit.name), False
    if not hits:
        hits, is_cut = _cut_hits(book, deposit.name), True
    mark = Mark.SAME if any(hit.mark == Mark.SAME for hit in hits.values()) else Mark.NONE
    fitting = {place: hit for place, hit in hits.items() if hit.mark == mark}
    ways = list(_ways(book, sorted(fitting), deposit.amount_krw))
    if not ways:
        return None
    claimed = frozenset(place for way in ways for place in way)
    is_sure = len(ways) == 1 and _is_sure(book, ways[0], fitting, deposit)
    reason = Reason.TRUNCATED if is_cut else _reason(ways[0], fitting)
    return Fit(claimed, mark, ways[0] if is_sure else (), reason)


def is_early(deposit: DepositView, payment: OpenPayment) -> bool:
    """Whether the money came before there was anything to pay."""
    return payment.opened_at > _latest(deposit.occurred_at)


def is_late(deposit: DepositView, payment: OpenPayment) -> bool:
    return payment.due_at is not None and deposit.occurred_at > payment.due_at


def _ways(book: Book, places: Sequence[Place], amount_krw: int) -> Iterator[tuple[Place, ...]]:
    amounts = [book.payments[place].amount_krw for place in places]
    for chosen in ways_to_sum(amounts, amount_krw):
        yield tuple(places[index] for index in chosen)


def _latest(occurred_at: datetime) -> datetime:
    """Midnight is what a bank prints that tells the day only: it may have been any time of it."""
    korean = occurred_at.astimezone(SEOUL)
    return korean + timedelta(days=1) if korean.time() == time.min else korean


def _cut_hits(book: Book, name: str) -> dict[Place, Hit]:
    if len("".join(name.split())) < SURELY_CUT:
        return {}
    keys = {
        longer
        for reading in book.all_readings(name)
        if len(reading) >= LONG_NAME
        for longer in book.longer_keys(reading, 2)
    }
    return book.hits_of_key(keys.pop()) if len(keys) == 1 else {}


def _is_sure(
    book: Book, way: tuple[Place, ...], hits: Mapping[Place, Hit], deposit: DepositView
) -> bool:
    payments = [book.payments[place] for place in way]
    if any(is_early(deposit, payment) or is_late(deposit, payment) for payment in payments):
        return False
    in_memo = book.hits(deposit.memo)
    if in_memo and not in_memo.keys() >= set(way):  # the memo speaks of somebody else
        return False
    if len(hits) > MOST_CANDIDATES or _may_be_longer(book, deposit.name):
        return False
    return len(way) == 1 or _is_all_of_one_payer(payments, way, hits)


def _may_be_longer(book: Book, name: str) -> bool:
    """Whether the bank may have cut a longer name down to just this one."""
    is_long = len(name.strip()) >= MAYBE_CUT
    known = (reading for reading in book.all_readings(name) if book.hits_of_key(reading))
    return is_long and any(book.longer_keys(reading, 1) for reading in known)


def _is_all_of_one_payer(
    payments: Sequence[OpenPayment], way: tuple[Place, ...], hits: Mapping[Place, Hit]
) -> bool:
    """Several at once are sure only if nothing is left over that could have been meant."""
    groups = {payment.group for payment in payments}
    roles = {hits[place].role for place in way}
    return set(way) == set(hits) and roles in OF_ONE_PAYER and len(groups) == 1 and "" not in groups


def _reason(way: tuple[Place, ...], hits: Mapping[Place, Hit]) -> str:
    if len(way) > 1:
        return Reason.SEVERAL
    hit = hits[way[0]]
    return Reason.DIGITS if hit.mark == Mark.SAME else REASONS[hit.role]
