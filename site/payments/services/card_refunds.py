"""Money that goes back to the card it came from: by itself, or at the card company's own screen.

Whoever learns of such a refund calls ``note_refund``: the event, the nightly look at the card
company's books, the job that asks. However often and in whatever order: it is booked once.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..exceptions import CardRefusedError, CardsAwayError
from ..gateways import stripe_checkout as stripe
from ..gateways.stripe_answers import CardRefund
from ..models import CardAttempt, Refund
from ..registry import purpose_named
from .attempts import lock_attempt
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


def _sent_before(refund: Refund, attempt: CardAttempt) -> CardRefund | None:
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
    book([_sent(refund)])
    _tell(refund)


def _sent(refund: Refund) -> Booking:
    sent = What.REFUND_SENT, Account.REFUNDABLE, Account.CARD
    return Booking(*sent, refund.amount_krw, refund.payment_id)


def _tell(refund: Refund) -> None:
    if refund.payment:
        subject = str(refund.payment.subject)
        purpose_named(refund.payment.purpose).refunded(subject, str(refund.public_id))


@transaction.atomic(savepoint=False)
def note_refund(told: CardRefund) -> Refund | None:
    """Take note of money that went back to a card, or did not arrive. Safe twice, in any order.

    One that somebody made at the card company's screen stands for one of the same amount that
    waits. What was sent and did not arrive is on the list again, with its problem. None where the
    payment is none of this site's.
    """
    attempts = CardAttempt.objects.select_related("payment").exclude(intent="")
    found = attempts.filter(intent=told.intent).first()
    if found is None:
        return None
    attempt = lock_attempt(found)
    refunds = _refunds_of(attempt)
    refund = _known(refunds, told)
    if told.did_not_arrive:
        return _take_back(refund, told) if refund else _keep_as_failed(attempt, told)
    refund = refund or _waits_alike(refunds, attempt, told)
    if refund is None:
        return _write_up(attempt, _waiting(refunds), told)
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


def _refunds_of(attempt: CardAttempt) -> list[Refund]:
    """All of this card and of its payment, to the card first."""
    rows = Refund.objects.select_for_update(of=("self",)).select_related("payment")
    to_card_first = F("attempt").asc(nulls_last=True)
    of_it = Q(attempt=attempt) | Q(payment=attempt.payment_id)
    return list(rows.filter(of_it).order_by(to_card_first, "pk"))


def _known(refunds: list[Refund], told: CardRefund) -> Refund | None:
    """The one that it is: noted before, or asked for by us and never heard of again."""
    noted = [row for row in refunds if row.card_refund == told.id]
    asked = [row for row in _waiting(refunds) if str(row.public_id) == told.refund]
    return next(iter([*noted, *(row for row in asked if not row.card_refund)]), None)


def _waiting(refunds: list[Refund]) -> list[Refund]:
    return [row for row in refunds if row.state == ASKED]


def _waits_alike(refunds: list[Refund], attempt: CardAttempt, told: CardRefund) -> Refund | None:
    alike = (row for row in _waiting(refunds) if row.amount_krw == told.amount_krw)
    return next(
        (row for row in alike if row.attempt_id == attempt.pk and not row.card_refund), None
    )


def _write_up(attempt: CardAttempt, waiting: list[Refund], told: CardRefund) -> Refund:
    """One that nobody here asked for: asked for and sent, at once."""
    _make_room(attempt, waiting, told.amount_krw)
    payment, now = attempt.payment, timezone.now()
    fits = payment.refundable_krw >= told.amount_krw
    attempt.refunded_krw = min(attempt.refunded_krw + told.amount_krw, attempt.amount_krw)
    attempt.save(update_fields=["refunded_krw"])
    if fits:
        payment.refunded_krw += told.amount_krw
        payment.save(update_fields=["refunded_krw"])
    refund = Refund.objects.create(
        payment=payment if fits else None,
        attempt=attempt,
        amount_krw=told.amount_krw,
        state=SENT,
        card_refund=told.id,
        reason=_("Sent back at the card company"),
        asked_at=now,
        decided_at=now,
    )
    # What goes beyond what was paid is nobody's: it stands with the deposits that are not matched.
    taken = Account.INCOME if fits else Account.UNASSIGNED
    asked = What.REFUND_ASKED, taken, Account.REFUNDABLE
    book([Booking(*asked, refund.amount_krw, refund.payment_id), _sent(refund)])
    _tell(refund)
    return refund


def _make_room(attempt: CardAttempt, waiting: list[Refund], amount_krw: int) -> None:
    """What went back there does not go back a second time: other refunds leave the list for it."""
    for refund in waiting:
        fits_card = attempt.refunded_krw + amount_krw <= attempt.amount_krw
        if fits_card and attempt.payment.refundable_krw >= amount_krw:
            return
        take_off_list(refund, user=None, note=_("Sent back at the card company"))
        attempt.refresh_from_db(fields=["refunded_krw"])
        attempt.payment.refresh_from_db(fields=["refunded_krw"])


def _take_back(refund: Refund, told: CardRefund) -> Refund:
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


def _keep_as_failed(attempt: CardAttempt, told: CardRefund) -> Refund:
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
