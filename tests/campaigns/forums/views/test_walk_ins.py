"""The form at the door: the least that is needed, nothing lost, nothing twice."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.forums import services
from campaigns.forums.models import CheckIn, Order
from payments.models import Payment
from tests.campaigns.forums.participant import asked, payment_of, taken
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WALK_IN = "/door/walk-in/"


def let_in(client, state):
    raw = services.make_door(state.page, "1층 입구", user=UserFactory())[1]
    client.post(f"/t/b/{raw}/")
    return client


@pytest.fixture
def phone(client, state):
    return let_in(client, state)


def form_key(phone):
    return re.search(r'name="form_key" value="([^"]+)"', phone.get(WALK_IN).content.decode())[1]


def typed(browser, state, **told):
    first = state.sessions[0].pk
    known = {"session": first, "sessions": [first], "name": "강하늘", "paid": "on", "meal": "yes"}
    return {"form_key": form_key(browser), **known, **told}


def post(browser, state, **told):
    response = browser.post(WALK_IN, typed(browser, state, **told))
    return response, response.content.decode()


def test_the_form_asks_for_little_and_says_why(phone, state):
    response = phone.get(WALK_IN)
    text = response.content.decode()

    required = re.findall(r'<input[^>]* name="(\w+)"[^>]*required', text)
    assert required == ["name"]
    assert 'class="notice' in text
    assert "no-store" in response["Cache-Control"]
    assert f'value="{state.sessions[0].pk}"' in text
    assert f'value="{state.sessions[1].pk}"' not in text  # For members: the office enters them.


def test_who_is_not_registered_is_in_after_one_press(phone, state):
    response, text = post(phone, state, organisation="가온연합회")

    assert response.status_code == 200
    assert CheckIn.objects.get().seat.ticket.name == "강하늘"
    assert all(told in text for told in ("강하늘", "가온연합회", "점심", "20,000원", "1 / 1"))
    assert payment_of(Order.objects.get()).state == Payment.State.PAID


def test_a_double_tap_is_one_person(phone, state):
    told = typed(phone, state)

    pages = [BeautifulSoup(phone.post(WALK_IN, told).content, "html.parser") for _ in range(2)]

    assert Order.objects.count() == CheckIn.objects.count() == Payment.objects.count() == 1
    shown = [page.select("[data-door-told] .alert--success") for page in pages]
    assert [len(found) for found in shown] == [1, 1]


def test_without_the_fee_nobody_comes_in_and_nothing_is_lost(phone, state):
    response, text = post(phone, state, paid="", phone="010-0000-1234")

    assert response.status_code == 422
    assert not Order.objects.exists()
    assert all(told in text for told in ("강하늘", "010-0000-1234", "20,000"))


@pytest.mark.parametrize(
    "told",
    [
        {"name": ""},
        {"name": "900101-1234567"},
        {"sessions": []},
        {"sessions": ["999999"]},
        {"sessions": ["x"]},
        {"email": "x"},
        {"phone": "1"},
        {"organisation": "가" * 81},
    ],
)
def test_bad_input_is_told_and_kept(phone, state, told):
    response, text = post(phone, state, **told)

    assert response.status_code == 422
    assert "error-summary" in text
    assert not Order.objects.exists()


def test_for_a_later_session_it_is_told_that_nobody_is_in_yet(client, make_state):
    state = make_state(second={"audience": "public", "seats_per_organisation": None})
    _response, text = post(let_in(client, state), state, sessions=[state.sessions[1].pk])

    assert "alert--info" in text
    assert "강하늘" in text
    assert not CheckIn.objects.exists()


def test_members_sessions_cannot_be_had_by_writing_their_number(phone, state):
    assert post(phone, state, sessions=[state.sessions[1].pk])[0].status_code == 422
    assert not Order.objects.exists()


def test_a_full_forum_says_whom_to_ask(client, make_state):
    state = make_state(first={"capacity": 1})
    phone = let_in(client, state)
    told = typed(phone, state, name="김늦음")
    services.place_order(state, asked(state))

    refused = phone.post(WALK_IN, told)
    page = phone.get(WALK_IN).content.decode()

    assert refused.status_code == 409
    assert all("alert--warning" in text for text in (refused.content.decode(), page))
    assert "<form" not in page
    assert taken(state) == 1


def test_seats_that_went_while_somebody_typed_lose_no_word(client, make_state):
    """Another session is still free."""
    second = {"audience": "public", "seats_per_organisation": None}
    state = make_state(first={"capacity": 1}, second=second)
    phone = let_in(client, state)
    told = typed(phone, state)
    services.place_order(state, asked(state, sessions=["1부"]))

    response = phone.post(WALK_IN, told)

    assert response.status_code == 409
    assert "강하늘" in response.content.decode()


def test_without_a_meal_left_somebody_still_comes_in(client, make_state):
    state = make_state(first={"meal_capacity": 1})
    phone = let_in(client, state)
    services.place_order(state, asked(state))

    refused, _text = post(phone, state)
    taken_in, _text = post(phone, state, meal="no")

    assert (refused.status_code, taken_in.status_code) == (409, 200)
    assert CheckIn.objects.count() == 1


def test_only_an_enrolled_phone_enters_people(client, state):
    assert client.get(WALK_IN).status_code == 403
    assert client.post(WALK_IN, {"name": "강하늘"}).status_code == 403


def test_another_site_cannot_enter_anybody(phone, state):
    told = typed(phone, state)

    assert phone.post(WALK_IN, told, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Order.objects.exists()


def test_it_costs_the_same_however_many_came(phone, state):
    counts = []
    for number in range(4):
        told = typed(phone, state, name=f"참가{'가나다라'[number]}")
        with CaptureQueriesContext(connection) as queries:
            phone.post(WALK_IN, told)
        asked_now = [query["sql"] for query in queries.captured_queries]
        # Once a second a process looks whether something was published.
        counts.append(len([sql for sql in asked_now if "publicversion" not in sql]))

    assert Order.objects.count() == 4
    assert counts[1] == counts[2] == counts[3] <= 50


def test_who_came_to_the_door_stands_among_the_registrations(phone, state):
    post(phone, state)
    phone.force_login(UserFactory(role="행사 담당"))

    page = phone.get("/admin/registrations/").content.decode()

    assert Order.objects.get().reference in page
    assert f"20,000원 · {Payment.State.PAID.label}" in page
