"""The gateway against a stand-in over real HTTP: what it asks is what the library knows."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
import stripe

from demo.stripe.events import envelope, signature
from payments.exceptions import CardRefusedError, CardsAwayError, ForgedEventError
from payments.gateways.stripe_checkout import (
    balance,
    balance_lines,
    expire_checkout,
    open_checkout,
    read_checkout,
    read_dispute,
    read_event,
    read_refund,
    refund_card,
    refunds_of,
    takes_cards,
)
from tests.factories.cards import KEY, SECRET, card_company

pytestmark = pytest.mark.unit


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


def page(attempt="a-1", amount_krw=20_000, **values):
    given = {
        "title": "토론회",
        "email": "payer@mail.example",
        "success_url": "https://site.example/done/",
        "cancel_url": "https://site.example/back/",
        "expires_at": datetime.now(UTC) + timedelta(hours=1),
    }
    return open_checkout(attempt=attempt, amount_krw=amount_krw, **{**given, **values})


def test_without_a_key_there_are_no_cards(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert not takes_cards()


def test_a_page_asks_for_whole_won_in_korean(company):
    checkout = page()
    assert (checkout.status, checkout.is_paid, checkout.amount_krw) == ("open", False, 20_000)
    session = company.books.session(checkout.id)
    assert (session["locale"], session["currency"]) == ("ko", "krw")
    assert checkout.url.startswith(company.url)


def test_the_same_attempt_is_the_same_page(company):
    ends = datetime.now(UTC) + timedelta(hours=1)
    assert page(expires_at=ends) == page(expires_at=ends)
    assert len(company.books.sessions) == 1


def test_the_same_attempt_over_another_amount_is_refused(company):
    ends = datetime.now(UTC) + timedelta(hours=1)
    page(expires_at=ends)
    with pytest.raises(CardRefusedError):
        page(amount_krw=10_000, expires_at=ends)


def test_what_was_paid_says_so_with_its_attempt(company):
    checkout = page("a-7")
    company.books.pay(checkout.id)
    paid = read_checkout(checkout.id)
    assert (paid.is_paid, paid.status, paid.attempt) == (True, "complete", "a-7")
    assert paid.intent.startswith("pi_")


def test_a_page_closes_by_hand_and_by_the_clock(company):
    first, second = page("a-1"), page("a-2")
    assert expire_checkout(first.id).is_expired
    assert expire_checkout(first.id).is_expired
    company.books.now = lambda: time.time() + 7200
    assert read_checkout(second.id).is_expired


def test_a_page_that_was_paid_does_not_expire(company):
    checkout = page()
    company.books.pay(checkout.id)
    assert expire_checkout(checkout.id).is_paid


def test_a_refund_goes_once_and_never_beyond_what_was_paid(company):
    checkout = page()
    company.books.pay(checkout.id)
    intent = read_checkout(checkout.id).intent
    first = refund_card(intent=intent, amount_krw=14_000, refund="r-1")
    assert refund_card(intent=intent, amount_krw=14_000, refund="r-1") == first
    with pytest.raises(CardRefusedError) as refused:
        refund_card(intent=intent, amount_krw=14_000, refund="r-2")
    assert refused.value.code == "amount_too_large"
    assert [row.refund for row in refunds_of(intent)] == ["r-1"]


def test_the_balance_is_what_was_paid_less_fees_and_refunds(company):
    since = datetime.now(UTC) - timedelta(minutes=1)
    checkout = page()
    company.books.pay(checkout.id)
    refund_card(intent=read_checkout(checkout.id).intent, amount_krw=5_000, refund="r-1")
    lines = list(balance_lines(since))
    assert {line.kind for line in lines} == {"charge", "refund"}
    assert sum(line.net_krw for line in lines) == company.books.balance_krw == 20_000 - 700 - 5_000


@pytest.mark.parametrize("fault", ["500", "429", "409", "timeout"])
def test_silence_and_trouble_are_told_apart_from_a_no(company, fault):
    company.fault = fault
    with pytest.raises(CardsAwayError if fault != "409" else (CardsAwayError, CardRefusedError)):
        page()


def test_after_a_lost_answer_the_same_call_finds_what_was_made(company):
    ends = datetime.now(UTC) + timedelta(hours=1)
    company.fault = "timeout"
    with pytest.raises(CardsAwayError):
        page(expires_at=ends)
    assert page(expires_at=ends).id == next(iter(company.books.sessions))


@pytest.fixture
def intent(company):
    """A payment that was paid."""
    checkout = page()
    company.books.pay(checkout.id)
    return read_checkout(checkout.id).intent


def test_a_refund_tells_whether_it_arrived(company, intent):
    sent = refund_card(intent=intent, amount_krw=5_000, refund="r-1")
    assert read_refund(sent.id) == sent
    assert (sent.did_not_arrive, sent.failure) == (False, "")
    company.books.fail_refund(sent.id)
    failed = read_refund(sent.id)
    assert (failed.did_not_arrive, failed.failure) == (True, "expired_or_canceled_card")
    assert refund_card(intent=intent, amount_krw=20_000, refund="r-2").amount_krw == 20_000


def test_a_dispute_tells_until_when_it_is_answered(company, intent):
    dispute = read_dispute(company.books.open_dispute(intent)["id"])
    assert (dispute.intent, dispute.amount_krw, dispute.status) == (
        intent,
        20_000,
        "needs_response",
    )
    assert dispute.due_at > datetime.now(UTC)
    company.books.dispute(dispute.id)["evidence_details"] = None
    assert read_dispute(dispute.id).due_at is None


def test_the_balance_is_told_in_one_sum(company, intent):
    assert balance().total_krw == company.books.balance_krw == 19_300


@pytest.mark.parametrize("read", [read_refund, read_dispute, read_checkout])
def test_what_the_company_does_not_know_is_refused(company, read):
    with pytest.raises(CardRefusedError) as refused:
        read("xx_nobody")
    assert refused.value.code == "resource_missing"


def event(kind="checkout.session.completed", about=None):
    session = {
        "id": "cs_test_1",
        "object": "checkout.session",
        "status": "complete",
        "payment_status": "paid",
        "amount_total": 20_000,
        "payment_intent": "pi_1",
        "metadata": {"attempt": "a-1"},
    }
    return envelope(kind, about or session)


def test_an_event_tells_what_happened(company):
    body = event()
    told = read_event(body, signature(body, SECRET, int(time.time())))
    assert told.kind == "checkout.session.completed"
    assert (told.checkout.attempt, told.checkout.amount_krw) == ("a-1", 20_000)
    about = {"id": "ch_1", "object": "charge", "payment_intent": "pi_9"}
    body = event("charge.refunded", about)
    assert read_event(body, signature(body, SECRET, int(time.time()))).intent == "pi_9"


def test_an_event_carries_its_refund_or_dispute(company, intent):
    company.books.refund_by_hand(intent, 1_000)
    company.books.open_dispute(intent)
    events = []
    for kind, about in company.books.events:
        body = envelope(kind, about)
        events.append(read_event(body, signature(body, SECRET, int(time.time()))))
    told = {event.kind: event for event in events}
    assert told["refund.created"].refund.amount_krw == 1_000
    assert told["charge.dispute.created"].dispute.amount_krw == 20_000
    assert {event.intent for event in events if event.refund or event.dispute} == {intent}


def test_what_stripe_did_not_sign_is_not_read(company):
    body, now = event(), int(time.time())
    wrong = (
        (body, ""),
        (body, signature(body, "whsec_of_another", now)),
        (body, signature(body, SECRET, now - 3600)),
        (body.replace(b"20000", b"20001"), signature(body, SECRET, now)),
        (b"no json", signature(b"no json", SECRET, now)),
    )
    for payload, header in wrong:
        with pytest.raises(ForgedEventError):
            read_event(payload, header)
    assert company.calls == []


def raw_client(company):
    return stripe.StripeClient(KEY, base_addresses={"api": company.url}, max_network_retries=0)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"payment_method_types": ["card"]}, "payment_method_types"),
        ({"clent_reference_id": "a"}, "clent_reference_id"),
        ({"allowed_payment_method_types": ["krcard"]}, "allowed_payment_method_types"),
        (
            {"line_items": [{"price_data": {"unit_amout": 1, "currency": "krw"}, "quantity": 1}]},
            "line_items[0][price_data][unit_amout]",
        ),
        ({"expires_at": int(time.time()) + 300}, "30 minutes"),
        ({"mode": "pay"}, "mode"),
    ],
)
def test_the_stand_in_refuses_what_the_library_does_not_know(company, change, path):
    price = {"currency": "krw", "unit_amount": 100, "product_data": {"name": "토론회"}}
    params = {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "success_url": "https://site.example/",
        **change,
    }
    with pytest.raises(stripe.InvalidRequestError) as refused:
        raw_client(company).v1.checkout.sessions.create(params)
    assert path in str(refused.value)


def test_the_stand_in_wants_a_test_key(company):
    client = stripe.StripeClient("sk_live_x", base_addresses={"api": company.url})
    with pytest.raises(stripe.AuthenticationError):
        client.v1.checkout.sessions.retrieve("cs_test_1")


def _lost_payout(books):
    books.pay_out()
    return books.fail_payout(list(books.payouts)[-1])


def test_answers_have_no_field_that_the_library_does_not_know(company, intent):
    books = company.books
    refund = books.refund_by_hand(intent, 1_000)
    books.fail_refund(refund["id"])
    lost = _lost_payout(books)
    answers = [
        (stripe.checkout.Session, next(iter(books.sessions.values()))),
        (stripe.PaymentIntent, books.intent(intent)),
        (stripe.Refund, books.refund(refund["id"])),
        (stripe.Dispute, books.open_dispute(intent)),
        (stripe.Payout, lost),
        (stripe.BalanceTransaction, books.lines[0]),
        (stripe.Balance, books.balance()),
        (stripe.Charge, books._charge(books.intent(intent))),
    ]
    for resource, answer in answers:
        ours = {name for name in json.loads(json.dumps(answer)) if not name.startswith("_")}
        assert ours <= set(resource.__annotations__) | {"object"}


def test_lines_and_events_are_of_kinds_that_the_library_knows(company, intent):
    books = company.books
    books.fail_refund(books.refund_by_hand(intent, 1_000)["id"])
    books.close_dispute(books.open_dispute(intent)["id"], won=True)
    _lost_payout(books)
    books.pay_out()
    books.fail_payout(list(books.payouts)[-1], called_off=True)
    kinds = str(stripe.BalanceTransaction.__annotations__["type"])
    assert all(f"'{line['type']}'" in kinds for line in books.lines)
    events = str(stripe.Event.__annotations__["type"])
    assert all(f"'{kind}'" in events for kind, _about in books.events)
