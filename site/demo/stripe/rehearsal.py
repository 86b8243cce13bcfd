"""A card payment walked with a test key of Stripe's before the first real one, by a person.

The same steps are walked on the stand-in; where its answers have a field, a type, a code or a kind
that Stripe's have not, the stand-in (and what was built against it) is wrong.
"""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.test import override_settings

from payments.exceptions import CardRefusedError
from payments.gateways import stripe_checkout as gateway
from payments.gateways.stripe_answers import Checkout

from .journal import Row
from .server import StandIn

TEST_KEYS = ("sk_test_", "rk_test_")
STRIPE = "https://api.stripe.com"
OURS = "sk_test_of_nobody"
PRICE_KRW, PART_KRW = 1_000, 400
LIFETIME = timedelta(minutes=45)


class LiveKeyError(Exception):
    """The key is none for tests: real money would be moved."""


class NotPaidError(Exception):
    """Nobody paid on the page in time."""


@dataclass
class Walk:
    """What was seen on the way: facts that must be equal, answers whose fields are compared."""

    facts: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Row] = field(default_factory=dict)


def walk_both(show: Callable[[str], None], *, seconds: int) -> list[str]:
    """Walk with the key of the settings, then on the stand-in; what differs, in words.

    ``show`` is given the page on which the person pays with a test card. Raises LiveKeyError,
    NotPaidError.
    """
    if not settings.STRIPE_SECRET_KEY.startswith(TEST_KEYS):
        raise LiveKeyError
    real = walk(show, seconds=seconds)
    with _stand_in() as company:
        ours = walk(lambda url: _pay(company, url), seconds=seconds)
    return list(differences(ours, real))


@contextmanager
def _stand_in() -> Iterator[StandIn]:
    company = StandIn(webhook_url="http://127.0.0.1:9/", secret="", mode="never").start()
    try:
        with override_settings(STRIPE_SECRET_KEY=OURS, STRIPE_API_BASE=company.url):
            yield company
    finally:
        company.stop()


def _pay(company: StandIn, url: str) -> None:
    company.books.pay(url.rsplit("/", 1)[-1])


def walk(show: Callable[[str], None], *, seconds: int) -> Walk:
    """Pay, send a part back, ask for too much, close a page; all through the site's own gateway."""
    seen, began = Walk(), datetime.now(UTC) - timedelta(minutes=1)
    checkout = _page()
    show(checkout.url)
    paid = _wait_for(checkout.id, seconds)
    seen.facts["amount of the page in won"] = paid.amount_krw
    seen.facts["the page names its attempt"] = bool(paid.attempt)
    refund = _refund(seen, paid.intent)
    other = gateway.expire_checkout(_page().id)
    seen.facts["status of a page that was closed"] = other.status
    _read_books(seen, began, paid.intent)
    for name, path in {
        "session": f"checkout/sessions/{paid.id}",
        "payment intent": f"payment_intents/{paid.intent}",
        "refund": f"refunds/{refund}",
        "balance": "balance",
    }.items():
        seen.answers[name] = _read(path)
    _read_events(seen, began, paid.intent)
    return seen


def _page() -> Checkout:
    return gateway.open_checkout(
        attempt=str(uuid.uuid4()),
        amount_krw=PRICE_KRW,
        title="카드 결제 연습",
        email="",
        success_url=f"{settings.SITE_URL}/",
        cancel_url=f"{settings.SITE_URL}/",
        expires_at=datetime.now(UTC) + LIFETIME,
    )


def _wait_for(session: str, seconds: int) -> Checkout:
    until = time.monotonic() + seconds
    while not (checkout := gateway.read_checkout(session)).is_paid:
        if time.monotonic() > until:
            raise NotPaidError
        time.sleep(min(2, seconds / 10))
    return checkout


def _refund(seen: Walk, intent: str) -> str:
    """Send a part back, twice by the same name; then more than is left."""
    ours = str(uuid.uuid4())
    sent = gateway.refund_card(intent=intent, amount_krw=PART_KRW, refund=ours)
    again = gateway.refund_card(intent=intent, amount_krw=PART_KRW, refund=ours)
    seen.facts["a refund that was asked for twice goes once"] = sent.id == again.id
    seen.facts["the refund names our row"] = gateway.read_refund(sent.id).refund == ours
    seen.facts["refunds of the payment"] = len(gateway.refunds_of(intent))
    try:
        gateway.refund_card(intent=intent, amount_krw=PRICE_KRW, refund=str(uuid.uuid4()))
    except CardRefusedError as refusal:
        seen.facts["code of too large a refund"] = refusal.code
    return sent.id


def _read_books(seen: Walk, since: datetime, intent: str) -> None:
    """The lines of this payment alone: somebody else may work with the same key."""
    charge = _read(f"payment_intents/{intent}")["latest_charge"]
    sources = {charge, *(refund.id for refund in gateway.refunds_of(intent))}
    lines = [line for line in gateway.balance_lines(since) if line.source in sources]
    seen.facts["kinds of lines"] = sorted(line.kind for line in lines)
    seen.facts["amounts of lines"] = sorted(line.amount_krw for line in lines)
    seen.facts["every line is net of its fee"] = all(
        line.net_krw == line.amount_krw - line.fee_krw for line in lines
    )
    rows = _read("balance_transactions", limit=10)["data"]
    seen.answers["balance line"] = next(row for row in rows if row["source"] == charge)


def _read_events(seen: Walk, since: datetime, intent: str) -> None:
    rows = _read("events", limit=50, **{"created[gte]": int(since.timestamp())})["data"]
    about = [row for row in rows if row["data"]["object"].get("payment_intent") == intent]
    kinds = {row["type"] for row in about}
    for kind in ("checkout.session.completed", "refund.created", "charge.refunded"):
        seen.facts[f"there is an event {kind}"] = kind in kinds
    seen.facts["version of the events"] = sorted({row["api_version"] for row in about})
    for row in about:
        if row["type"] in ("refund.created", "charge.refunded"):
            seen.answers[f"event {row['type']}"] = row
            seen.answers[f"what {row['type']} is about"] = row["data"]["object"]


def _read(path: str, **query: Any) -> Row:
    """An answer as it came, with all its fields."""
    base = settings.STRIPE_API_BASE or STRIPE
    address = f"{base}/v1/{path}" + (f"?{urlencode(query)}" if query else "")
    headers = {"Authorization": f"Bearer {settings.STRIPE_SECRET_KEY}"}
    with urlopen(Request(address, headers=headers), timeout=20) as answer:  # noqa: S310 (Stripe's, or the stand-in's)
        found: Row = json.load(answer)
        return found


def differences(ours: Walk, real: Walk) -> Iterator[str]:
    """What the stand-in says otherwise than Stripe; fields that only Stripe has are no fault."""
    for fact, value in ours.facts.items():
        if real.facts.get(fact) != value:
            yield f"{fact}: Stripe {real.facts.get(fact)!r}, stand-in {value!r}"
    for name, answer in ours.answers.items():
        if name not in real.answers:
            yield f"{name}: Stripe gave none"
            continue
        yield from _fields(name, answer, real.answers[name])


def _fields(name: str, ours: Row, real: Row) -> Iterator[str]:
    for key, value in ours.items():
        if key not in real:
            yield f"{name}: Stripe has no field {key}"
        elif value is not None and real[key] is not None and type(value) is not type(real[key]):
            kind, other = type(real[key]).__name__, type(value).__name__
            yield f"{name}: {key} is {kind} at Stripe, {other} in the stand-in"
