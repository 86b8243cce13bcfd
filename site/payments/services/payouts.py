"""A deposit that is no payer's but what the card company sent to the bank; what never got there."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..exceptions import DepositTakenError, NoPayoutError
from ..models import Deposit
from .card_books import came_back
from .card_comparison import LOOKED_BACK, Payout, name_in, payouts_on_the_way, payouts_sent

CALLED_OFF = "payout_cancel"


@dataclass(frozen=True)
class LostPayout:
    """A payout that did not reach the bank: its money is on the company's balance again.

    ``is_open`` as long as the company has sent nothing since. ``arrived`` where a deposit was
    taken for it before.
    """

    name: str
    amount_krw: int
    day: date
    was_called_off: bool
    is_open: bool
    arrived: bool


def lost_payouts() -> list[LostPayout]:
    """Those of two months, the latest first."""
    since = timezone.localdate() - timedelta(days=LOOKED_BACK.days)
    rows = list(came_back().filter(day__gte=since).order_by("-day", "-pk"))
    lost = {name_in(row) for row in rows}
    sent = {name_in(row): row for row in payouts_sent()} if rows else {}
    later = max((row.day for name, row in sent.items() if name not in lost), default=date.min)
    bookings = [row.booking for name, row in sent.items() if name in lost]
    taken = set(Deposit.objects.filter(payout__in=bookings).values_list("payout", flat=True))
    return [
        LostPayout(
            name=name,
            amount_krw=row.amount_krw,
            day=row.day,
            was_called_off=row.note.startswith(CALLED_OFF),
            is_open=later <= row.day,
            arrived=name in sent and sent[name].booking in taken,
        )
        for row in rows
        for name in [name_in(row)]
    ]


def payouts_for(deposit: Deposit) -> list[Payout]:
    """The payouts on their way that this deposit may be: of the same amount to the won."""
    if deposit.state != Deposit.State.OPEN or deposit.matched_krw:
        return []
    return [one for one in payouts_on_the_way() if one.amount_krw == deposit.amount_krw]


@transaction.atomic
def take_for_payout(deposit: Deposit, booking: UUID) -> Deposit:
    """Take a deposit for a payout. Both are on the books: only what belongs together is noted.

    Refuses with DepositTakenError, and with NoPayoutError.
    """
    deposit = Deposit.objects.select_for_update().get(pk=deposit.pk)
    if deposit.state != Deposit.State.OPEN or deposit.matched_krw:
        raise DepositTakenError
    sent = payouts_sent().filter(booking=booking, amount_krw=-deposit.amount_krw).first()
    if sent is None or name_in(sent) in {name_in(row) for row in came_back()}:
        raise NoPayoutError
    deposit.state, deposit.payout = Deposit.State.PAYOUT, booking
    try:
        with transaction.atomic():
            deposit.save(update_fields=["state", "payout"])
    except IntegrityError as error:
        raise NoPayoutError from error
    return deposit


@transaction.atomic
def part_from_payout(deposit: Deposit) -> Deposit:
    """The deposit was something else: it waits on the list again. Raises DepositTakenError."""
    deposit = Deposit.objects.select_for_update().get(pk=deposit.pk)
    if deposit.state != Deposit.State.PAYOUT:
        raise DepositTakenError
    deposit.state, deposit.payout = Deposit.State.OPEN, None
    deposit.save(update_fields=["state", "payout"])
    return deposit
