"""What only happens at the card company is played by ``POST /_control/…``, from this machine."""

import json
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.urls import reverse

from demo.stripe.control import FAULTS, is_from_here
from demo.stripe.events import MODES
from payments import registry
from payments.exceptions import CardsAwayError
from payments.models import CardAttempt, CardEvent, LedgerEntry, Payment
from payments.services.cards import begin_attempt
from tests.factories.cards import card_company
from tests.factories.payments import PURPOSE, PaymentFactory, Things
from tests.waiting import until

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def control(company, step, headers=(), method="POST", **said):
    """What the stand-in answers to ``curl -d … /_control/step``."""
    address, body = f"{company.url}/_control/{step}", urlencode(said).encode()
    request = Request(address, body, dict(headers), method=method)  # noqa: S310 (our own)
    with urlopen(request, timeout=10) as answer:  # noqa: S310 (the same)
        return json.loads(answer.read())


def refusal(company, step, **told):
    with pytest.raises(HTTPError) as refused:
        control(company, step, **told)
    refused.value.close()
    return refused.value.code


@pytest.fixture
def payment(monkeypatch):
    monkeypatch.setitem(registry._purposes, PURPOSE, Things().purpose())
    return PaymentFactory()


@contextmanager
def at_the_company(live_server):
    with card_company(live_server.url + reverse("payments:hear-stripe"), "once") as company:
        yield company


def open_page(payment):
    urls = {"done_url": "https://site.example/done/", "back_url": "https://site.example/back/"}
    return begin_attempt(payment, title="토론회", email="", **urls)


def state_of(payment):
    payment.refresh_from_db()
    return payment.state


# In each mode: what the site answers to the two events of a payment, and whether it is paid.
TOLD = {
    "once": ([204] * 2, True),
    "five": ([204] * 10, True),
    "shuffled": ([204] * 10, True),
    "late": ([204] * 2, True),
    "never": ([], False),
    "forged": ([400] * 2, False),
    "stale": ([400] * 2, False),
}


@pytest.mark.parametrize("mode", MODES)
def test_each_way_to_tell_the_site(live_server, payment, mode):
    answers, is_paid = TOLD[mode]
    with at_the_company(live_server) as company:
        open_page(payment)
        assert control(company, "webhooks", mode=mode, delay=0.2)["mode"] == mode

        assert control(company, "pay")["payment_status"] == "paid"

        until(lambda: control(company, "show")["webhooks"]["answers"] == answers)
    assert (state_of(payment) == Payment.State.PAID) is is_paid
    assert CardEvent.objects.count() == (2 if is_paid else 0)
    assert LedgerEntry.objects.filter(what="card_paid", account="card").count() == is_paid


@pytest.mark.parametrize("fault", FAULTS)
def test_each_way_to_fail_and_once_more_it_is_one_page(live_server, payment, fault):
    with at_the_company(live_server) as company:
        control(company, "fault", fault=fault)
        with pytest.raises(CardsAwayError):
            open_page(payment)

        open_page(payment)

        shown = control(company, "show")
    assert len(shown["sessions"]) == 1
    assert shown["calls"].count("POST checkout/sessions") == 2
    assert CardAttempt.objects.count() == 1


def test_a_method_that_takes_a_while_is_paid_when_its_money_arrives(live_server, payment):
    with at_the_company(live_server) as company:
        checkout = open_page(payment)
        assert control(company, "pay-later")["payment_status"] == "unpaid"
        assert state_of(payment) == Payment.State.OPEN

        control(company, "arrive", session=checkout.id)

        assert state_of(payment) == Payment.State.PAID
        assert refusal(company, "arrive") == refusal(company, "pay") == 409


def test_declined_disputed_judged_refunded_and_paid_out(live_server, payment):
    with at_the_company(live_server) as company:
        open_page(payment)
        assert control(company, "decline")["status"] == "open"
        control(company, "pay", wallet=1)
        control(company, "refund", amount=5_000)
        control(company, "fail-refund")
        control(company, "dispute")
        assert CardAttempt.objects.get().dispute == "open"
        control(company, "judge", won=1)
        assert control(company, "pay-out")["amount"] == 19_300
        assert control(company, "fail-payout")["status"] == "failed"
        assert control(company, "show")["balance_krw"] == 19_300
    assert CardAttempt.objects.get().dispute == "won"
    assert payment.refunds.get().problem == "expired_or_canceled_card"
    assert CardEvent.objects.filter(kind="payout.failed").exists()


def test_time_goes_on_and_pages_end(live_server, payment):
    with at_the_company(live_server) as company:
        open_page(payment)

        control(company, "time", seconds=25 * 60 * 60)

        assert control(company, "show")["sessions"][0]["status"] == "expired"
    assert CardAttempt.objects.get().state == CardAttempt.State.EXPIRED


def test_what_makes_no_sense_is_refused_and_says_what_there_is(company):
    assert refusal(company, "pay") == 404
    assert refusal(company, "rob") == 404
    assert refusal(company, "webhooks", mode="sometimes") == 400
    assert refusal(company, "fault", fault="418") == 400
    assert refusal(company, "time", seconds="soon") == 400


def test_only_a_program_on_this_machine_and_only_by_post(company):
    assert refusal(company, "show", method="GET") == 403
    for headers in (
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "rebound.example:80"},
    ):
        assert refusal(company, "show", headers=headers) == 403
    assert is_from_here("127.0.0.1", {"Host": "localhost:1"})
    assert not is_from_here("192.0.2.7", {"Host": "localhost:1"})


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in
