"""What the card company tells the site: signed, and in every order that has been seen."""

import json
import random
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import stripe

from .books import Books

MODES = ("once", "five", "shuffled", "late", "never", "forged", "stale")
VERSION = "2026-10-28.endive"


@dataclass
class Sender:
    """Posts the events of ``books`` to the site, in one of MODES."""

    books: Books
    url: str
    secret: str
    mode: str = "once"
    delay: float = 2.0
    answers: list[int] = field(default_factory=list)
    sent: int = 0

    def flush(self) -> None:
        """Send what has happened since the last time, as the mode says."""
        with self.books.lock:
            fresh = self.books.events[self.sent :]
            self.sent = len(self.books.events)
        if self.mode == "never":
            return
        if self.mode == "late":
            threading.Timer(self.delay, self._send_all, [fresh]).start()
            return
        self._send_all(fresh)

    def _send_all(self, fresh: list[tuple[str, dict[str, Any]]]) -> None:
        posts = [envelope(kind, about) for kind, about in fresh]
        if self.mode in ("five", "shuffled"):
            posts = posts * 5
        if self.mode == "shuffled":
            random.shuffle(posts)
        for post in posts:
            self.answers.append(self.post(post))

    def post(self, body: bytes) -> int:
        """Post one event with a signature of this moment; the status that the site answers."""
        moment = int(time.time()) - (3600 if self.mode == "stale" else 0)
        secret = "whsec_of_somebody_else" if self.mode == "forged" else self.secret
        request = Request(  # noqa: S310 (our own site)
            self.url,
            body,
            {
                "Content-Type": "application/json",
                "Stripe-Signature": signature(body, secret, moment),
            },
        )
        try:
            with urlopen(request, timeout=20) as answer:  # noqa: S310 (the same)
                return int(answer.status)
        except URLError as error:
            return int(getattr(error, "code", 0))


def envelope(kind: str, about: dict[str, Any]) -> bytes:
    """An event as Stripe writes it."""
    return json.dumps(
        {
            "id": f"evt_{secrets.token_hex(12)}",
            "object": "event",
            "api_version": VERSION,
            "created": int(time.time()),
            "data": {"object": about},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        },
        ensure_ascii=False,
    ).encode()


def signature(body: bytes, secret: str, moment: int) -> str:
    """The header as Stripe makes it (v1, HMAC-SHA256 over moment and body)."""
    return str(
        stripe.WebhookSignature.generate_signature_header(body.decode(), secret, timestamp=moment)
    )
