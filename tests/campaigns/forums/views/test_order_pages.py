import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.models import ForumPage, ForumSession, Order
from payments.models import Payment, Refund
from payments.services import send_refund
from privacy.tokens import mint_token
from tests.campaigns.forums.conftest import FORUM
from tests.campaigns.forums.participant import EMAIL, NAME, asked, payment_of
from tests.campaigns.forums.views.conftest import is_private
from tests.factories.accounts import UserFactory

from .order_reading import page_of, pay, said

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PEOPLE = [NAME, "두나래", "이가온"]
ACCOUNT = {"bank": "가온은행", "account_number": "000-98-765432", "account_holder": NAME}
SAME = {"sec-fetch-site": "same-origin"}
Method = Payment.Method


def tone_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.context["shown"].headline.kicker


@pytest.mark.parametrize(("meal", "is_said"), [("점심", True), ("", False)])
def test_a_meal_is_said_only_where_a_session_has_one(client, order, address, meal, is_said):
    ForumSession.objects.update(meal=meal)
    assert all(ticket.takes_meal for ticket in order.tickets.all())

    assert ("식사함" in said(client.get(address))) == is_said


@pytest.mark.sqlite_smoke
def test_the_page_shows_where_to_send_what(client, order, address):
    response = client.get(address)

    assert is_private(response)
    told = said(response)
    for words in (
        "000-12-345678",
        "40,000",
        "토론회한가람",
        order.reference,
        NAME,
        "두나래",
        EMAIL,
    ):
        assert words in told
    assert "account-card" in response.content.decode()


def test_each_state_has_its_words(client, order, address, state, clock):
    clock.move_to(state.page.payment_due_at - timedelta(days=1))
    said_first = [tone_of(client, address)]
    Payment.objects.update(received_krw=10_000)
    said_first.append(tone_of(client, address))
    Payment.objects.update(received_krw=0)
    clock.move_to(state.page.payment_due_at)
    said_first.append(tone_of(client, address))
    services.lapse_order(str(order.public_id))
    said_first.append(tone_of(client, address))
    state.page.pools.update(capacity=0)
    pay(order)
    said_first.append(tone_of(client, address))
    services.cancel_order(order, actor="1", reason="환불")
    said_first.append(tone_of(client, address))
    refund = Refund.objects.get()
    refund.bank, refund.account_number, refund.account_holder = "가온은행", "000-1-222222", NAME
    refund.save()
    send_refund(refund, user=UserFactory())
    said_first.append(tone_of(client, address))

    assert len(set(said_first)) == 7


@pytest.mark.parametrize(
    ("method", "kicker"),
    [
        (Method.BANK_TRANSFER, "입금 확인"),
        (Method.ON_SITE, "현장 납부"),
        (Method.WAIVED, "참가비 면제"),
    ],
)
def test_how_it_was_paid_is_said(client, order, address, method, kicker):
    pay(order, method)

    response = client.get(address)

    assert "account-card" not in response.content.decode()
    assert page_of(response).select_one("h1").find_previous("p").get_text() == kicker


def test_what_is_typed_into_the_bank_can_be_copied(client, order, address):
    """One press each: the bare number, the bare amount, the name; said to who cannot see."""
    card = page_of(client.get(address)).select_one(".account-card")

    copied = {}
    for row in card.select(".account-card__row"):
        if button := row.select_one("button[data-copy]"):
            item = row.select_one("[data-copy-item]")
            text = button.get("data-copy-text") or (row.has_attr("data-copy-source") and item.text)
            copied[row.select_one("dt").get_text()] = text
            assert button.select_one(".visually-hidden").get_text().strip(": ")
            assert button["type"] == "button"
    assert list(copied.values()) == ["000-12-345678", "40000", "토론회한가람"]


def test_the_online_address_is_for_those_who_come(client, order, address):
    ForumPage.objects.update(online_url="https://meet.example/abc")
    assert "meet.example" not in said(client.get(address))

    pay(order)

    assert "meet.example" in said(client.get(address))


