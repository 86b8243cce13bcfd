"""What the card company says it owes us, held against our books; what differs, line by line."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ..exceptions import CardRefusedError, CardsAwayError
from ..gateways import stripe_checkout as stripe
from ..gateways.stripe_answers import BalanceLine
from ..models import CardAttempt, Deposit, LedgerEntry, Refund
from .card_books import (
    CAME_BACK,
    CHARGES,
    FAILED,
    PAYOUTS,
    REFUNDS,
    amount_booking,
    came_back,
    card_balance_krw,
    fee_booking,
)
from .ledger import Account, What

LOOKED_BACK = timedelta(days=62)
# Why a line is on one side only.
CHARGE_NOT_BOOKED, REFUND_NOT_BOOKED, FEE_NOT_BOOKED, PAYOUT_NOT_BOOKED, OTHER_NOT_BOOKED = (
    *("charge", "refund", "fee", "payout"),
    "other",
)
PAYOUT_BACK_NOT_BOOKED = "payout_back"
PAID_WITHOUT_LINE, REFUND_WITHOUT_LINE = "paid_without_line", "refund_without_line"


@dataclass(frozen=True)
class Difference:
    """A line of the one side that the other lacks; ``name`` is the company's own for it."""

    reason: str
    name: str
    amount_krw: int
    at: datetime


@dataclass(frozen=True)
class CompanyBalance:
    """Both balances and what is behind their difference. Away: nothing is known of theirs."""

    books_krw: int
    available_krw: int = 0
    pending_krw: int = 0
    lines: Sequence[Difference] = field(default_factory=tuple)
    is_away: bool = False

    @property
    def company_krw(self) -> int:
        return self.available_krw + self.pending_krw

    @property
    def difference_krw(self) -> int:
        """How much more the company says than the books."""
        return 0 if self.is_away else self.company_krw - self.books_krw


@dataclass(frozen=True)
class Payout:
    """Money that the company sent to the bank, by its booking; ``name`` is the company's own."""

    booking: uuid.UUID
    amount_krw: int
    booked_at: datetime
    name: str = ""


def compare_with_company() -> CompanyBalance:
    """Ask the card company what it holds, and say what differs from the books."""
    books = card_balance_krw()
    since = timezone.now() - LOOKED_BACK
    try:
        balance = stripe.balance()
        lines = list(stripe.balance_lines(since))
    except (CardsAwayError, CardRefusedError):
        return CompanyBalance(books, is_away=True)
    differences = [*_without_booking(lines), *_without_line(lines, since)]
    differences.sort(key=lambda one: one.at)
    return CompanyBalance(books, balance.available_krw, balance.pending_krw, tuple(differences))


def _without_booking(lines: Sequence[BalanceLine]) -> Iterator[Difference]:
    """Their lines that our books lack."""
    paid = CardAttempt.objects.filter(state=CardAttempt.State.PAID).exclude(intent="")
    intents = set(paid.values_list("intent", flat=True))
    refunds = dict(Refund.objects.exclude(card_refund="").values_list("card_refund", "problem"))
    ids = [make(line) for line in lines for make in (fee_booking, amount_booking)]
    rows = LedgerEntry.objects.filter(booking__in=ids, account=Account.CARD)
    booked = set(rows.values_list("booking", flat=True))
    for line in lines:
        if line.fee_krw and fee_booking(line) not in booked:
            yield Difference(FEE_NOT_BOOKED, line.id, -line.fee_krw, line.booked_at)
        if reason := _missing_of(line, intents, refunds, booked):
            yield Difference(reason, line.source or line.id, line.amount_krw, line.booked_at)


def _missing_of(
    line: BalanceLine,
    intents: Collection[str],
    refunds: Mapping[str, str],
    booked: Collection[uuid.UUID],
) -> str:
    """What the books lack of a line's amount; empty where they have it."""
    if line.kind in CHARGES:
        return "" if line.intent in intents else CHARGE_NOT_BOOKED
    if line.kind in REFUNDS:
        came_back = line.kind == FAILED
        is_known = line.source in refunds and (refunds[line.source] or not came_back)
        return "" if is_known else REFUND_NOT_BOOKED
    if amount_booking(line) in booked:
        return ""
    if line.kind in CAME_BACK:
        return PAYOUT_BACK_NOT_BOOKED
    return PAYOUT_NOT_BOOKED if line.kind in PAYOUTS else OTHER_NOT_BOOKED


def _without_line(lines: Sequence[BalanceLine], since: datetime) -> Iterator[Difference]:
    """What we booked and they do not tell of."""
    intents, sources = {line.intent for line in lines}, {line.source for line in lines}
    paid = CardAttempt.objects.filter(state=CardAttempt.State.PAID, paid_at__gte=since)
    for attempt in paid.exclude(intent__in=intents).order_by("paid_at"):
        moment = attempt.paid_at or since
        yield Difference(PAID_WITHOUT_LINE, attempt.intent, -attempt.amount_krw, moment)
    sent = Refund.objects.filter(state=Refund.State.SENT, decided_at__gte=since)
    for refund in sent.exclude(card_refund="").exclude(card_refund__in=sources):
        moment = refund.decided_at or since
        yield Difference(REFUND_WITHOUT_LINE, refund.card_refund, refund.amount_krw, moment)


def payouts_on_the_way() -> list[Payout]:
    """What the company sent and no deposit at the bank was taken for yet, oldest first.

    What came back is not looked for at the bank.
    """
    arrived = Deposit.objects.filter(payout__isnull=False).values("payout")
    rows = payouts_sent().exclude(booking__in=arrived)
    returned = {name_in(row) for row in came_back()}
    return [_payout(row) for row in rows if name_in(row) not in returned]


def payouts_sent() -> "QuerySet[LedgerEntry, LedgerEntry]":
    """The entries of all that the company sent to the bank, whatever became of it."""
    rows = LedgerEntry.objects.filter(account=Account.CARD, what=What.PAYOUT, amount_krw__lt=0)
    return rows.order_by("booked_at", "pk")


def name_in(entry: LedgerEntry) -> str:
    """The company's own name of a payout, as its booking notes it; the booking's if it has none."""
    return entry.note.partition(" ")[2] or str(entry.booking)


def _payout(row: LedgerEntry) -> Payout:
    return Payout(row.booking, -row.amount_krw, row.booked_at, name_in(row))
