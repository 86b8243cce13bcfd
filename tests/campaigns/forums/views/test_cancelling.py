"""Cancelling: what goes back is shown before, and asked for by pressing."""

import pytest

from campaigns.forums.models import Order, Ticket
from payments.models import Payment, Refund
from tests.campaigns.forums.participant import NAME, taken
from tests.campaigns.forums.views.conftest import is_private

from .order_reading import pay, said

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PEOPLE = [NAME, "두나래", "이가온"]
ACCOUNT = {"bank": "가온은행", "account_number": "000-98-765432", "account_holder": NAME}
SAME = {"sec-fetch-site": "same-origin"}
Method = Payment.Method


@pytest.mark.sqlite_smoke
def test_the_refund_is_shown_before_and_asked_for_by_pressing(client, order, address, state):
    pay(order)
    page = client.get(f"{address}cancel/")
    assert page.status_code == 200
    assert Order.objects.get().status == Order.Status.CONFIRMED
    assert said(page).count("20,000") == 2
    assert "40,000" in said(page)
    assert is_private(page)

    answer = client.post(f"{address}cancel/", {"who": "all-40000", **ACCOUNT}, headers=SAME)

    assert answer.status_code == 303
    assert Refund.objects.get().amount_krw == 40_000
    assert taken(state) == 0
    assert "000-98-765432" not in said(client.get(answer.url))


def test_one_of_several_can_be_taken_out(client, order, address, state):
    pay(order)

    client.post(f"{address}cancel/", {"who": "2-20000", **ACCOUNT}, headers=SAME)

    assert taken(state) == 1
    assert Ticket.objects.get(cancelled_at=None).name == NAME


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"who": ""}, "id_who"),
        ({"who": "all-40001"}, "id_who"),
        ({"bank": ""}, "id_bank"),
        ({"account_number": "열두자리"}, "id_account_number"),
        ({"account_number": ""}, "id_account_number"),
        ({"account_holder": ""}, "id_account_holder"),
    ],
)
def test_a_refund_without_an_account_is_not_asked_for(client, order, address, change, told):
    pay(order)

    sent = {"who": "all-40000", **ACCOUNT, **change}
    response = client.post(f"{address}cancel/", sent, headers=SAME)

    assert response.status_code == 422
    assert f'href="#{told}"' in response.content.decode()
    assert Order.objects.get().status == Order.Status.CONFIRMED


def test_no_account_is_asked_for_where_nothing_goes_back(client, order, address):
    assert 'name="bank"' not in client.get(f"{address}cancel/").content.decode()

    assert client.post(f"{address}cancel/", {"who": "all-0"}, headers=SAME).status_code == 303
    assert Order.objects.get().status == Order.Status.CANCELLED


def test_cancelling_twice_leads_back_to_the_page(client, order, address):
    for _ in range(2):
        response = client.post(f"{address}cancel/", {"who": "all-0"}, headers=SAME)
        assert response.status_code == 303
    assert client.get(f"{address}cancel/").status_code == 303
