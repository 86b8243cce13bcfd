"""Cards: a page to pay on, and one function for all that is told of it.

Whoever learns that something was paid calls ``settle_checkout``: the event, the page one comes back
to, the job that looks after what was never told. However often, in whatever order, at once: the
attempt is booked once.
"""

import logging
import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..exceptions import CardRefusedError, CardsAwayError, NotPayableError
from ..gateways import stripe_checkout as stripe
from ..gateways.stripe_answers import CardEvent as ToldEvent
from ..gateways.stripe_answers import Checkout
from ..models import CardAttempt, CardEvent, Payment, Refund
from .attempts import lock_attempt
from .card_disputes import note_dispute
from .card_refunds import note_refund, note_unknown_refunds, send_card_refunds
from .ledger import Account, Booking, What, book
from .payments import lock_payments, reopening, settle

logger = logging.getLogger(__name__)

LIFETIME = timedelta(minutes=45)
LEAST_LEFT = timedelta(minutes=31)  # Stripe opens a page for half an hour at least
PATIENCE = 5  # seconds that somebody who looks on waits for Stripe's answer
SHORTEST = timedelta(minutes=5)  # in which somebody can pay on a page that is open
UNHEARD = timedelta(minutes=5)  # after which we ask ourselves
PAYABLE = (Payment.State.OPEN, Payment.State.CLOSED)
State = CardAttempt.State


def begin_attempt(
    payment: Payment, *, title: str, email: str, done_url: str, back_url: str
) -> Checkout:
    """The page at the card company on which to pay; pressed twice it is the same one.

    From then on the payment waits for a card and not for a deposit. Raises NotPayableError,
    CardsAwayError, CardRefusedError.
    """
    for is_last in (False, True):
        _close_stale(payment)
        attempt = _open_attempt(payment)
        try:
            checkout = _page_of(attempt, title, email, done_url, back_url)
        except CardRefusedError:
            if is_last:
                raise
            _forget_unopened(attempt)
            continue
        if checkout.status == "open":
            CardAttempt.objects.filter(pk=attempt.pk).update(session=checkout.id)
            return checkout
        settle_checkout(checkout)  # It was paid, or closed, and nobody had told us yet.
    raise NotPayableError


def _page_of(
    attempt: CardAttempt, title: str, email: str, done_url: str, back_url: str
) -> Checkout:
    if attempt.session:
        return stripe.read_checkout(attempt.session)
    return stripe.open_checkout(
        attempt=str(attempt.public_id),
        amount_krw=attempt.amount_krw,
        title=title,
        email=email,
        success_url=done_url,
        cancel_url=back_url,
        expires_at=attempt.expires_at,
    )


def _forget_unopened(attempt: CardAttempt) -> None:
    """Stripe knows no such page, or another one under this name: the next try is a new attempt.

    Unless somebody who pressed at the same moment got the page meanwhile.
    """
    same = CardAttempt.objects.filter(pk=attempt.pk, state=State.OPEN, session=attempt.session)
    same.update(state=State.EXPIRED)


@transaction.atomic
def _open_attempt(payment: Payment) -> CardAttempt:
    payment = lock_payments([payment.pk])[payment.pk]
    now = timezone.now()
    attempt = CardAttempt.objects.filter(payment=payment, state=State.OPEN).first()
    if payment.state != Payment.State.OPEN or not stripe.methods_for(payment.open_krw):
        raise NotPayableError
    serves = attempt is not None and _still_serves(attempt, payment, now)
    if not serves and payment.due_at and payment.due_at <= now:
        raise NotPayableError
    if not payment.marked_krw:
        payment.method = Payment.Method.CARD
        payment.save(update_fields=["method"])
    if attempt is not None:
        if serves:
            return attempt
        attempt.state = State.EXPIRED
        attempt.save(update_fields=["state"])
    return CardAttempt.objects.create(
        payment=payment,
        amount_krw=payment.open_krw,
        created_at=now,
        expires_at=now + LIFETIME,
    )


def _close_stale(payment: Payment) -> None:
    """Before another page opens: it may turn out that the one before was paid."""
    payment.refresh_from_db()
    attempt = CardAttempt.objects.filter(payment=payment, state=State.OPEN).first()
    if attempt is not None and not _still_serves(attempt, payment, timezone.now()):
        _close(attempt.session)


def _still_serves(attempt: CardAttempt, payment: Payment, now: datetime) -> bool:
    """Its amount is what is owed, and there is time to pay, or for Stripe to open it."""
    least = SHORTEST if attempt.session else LEAST_LEFT
    return attempt.amount_krw == payment.open_krw and attempt.expires_at > now + least


def _close(session: str) -> None:
    """Nobody shall pay twice; where Stripe is away the second payment is sent back instead."""
    if not session:
        return
    try:
        settle_checkout(stripe.expire_checkout(session, seconds=PATIENCE))
    except (CardsAwayError, CardRefusedError):
        logger.warning("A card page could not be closed")