def test_an_order_without_money_needs_no_account(client, free_state):
    order = services.place_order(free_state, asked(free_state))

    response = client.get(emails.order_path(order))

    assert "account-card" not in response.content.decode()
    assert response.context["shown"].may_cancel


@pytest.mark.sqlite_smoke
def test_another_depositor_can_be_told(client, order, address):
    response = client.post(f"{address}depositor/", {"depositor": "(주)가온상사"}, headers=SAME)

    assert response.status_code == 303
    assert payment_of(order).depositor_name == "(주)가온상사"
    assert "(주)가온상사" in said(client.get(response.url))


@pytest.mark.parametrize("name", ["", "가" * 41, "900101-1234567"])
def test_a_depositor_that_cannot_be_is_refused(client, order, address, name):
    response = client.post(f"{address}depositor/", {"depositor": name}, headers=SAME)

    assert response.status_code == 422
    assert 'href="#id_depositor"' in response.content.decode()
    assert payment_of(order).depositor_name == "토론회한가람"


def test_a_paid_order_has_no_other_depositor(client, order, address):
    pay(order)

    client.post(f"{address}depositor/", {"depositor": "다른이름"}, headers=SAME)

    assert payment_of(order).depositor_name == "토론회한가람"


@pytest.mark.parametrize("page", ["", "depositor/", "cancel/"])
@pytest.mark.parametrize(
    ("token", "status"), [("forged", 404), ("expired", 410), ("foreign", 404), ("gone", 404)]
)
def test_a_link_that_does_not_work_says_so(client, order, page, token, status):
    subject = str(order.public_id)
    tokens = {
        "forged": lambda: "x" * 43,
        "expired": lambda: mint_token(emails.ORDER_TOKEN, subject, timedelta(0)),
        "foreign": lambda: mint_token("forums.other", subject, timedelta(days=1)),
        "gone": lambda: mint_token(
            emails.ORDER_TOKEN, "6f1f1d62-6a3e-4f0c-9f7b-3d1c0a9f3b11", timedelta(days=1)
        ),
    }

    response = client.get(f"/t/o/{tokens[token]()}/{page}")

    assert response.status_code == status
    assert is_private(response)
    assert NAME not in response.content.decode()


def test_an_order_whose_people_are_forgotten_has_no_page(client, order, address):
    empty = dict.fromkeys(
        ("name", "name_index", "email", "email_index", "phone", "phone_index", "organisation")
    )
    Order.objects.update(anonymised_at=timezone.now(), **empty)

    assert client.get(address).status_code == 404


def test_a_post_from_elsewhere_changes_nothing(client, order, address):
    away = {"sec-fetch-site": "cross-site"}

    assert client.post(f"{address}cancel/", {"who": "all-0"}, headers=away).status_code == 403
    assert Order.objects.get().status == Order.Status.WAITING


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_many_come(client, state, number):
    order = services.place_order(state, asked(state, people=PEOPLE[:number]))
    address = emails.order_path(order)
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) <= 10, "\n".join(query["sql"] for query in queries)


def test_no_person_is_named_in_the_log(client, state, address, order, caplog):
    caplog.set_level(logging.DEBUG)

    client.get(address)
    client.post(f"{address}depositor/", {"depositor": "다른사람"}, headers=SAME)
    client.get(f"{FORUM}apply/")

    for secret in (NAME, EMAIL, "다른사람", "00001234"):
        assert secret not in caplog.text


def test_the_calendar_holds_sessions_and_the_deadline(client, order, address):
    response = client.get(f"{address}calendar.ics")

    text = response.content.decode().replace("\r\n ", "")
    assert response["Content-Type"].startswith("text/calendar")
    assert is_private(response)
    assert text.count("BEGIN:VEVENT") == 2
    for words in ("40\\,000", "토론회한가람", "000-12-345678"):
        assert words in text
    pay(order)
    assert client.get(f"{address}calendar.ics").content.count(b"BEGIN:VEVENT") == 1
