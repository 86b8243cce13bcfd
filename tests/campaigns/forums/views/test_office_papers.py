"""Bank book and certificate stand on an organisation's page once they are set up; else nowhere."""

import re

import pytest
from bs4 import BeautifulSoup

from campaigns.forums import emails
from campaigns.forums.models import ForumPage, Order
from payments.models import BankAccount, OfficePaper
from payments.services.papers import approve_paper, send_in_paper
from tests.campaigns.forums.views.conftest import is_private
from tests.factories.accounts import UserFactory
from tests.factories.orders import make_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
BANKBOOK, NUMBER = OfficePaper.Kind
BILLS = ["registration", "estimate", "bill"]


@pytest.fixture
def order(forum):
    order = make_order(forum)
    Order.objects.filter(pk=order.pk).update(organisation="누리협동조합")
    order.refresh_from_db()
    return order


@pytest.fixture
def address(order):
    return emails.order_path(order)


@pytest.fixture
def set_up(order):
    """Both papers, approved."""
    sender, approver = UserFactory(), UserFactory()
    for kind, account in ((BANKBOOK, BankAccount.objects.get()), (NUMBER, None)):
        paper = send_in_paper(kind, account=account, content=PDF, user=sender)
        approve_paper(paper, user=approver)


def listed(client, address):
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    return [re.search(r"papers/(\w+)", link["href"])[1] for link in soup.select(".papers a")]


def is_sent_back(client, address, kind):
    response = client.get(f"{address}papers/{kind}.pdf")
    return (response.status_code, response.get("Location")) == (303, address)


def test_what_is_not_set_up_is_not_shown(client, address):
    assert listed(client, address) == BILLS
    assert is_sent_back(client, address, BANKBOOK)
    assert is_sent_back(client, address, NUMBER)


@pytest.mark.sqlite_smoke
def test_an_organisation_gets_both_beside_estimate_and_bill(client, address, set_up):
    assert listed(client, address) == [*BILLS, BANKBOOK, NUMBER]

    response = client.get(f"{address}papers/bankbook.pdf")

    assert b"".join(response.streaming_content) == PDF
    assert is_private(response)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_who_pays_for_themselves_is_offered_none(client, order, address, set_up):
    Order.objects.filter(pk=order.pk).update(organisation=None)

    assert listed(client, address) == ["registration"]
    assert is_sent_back(client, address, BANKBOOK)


def test_a_forum_without_bills_gives_out_none(client, address, set_up):
    ForumPage.objects.update(issues_papers=False)

    assert listed(client, address) == ["registration"]
    assert is_sent_back(client, address, NUMBER)


def test_once_the_account_is_another_the_old_copy_is_gone(client, address, set_up):
    BankAccount.objects.update(number="999-99-999999")

    assert listed(client, address) == [*BILLS, NUMBER]
    assert is_sent_back(client, address, BANKBOOK)


@pytest.mark.parametrize("path", ["/t/o/nothing/papers/bankbook.pdf", "/documents/1/bankbook.pdf"])
def test_no_other_address_leads_there(client, set_up, path):
    assert client.get(path).status_code == 404


def test_the_page_asks_for_them_once(client, address, set_up, django_assert_max_num_queries):
    client.get(address)

    with django_assert_max_num_queries(12):
        client.get(address)
