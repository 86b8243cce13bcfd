import re

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.models import CheckIn, ForumPage, Seat, Ticket
from campaigns.forums.services.papers import Kind, paper_number
from tests.campaigns.forums.participant import NAME
from tests.campaigns.forums.views.conftest import is_private
from tests.factories.forums import ForumPageFactory
from tests.factories.orders import make_confirmed_order, make_order
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SAME = {"sec-fetch-site": "same-origin"}
NOWHERE = "/t/e/nothing/"


@pytest.fixture
def forum(campaign_page):
    page = ForumPageFactory(parent=campaign_page, slug="forum", online_url="https://meet.example/a")
    return publish(page)


@pytest.fixture
def order(forum):
    return make_confirmed_order(forum, people=(NAME, "두나래"))


@pytest.fixture
def ticket(order):
    return order.tickets.get(number=2)


@pytest.fixture
def address(ticket):
    return emails.ticket_path(ticket)


@pytest.fixture
def orders_address(order):
    return emails.order_path(order)


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def come_in(ticket):
    for seat in Seat.objects.filter(ticket=ticket):
        CheckIn.objects.create(seat=seat, checked_in_at=timezone.now())


@pytest.mark.sqlite_smoke
def test_a_ticket_shows_what_the_door_needs(client, ticket, address):
    response = client.get(address)

    assert is_private(response)
    page = page_of(response)
    assert page.select_one(".ticket__name").text == "두나래"
    letters = page.select_one(".ticket__letters").contents[-1]
    assert letters.replace("-", "") == ticket.code
    qr = page.select_one(".qr")
    assert (qr["role"], letters in qr["aria-label"]) == ("img", True)
    assert qr.select_one("svg path")
    assert not page.select("[style], script:not([src]):not([type='application/ld+json'])")
    told = page.get_text()
    for words in ("특별 토론회", "서울 한마당회관", "점심", "https://meet.example/a"):
        assert words in told
    assert NAME not in told  # the others of the order are not this person's affair


@pytest.mark.parametrize("sessions", [1, 3])
def test_looking_at_it_costs_the_same(
    client, forum, address, ticket, sessions, django_assert_max_num_queries
):
    other = forum.sessions.get(part="2부")
    for number in range(sessions - 1):
        other.pk, other.title = None, f"순서 {number}"
        other.save()
        Seat.objects.create(ticket=ticket, session=other, price_krw=0)
    client.get(address)

    with django_assert_max_num_queries(5):
        client.get(address)


def test_before_the_deposit_it_says_so(client, forum):
    ticket = make_order(forum).tickets.get()

    told = page_of(client.get(emails.ticket_path(ticket))).get_text()

    assert "https://meet.example/a" not in told
    assert page_of(client.get(emails.ticket_path(ticket))).select_one(".ticket__state--warning")


@pytest.mark.parametrize("void", [services.cancel_order, lambda _order: call_off()])
def test_a_void_ticket_shows_no_code(client, order, ticket, address, void):
    services.cancel_order(order, actor="1") if void is services.cancel_order else void(order)

    response = client.get(address)

    assert page_of(response).select_one(".ticket__state--danger")
    assert not page_of(response).select(".qr")
    assert ticket.code not in response.content.decode().replace("-", "")
    assert client.get(f"{address}ticket.pdf").status_code == 303
    assert "STATUS:CANCELLED" in client.get(f"{address}ticket.ics").content.decode()


def call_off():
    ForumPage.objects.update(change=ForumPage.Change.CANCELLED)


def test_it_can_be_taken_along(client, address):
    pdf = client.get(f"{address}ticket.pdf")
    content = b"".join(pdf.streaming_content)
    assert (pdf["Content-Type"], content[:4]) == ("application/pdf", b"%PDF")
    assert b"pdfuaid" in content
    assert is_private(pdf)

    ics = client.get(f"{address}ticket.ics").content.decode()
    assert ics.count("BEGIN:VEVENT") == 1
    assert "X-WR-TIMEZONE:Asia/Seoul" in ics
    assert "https://meet.example/a" in ics.replace("\r\n ", "")


def test_who_came_in_gets_a_proof(client, ticket, address):
    assert client.get(f"{address}attendance.pdf").status_code == 303
    come_in(ticket)

    assert "attendance.pdf" in client.get(address).content.decode()
    content = b"".join(client.get(f"{address}attendance.pdf").streaming_content)

    assert content.startswith(b"%PDF")


@pytest.mark.parametrize("tail", ["", "ticket.pdf", "ticket.ics", "attendance.pdf"])
def test_a_forged_link_leads_nowhere(client, home_page, tail):
    assert client.get(f"{NOWHERE}{tail}").status_code == 404


def test_the_order_hands_out_a_link_of_its_own(client, ticket, orders_address):
    press = f"{orders_address}tickets/2/"
    assert client.get(press)["Location"] == orders_address
    assert client.post(press, headers={"sec-fetch-site": "cross-site"}).status_code == 403

    response = client.post(press, headers=SAME)

    assert (response.status_code, response["Location"][:5]) == (303, "/t/e/")
    assert "두나래" in client.get(response["Location"]).content.decode()
    assert client.post(f"{orders_address}tickets/9/", headers=SAME)["Location"] == orders_address


@pytest.mark.sqlite_smoke
def test_somebody_else_comes(client, ticket, address, orders_address):
    press = f"{orders_address}attendees/2/"
    assert press in client.get(orders_address).content.decode()
    assert client.get(press).status_code == 200
    empty = client.post(press, {"name": ""}, headers=SAME)
    assert (empty.status_code, Ticket.objects.get(pk=ticket.pk).name) == (422, "두나래")

    response = client.post(press, {"name": "이새봄", "meal_note": "채식"}, headers=SAME)

    assert response["Location"] == f"{orders_address}?told=attendee"
    told = client.get(response["Location"]).content.decode()
    assert "이새봄" in told
    assert "두나래" not in told
    assert client.get(address).status_code == 404  # The old link is worth nothing.


def test_too_late_for_somebody_else(client, ticket, orders_address):
    come_in(ticket)

    press = f"{orders_address}attendees/2/"
    assert press not in client.get(orders_address).content.decode()
    assert client.post(press, {"name": "이새봄"}, headers=SAME)["Location"] == orders_address
    assert Ticket.objects.get(pk=ticket.pk).name == "두나래"


def test_the_order_lists_the_papers_that_there_are(client, orders_address):
    page = page_of(client.get(orders_address))
    kinds = [re.search(r"papers/(\w+)", link["href"])[1] for link in page.select(".papers a")]
    assert kinds == ["registration"]

    paper = client.get(f"{orders_address}papers/registration.pdf")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    for kind in ("receipt", "bill", "nothing"):
        response = client.get(f"{orders_address}papers/{kind}.pdf")
        assert (response.status_code, response["Location"]) == (303, orders_address)


def test_anybody_can_check_a_paper(client, order):
    number = paper_number(Kind.REGISTRATION, order)

    response = client.get("/verify/", {"number": number})

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    told = page_of(response).get_text()
    assert "한*람" in told
    assert NAME not in told
    assert client.get("/verify/", {"number": "2222-2222-2222-2222"}).status_code == 404
    assert page_of(client.get("/verify/")).select_one("#id_number")

    services.cancel_order(order, actor="1")
    void = page_of(client.get("/verify/", {"number": number}))
    assert void.select_one(".alert--warning")
