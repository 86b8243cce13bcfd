"""Bookings: each has two sides that add up to nothing."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User

from ..models import LedgerEntry

Account = LedgerEntry.Account
What = LedgerEntry.What


@dataclass(frozen=True)
class Booking:
    """``amount_krw`` goes from the account ``credit`` to the account ``debit``."""

    what: str
    debit: str
    credit: str
    amount_krw: int
    payment_id: int | None = None
    user: User | None = None
    note: str = ""
    id: uuid.UUID | None = None

    def entries(self, at: datetime) -> list[LedgerEntry]:
        booking = self.id or uuid.uuid4()
        return [
            LedgerEntry(
                booking=booking,
                account=account,
                amount_krw=amount,
                payment_id=self.payment_id,
                what=self.what,
                note=self.note,
                booked_by=self.user,
                booked_at=at,
            )
            for account, amount in ((self.debit, self.amount_krw), (self.credit, -self.amount_krw))
        ]


def book(bookings: Iterable[Booking], *, once: bool = False) -> None:
    """Write all bookings in one statement; none of nothing.

    With ``once``, those whose id was booked before are left out.
    """
    now = timezone.now()
    entries = [
        entry for booking in bookings if booking.amount_krw for entry in booking.entries(now)
    ]
    LedgerEntry.objects.bulk_create(entries, ignore_conflicts=once)
