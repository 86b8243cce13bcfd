"""What a person vouches for: cash at the door, a waiver, a transfer seen in the bank."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..exceptions import AlreadyPaidError, AlreadyRefundedError, NoSeatError, NotMarkedError
from ..models import Payment
from .ledger import Account, Booking, What, book
from .payments import lock_payments, reopening, settle, unsettle

Method = Payment.Method
# A transfer that was seen counts against deposits: one that arrives later takes its place.
SOURCES = {
    Method.ON_SITE: Account.CASH,
    Method.WAIVED: Account.INCOME,
    Method.BANK_TRANSFER: Account.UNASSIGNED,
}


@transaction.atomic
def mark_paid(payment: Payment, *, method: str, user: User, note: str) -> Payment:
    """Take the rest of a payment as paid, on ``user``'s word, and confirm what it is for.

    A deposit that arrives later attaches to a marked transfer and is not counted twice. Refuses
    with AlreadyPaidError; with NoSeatError where cash or a waiver would buy nothing.
    """
    payment = lock_payments([payment.pk])[payment.pk]
    if payment.state not in (Payment.State.OPEN, Payment.State.CLOSED):
        raise AlreadyPaidError
    rest, bookings = payment.open_krw, reopening(payment)
    payment.method, payment.note, payment.marked_by = method, note, user
    payment.marked_krw = rest
    payment.received_krw += 0 if method == Method.WAIVED else rest
    payment.state, payment.paid_at = Payment.State.PAID, timezone.now()
    payment.save()
    debit = SOURCES[Method(method)]
    mark = Booking(What.MARKED, debit, Account.RECEIVABLE, rest, payment.pk, user, note)
    book([*bookings, mark])
    if not settle(payment) and method != Method.BANK_TRANSFER:
        raise NoSeatError
    return payment


@transaction.atomic
def unmark_paid(payment: Payment, *, user: User, note: str) -> Payment:
    """Take back what somebody vouched for; what it was for waits for its money again, or is over.

    Refuses with NotMarkedError, and with AlreadyRefundedError where the money went back.
    """
    payment = lock_payments([payment.pk])[payment.pk]
    marked = payment.marked_krw
    if not marked:
        raise NotMarkedError
    received = payment.received_krw - (0 if payment.waived_krw else marked)
    if received < payment.refunded_krw:
        raise AlreadyRefundedError
    credit = SOURCES[Method(payment.method)]
    back = Booking(What.UNMARKED, Account.RECEIVABLE, credit, marked, payment.pk, user, note)
    payment.received_krw, payment.marked_krw = received, 0
    payment.method, payment.note, payment.marked_by = Method.BANK_TRANSFER, note, None
    book([back, *unsettle(payment, marked)])
    return payment


@transaction.atomic
def retry_settling(payment: Payment) -> Payment:
    """Ask again whether there is a seat for money that came too late. Raises NoSeatError."""
    payment = lock_payments([payment.pk])[payment.pk]
    if payment.state != Payment.State.NO_SEAT:
        raise AlreadyPaidError
    if payment.refunded_krw:
        raise AlreadyRefundedError
    payment.state = Payment.State.PAID
    payment.save(update_fields=["state"])
    if not settle(payment):
        raise NoSeatError
    return payment
