"""The stand-in of the card company: its page, and its events in every order that has been seen."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.urls import reverse

from payments import registry
from payments.models import CardEvent, LedgerEntry, Payment
from payments.services.cards import begin_attempt, settle_checkout
from tests.factories.cards import card_company, pay_by_card
from tests.factories.payments import PURPOSE, PaymentFactory, Things
from tests.waiting import until

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def payment(monkeypatch):
    monkeypatch.setitem(registry._purposes, PURPOSE, Things().purpose())
    return PaymentFactory()


def pay(live_server, payment, mode):
    """Somebody presses 결제 성공; what the site answered to the events."""
    address = live_server.url + reverse("payments:hear-stripe")
    with card_company(address, mode) as company:
        urls = {"done_url": live_server.url + "/healthz", "back_url": live_server.url + "/healthz"}
        checkout = begin_attempt(payment, title="토론회", email="", **urls)
        with urlopen(checkout.url) as page:  # noqa: S310 (our own stand-in)
            assert "20,000원" in page.read().decode()
        with urlopen(Request(checkout.url + "/succeed", b"", method="POST")) as back:  # noqa: S310 (the same)
            assert back.status == 200
        with pytest.raises(HTTPError) as closed:
            urlopen(checkout.url)  # noqa: S310 (the same)
        assert closed.value.code == 410
        closed.value.close()
        answers = company.sender.answers
    payment.refresh_from_db()
    return answers


@pytest.mark.parametrize(("mode", "told"), [("once", 2), ("five", 10), ("shuffled", 10)])
def test_told_in_any_order_it_is_paid_once(live_server, payment, mode, told):
    assert pay(live_server, payment, mode) == [204] * told
    assert payment.state == Payment.State.PAID
    assert LedgerEntry.objects.filter(what="card_paid", account="card").count() == 1
    assert CardEvent.objects.count() == 2


def test_told_late_it_is_paid_late(live_server, payment):
    company = card_company(live_server.url + reverse("payments:hear-stripe"), "late")
    with company as stand_in:
        stand_in.sender.delay = 0.3
        pay_by_card(stand_in, payment)
        stand_in.sender.flush()
        assert stand_in.sender.answers == []
        until(lambda: len(stand_in.sender.answers) == 2)
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID


@pytest.mark.parametrize("mode", ["once", "five", "shuffled"])
def test_what_happens_at_the_companys_screen_is_told_in_any_order(live_server, payment, mode):
    address = live_server.url + reverse("payments:hear-stripe")
    with card_company(address, mode) as company:
        settle_checkout(pay_by_card(company, payment))
        refund = company.books.refund_by_hand(next(iter(company.books.intents)), 5_000)
        company.sender.flush()
        company.books.fail_refund(refund["id"])
        company.sender.flush()
        assert set(company.sender.answers) == {204}
    (row,) = payment.refunds.all()
    assert (row.state, row.problem) == ("asked", "expired_or_canceled_card")


@pytest.mark.parametrize(
    ("mode", "answers"), [("forged", [400] * 2), ("stale", [400] * 2), ("never", [])]
)
def test_what_is_not_believed_or_not_told_changes_nothing(live_server, payment, mode, answers):
    assert pay(live_server, payment, mode) == answers
    assert payment.state == Payment.State.OPEN
    assert not CardEvent.objects.exists()


def test_a_declined_card_can_be_tried_again(live_server, payment):
    with card_company() as company:
        checkout = begin_attempt(
            payment, title="토론회", email="", done_url="http://x/", back_url="http://x/"
        )
        with urlopen(Request(checkout.url + "/decline", b"", method="POST")) as page:  # noqa: S310 (our own)
            assert "카드가 거절되었습니다" in page.read().decode()
        assert company.books.session(checkout.id)["status"] == "open"