@transaction.atomic(savepoint=False)
def settle_checkout(checkout: Checkout) -> CardAttempt | None:
    """Book what a page says: paid, or expired. Safe to call twice, and at once.

    None where the page is none of this site's.
    """
    found = _attempt_of(checkout)
    if found is None:
        return None
    attempt = lock_attempt(found)
    if attempt.state == State.PAID:
        return attempt
    if checkout.is_paid:
        _take(attempt.payment, attempt, checkout)
    elif checkout.is_expired and attempt.closed_at is None:
        attempt.state, attempt.closed_at = State.EXPIRED, timezone.now()
        attempt.save(update_fields=["state", "closed_at"])
    return attempt


def _attempt_of(checkout: Checkout) -> CardAttempt | None:
    try:
        public_id = uuid.UUID(checkout.attempt)
    except ValueError:
        return None
    return CardAttempt.objects.select_related("payment").filter(public_id=public_id).first()


def _take(payment: Payment, attempt: CardAttempt, checkout: Checkout) -> None:
    """The money is there: it pays what is owed, and what is too much goes back by itself."""
    now = timezone.now()
    bookings = reopening(payment) if payment.state in PAYABLE else []
    taken = min(checkout.amount_krw, payment.open_krw) if payment.state in PAYABLE else 0
    attempt.state, attempt.paid_at, attempt.intent = State.PAID, now, checkout.intent
    attempt.amount_krw, attempt.taken_krw = checkout.amount_krw, taken
    attempt.save(update_fields=["state", "paid_at", "intent", "amount_krw", "taken_krw"])
    spare = checkout.amount_krw - taken
    paid = Booking(What.CARD_PAID, Account.CARD, Account.RECEIVABLE, taken, payment.pk)
    more = Booking(What.CARD_PAID, Account.CARD, Account.REFUNDABLE, spare)
    book([*(bookings if taken else ()), paid, more])
    if spare:
        _send_back(attempt, spare, now)
    if not taken:
        return
    payment.received_krw += taken
    payment.card_krw += taken
    payment.method = Payment.Method.CARD
    is_whole = payment.open_krw == 0
    if is_whole:
        payment.state, payment.paid_at = Payment.State.PAID, now
    elif payment.state == Payment.State.CLOSED:
        payment.state = Payment.State.OPEN
    payment.save()
    if is_whole:
        settle(payment)


def _send_back(attempt: CardAttempt, amount_krw: int, now: datetime) -> None:
    """Paid twice, or what is not owed any more."""
    attempt.refunded_krw += amount_krw
    attempt.save(update_fields=["refunded_krw"])
    Refund.objects.create(attempt=attempt, amount_krw=amount_krw, reason="paid_twice", asked_at=now)


def hear(event: ToldEvent) -> bool:
    """Take note of an event with its effect, in one transaction; False where it was known.

    One that is told twice at once waits for the other, and is known then.
    """
    try:
        with transaction.atomic():
            _write_down(event)
            _take_note(event)
    except _HeardBeforeError:
        return False
    return True


class _HeardBeforeError(Exception):
    """Ends the transaction; nothing else was written in it."""


def _write_down(event: ToldEvent) -> None:
    row = CardEvent(event=event.id, kind=event.kind, made_at=event.made_at, heard_at=timezone.now())
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        raise _HeardBeforeError from error


def _take_note(event: ToldEvent) -> None:
    if event.checkout is not None:
        settle_checkout(event.checkout)
    elif event.refund is not None:
        note_refund(event.refund)
    elif event.dispute is not None:
        note_dispute(event.dispute)
    elif event.kind == "charge.refunded" and event.intent:
        # It says how much went back in all, and not which refund: that is asked for.
        CardAttempt.objects.filter(intent=event.intent).update(is_unsure=True)


def look_after_cards() -> int:
    """Ask about pages that nobody told us of, and send back what waits; how many were settled."""
    if not stripe.takes_cards():
        return 0
    settled = sum(_ask_about(attempt) for attempt in _unheard())
    note_unknown_refunds()
    send_card_refunds()
    return settled


def _unheard() -> list[CardAttempt]:
    """Pages that may still be paid on, also those that we gave up for another."""
    rows = CardAttempt.objects.filter(closed_at=None, paid_at=None).exclude(session="")
    return list(rows.filter(created_at__lt=timezone.now() - UNHEARD).order_by("created_at"))


def _ask_about(attempt: CardAttempt) -> bool:
    """Whether it was settled now."""
    was = attempt.state
    try:
        checkout = stripe.read_checkout(attempt.session)
        if was == State.EXPIRED and checkout.status == "open":
            checkout = stripe.expire_checkout(attempt.session)
        told = settle_checkout(checkout)
    except (CardsAwayError, CardRefusedError):
        logger.warning("A card page could not be read")
        return False
    return told is not None and told.state != was
