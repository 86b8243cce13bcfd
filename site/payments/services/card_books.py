"""The card company's books against ours: fees, payouts, the balance."""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from ..gateways import stripe_checkout as stripe
from ..models import LedgerEntry
from .ledger import Account, Booking, What, book

NAMESPACE = uuid.UUID("9f5d0ac8-6f0e-4a58-9c8c-8a3a6c1f2d10")


def book_fees(since: datetime) -> int:
    """Take over fees and payouts from Stripe's own books, each line once; returns how many."""
    lines = list(stripe.balance_lines(since))
    bookings = []
    for line in lines:
        booking = uuid.uuid5(NAMESPACE, line.id)
        if line.fee_krw:
            fee = What.CARD_FEE, Account.FEES, Account.CARD
            bookings.append(Booking(*fee, line.fee_krw, id=booking))
        elif line.kind == "payout":
            paid_out = What.PAYOUT, Account.UNASSIGNED, Account.CARD
            bookings.append(Booking(*paid_out, -line.amount_krw, id=booking))
    book(bookings, once=True)
    return len(lines)


def look_after_books() -> int:
    """Each night the lines of three days: one that came late is found, one that is known stays."""
    return book_fees(timezone.now() - timedelta(days=3)) if stripe.takes_cards() else 0


def card_balance_krw() -> int:
    """What our books say the card company owes us."""
    entries = LedgerEntry.objects.filter(account=Account.CARD)
    return sum(entries.values_list("amount_krw", flat=True))
