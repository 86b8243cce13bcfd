"""What Stripe's answers say, in words of ours: its objects come in, plain values go out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


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


def checkout_of(session: Any) -> Checkout:
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


def refund_of(refund: Any) -> CardRefund:
    metadata = _get(refund, "metadata")
    return CardRefund(
        id=refund.id,
        status=str(refund.status),
        amount_krw=refund.amount,
        intent=str(_get(refund, "payment_intent") or ""),
        refund=str((_get(metadata, "refund") if metadata else "") or ""),
        failure=str(_get(refund, "failure_reason") or ""),
    )


def dispute_of(dispute: Any) -> CardDispute:
    details = _get(dispute, "evidence_details")
    due_by = _get(details, "due_by") if details else None
    return CardDispute(
        id=dispute.id,
        status=str(dispute.status),
        amount_krw=dispute.amount,
        intent=str(_get(dispute, "payment_intent") or ""),
        due_at=_moment(due_by) if due_by else None,
    )


def line_of(line: Any) -> BalanceLine:
    source, intent = _source(line)
    return BalanceLine(
        id=line.id,
        kind=line.type,
        source=source,
        intent=intent,
        amount_krw=line.amount,
        fee_krw=line.fee,
        net_krw=line.net,
        booked_at=_moment(line.created),
    )


def balance_of(balance: Any) -> Balance:
    return Balance(_won_in(balance.available), _won_in(balance.pending))


def event_of(event: Any) -> CardEvent:
    about = event.data.object
    kind = str(_get(about, "object") or "")
    return CardEvent(
        id=event.id,
        kind=event.type,
        made_at=_moment(event.created),
        checkout=checkout_of(about) if kind == "checkout.session" else None,
        refund=refund_of(about) if kind == "refund" else None,
        dispute=dispute_of(about) if kind == "dispute" else None,
        intent=str(_get(about, "payment_intent") or ""),
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
