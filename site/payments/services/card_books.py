"""The card company's books against ours: fees, payouts, the balance."""

import logging
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Max, Q, QuerySet, Sum
from django.utils import timezone

from ..exceptions import CardRefusedError, CardsAwayError
from ..gateways import stripe_checkout as stripe
from ..gateways.stripe_answers import BalanceLine
from ..models import CardEvent, LedgerEntry, Refund
from .card_disputes import note_dispute
from .card_refunds import note_refund
from .ledger import Account, Booking, What, book

logger = logging.getLogger(__name__)

NAMESPACE = uuid.UUID("9f5d0ac8-6f0e-4a58-9c8c-8a3a6c1f2d10")
FAILED = "refund_failure"
REFUNDS = ("refund", "payment_refund", FAILED)
DISPUTES = ("dp_", "du_")
TAKEN_OVER = (What.CARD_FEE, What.PAYOUT, What.PAYOUT_FAILED, What.ADJUSTED)
# What these lines say was booked when it happened: paid, sent back, come back.
CHARGES = ("charge", "payment")
KNOWN = (*CHARGES, *REFUNDS)
PAYOUT = "payout"
# The bank did not take it, or it was called off: the money is on the balance again.
CAME_BACK = ("payout_failure", "payout_cancel")
TOLD_OF_IT = ("payout.failed", "payout.canceled")
PAYOUTS = (PAYOUT, *CAME_BACK)
FEES = ("stripe_fee", "stripe_fx_fee", "tax_fee")
Told = TypeVar("Told")


def book_fees(since: datetime) -> int:
    """Take over from Stripe's own books what nobody tells us of, each line once; how many.

    Fees, payouts, disputes and other adjustments are booked; refunds and disputes that no event
    told of are asked for.
    """
    lines = list(stripe.balance_lines(since))
    book((booking for line in lines for booking in _bookings(line)), once=True)
    _ask_about_unheard(lines)
    return len(lines)


def _bookings(line: BalanceLine) -> Iterator[Booking]:
    """The sides of a line that no event books; each has an id that follows from the line's."""
    day = timezone.localdate(line.booked_at)
    if line.fee_krw:
        fee = What.CARD_FEE, Account.FEES, Account.CARD
        yield Booking(*fee, line.fee_krw, id=fee_booking(line), day=day)
    if line.kind in KNOWN:
        return
    what, account = What.ADJUSTED, Account.ADJUSTED
    if line.kind in PAYOUTS:
        what = What.PAYOUT if line.kind == PAYOUT else What.PAYOUT_FAILED
        account = Account.UNASSIGNED
    elif line.kind in FEES:
        what, account = What.CARD_FEE, Account.FEES
    note = f"{line.kind} {line.source}".strip()
    sides = what, account, Account.CARD
    yield Booking(*sides, -line.amount_krw, note=note, id=amount_booking(line), day=day)


def fee_booking(line: BalanceLine) -> uuid.UUID:
    """By which id the fee of a line is booked, once."""
    return uuid.uuid5(NAMESPACE, line.id)


def amount_booking(line: BalanceLine) -> uuid.UUID:
    """By which id the amount of a line is booked, once, where no event books it."""
    return uuid.uuid5(NAMESPACE, f"{line.id} amount")


def _ask_about_unheard(lines: list[BalanceLine]) -> None:
    """Refunds and disputes of these lines of which we do not know what they say."""
    named = [line for line in lines if line.kind in REFUNDS]
    refunds = Refund.objects.filter(card_refund__in=[line.source for line in named])
    problems = dict(refunds.values_list("card_refund", "problem"))
    for line in named:
        is_known = line.source in problems
        if not is_known or (line.kind == FAILED and not problems[line.source]):
            _ask(stripe.read_refund, line.source, note_refund)
    for line in lines:
        if line.source.startswith(DISPUTES):
            _ask(stripe.read_dispute, line.source, note_dispute)


def _ask(read: Callable[[str], Told], key: str, note: Callable[[Told], object]) -> None:
    try:
        told = read(key)
    except (CardsAwayError, CardRefusedError):
        logger.warning("A line of the card company's books could not be asked about")
    else:
        note(told)


def look_after_books() -> int:
    """Each night the lines of three days: one that came late is found, one that is known stays.

    Where the last look is longer ago, from three days before that on.
    """
    if not stripe.takes_cards():
        return 0
    booked = LedgerEntry.objects.filter(account=Account.CARD, what__in=TAKEN_OVER)
    last = booked.aggregate(last=Max("booked_at"))["last"] or timezone.now()
    return book_fees(last - timedelta(days=3))


def look_after_payouts() -> int:
    """Once an event tells that a payout came back, read the lines that say so; how many were read.

    An event is not taken at its word: what is booked is the line.
    """
    if not stripe.takes_cards():
        return 0
    now = timezone.now()
    told = CardEvent.objects.filter(kind__in=TOLD_OF_IT, heard_at__gt=now - timedelta(days=1))
    heard_at = told.aggregate(last=Max("heard_at"))["last"]
    if heard_at is None or came_back().filter(booked_at__gte=heard_at).exists():
        return 0
    try:
        return book_fees(now - timedelta(days=3))
    except (CardsAwayError, CardRefusedError):
        logger.warning("The card company's books could not be read")
        return 0


def came_back() -> "QuerySet[LedgerEntry, LedgerEntry]":
    """The entries of payouts that did not reach the bank.

    Before these had a kind of their own they were booked as payouts of less than nothing.
    """
    before = Q(what=What.PAYOUT, amount_krw__gt=0)
    return LedgerEntry.objects.filter(before | Q(what=What.PAYOUT_FAILED), account=Account.CARD)


def card_balance_krw() -> int:
    """What our books say the card company owes us; ``stripe.balance`` is what it says."""
    entries = LedgerEntry.objects.filter(account=Account.CARD)
    return int(entries.aggregate(total=Sum("amount_krw", default=0))["total"])
