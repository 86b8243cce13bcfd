"""Money that goes back: asked for once, sent once, never more than came."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ..exceptions import (
    DepositTakenError,
    RefundAccountMissingError,
    RefundDecidedError,
    RefundTooLargeError,
)
from ..models import CardAttempt, Deposit, Payment, Refund
from ..registry import purpose_named
from .ledger import Account, Booking, What, book
from .payments import lock_payments


@transaction.atomic
def ask_refund(
    payment: Payment,
    *,
    amount_krw: int,
    reason: str,
    bank: str = "",
    account_number: str = "",
    account_holder: str = "",
) -> Refund:
    """Put money of a payment on the list of what goes back.

    One conditional statement keeps all refunds within what was received, whoever asks at the same
    time. Refuses with RefundTooLargeError.
    """
    if amount_krw < 1 or not _take_from(payment, amount_krw):
        payment.refresh_from_db(fields=["received_krw", "refunded_krw"])
        raise RefundTooLargeError(payment.refundable_krw)
    refund = Refund.objects.create(
        payment=payment,
        attempt=card_for(payment, amount_krw),
        amount_krw=amount_krw,
        reason=reason,
        bank=bank or None,
        account_number=account_number or None,
        account_holder=account_holder or None,
        asked_at=timezone.now(),
    )
    book([Booking(What.REFUND_ASKED, Account.INCOME, Account.REFUNDABLE, amount_krw, payment.pk)])
    return refund


def card_for(payment: Payment, amount_krw: int) -> CardAttempt | None:
    """The card that so much can go back to by itself, noted as going back; else None."""
    paid = _cards_of(payment)
    enough = paid.filter(taken_krw__gte=F("refunded_krw") + amount_krw).order_by("pk")
    attempt = enough.first()  # The payment's row is locked by the one who asks.
    if attempt is not None:
        paid.filter(pk=attempt.pk).update(refunded_krw=F("refunded_krw") + amount_krw)
    return attempt


def card_part(payment: Payment, amount_krw: int) -> int:
    """How much of a refund can go back to a card by itself; the rest needs an account."""
    left = _cards_of(payment).annotate(left=F("taken_krw") - F("refunded_krw"))
    most = left.aggregate(most=Max("left"))["most"] if payment.card_krw else 0
    return min(amount_krw, most or 0)


def _cards_of(payment: Payment) -> "QuerySet[CardAttempt, Any]":
    return CardAttempt.objects.filter(payment=payment, state=CardAttempt.State.PAID)


def leave_card(refund: Refund) -> None:
    """The locked refund does not go to its card after all."""
    if refund.attempt_id is None:
        return
    card = CardAttempt.objects.filter(pk=refund.attempt_id)
    card.update(refunded_krw=Greatest(F("refunded_krw") - refund.amount_krw, 0))
    if refund.payment_id is not None:
        refund.attempt = None
        refund.save(update_fields=["attempt"])


@transaction.atomic
def retry_card(refund: Refund) -> Refund:
    """Ask anew for one that its card did not take, to the same card; the old one is off the list.

    Another row, since by the name of the old one Stripe answers again as it did, and what it still
    tells of that one must not be taken for this. Raises RefundDecidedError.
    """
    _lock_payment(refund)
    refund = _lock_asked(refund)
    card = refund.attempt
    if not refund.problem or card is None:
        raise RefundDecidedError
    take_off_list(refund, user=None, note=_("Sent to the card once more"))
    source = Account.UNASSIGNED
    if refund.payment_id:
        source = Account.INCOME
        paid = Payment.objects.filter(pk=refund.payment_id)
        paid.update(refunded_krw=F("refunded_krw") + refund.amount_krw)
    same_card = CardAttempt.objects.filter(pk=card.pk)
    same_card.update(refunded_krw=F("refunded_krw") + refund.amount_krw)
    again = Refund.objects.create(
        payment_id=refund.payment_id,
        attempt=card,
        amount_krw=refund.amount_krw,
        reason=refund.reason,
        bank=refund.bank,
        account_number=refund.account_number,
        account_holder=refund.account_holder,
        asked_at=timezone.now(),
    )
    asked = What.REFUND_ASKED, source, Account.REFUNDABLE
    book([Booking(*asked, again.amount_krw, again.payment_id)])
    return again


def _take_from(payment: Payment, amount_krw: int) -> bool:
    enough = Payment.objects.filter(pk=payment.pk, received_krw__gte=F("refunded_krw") + amount_krw)
    return bool(enough.update(refunded_krw=F("refunded_krw") + amount_krw))


@transaction.atomic
def return_deposit(deposit: Deposit, *, reason: str, user: User) -> Refund:
    """Put the rest of a deposit that nothing was owed for on the list of what goes back.

    Refuses with DepositTakenError.
    """
    deposit = Deposit.objects.select_for_update().get(pk=deposit.pk)
    if deposit.state != Deposit.State.OPEN or deposit.goes_back:
        raise DepositTakenError
    deposit.state = Deposit.State.TO_REFUND
    deposit.save(update_fields=["state"])
    refund = Refund.objects.create(
        deposit=deposit, amount_krw=deposit.rest_krw, reason=reason, asked_at=timezone.now()
    )
    asked = What.REFUND_ASKED, Account.UNASSIGNED, Account.REFUNDABLE
    book([Booking(*asked, refund.amount_krw, user=user, note=reason)])
    return refund


@transaction.atomic
def set_refund_account(
    refund: Refund, *, bank: str, account_number: str, account_holder: str
) -> Refund:
    """Write down where the money goes. Refuses with RefundDecidedError."""
    refund = _lock_asked(refund)
    refund.bank, refund.account_number = bank, account_number
    refund.account_holder = account_holder
    refund.save(update_fields=["bank", "account_number", "account_holder"])
    return refund


@transaction.atomic
def send_refund(refund: Refund, *, user: User, day: date | None = None) -> Refund:
    """Write down that the money was sent; what was paid for is told, and tells its people.

    ``day`` is the one that the bank printed, where it did.

    Refuses with RefundDecidedError, and with RefundAccountMissingError.
    """
    payment = _lock_payment(refund)
    refund = _lock_asked(refund)
    if not refund.has_account:
        raise RefundAccountMissingError
    leave_card(refund)
    _decide(refund, Refund.State.SENT, user)
    sent = What.REFUND_SENT, Account.REFUNDABLE, Account.BANK
    book([Booking(*sent, refund.amount_krw, refund.payment_id, user, day=day)])
    if payment and refund.payment_id:
        purpose = purpose_named(payment.purpose)
        purpose.refunded(str(payment.subject), str(refund.public_id))
    return refund


@transaction.atomic
def drop_refund(refund: Refund, *, user: User, note: str) -> Refund:
    """Take a refund off the list: the money stays, and can be asked for again."""
    _lock_payment(refund)
    refund = _lock_asked(refund)
    take_off_list(refund, user=user, note=note)
    return refund


def take_off_list(refund: Refund, *, user: User | None, note: str) -> None:
    """The same for one that is locked, its payment before it; without a user a rule did it."""
    leave_card(refund)
    _decide(refund, Refund.State.DROPPED, user)
    back_to = Account.INCOME
    if refund.payment_id:
        paid = Payment.objects.filter(pk=refund.payment_id)
        paid.update(refunded_krw=F("refunded_krw") - refund.amount_krw)
    else:
        back_to = Account.UNASSIGNED
        Deposit.objects.filter(refunds=refund).update(state=Deposit.State.OPEN)
    dropped = What.REFUND_DROPPED, Account.REFUNDABLE, back_to
    book([Booking(*dropped, refund.amount_krw, refund.payment_id, user, note)])


def _lock_payment(refund: Refund) -> Payment | None:
    """The payment first, also where only its card is known: what a card tells locks it so too."""
    pk = refund.payment_id or (refund.attempt.payment_id if refund.attempt else None)
    return lock_payments([pk])[pk] if pk else None


def _lock_asked(refund: Refund) -> Refund:
    asked = Refund.objects.select_for_update().filter(pk=refund.pk, state=Refund.State.ASKED)
    locked = asked.first()
    if locked is None:
        raise RefundDecidedError
    return locked


def _decide(refund: Refund, state: str, user: User | None) -> None:
    refund.state, refund.decided_by, refund.decided_at = state, user, timezone.now()
    refund.save(update_fields=["state", "decided_by", "decided_at"])
