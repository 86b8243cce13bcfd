"""What only happens at the card company, played from outside: ``POST /_control/…``, JSON back.

Of a page, payment, refund, dispute or payout that is not named the latest is meant.
"""

import time
from collections.abc import Callable, Mapping
from email.message import Message
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from .events import MODES
from .journal import Refusal, Row, shown

if TYPE_CHECKING:
    from .server import StandIn

CONTROL = "_control"
# Silence after the work was done, and three answers without it.
FAULTS = ("timeout", "500", "409", "429")
Said = Mapping[str, str]


def is_from_here(address: str, headers: Message) -> bool:
    """Whether a program on this machine asks for it; a browser says where its page is from."""
    host = (headers.get("Host") or "").rpartition(":")[0]
    is_local = ip_address(address).is_loopback and host in ("127.0.0.1", "localhost")
    return is_local and "Origin" not in headers and "Sec-Fetch-Site" not in headers


def take(stand_in: "StandIn", step: str, said: Said) -> Row:
    """Play one step; what it made, or what there is. Raises Refusal."""
    act = _STEPS.get(step)
    if act is None:
        raise Refusal(f"There is {', '.join(sorted(_STEPS))}.", status=404)
    try:
        return shown(act(stand_in, said))
    except ValueError as error:
        raise Refusal(str(error)) from error


def _of(rows: Mapping[str, Row], said: Said, name: str) -> str:
    """The key that was said, or of the latest row."""
    if name in said:
        return said[name]
    if not rows:
        raise Refusal(f"There is no {name} yet.", status=404)
    return next(reversed(rows))


def _amount(said: Said) -> int | None:
    return int(said["amount"]) if "amount" in said else None


def _chosen(said: Said, name: str, choices: tuple[str, ...]) -> str:
    if said.get(name) not in choices:
        raise Refusal(f"{name} is one of {', '.join(filter(None, choices))}.")
    return said[name]


def _tell_otherwise(stand_in: "StandIn", said: Said) -> Row:
    sender = stand_in.sender
    sender.mode = _chosen(said, "mode", MODES)
    sender.delay = float(said.get("delay", sender.delay))
    return {"mode": sender.mode, "delay": sender.delay}


def _fail(stand_in: "StandIn", said: Said) -> Row:
    stand_in.fault = _chosen(said, "fault", (*FAULTS, ""))
    return {"fault": stand_in.fault}


def _advance(stand_in: "StandIn", said: Said) -> Row:
    """Hours pass: pages end meanwhile."""
    books = stand_in.books
    ahead = books.now() - time.time() + float(said["seconds"])
    books.now = lambda: time.time() + ahead
    for key in list(books.sessions):
        books.session(key)
    return {"now": books.moment()}


def _show(stand_in: "StandIn", _said: Said) -> Row:
    books = stand_in.books
    kinds = ("sessions", "intents", "refunds", "disputes", "payouts")
    rows = {kind: [shown(row) for row in getattr(books, kind).values()] for kind in kinds}
    told = {"mode": stand_in.sender.mode, "answers": stand_in.sender.answers}
    return {**rows, "balance_krw": books.balance_krw, "webhooks": told, "calls": stand_in.calls}


def _on(
    kind: str, name: str, act: Callable[[Any, str, Said], Row]
) -> Callable[["StandIn", Said], Row]:
    """A step on one row of the books."""
    return lambda stand_in, said: act(
        stand_in.books, _of(getattr(stand_in.books, kind), said, name), said
    )


_STEPS: dict[str, Callable[["StandIn", Said], Row]] = {
    "show": _show,
    "pay": _on("sessions", "session", lambda b, key, s: b.pay(key, wallet="wallet" in s)),
    "pay-later": _on("sessions", "session", lambda b, key, _s: b.pay_later(key)),
    "arrive": _on("sessions", "session", lambda b, key, _s: b.arrive(key)),
    "decline": _on("sessions", "session", lambda b, key, _s: b.decline(key)),
    "refund": _on("intents", "intent", lambda b, key, s: b.refund_by_hand(key, _amount(s))),
    "fail-refund": _on("refunds", "refund", lambda b, key, _s: b.fail_refund(key)),
    "dispute": _on("intents", "intent", lambda b, key, s: b.open_dispute(key, _amount(s))),
    "judge": _on("disputes", "dispute", lambda b, key, s: b.close_dispute(key, won="won" in s)),
    "pay-out": lambda stand_in, _said: {"amount": stand_in.books.pay_out()},
    "fail-payout": _on(
        "payouts", "payout", lambda b, key, s: b.fail_payout(key, called_off="called_off" in s)
    ),
    "time": _advance,
    "webhooks": _tell_otherwise,
    "fault": _fail,
}
