"""What the stand-in remembers: answers it gave, lines of its balance, what it has to tell."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


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
class Journal:
    """All state is behind one lock; ``now`` can be moved by tests."""

    now: Callable[[], float] = time.time
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

    @property
    def balance_krw(self) -> int:
        """What Stripe owes the organisation."""
        with self.lock:
            return sum(line["net"] for line in self.lines)

    def balance(self) -> Row:
        """The same as the interface answers it: what is not to be paid out yet stands apart."""
        with self.lock:
            sums = {"available": 0, "pending": 0}
            for line in self.lines:
                sums[line["status"]] += line["net"]
        told = {
            name: [{"amount": won, "currency": "krw", "source_types": {}}]
            for name, won in sums.items()
        }
        return {"object": "balance", "livemode": False, **told}

    def note_line(self, kind: str, source: str, amount: int, fee: int) -> None:
        self.lines.append(
            {
                "id": new_id("txn"),
                "object": "balance_transaction",
                "type": kind,
                "source": source,
                "amount": amount,
                "fee": fee,
                "net": amount - fee,
                "currency": "krw",
                "created": self.moment(),
                "status": "available",
            }
        )

    def tell(self, kind: str, about: Row) -> None:
        self.events.append((kind, shown(about)))

    def moment(self) -> int:
        return int(self.now())


def shown(row: Row) -> Row:
    """A row as the interface shows it: without what is ours alone."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def missing(kind: str, key: str) -> Refusal:
    return Refusal(f"No such {kind}: '{key}'", status=404, code="resource_missing")


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"
