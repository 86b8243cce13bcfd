"""A deposit that is no payer's but what the card company sent to the bank."""

from uuid import UUID

from django.db import IntegrityError, transaction

from ..exceptions import DepositTakenError, NoPayoutError
from ..models import Deposit, LedgerEntry
from .card_comparison import Payout, payouts_on_the_way
from .ledger import Account, What


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
    sent = LedgerEntry.objects.filter(booking=booking, account=Account.CARD, what=What.PAYOUT)
    if not sent.filter(amount_krw=-deposit.amount_krw).exists():
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
