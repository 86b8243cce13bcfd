"""Money that goes back to the card it came from: by itself, or at the card company's own screen.

Whoever learns of such a refund calls ``note_refund``: the event, the nightly look at the card
company's books, the job that asks. However often and in whatever order: it is booked once.
"""

import logging
import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from ..exceptions import CardRefusedError, CardsAwayError
from ..gateways import stripe_checkout as stripe
from ..models import CardAttempt, Payment, Refund
from ..registry import purpose_named
from .ledger import Account, Booking, What, book
from .payments import lock_payments
from .refunds import take_off_list

logger = logging.getLogger(__name__)

ASKED, SENT, DROPPED = Refund.State.ASKED, Refund.State.SENT, Refund.State.DROPPED
KEYS_LIVE = timedelta(hours=20)  # Stripe forgets an idempotency key after a day


def send_card_refunds() -> int:
    """Send back by card what waits for it; each once, however many workers. Returns how many."""
    waiting = Refund.objects.filter(state=ASKED, attempt__isnull=False, problem="")
    return sum(_send_one(pk) for pk in list(waiting.values_list("pk", flat=True).order_by("pk")))


@transaction.atomic
def _send_one(pk: int) -> bool:
    found = Refund.objects.get(pk=pk)
    if found.payment_id:
        lock_payments([found.payment_id])
    rows = Refund.objects.select_for_update(of=("self",), skip_locked=True)
    refund = rows.select_related("payment").filter(pk=pk, state=ASKED, problem="").first()
    if refund is None or refund.attempt is None:
        return False
    try:
        sent = _sent_before(refund, refund.attempt) or stripe.refund_card(
            intent=refund.attempt.intent,
            amount_krw=refund.amount_krw,
            refund=str(refund.public_id),
        )
    except CardsAwayError:
        return False
    except CardRefusedError as refusal:
        return _keep_on_list(refund, refusal.code or "refused")
    if sent.did_not_arrive:
        return _keep_on_list(refund, sent.failure or sent.status, sent.id)
    _mark_sent(refund, sent.id)
    return True


def _sent_before(refund: Refund, attempt: CardAttempt) -> stripe.CardRefund | None:
    """A refund that was sent so long ago that sending it again would be a second one."""
    if refund.asked_at > timezone.now() - KEYS_LIVE:
        return None
    sent = stripe.refunds_of(attempt.intent)
    return next((one for one in sent if one.refund == str(refund.public_id)), None)


def _keep_on_list(refund: Refund, problem: str, card_refund: str = "") -> bool:
    """The card takes nothing back: the treasurer sends it to an account."""
    refund.problem, refund.card_refund = problem[:60], card_refund
    refund.save(update_fields=["problem", "card_refund"])
    return False


def _mark_sent(refund: Refund, card_refund: str) -> None:
    refund.state, refund.decided_at, refund.problem = SENT, timezone.now(), ""
    refund.card_refund = card_refund
    refund.save(update_fields=["state", "decided_at", "problem", "card_refund"])
    sent = What.REFUND_SENT, Account.REFUNDABLE, Account.CARD
    book([Booking(*sent, refund.amount_krw, refund.payment_id)])
    if refund.payment:
        subject = str(refund.payment.subject)
        purpose_named(refund.payment.purpose).refunded(subject, str(refund.public_id))


@transaction.atomic
def note_refund(told: stripe.CardRefund) -> Refund | None:
    """Take note of money that went back to a card, or did not arrive. Safe twice, in any order.

    One that somebody made at the card company's screen stands for one of the same amount that
    waits. What was sent and did not arrive is on the list again, with its problem. None where the
    payment is none of this site's.
    """
    found = CardAttempt.objects.filter(intent=told.intent).exclude(intent="").first()
    if found is None:
        return None
    payment = lock_payments([found.payment_id])[found.payment_id]
    attempt = CardAttempt.objects.select_for_update().get(pk=found.pk)
    refund = _known(told)
    if told.did_not_arrive:
        return _take_back(refund, told) if refund else _keep_as_failed(attempt, told)
    refund = refund or _waits_alike(attempt, told) or _ask_after_the_fact(attempt, payment, told)
    has_failed = refund.card_refund == told.id and refund.problem
    if refund.state == ASKED and not has_failed:
        _mark_sent(refund, told.id)
    return refund


