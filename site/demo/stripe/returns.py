"""What goes back of what was paid: refunds that arrive or fail, disputes, payouts to the bank."""

from dataclasses import dataclass, field

from .journal import Journal, Refusal, Row, missing, new_id

DISPUTE_FEE_KRW = 15_000
GONE_WRONG = ("failed", "canceled")


@dataclass
class Returns(Journal):
    """Money that leaves again. What only happens at the company's own screen is done by tests."""

    intents: dict[str, Row] = field(default_factory=dict)
    refunds: dict[str, Row] = field(default_factory=dict)
    disputes: dict[str, Row] = field(default_factory=dict)
    payouts: dict[str, Row] = field(default_factory=dict)
    refunds_are: str = "succeeded"  # or pending, or failed at once

    def create_refund(self, params: Row) -> Row:
        with self.lock:
            intent = self.intent(params.get("payment_intent", ""))
            if self._is_disputed(intent["id"]):
                raise Refusal("Charge has been charged back.", code="charge_disputed")
            left = intent["amount"] - self._refunded(intent["id"])
            refund = {
                "id": new_id("re"),
                "object": "refund",
                "amount": _refundable(int(params.get("amount", left)), left),
                "currency": intent["currency"],
                "payment_intent": intent["id"],
                "charge": intent["latest_charge"],
                "status": "pending" if self.refunds_are == "failed" else self.refunds_are,
                "reason": params.get("reason"),
                "created": self.moment(),
                "metadata": params.get("metadata", {}),
            }
            self.refunds[refund["id"]] = refund
            kind = "refund" if intent["latest_charge"].startswith("ch_") else "payment_refund"
            self.note_line(kind, refund["id"], -refund["amount"], 0)
            self.tell("refund.created", refund)
            self.tell("charge.refunded", self._charge(intent))
            return self.fail_refund(refund["id"]) if self.refunds_are == "failed" else refund

    def refund_by_hand(self, intent: str, amount: int | None = None) -> Row:
        """Somebody presses the button on the company's own screen: nothing of ours is with it."""
        wanted = {} if amount is None else {"amount": str(amount)}
        return self.create_refund({"payment_intent": intent, **wanted})

    def fail_refund(self, key: str, why: str = "expired_or_canceled_card") -> Row:
        """The bank of the card does not take it: the money is on the balance again."""
        with self.lock:
            refund = self.refund(key)
            if refund["status"] in GONE_WRONG:
                raise Refusal("This refund has failed already.")
            refund.update(status="failed", failure_reason=why)
            self.note_line("refund_failure", key, refund["amount"], 0)
            self.tell("refund.updated", refund)
            self.tell("refund.failed", refund)
            return refund

    def open_dispute(self, intent: str, amount: int | None = None) -> Row:
        """The owner of the card says that it was not them: the money is taken away at once."""
        with self.lock:
            paid = self.intent(intent)
            dispute = {
                "id": new_id("du"),
                "object": "dispute",
                "amount": paid["amount"] if amount is None else amount,
                "currency": paid["currency"],
                "charge": paid["latest_charge"],
                "payment_intent": intent,
                "status": "needs_response",
                "reason": "fraudulent",
                "evidence_details": {"due_by": self.moment() + 7 * 86_400},
                "created": self.moment(),
                "livemode": False,
                "metadata": {},
            }
            self.disputes[dispute["id"]] = dispute
            self.note_line("adjustment", dispute["id"], -dispute["amount"], DISPUTE_FEE_KRW)
            self.tell("charge.dispute.created", dispute)
            self.tell("charge.dispute.funds_withdrawn", dispute)
            return dispute

    def close_dispute(self, key: str, *, won: bool) -> Row:
        with self.lock:
            dispute = self.dispute(key)
            dispute["status"] = "won" if won else "lost"
            if won:
                self.note_line("adjustment", key, dispute["amount"], -DISPUTE_FEE_KRW)
                self.tell("charge.dispute.funds_reinstated", dispute)
            self.tell("charge.dispute.closed", dispute)
            return dispute

    def pay_out(self) -> int:
        """All of the balance goes to the organisation's bank; how much."""
        with self.lock:
            amount = max(0, self.balance_krw)
            if amount:
                payout = _payout(amount, self.moment())
                self.payouts[payout["id"]] = payout
                self.note_line("payout", payout["id"], -amount, 0)
                self.tell("payout.created", payout)
                self.tell("payout.paid", payout)
            return amount

    def fail_payout(self, key: str, *, called_off: bool = False) -> Row:
        """The bank does not take it, even after it was called paid; or it is called off in time."""
        with self.lock:
            payout = self._one(self.payouts, "payout", key)
            if payout["status"] in GONE_WRONG:
                raise Refusal("This payout has failed already.")
            if called_off:
                payout.update(status="canceled")
            else:
                why = "The bank account has been closed"
                payout.update(status="failed", failure_code="account_closed", failure_message=why)
            kind = "payout_cancel" if called_off else "payout_failure"
            self.note_line(kind, key, payout["amount"], 0)
            payout["failure_balance_transaction"] = self.lines[-1]["id"]
            self.tell(f"payout.{payout['status']}", payout)
            return payout

    def intent(self, key: str) -> Row:
        return self._one(self.intents, "payment_intent", key)

    def refund(self, key: str) -> Row:
        return self._one(self.refunds, "refund", key)

    def dispute(self, key: str) -> Row:
        return self._one(self.disputes, "dispute", key)

    def refunds_of(self, intent: str) -> list[Row]:
        with self.lock:
            found = [row for row in self.refunds.values() if row["payment_intent"] == intent]
            return sorted(found, key=lambda row: row["created"], reverse=True)

    def lines_for(self, params: Row) -> list[Row]:
        """The lines of its books from a moment on, the newest first."""
        since = int((params.get("created") or {}).get("gte", 0))
        with self.lock:
            lines = [line for line in self.lines[::-1] if line["created"] >= since]
        if "data.source" in params.get("expand", []):
            return [self._expanded(line) for line in lines]
        return lines

    def _expanded(self, line: Row) -> Row:
        """With the charge or refund that it is about in full, where there is one."""
        with self.lock:
            charges = {one["latest_charge"]: one for one in self.intents.values()}
            if line["source"] in charges:
                return {**line, "source": self._charge(charges[line["source"]])}
            return {**line, "source": self.refunds.get(line["source"], line["source"])}

    def _one(self, rows: dict[str, Row], kind: str, key: str) -> Row:
        with self.lock:
            if key not in rows:
                raise missing(kind, key)
            return rows[key]

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

    def _refunded(self, intent: str) -> int:
        back = [row for row in self.refunds_of(intent) if row["status"] not in GONE_WRONG]
        return sum(row["amount"] for row in back)

    def _is_disputed(self, intent: str) -> bool:
        taken = [row for row in self.disputes.values() if row["status"] != "won"]
        return any(row["payment_intent"] == intent for row in taken)


def _payout(amount: int, moment: int) -> Row:
    return {
        "id": new_id("po"),
        "object": "payout",
        "amount": amount,
        "currency": "krw",
        "status": "paid",
        "arrival_date": moment,
        "created": moment,
        "automatic": True,
        "livemode": False,
        "metadata": {},
        "failure_code": None,
        "failure_message": None,
        "failure_balance_transaction": None,
    }


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
