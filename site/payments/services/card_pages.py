"""Paying by card as the payer sees it: whether it is offered, what became of it, another way."""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from ..exceptions import CardRefusedError, CardsAwayError
from ..gateways import stripe_checkout as stripe
from ..models import CardAttempt, Payment
from .cards import PATIENCE, settle_checkout

State = CardAttempt.State
takes_cards = stripe.takes_cards


class Heard(StrEnum):
    """What Stripe says of a page when it is asked."""

    PAID = "paid"
    OPEN = "open"  # nobody has paid on it, and it can still be done
    CLOSED = "closed"  # nobody has paid on it, and nobody can
    UNKNOWN = "unknown"  # Stripe does not answer, or the money is on its way


def methods_for(payment: Payment) -> tuple[str, ...]:
    """By which of Stripe's methods the rest can be paid now; none where it can't be."""
    is_over = payment.due_at is not None and payment.due_at <= timezone.now()
    if payment.state != Payment.State.OPEN or is_over:
        return ()
    return stripe.methods_for(payment.open_krw)


def takes_by_card(amount_krw: int) -> bool:
    """Whether so much can be paid by card on this site."""
    return bool(stripe.methods_for(amount_krw))


def waits_for_card(payment: Payment) -> bool:
    """Whether its payer chose the card, and no deposit is waited for."""
    is_chosen = payment.method == Payment.Method.CARD
    return is_chosen and payment.state == Payment.State.OPEN and stripe.takes_cards()


def goes_to_card(payment: Payment) -> bool:
    """Whether all that came of it came by card, and so goes back to the card by itself."""
    return 0 < payment.received_krw == payment.card_krw


def ways_in_words(payment: Payment | None) -> str:
    """How what came has come: card; or, of several ways, each with its sum."""
    ways = payment.ways if payment else []
    if len(ways) == 1:
        return str(ways[0][0].label)
    return ", ".join(f"{way.label} {won:,}원" for way, won in ways)


def latest_attempt(payment: Payment) -> CardAttempt | None:
    """The page that was opened last for a payment; one query, none without a key."""
    if not stripe.takes_cards():
        return None
    return CardAttempt.objects.filter(payment=payment).exclude(session="").order_by("-pk").first()


def ask_about(payment: Payment) -> Heard:
    """Ask Stripe now about the page that is open for a payment, and book what it says.

    For whoever came back from it and looks on: asked once, waited for a few seconds, and a Stripe
    that is away is an answer too. Where no page is open, what is known already. Safe to call
    twice, and while an event tells the same.
    """
    attempt = latest_attempt(payment)
    if attempt is None:
        return Heard.CLOSED
    if attempt.state == State.OPEN:
        try:
            checkout = stripe.read_checkout(attempt.session, seconds=PATIENCE)
        except (CardsAwayError, CardRefusedError):
            return Heard.UNKNOWN
        attempt = settle_checkout(checkout) or attempt
        if attempt.state == State.OPEN:
            return Heard.OPEN if checkout.status == "open" else Heard.UNKNOWN
    return Heard.PAID if attempt.state == State.PAID else Heard.CLOSED


def close_card_page(payment: Payment) -> bool:
    """Close the page on which a payment could be paid by card, so that nobody pays twice.

    Whether none is open any more. Where Stripe is away one may be left until its time is over;
    what is paid on it goes back by itself. A page that was paid meanwhile is booked.
    """
    attempts = CardAttempt.objects.filter(payment=payment, state=State.OPEN)
    attempts.filter(session="").update(state=State.EXPIRED)
    attempt = attempts.first()
    if attempt is None or not stripe.takes_cards():
        return True
    try:
        checkout = stripe.expire_checkout(attempt.session, seconds=PATIENCE)
    except (CardsAwayError, CardRefusedError):
        return False
    settled = settle_checkout(checkout)
    return settled is None or settled.state != State.OPEN


def pay_by_transfer(payment: Payment) -> bool:
    """Wait for a deposit instead of a card; whether no card page is open any more.

    A payment that turns out to be paid by card stays so.
    """
    is_closed = close_card_page(payment)
    with transaction.atomic():
        chosen = Payment.objects.filter(pk=payment.pk, state=Payment.State.OPEN)
        chosen = chosen.filter(method=Payment.Method.CARD)
        chosen.update(method=Payment.Method.BANK_TRANSFER)
    return is_closed