def note_unknown_refunds() -> None:
    """Ask which refunds there are where Stripe said that money went back."""
    for attempt in CardAttempt.objects.filter(is_unsure=True).order_by("pk"):
        try:
            refunds = stripe.refunds_of(attempt.intent)
        except (CardsAwayError, CardRefusedError):
            logger.warning("Refunds of a card payment could not be read")
            continue
        for told in refunds:
            note_refund(told)
        CardAttempt.objects.filter(pk=attempt.pk).update(is_unsure=False)


def _known(told: stripe.CardRefund) -> Refund | None:
    """Ours that it is: noted before, or asked for and never heard of again."""
    rows = Refund.objects.select_for_update(of=("self",)).select_related("payment")
    ours = Q(card_refund=told.id)
    with suppress(ValueError):  # Nothing of ours is with it: made at the card company's screen.
        ours |= Q(public_id=uuid.UUID(told.refund), state=ASKED, card_refund="")
    return rows.filter(ours).order_by("-card_refund").first()


def _waits_alike(attempt: CardAttempt, told: stripe.CardRefund) -> Refund | None:
    alike = _waiting(attempt).filter(attempt=attempt, amount_krw=told.amount_krw)
    return alike.filter(card_refund="").first()


def _waiting(attempt: CardAttempt) -> "QuerySet[Refund, Any]":
    """What of this payment is still to go back, to this card first."""
    rows = Refund.objects.select_for_update(of=("self",)).select_related("payment")
    of_it = Q(attempt=attempt) | Q(payment=attempt.payment_id)
    to_card_first = F("attempt").asc(nulls_last=True)
    return rows.filter(of_it, state=ASKED).order_by(to_card_first, "pk")


def _ask_after_the_fact(attempt: CardAttempt, payment: Payment, told: stripe.CardRefund) -> Refund:
    """The row that should have been before the money went."""
    _make_room(attempt, payment, told.amount_krw)
    fits = payment.refundable_krw >= told.amount_krw
    CardAttempt.objects.filter(pk=attempt.pk).update(
        refunded_krw=Least(F("refunded_krw") + told.amount_krw, F("amount_krw"))
    )
    if fits:
        payment.refunded_krw += told.amount_krw
        payment.save(update_fields=["refunded_krw"])
    refund = Refund.objects.create(
        payment=payment if fits else None,
        attempt=attempt,
        amount_krw=told.amount_krw,
        reason=_("Sent back at the card company"),
        asked_at=timezone.now(),
    )
    # What goes beyond what was paid is nobody's: it stands with the deposits that are not matched.
    taken = Account.INCOME if fits else Account.UNASSIGNED
    asked = What.REFUND_ASKED, taken, Account.REFUNDABLE
    book([Booking(*asked, refund.amount_krw, refund.payment_id)])
    return refund


def _make_room(attempt: CardAttempt, payment: Payment, amount_krw: int) -> None:
    """What went back there does not go back a second time: other refunds leave the list for it."""
    for waiting in _waiting(attempt):
        attempt.refresh_from_db(fields=["refunded_krw"])
        payment.refresh_from_db(fields=["refunded_krw"])
        fits_card = attempt.refunded_krw + amount_krw <= attempt.amount_krw
        if fits_card and payment.refundable_krw >= amount_krw:
            return
        take_off_list(waiting, user=None, note=_("Sent back at the card company"))
    payment.refresh_from_db(fields=["refunded_krw"])


def _take_back(refund: Refund, told: stripe.CardRefund) -> Refund:
    """It did not arrive: on the list again, unless somebody dealt with that before."""
    was_sent_so = refund.state == SENT and refund.card_refund == told.id and not refund.problem
    if was_sent_so:
        refund.state, refund.decided_at = ASKED, None
        back = What.REFUND_FAILED, Account.CARD, Account.REFUNDABLE
        book([Booking(*back, refund.amount_krw, refund.payment_id, note=told.failure)])
    if was_sent_so or (refund.state == ASKED and not refund.card_refund):
        refund.card_refund, refund.problem = told.id, (told.failure or told.status)[:60]
        refund.save(update_fields=["state", "decided_at", "card_refund", "problem"])
    return refund


def _keep_as_failed(attempt: CardAttempt, told: stripe.CardRefund) -> Refund:
    """One that nobody here asked for and that failed before we heard of it: known, and over."""
    now = timezone.now()
    return Refund.objects.create(
        attempt=attempt,
        amount_krw=told.amount_krw,
        state=DROPPED,
        card_refund=told.id,
        problem=(told.failure or told.status)[:60],
        reason=_("Sent back at the card company"),
        asked_at=now,
        decided_at=now,
    )
