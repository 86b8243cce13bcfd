"""Cards through Stripe Checkout: whole won, one page of theirs, and what they tell us of it.

Nothing of it exists without ``STRIPE_SECRET_KEY``. Every call that makes something carries an
idempotency key: Stripe then answers a repeated call with the first one's result.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

import stripe
from django.conf import settings

from ..exceptions import CardRefusedError, CardsAwayError, ForgedEventError
from .stripe_answers import (
    Balance,
    BalanceLine,
    CardDispute,
    CardEvent,
    CardRefund,
    Checkout,
    balance_of,
    checkout_of,
    dispute_of,
    event_of,
    line_of,
    refund_of,
)

# As Stripe offers them; what an account is not enabled for, its page leaves out.
METHODS = ("card", "kr_card", "kakao_pay", "naver_pay", "payco", "samsung_pay")
LEAST_KRW, MOST_KRW = 100, 99_999_999  # of one payment
MOST_OF_METHOD = {"samsung_pay": 2_000_000}
SECONDS = 15  # that somebody waits for Stripe before we say that it does not answer
TOLERANCE = 300  # how old a signed event may be, in seconds

Result = TypeVar("Result")


def takes_cards() -> bool:
    """Whether this site has a key of Stripe's; without one nothing of cards shows anywhere."""
    return bool(settings.STRIPE_SECRET_KEY)


def methods_for(amount_krw: int) -> tuple[str, ...]:
    """The methods by which so much can be paid; none without a key, and of a sum beyond limits."""
    if not takes_cards() or not LEAST_KRW <= amount_krw <= MOST_KRW:
        return ()
    return tuple(one for one in METHODS if amount_krw <= MOST_OF_METHOD.get(one, MOST_KRW))


def open_checkout(
    *,
    attempt: str,
    amount_krw: int,
    title: str,
    email: str,
    success_url: str,
    cancel_url: str,
    expires_at: datetime,
) -> Checkout:
    """A page to pay on; asked for twice with the same attempt it is the same page.

    ``expires_at`` lies 30 minutes to 24 hours ahead, as Stripe wants it. Raises CardsAwayError,
    CardRefusedError.
    """
    price = {"currency": "krw", "unit_amount": amount_krw, "product_data": {"name": title}}
    params: dict[str, Any] = {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "allowed_payment_method_types": list(methods_for(amount_krw)),
        "locale": "ko",
        "client_reference_id": attempt,
        "metadata": {"attempt": attempt},
        "payment_intent_data": {"metadata": {"attempt": attempt}},
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(expires_at.timestamp()),
        **({"customer_email": email} if email else {}),
    }
    sessions = _client().v1.checkout.sessions
    options: Any = {"idempotency_key": f"attempt-{attempt}"}
    return checkout_of(_ask(lambda: sessions.create(params, options)))  # type: ignore[arg-type]  # a plain dictionary


def read_checkout(session: str, *, seconds: float | None = None) -> Checkout:
    """The page as it stands now. Raises CardsAwayError, CardRefusedError.

    With ``seconds`` it is asked once and waited for no longer, since somebody looks on.
    """
    sessions = _client(seconds).v1.checkout.sessions
    return checkout_of(_ask(lambda: sessions.retrieve(session)))


def expire_checkout(session: str, *, seconds: float | None = None) -> Checkout:
    """Nobody can pay on it any more; one that was paid or has expired is left as it is."""
    sessions = _client(seconds).v1.checkout.sessions
    try:
        return checkout_of(_ask(lambda: sessions.expire(session)))
    except CardRefusedError:
        return read_checkout(session, seconds=seconds)


def refund_card(*, intent: str, amount_krw: int, refund: str) -> CardRefund:
    """Send money back the way it came; asked for twice with the same refund it goes once.

    Raises CardsAwayError, CardRefusedError (more than is left, or the card takes nothing back).
    """
    params: Any = {
        "payment_intent": intent,
        "amount": amount_krw,
        "reason": "requested_by_customer",
        "metadata": {"refund": refund},
    }
    options: Any = {"idempotency_key": f"refund-{refund}"}
    refunds = _client().v1.refunds
    return refund_of(_ask(lambda: refunds.create(params, options)))


def refunds_of(intent: str) -> list[CardRefund]:
    """All that went back of a payment, also what somebody sent back in Stripe's own dashboard."""
    refunds = _client().v1.refunds
    found = _ask(lambda: refunds.list({"payment_intent": intent, "limit": 100}))
    return [refund_of(one) for one in found.data]


def read_refund(refund: str) -> CardRefund:
    """One that Stripe's books name. Raises CardsAwayError, CardRefusedError."""
    refunds = _client().v1.refunds
    return refund_of(_ask(lambda: refunds.retrieve(refund)))


def read_dispute(dispute: str) -> CardDispute:
    """One that Stripe's books name. Raises CardsAwayError, CardRefusedError."""
    disputes = _client().v1.disputes
    return dispute_of(_ask(lambda: disputes.retrieve(dispute)))


def balance_lines(since: datetime) -> Iterator[BalanceLine]:
    """Stripe's books from a moment on, oldest last."""
    lines = _client().v1.balance_transactions
    wanted: Any = {
        "created": {"gte": int(since.timestamp())},
        "limit": 100,
        "expand": ["data.source"],
    }
    for one in _ask(lambda: lines.list(wanted)).auto_paging_iter():
        yield line_of(one)


def balance() -> Balance:
    """What Stripe holds for us now. Raises CardsAwayError, CardRefusedError."""
    found = _ask(lambda: _client().v1.balance.retrieve())
    return balance_of(found)


def read_event(payload: bytes, signature: str) -> CardEvent:
    """What Stripe tells us, if it is Stripe who tells it, and not long ago.

    Raises ForgedEventError; asks nobody anything.
    """
    try:
        event = stripe.Webhook.construct_event(
            payload, signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE
        )
    except (ValueError, stripe.SignatureVerificationError) as error:
        raise ForgedEventError from error
    return event_of(event)


def _client(seconds: float | None = None) -> stripe.StripeClient:
    bases: Any = {"api": settings.STRIPE_API_BASE} if settings.STRIPE_API_BASE else None
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses=bases,
        max_network_retries=0 if seconds else settings.STRIPE_RETRIES,
        http_client=stripe.RequestsClient(timeout=seconds or SECONDS),
    )


def _ask(call: Callable[[], Result]) -> Result:
    """The answer; Stripe's refusals and silences as our own."""
    try:
        return call()
    except (stripe.APIConnectionError, stripe.APIError, stripe.RateLimitError) as error:
        raise CardsAwayError from error
    except stripe.StripeError as error:
        raise CardRefusedError(error.code or "") from error
