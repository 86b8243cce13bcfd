"""What is owed: from its beginning to its end without money."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..models import BankAccount, LedgerEntry, Payment
from ..registry import purpose_named
from .ledger import Account, Booking, What, book


def draft_payment(
    *,
    purpose: str,
    subject: UUID,
    amount_krw: int,
    account: BankAccount | None,
    due_at: datetime | None,
    depositor_name: str,
    method: str = Payment.Method.BANK_TRANSFER,
) -> tuple[Payment, LedgerEntry, LedgerEntry]:
    """The rows that say that ``amount_krw`` is owed for a thing, to be inserted with the thing.

    For one thing a payment is opened once: a second time the database refuses.
    """
    now = timezone.now()
    payment = Payment(
        purpose=purpose,
        subject=subject,
        method=method,
        state=Payment.State.OPEN,
        amount_krw=amount_krw,
        account=account,
        depositor_name=depositor_name,
        due_at=due_at,
        created_at=now,
    )
    opened = Booking(What.OPENED, Account.RECEIVABLE, Account.INCOME, amount_krw)
    debit, credit = opened.entries(now)
    debit.payment = credit.payment = payment
    return payment, debit, credit


def payments_of(purpose: str, subjects: Collection[str | UUID]) -> dict[str, Payment]:
    """The payments of these things, by subject; one query."""
    payments = Payment.objects.filter(purpose=purpose, subject__in=subjects)
    return {str(payment.subject): payment for payment in payments.select_related("account")}


def change_depositor_name(payment: Payment, name: str) -> None:
    """Take note of the name under which the money will come. A closed payment takes none."""
    open_ones = Payment.objects.filter(pk=payment.pk, state=Payment.State.OPEN)
    payment.depositor_name = name
    open_ones.update(depositor_name=name)


@transaction.atomic(savepoint=False)
def close_payment(purpose: str, subject: str | UUID) -> None:
    """Nothing more will be owed for a thing. What came of it can be refunded; safe twice."""
    payment = Payment.objects.select_for_update().of(purpose, subject).open().first()
    if payment is None:
        return
    book([_rest(What.CLOSED, Account.INCOME, Account.RECEIVABLE, payment)])
    payment.state = Payment.State.CLOSED
    payment.save(update_fields=["state"])


@transaction.atomic(savepoint=False)
def lower_amount(payment: Payment, amount_krw: int) -> Payment:
    """Less is owed for a thing than before, never less than came; settled if that is all.

    The subject is locked by the caller. A payment that is not open stays as it is.
    """
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    lowered = max(amount_krw, payment.received_krw)
    if payment.state != Payment.State.OPEN or lowered >= payment.amount_krw:
        return payment
    less = payment.amount_krw - lowered
    book([Booking(What.CLOSED, Account.INCOME, Account.RECEIVABLE, less, payment.pk)])
    payment.amount_krw = lowered
    if payment.open_krw == 0:
        payment.state, payment.paid_at = Payment.State.PAID, timezone.now()
    payment.save(update_fields=["amount_krw", "state", "paid_at"])
    if payment.state == Payment.State.PAID:
        settle(payment)
    return payment


def reopening(payment: Payment) -> list[Booking]:
    """What must be booked before a closed payment takes money again."""
    if payment.state != Payment.State.CLOSED:
        return []
    return [_rest(What.REOPENED, Account.RECEIVABLE, Account.INCOME, payment)]


def _rest(what: str, debit: str, credit: str, payment: Payment) -> Booking:
    return Booking(what, debit, credit, payment.open_krw, payment.pk)


def lock_payments(ids: Collection[int]) -> dict[int, Payment]:
    """Lock what is paid for, then its payments, each in the order of their ids."""
    subjects: dict[str, list[str]] = {}
    found = Payment.objects.filter(pk__in=ids).values_list("purpose", "subject")
    for purpose, subject in found:
        subjects.setdefault(purpose, []).append(str(subject))
    for purpose in sorted(subjects):
        purpose_named(purpose).lock(sorted(subjects[purpose]))
    rows = Payment.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {payment.pk: payment for payment in rows}


def settle(payment: Payment) -> bool:
    """Tell what was paid for that its money is there; whether it could still be had.

    The payment is locked and saved as paid before, since the answer may look at it.
    """
    if purpose_named(payment.purpose).settle(str(payment.subject)):
        return True
    payment.state = Payment.State.NO_SEAT
    payment.save(update_fields=["state"])
    return False


def unsettle(payment: Payment, taken_krw: int) -> list[Booking]:
    """After so much was taken away: what was paid for waits for it, or nothing more is owed.

    Saves the payment; returns what is to be booked.
    """
    was_closed = payment.state == Payment.State.CLOSED
    if payment.state in (Payment.State.OPEN, Payment.State.PAID):
        payment.state, payment.paid_at = Payment.State.OPEN, None
        payment.save()
        if purpose_named(payment.purpose).unsettle(str(payment.subject)):
            return []
    payment.state, payment.paid_at = Payment.State.CLOSED, None
    payment.save()
    rest = taken_krw if was_closed else payment.open_krw
    return [Booking(What.CLOSED, Account.INCOME, Account.RECEIVABLE, rest, payment.pk)]
