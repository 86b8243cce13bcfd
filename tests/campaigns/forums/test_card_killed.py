"""SIGKILL at every statement of an event: nothing of it is there, and told again it is whole."""

import json
import signal
import subprocess
import sys

import pytest
from django.db import connection

from campaigns.forums.models import Order
from evidence.models import WaitingEvent
from messaging.models import OutboxMessage
from payments.models import CardAttempt, CardEvent, LedgerEntry
from payments.services.cards import hear
from payments.services.comparison import find_faults
from tests.campaigns.forums.participant import payment_of
from tests.factories.cards import SECRET, card_company, pay_by_card, posts_of, told
from tests.factories.orders import make_order

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]
STATEMENTS = 13  # and the transaction's own two, as tests/campaigns/forums/test_cards.py counts
BEFORE_COMMIT, AFTER_COMMIT, NEVER = STATEMENTS, STATEMENTS + 1, STATEMENTS + 2

# Each event in a process of its own, which is killed at its own point; prints how each ended.
HEAR = """
import json, os, signal, sys, time, django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from demo.stripe.events import signature

bodies, secret, statements = json.load(sys.stdin)
settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_killed", secret

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def hear(body, point):
    seen = 0
    def count(execute, *asked):
        nonlocal seen
        if seen == point:
            die()
        seen += 1
        return execute(*asked)
    connection.ensure_connection()
    commit = connection.commit
    def dying_commit():
        if point == statements:
            die()
        commit()
        if point == statements + 1:
            die()
    connection.commit = dying_commit
    header = signature(body, secret, int(time.time()))
    with connection.execute_wrapper(count):
        answer = Client().post(reverse("payments:hear-stripe"), body,
            content_type="application/json", headers={"stripe-signature": header})
    os._exit(seen if answer.status_code == 204 else 1)

ends = []
for point, body in enumerate(bodies):
    pid = os.fork()
    if pid == 0:
        hear(body.encode(), point)
    ends.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
print(json.dumps(ends))
"""


def state_of(order):
    """All that an event leaves behind for one order."""
    order.refresh_from_db()
    payment = payment_of(order)
    attempt = CardAttempt.objects.get(payment=payment)
    entries = LedgerEntry.objects.filter(payment=payment).order_by("what", "account")
    subject = str(order.public_id)
    return {
        "order": order.status,
        "payment": (payment.state, payment.received_krw, payment.card_krw, payment.method),
        "attempt": (attempt.state, attempt.taken_krw),
        "entries": list(entries.values_list("what", "account", "amount_krw")),
        "mails": sorted(OutboxMessage.objects.filter(subject=subject).values_list("purpose")),
        "steps": sorted(WaitingEvent.objects.filter(subject_id=subject).values_list("kind")),
    }


def test_killed_at_any_statement_and_told_again_it_ends_the_same(state, process_environment):
    with card_company() as company:
        orders = [make_order(state.page, email=f"p{n}@mail.example") for n in range(NEVER + 1)]
        for order in orders:
            pay_by_card(company, payment_of(order))
        bodies = posts_of(company)[::2]
        events = [told(body) for body in bodies]
    before = state_of(orders[0])
    connection.close()

    process = subprocess.run(
        [sys.executable, "-c", HEAR],
        input=json.dumps([[body.decode() for body in bodies], SECRET, STATEMENTS]).encode(),
        env=process_environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )

    # All were killed but the last, which went through and asked as much as there are points.
    assert json.loads(process.stdout) == [-signal.SIGKILL] * NEVER + [STATEMENTS]
    whole = state_of(orders[NEVER])
    assert whole["order"] == Order.Status.CONFIRMED
    for point, order in enumerate(orders):
        assert state_of(order) == (before if point <= BEFORE_COMMIT else whole), point
    assert CardEvent.objects.count() == 2

    for event in events:
        hear(event)
    for point, order in enumerate(orders):
        assert state_of(order) == whole, point
    assert list(find_faults()) == []
