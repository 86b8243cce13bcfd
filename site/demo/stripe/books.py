"""What a card company keeps: pages to pay on, and what was paid on them."""

from dataclasses import dataclass, field

from .journal import Refusal, Row, missing, new_id, shown
from .returns import Returns

FEE_PERCENT, FEE_FIXED_KRW = 3, 100
LEAST_KRW, MOST_KRW = 100, 99_999_999
SOONEST, LATEST = 30 * 60, 24 * 60 * 60
KOREAN = {"kr_card", "kakao_pay", "naver_pay", "payco", "samsung_pay"}


@dataclass
class Books(Returns):
    """Pages and payments; what goes back of them is in ``Returns``."""

    base_url: str = ""
    sessions: dict[str, Row] = field(default_factory=dict)

    def create_session(self, params: Row) -> Row:
        amount, currency = _priced(params)
        self._check_methods(params, currency)
        now, ends = self.moment(), int(params.get("expires_at", self.moment() + LATEST))
        if not now + SOONEST - 60 <= ends <= now + LATEST:
            raise Refusal(
                "The `expires_at` timestamp must be between 30 minutes and 24 hours ahead."
            )
        if "success_url" not in params:
            raise Refusal("Missing required param: success_url.", code="parameter_missing")
        session = {
            "id": new_id("cs_test"),
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
                raise missing("checkout.session", key)
            if session["status"] == "open" and self.moment() >= session["expires_at"]:
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
        self.tell("checkout.session.expired", session)

    def pay(self, key: str, *, wallet: bool = False) -> Row:
        """Somebody pays on the page, by card or with a wallet. Refused on one that is closed."""
        with self.lock:
            session = self._open(key)
            self._take(session, wallet=wallet)
            self.tell("checkout.session.completed", session)
            self.tell("payment_intent.succeeded", self.intents[session["payment_intent"]])
            return session

    def pay_later(self, key: str) -> Row:
        """Somebody pays by a method that takes a while: the page is done, the money to come."""
        with self.lock:
            session = self._open(key)
            session.update(status="complete", url=None)
            self.tell("checkout.session.completed", session)
            return session

    def arrive(self, key: str, *, wallet: bool = False) -> Row:
        """The money of such a method is there."""
        with self.lock:
            session = self.session(key)
            if (session["status"], session["payment_status"]) != ("complete", "unpaid"):
                raise Refusal("Nothing is to come of this page.", status=409)
            self._take(session, wallet=wallet)
            self.tell("checkout.session.async_payment_succeeded", session)
            return session

    def _open(self, key: str) -> Row:
        session = self.session(key)
        if session["status"] != "open":
            raise Refusal("This page is closed.", status=409)
        return session

    def _take(self, session: Row, *, wallet: bool) -> None:
        intent = {
            "id": new_id("pi"),
            "object": "payment_intent",
            "amount": session["amount_total"],
            "amount_received": session["amount_total"],
            "currency": session["currency"],
            "status": "succeeded",
            "created": self.moment(),
            "metadata": session["_intent_metadata"],
            "latest_charge": new_id("py" if wallet else "ch"),
        }
        self.intents[intent["id"]] = intent
        session.update(
            status="complete", payment_status="paid", payment_intent=intent["id"], url=None
        )
        fee = intent["amount"] * FEE_PERCENT // 100 + FEE_FIXED_KRW
        self.note_line(
            "payment" if wallet else "charge", intent["latest_charge"], intent["amount"], fee
        )

    def decline(self, key: str) -> Row:
        """The card was declined: the page stays open, and can be tried again."""
        with self.lock:
            return self.session(key)


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
