"""``python -m benchmarks.cards``: what a card company's event costs, as JSON.

Beside it, in turns and on orders of the same forum: the same event told again, an event that is
only taken note of, and what staff do by hand for a transfer, which has the same effect. On the
migrated database of DATABASE_URL with the pages of benchmarks.pages; it is left as it was.
"""

import json
import os
import statistics
import sys
import time
import uuid
from datetime import timedelta

import django
from django.db import connection, transaction

FORUM = "forum-paid"
SECRET = "whsec_of_the_benchmark"  # noqa: S105 (nobody's)
PATH = "/webhooks/stripe/"


def main() -> None:
    django.setup()
    with transaction.atomic():
        found = measure(int(os.environ.get("ROUNDS", "30")))
        transaction.set_rollback(True)
    sys.stdout.write(json.dumps(found))


def measure(rounds: int) -> dict[str, float]:
    from campaigns.forums.models import ForumPage  # noqa: PLC0415 (once Django is set up)
    from payments.models import Payment  # noqa: PLC0415 (the same)
    from tests.factories.accounts import UserFactory  # noqa: PLC0415 (the same)

    forum, user = ForumPage.objects.get(slug=FORUM), UserFactory(email="treasurer@staff.example")
    took: dict[str, list[float]] = {"event": [], "again": [], "noted": [], "by hand": []}
    counted: list[int] = []
    for number in range(rounds + 1):
        paid, waiting = order(forum, f"card{number}"), order(forum, f"hand{number}")
        body = event_of(paid)
        turns = {
            "event": lambda body=body: tell(body),
            "again": lambda body=body: tell(body),
            "noted": lambda: tell(envelope_of("invoice.paid", {"id": "in", "object": "invoice"})),
            "by hand": lambda payment=waiting: mark(payment, user),
        }
        for name, turn in turns.items():
            begun = time.perf_counter()
            statements = count(turn)
            if number:
                took[name].append(time.perf_counter() - begun)
            if name == "event":
                counted.append(statements)
        paid.refresh_from_db()
        if paid.state != Payment.State.PAID:
            raise RuntimeError("The event paid nothing.")
    return {
        "statements": max(counted),
        "fewest": min(counted),
        "event_ms": statistics.median(took["event"]) * 1000,
        **{
            f"{name} to event": statistics.median(
                other / event for other, event in zip(took[name], took["event"], strict=True)
            )
            for name in ("again", "noted", "by hand")
        },
    }


def order(forum, who: str):
    """A registration that waits for its money; its payment."""
    from payments.services import payments_of  # noqa: PLC0415 (once Django is set up)
    from tests.factories.orders import make_order  # noqa: PLC0415 (the same)

    made = make_order(forum, email=f"{who}@mail.example")
    (payment,) = payments_of("forums.order", [made.public_id]).values()
    return payment


def event_of(payment) -> bytes:
    """That somebody paid it on a page of the card company's."""
    from django.utils import timezone  # noqa: PLC0415 (once Django is set up)

    from payments.models import CardAttempt  # noqa: PLC0415 (the same)

    now = timezone.now()
    attempt = CardAttempt.objects.create(
        payment=payment,
        amount_krw=payment.amount_krw,
        session=f"cs_{uuid.uuid4().hex}",
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )
    about = {
        "id": attempt.session,
        "object": "checkout.session",
        "status": "complete",
        "payment_status": "paid",
        "amount_total": attempt.amount_krw,
        "payment_intent": f"pi_{uuid.uuid4().hex}",
        "metadata": {"attempt": str(attempt.public_id)},
    }
    return envelope_of("checkout.session.completed", about)


def envelope_of(kind: str, about: dict[str, object]) -> bytes:
    from demo.stripe.events import envelope  # noqa: PLC0415 (once Django is set up)

    return envelope(kind, about)


def tell(body: bytes) -> None:
    from django.test import Client  # noqa: PLC0415 (once Django is set up)

    from demo.stripe.events import signature  # noqa: PLC0415 (the same)

    header = signature(body, SECRET, int(time.time()))
    client = Client(HTTP_HOST="127.0.0.1")
    answer = client.post(
        PATH, body, content_type="application/json", headers={"stripe-signature": header}
    )
    if answer.status_code != 204:
        raise RuntimeError(f"The event was answered {answer.status_code}")


def mark(payment, user) -> None:
    from payments.services import mark_paid  # noqa: PLC0415 (once Django is set up)

    mark_paid(payment, method="bank_transfer", user=user, note="")


def count(turn) -> int:
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (once Django is set up)

    with CaptureQueriesContext(connection) as asked:
        turn()
    return sum("home_publicversion" not in one["sql"] for one in asked)


if __name__ == "__main__":
    main()
