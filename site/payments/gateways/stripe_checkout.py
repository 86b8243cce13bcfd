"""Cards through Stripe Checkout: whole won, one page of theirs, and what they tell us of it.

Nothing of it exists without ``STRIPE_SECRET_KEY``. Every call that makes something carries an
idempotency key: Stripe then answers a repeated call with the first one's result.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import stripe
from django.conf import settings

from ..exceptions import CardRefusedError, CardsAwayError, ForgedEventError

# As Stripe offers them; what an account is not enabled for, its page leaves out.
METHODS = ("card", "kr_card", "kakao_pay", "naver_pay", "payco", "samsung_pay")
LEAST_KRW, MOST_KRW = 100, 99_999_999  # of one payment
MOST_OF_METHOD = {"samsung_pay": 2_000_000}
SECONDS = 15  # that somebody waits for Stripe before we say that it does not answer
TOLERANCE = 300  # how old a signed event may be, in seconds

Result = TypeVar("Result")


@dataclass(frozen=True)
class Checkout:
    """A page of Stripe's on which somebody pays. ``amount_krw`` in whole won (zero-decimal)."""

    id: str
    url: str
    status: str  # open, complete, expired
    is_paid: bool
    amount_krw: int
    intent: str
    attempt: str

    @property
    def is_expired(self) -> bool:
        return self.status == "expired"


@dataclass(frozen=True)
class CardRefund:
    """Money on its way back to a card; ``refund`` is our row's id where we asked for it."""

    id: str
    status: str  # pending, succeeded, failed, canceled, requires_action
    amount_krw: int
    intent: str
    refund: str
    failure: str = ""

    @property
    def did_not_arrive(self) -> bool:
        return self.status in ("failed", "canceled")


@dataclass(frozen=True)
class CardDispute:
    """The owner of a card says that it was not them; answered at Stripe, until ``due_at``."""

    id: str
    status: str
    amount_krw: int
    intent: str
    due_at: datetime | None


@dataclass(frozen=True)
class BalanceLine:
    """One line of Stripe's own books: charge, refund, payout …; fee and net in whole won."""

    id: str
    kind: str
    source: str
    amount_krw: int
    fee_krw: int
    net_krw: int
    booked_at: datetime
    intent: str = ""  # of a charge: the payment


@dataclass(frozen=True)
class Balance:
    """What Stripe holds for us now: to be paid out, and not yet; whole won."""

    available_krw: int
    pending_krw: int

    @property
    def total_krw(self) -> int:
        return self.available_krw + self.pending_krw


@dataclass(frozen=True)
class CardEvent:
    """Something happened, signed by Stripe, and what it is about as it was at that moment."""

    id: str
    kind: str
    made_at: datetime
    checkout: Checkout | None = None
    refund: CardRefund | None = None
    dispute: CardDispute | None = None
    intent: str = ""


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
    return _checkout(_ask(lambda: sessions.create(params, options)))  # type: ignore[arg-type]  # a plain dictionary


def read_checkout(session: str, *, seconds: float | None = None) -> Checkout:
    """The page as it stands now. Raises CardsAwayError, CardRefusedError.

    With ``seconds`` it is asked once and waited for no longer, since somebody looks on.
    """
    sessions = _client(seconds).v1.checkout.sessions
    return _checkout(_ask(lambda: sessions.retrieve(session)))


def expire_checkout(session: str, *, seconds: float | None = None) -> Checkout:
    """Nobody can pay on it any more; one that was paid or has expired is left as it is."""
    sessions = _client(seconds).v1.checkout.sessions
    try:
        return _checkout(_ask(lambda: sessions.expire(session)))
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
    return _refund(_ask(lambda: refunds.create(params, options)))


def refunds_of(intent: str) -> list[CardRefund]:
    """All that went back of a payment, also what somebody sent back in Stripe's own dashboard."""
    refunds = _client().v1.refunds
    found = _ask(lambda: refunds.list({"payment_intent": intent, "limit": 100}))
    return [_refund(one) for one in found.data]


def read_refund(refund: str) -> CardRefund:
    """One that Stripe's books name. Raises CardsAwayError, CardRefusedError."""
    refunds = _client().v1.refunds
    return _refund(_ask(lambda: refunds.retrieve(refund)))


def read_dispute(dispute: str) -> CardDispute:
    """One that Stripe's books name. Raises CardsAwayError, CardRefusedError."""
    disputes = _client().v1.disputes
    return _dispute(_ask(lambda: disputes.retrieve(dispute)))


def balance_lines(since: datetime) -> Iterator[BalanceLine]:
    """Stripe's books from a moment on, oldest last."""
    lines = _client().v1.balance_transactions
    wanted: Any = {
        "created": {"gte": int(since.timestamp())},
        "limit": 100,
        "expand": ["data.source"],
    }
    for one in _ask(lambda: lines.list(wanted)).auto_paging_iter():
        source, intent = _source(one)
        yield BalanceLine(
            id=one.id,
            kind=one.type,
            source=source,
            intent=intent,
            amount_krw=one.amount,
            fee_krw=one.fee,
            net_krw=one.net,
            booked_at=_moment(one.created),
        )


def balance() -> Balance:
    """What Stripe holds for us now. Raises CardsAwayError, CardRefusedError."""
    found = _ask(lambda: _client().v1.balance.retrieve())
    return Balance(_won_in(found.available), _won_in(found.pending))


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
    about: Any = event.data.object
    kind = str(_get(about, "object") or "")
    return CardEvent(
        id=event.id,
        kind=event.type,
        made_at=_moment(event.created),
        checkout=_checkout(about) if kind == "checkout.session" else None,
        refund=_refund(about) if kind == "refund" else None,
        dispute=_dispute(about) if kind == "dispute" else None,
        intent=str(_get(about, "payment_intent") or ""),
    )


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


def _checkout(session: Any) -> Checkout:
    metadata = _get(session, "metadata")
    attempt = _get(metadata, "attempt") if metadata else ""
    return Checkout(
        id=session.id,
        url=str(_get(session, "url") or ""),
        status=str(session.status),
        is_paid=session.payment_status == "paid",
        amount_krw=int(_get(session, "amount_total") or 0),
        intent=str(_get(session, "payment_intent") or ""),
        attempt=str(attempt or ""),
    )


def _refund(refund: Any) -> CardRefund:
    metadata = _get(refund, "metadata")
    return CardRefund(
        id=refund.id,
        status=str(refund.status),
        amount_krw=refund.amount,
        intent=str(_get(refund, "payment_intent") or ""),
        refund=str((_get(metadata, "refund") if metadata else "") or ""),
        failure=str(_get(refund, "failure_reason") or ""),
    )


def _dispute(dispute: Any) -> CardDispute:
    details = _get(dispute, "evidence_details")
    due_by = _get(details, "due_by") if details else None
    return CardDispute(
        id=dispute.id,
        status=str(dispute.status),
        amount_krw=dispute.amount,
        intent=str(_get(dispute, "payment_intent") or ""),
        due_at=_moment(due_by) if due_by else None,
    )


def _source(line: Any) -> tuple[str, str]:
    """What a line of the books is about, and the payment behind it; some lines name nothing."""
    source = _get(line, "source")
    if source is None or isinstance(source, str):
        return source or "", ""
    return source.id, str(_get(source, "payment_intent") or "")


def _won_in(amounts: Any) -> int:
    return sum(one.amount for one in amounts if one.currency == "krw")


def _get(row: Any, name: str) -> Any:
    """A field that an answer may lack; Stripe's objects are no dictionaries."""
    return row[name] if name in row else None  # noqa: SIM401 (there is no .get)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
