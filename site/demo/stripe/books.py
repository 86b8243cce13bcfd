"""What a card company keeps: pages to pay on, payments, refunds, its balance, answers given."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]

FEE_PERCENT, FEE_FIXED_KRW = 3, 100
LEAST_KRW, MOST_KRW = 100, 99_999_999
SOONEST, LATEST = 30 * 60, 24 * 60 * 60
KOREAN = {"kr_card", "kakao_pay", "naver_pay", "payco", "samsung_pay"}


class Refusal(Exception):  # noqa: N818 (what Stripe answers, not what broke)
    """An error as Stripe answers it."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, "code": code or None}}


@dataclass
class Books:
    """All state, behind one lock; ``now`` can be moved by tests."""

    base_url: str = ""
    now: Callable[[], float] = time.time
    sessions: dict[str, Row] = field(default_factory=dict)
    intents: dict[str, Row] = field(default_factory=dict)
    refunds: dict[str, Row] = field(default_factory=dict)
    lines: list[Row] = field(default_factory=list)
    answers: dict[str, tuple[Any, Row]] = field(default_factory=dict)
    events: list[tuple[str, Row]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def once(self, key: str, params: Any, make: Callable[[], Row]) -> tuple[Row, bool]:
        """The answer to a call with this idempotency key, and whether it was given before."""
        with self.lock:
            if not key:
                return make(), False
            if key in self.answers:
                before, answer = self.answers[key]
                if before != params:
                    raise Refusal(
                        "Keys for idempotent requests can only be used with the same parameters "
                        "they were first used with.",
                        kind="idempotency_error",
                    )
                return answer, True
            answer = make()
            self.answers[key] = params, dict(answer)
            return answer, False

    def create_session(self, params: Row) -> Row:
        amount, currency = _priced(params)
        self._check_methods(params, currency)
        now, ends = self._time(), int(params.get("expires_at", self._time() + LATEST))
        if not now + SOONEST - 60 <= ends <= now + LATEST:
            raise Refusal(
                "The `expires_at` timestamp must be between 30 minutes and 24 hours ahead."
            )
        if "success_url" not in params:
            raise Refusal("Missing required param: success_url.", code="parameter_missing")
        session = {
            "id": _id("cs_test"),
            "object": "checkout.session",
            "amount_total": amount,
            "currency": currency,
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "created": now,
            "expires_at": ends,
            "livemode": False,
            "mode": params["mode"],
            "locale": params.get("locale"),
            "client_reference_id": params.get("client_reference_id"),
            "metadata": params.get("metadata", {}),
            "success_url": params["success_url"],
            "cancel_url": params.get("cancel_url"),
            "_intent_metadata": params.get("payment_intent_data", {}).get("metadata", {}),
            "_title": params["line_items"][0]["price_data"]["product_data"]["name"],
        }
        session["url"] = f"{self.base_url}/pay/{session['id']}"
        with self.lock:
            self.sessions[session["id"]] = session
        return shown(session)

    def _check_methods(self, params: Row, currency: str) -> None:
        methods = params.get("allowed_payment_method_types", [])
        if KOREAN & set(methods) and currency != "krw":
            raise Refusal("The Korean payment methods take krw only.")

    def session(self, key: str) -> Row:
        """The session as it stands; its time may be over by now."""
        with self.lock:
            session = self.sessions.get(key)
            if session is None:
                raise _missing("checkout.session", key)
            if session["status"] == "open" and self._time() >= session["expires_at"]:
                self._expire(session)
            return session

    def expire_session(self, key: str) -> Row:
        with self.lock:
            session = self.session(key)
            if session["status"] != "open":
                raise Refusal(
                    f"Only open Checkout Sessions can be expired. This one is {session['status']}."
                )
            self._expire(session)
            return shown(session)

    def _expire(self, session: Row) -> None:
        session["status"] = "expired"
        self._tell("checkout.session.expired", session)

    def pay(self, key: str) -> Row:
        """Somebody pays on the page. Refused on one that is closed."""
        with self.lock:
            session = self.session(key)
            if session["status"] != "open":
                raise Refusal("This page is closed.", status=409)
            intent = {
                "id": _id("pi"),
                "object": "payment_intent",
                "amount": session["amount_total"],
                "amount_received": session["amount_total"],
                "currency": session["currency"],
                "status": "succeeded",
                "created": self._time(),
                "metadata": session["_intent_metadata"],
                "latest_charge": _id("ch"),
            }
            self.intents[intent["id"]] = intent
            session.update(
                status="complete", payment_status="paid", payment_intent=intent["id"], url=None
            )
            fee = intent["amount"] * FEE_PERCENT // 100 + FEE_FIXED_KRW
            self._line("charge", intent["latest_charge"], intent["amount"], fee)
            self._tell("checkout.session.completed", session)
            self._tell("payment_intent.succeeded", intent)
            return session

    def decline(self, key: str) -> Row:
        """The card was declined: the page stays open, and can be tried again."""
        with self.lock:
            return self.session(key)

    def create_refund(self, params: Row) -> Row:
        with self.lock:
            intent = self.intents.get(params.get("payment_intent", ""))
            if intent is None:
                raise _missing("payment_intent", str(params.get("payment_intent")))
            left = intent["amount"] - self._refunded(intent["id"])
            refund = {
                "id": _id("re"),
                "object": "refund",
                "amount": _refundable(int(params.get("amount", left)), left),
                "currency": intent["currency"],
                "payment_intent": intent["id"],
                "charge": intent["latest_charge"],
                "status": "succeeded",
                "reason": params.get("reason"),
                "created": self._time(),
                "metadata": params.get("metadata", {}),
            }
            self.refunds[refund["id"]] = refund
            self._line("refund", refund["id"], -refund["amount"], 0)
            self._tell("refund.created", refund)
            self._tell("charge.refunded", self._charge(intent))
            return refund

    def _charge(self, intent: Row) -> Row:
        refunded = self._refunded(intent["id"])
        return {
            "id": intent["latest_charge"],
            "object": "charge",
            "amount": intent["amount"],
            "amount_refunded": refunded,
            "payment_intent": intent["id"],
            "refunded": refunded == intent["amount"],
        }

    def refunds_of(self, intent: str) -> list[Row]:
        with self.lock:
            found = [row for row in self.refunds.values() if row["payment_intent"] == intent]
            return sorted(found, key=lambda row: row["created"], reverse=True)

    @property
    def balance_krw(self) -> int:
        """What Stripe owes the organisation."""
        with self.lock:
            return sum(line["net"] for line in self.lines)

    def _refunded(self, intent: str) -> int:
        return sum(row["amount"] for row in self.refunds_of(intent))

    def _line(self, kind: str, source: str, amount: int, fee: int) -> None:
        self.lines.append(
            {
                "id": _id("txn"),
                "object": "balance_transaction",
                "type": kind,
                "source": source,
                "amount": amount,
                "fee": fee,
                "net": amount - fee,
                "currency": "krw",
                "created": self._time(),
                "status": "available",
            }
        )

    def _tell(self, kind: str, about: Row) -> None:
        self.events.append((kind, shown(about)))

    def _time(self) -> int:
        return int(self.now())


def shown(row: Row) -> Row:
    """A row as the interface shows it: without what is ours alone."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def _refundable(amount: int, left: int) -> int:
    """The amount, where so much is left to send back."""
    if amount < 1:
        raise Refusal("Invalid positive integer", code="parameter_invalid_integer")
    if left == 0:
        raise Refusal("Charge has already been refunded.", code="charge_already_refunded")
    if amount > left:
        raise Refusal(
            f"Refund amount (₩{amount}) is greater than unrefunded amount on charge (₩{left})",
            code="amount_too_large",
        )
    return amount


def _priced(params: Row) -> tuple[int, str]:
    if params.get("mode") != "payment":
        raise Refusal("This stand-in knows only mode=payment.")
    items = params.get("line_items") or []
    if not items:
        raise Refusal("Missing required param: line_items.", code="parameter_missing")
    total, currencies = 0, set()
    for item in items:
        price = item.get("price_data", {})
        total += int(price["unit_amount"]) * int(item.get("quantity", 1))
        currencies.add(price["currency"])
    if len(currencies) != 1:
        raise Refusal("All line items must have the same currency.")
    if not LEAST_KRW <= total <= MOST_KRW:
        raise Refusal("The amount is too small or too large.", code="amount_too_small")
    return total, currencies.pop()


def _missing(kind: str, key: str) -> Refusal:
    return Refusal(f"No such {kind}: '{key}'", status=404, code="resource_missing")


def _id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"
