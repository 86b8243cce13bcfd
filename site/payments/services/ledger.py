"""Bookings: each has two sides that add up to nothing."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from privacy.dates import month_of

from ..models import LedgerEntry, MonthClose

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
    day: date | None = None  # that it counts for; empty: today

    def entries(self, at: datetime, closed: Collection[date] = ()) -> list[LedgerEntry]:
        """Both sides; what would count for a closed month counts for today."""
        booking, today = self.id or uuid.uuid4(), timezone.localdate(at)
        day = min(self.day or today, today)
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
                day=today if day.replace(day=1) in closed else day,
            )
            for account, amount in ((self.debit, self.amount_krw), (self.credit, -self.amount_krw))
        ]


@transaction.atomic(savepoint=False)
def book(bookings: Iterable[Booking], *, once: bool = False) -> None:
    """Write all bookings in one statement; none of nothing, and none in a closed month.

    With ``once``, those whose id was booked before are left out.
    """
    now, to_book = timezone.now(), [booking for booking in bookings if booking.amount_krw]
    closed = _closed_among({booking.day for booking in to_book if booking.day}, now)
    entries = [entry for booking in to_book for entry in booking.entries(now, closed)]
    LedgerEntry.objects.bulk_create(entries, ignore_conflicts=once)


def _closed_among(days: Collection[date], now: datetime) -> set[date]:
    """The closed months of these days; asked for earlier months only, as this one is open.

    Who closes a month waits for whoever is here, or is waited for: the answer holds.
    """
    this_month = month_of(now)
    months = {day.replace(day=1) for day in days} - {this_month}
    if not months:
        return set()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE payments_ledgerentry IN ROW EXCLUSIVE MODE")
    closed = MonthClose.objects.filter(month__in=months, reopened_at=None)
    return set(closed.values_list("month", flat=True))
