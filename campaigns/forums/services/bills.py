"""Estimate and bill: what an organisation's bookkeeper needs before the money leaves."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from home.dates import korean_deadline
from payments.models import BankAccount

from ..exceptions import PaperNotIssuedError
from ..models import Order
from .owners import payment_of
from .papers import today


class BillKind(StrEnum):
    ESTIMATE = "estimate"
    BILL = "bill"


@dataclass(frozen=True)
class Line:
    """So many seats of one session at one price."""

    what: str
    number: int
    price_krw: int

    @property
    def total_krw(self) -> int:
        return self.number * self.price_krw


def issues_bills(order: Order) -> bool:
    """Whether the forum writes them, and this registration is an organisation's that pays."""
    holds = order.status in (Order.Status.WAITING, Order.Status.CONFIRMED)
    return bool(order.forum.issues_papers and order.amount_krw and holds and payer_of(order))


def payer_of(order: Order) -> str:
    """The organisation, as it was written or as it was invited."""
    invited = order.invitation.organisation if order.invitation else None
    return order.organisation or (invited.name if invited else "")


def account_of(order: Order) -> BankAccount | None:
    """Where the money of a registration is to go."""
    payment = payment_of(order)
    return payment.account if payment else None


def write_bill(kind: BillKind, order: Order) -> dict[str, object]:
    """What the paper says. Refuses with PaperNotIssuedError."""
    if not issues_bills(order):
        raise PaperNotIssuedError
    lines, payment = lines_of(order), payment_of(order)
    account = payment.account if payment else None
    return {
        "kind": kind.value,
        "reference": order.reference,
        "day": today(),
        "payer": payer_of(order),
        "person": order.name or "",
        "forum": order.forum.title,
        "lines": [
            [line.what, f"{line.number}", f"{line.price_krw:,}", f"{line.total_krw:,}"]
            for line in lines
        ],
        "total": f"{sum(line.total_krw for line in lines):,}",
        "account": f"{account.bank} {account.number}" if account else "",
        "holder": account.holder if account else "",
        "depositor": payment.depositor_name or "" if payment else "",
        "due": korean_deadline(payment.due_at) if payment and payment.due_at else "",
    }


def lines_of(order: Order) -> list[Line]:
    """By session and price, of the people who come, in the order of the day."""
    counted: Counter[tuple[int, int]] = Counter()
    sessions = {}
    tickets = order.tickets.filter(cancelled_at=None).prefetch_related("seats__session")
    for ticket in tickets:
        for seat in ticket.seats.all():
            sessions[seat.session_id] = seat.session
            counted[seat.session_id, seat.price_krw] += 1
    keys = sorted(counted, key=lambda key: (sessions[key[0]].starts_at, key))
    return [Line(_what(sessions[pk]), counted[pk, price], price) for pk, price in keys if price]


def _what(session: object) -> str:
    includes = getattr(session, "fee_includes", "")
    return f"{session} 참가비" + (f" ({includes} 포함)" if includes else "")
