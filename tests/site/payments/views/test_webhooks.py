"""Stripe's words: signed or nothing, in few statements, heard once."""

import json
import time

import pytest
from django.urls import reverse

from demo.stripe.events import envelope, signature
from messaging.models import OutboxMessage
from payments.models import CardAttempt, CardEvent, LedgerEntry, Payment, Refund
from payments.services.cards import begin_attempt
from tests.factories.cards import SECRET, card_company, posts_of
from tests.factories.payments import PaymentFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


@pytest.fixture
def paid(company, things):
    """A payment that somebody paid, and the event that says so."""
    payment = PaymentFactory(amount_krw=20_000)
    checkout = begin_attempt(
        payment,
        title="토론회",
        email="",
        done_url="https://x.example/",
        back_url="https://x.example/",
    )
    company.books.pay(checkout.id)
    company.calls.clear()
    kind, about = company.books.events[0]
    return payment, envelope(kind, about)


def told(client, body, secret=SECRET, moment=None, header=None):
    header = signature(body, secret, moment or int(time.time())) if header is None else header
    return client.post(
        reverse("payments:hear-stripe"),
        body,
        content_type="application/json",
        headers={"stripe-signature": header},
    )


def test_a_signed_event_settles_without_asking_anybody(client, company, paid):
    payment, body = paid
    assert told(client, body).status_code == 204
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID
    assert company.calls == []


def test_fifteen_statements_at_most(client, paid, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        told(client, paid[1])


def test_the_same_event_again_changes_nothing(client, paid):
    for _ in range(3):
        assert told(client, paid[1]).status_code == 204
    assert CardEvent.objects.count() == 1
    assert LedgerEntry.objects.filter(what="card_paid", account="card").count() == 1


def everything():
    """All rows that an event could touch."""
    models = CardEvent, CardAttempt, Payment, Refund, LedgerEntry, OutboxMessage
    return [list(model.objects.order_by("pk").values()) for model in models]


def bodies_of(company, checkout):
    """Something of everything that the card company tells: paid, sent back, failed, disputed."""
    intent = company.books.session(checkout.session)["payment_intent"]
    refund = company.books.refund_by_hand(intent, 1_000)
    company.books.fail_refund(refund["id"])
    company.books.close_dispute(company.books.open_dispute(intent)["id"], won=False)
    company.calls.clear()
    return posts_of(company)


def test_forged_stale_changed_and_unsigned_events_change_nothing(client, company, paid):
    bodies = bodies_of(company, CardAttempt.objects.get())
    kinds = {json.loads(body)["type"] for body in bodies}
    assert {"checkout.session.completed", "refund.failed", "charge.dispute.closed"} <= kinds
    now, before = int(time.time()), everything()

    for body in bodies:
        changed = body.replace(b"20000", b"90000").replace(b"1000,", b"9000,")
        answers = [
            told(client, body, secret="whsec_of_another"),
            told(client, body, moment=now - 3600),
            told(client, changed + b" ", header=signature(body, SECRET, now)),
            told(client, body, header=""),
            told(client, b"no json at all"),
        ]
        assert {answer.status_code for answer in answers} == {400}

    assert everything() == before
    assert company.calls == []


def test_replayed_in_any_order_they_change_nothing_and_ask_nobody(client, company, paid):
    bodies = bodies_of(company, CardAttempt.objects.get())
    for body in bodies:
        assert told(client, body).status_code == 204
    before = everything()

    for body in [*bodies[::-1], *bodies]:
        assert told(client, body).status_code == 204

    assert everything() == before
    assert company.calls == []


def test_an_event_of_a_kind_that_nobody_knows_is_taken_note_of(client, company):
    body = envelope("invoice.paid", {"id": "in_1", "object": "invoice"})
    assert told(client, body).status_code == 204
    assert CardEvent.objects.get().kind == "invoice.paid"


def test_without_a_key_there_is_no_such_address(client, settings):
    settings.STRIPE_SECRET_KEY = ""
    assert told(client, b"{}").status_code == 404


def test_looking_at_the_address_does_nothing(client, company):
    assert client.get(reverse("payments:hear-stripe")).status_code == 405
