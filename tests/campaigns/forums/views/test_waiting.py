"""The way of somebody who waits: the form of the list, the page behind the link, each button."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.forums import emails, services
from campaigns.forums.models import ForumPage, Order, WaitingEntry
from campaigns.forums.views.applying import APPLY_LIMIT, CODE_LIMIT
from home.publishing import forget_everything
from messaging.models import OutboxMessage
from tests.campaigns.forums.conftest import FORUM
from tests.campaigns.forums.participant import asked
from tests.campaigns.forums.views.conftest import is_private
from tests.campaigns.forums.waiter import State, assert_sound, fill, join, states
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WAIT = f"{FORUM}wait/"
TYPED = {
    "name": "두나래",
    "phone": "010-0000-5678",
    "email": "narae@mail.example",
    "people": "1",
    "form_key": "6f1f1d62-6a3e-4f0c-9f7b-3d1c0a9f3b12",
}


@pytest.fixture
def small(make_state):
    """One seat for 20,000 won with lunch."""
    state = make_state(first={"capacity": 1}, alone=True)
    forget_everything()
    return state


@pytest.fixture
def offered(small):
    """Somebody for whom the only seat is held."""
    [order] = fill(small)
    entry = join(small)
    services.cancel_order(order)
    entry.refresh_from_db()
    return entry


def post(client, address, fields=(), **changes):
    return client.post(
        address, {**dict(fields), **changes}, headers={"sec-fetch-site": "same-origin"}
    )


def send(client, state, **changes):
    public = [str(session.pk) for session in state.sessions if session.is_public]
    return post(client, WAIT, {**TYPED, "sessions": public}, **changes)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.mark.sqlite_smoke
def test_from_the_full_forum_to_the_ticket(client, small):
    [order] = fill(small)
    assert f'href="{WAIT}"' in client.get(FORUM).content.decode()
    assert client.get(WAIT).status_code == 200

    answer = send(client, small)

    assert answer.status_code == 200
    assert "narae@mail.example" in text_of(answer)
    entry = WaitingEntry.objects.get()
    address = emails.waiting_path(entry)
    page = client.get(address)
    assert is_private(page)
    assert "1번째" in text_of(page)
    services.cancel_order(order)
    offer = client.get(address)
    assert "자리를 잡아 두었습니다" in text_of(offer)
    assert "20,000" in text_of(offer)
    answer = post(client, f"{address}accept/", meal="yes")
    assert answer.status_code == 303
    assert "000-12-345678" in text_of(client.get(answer.url))
    assert states(entry) == [State.TAKEN]
    again = post(client, f"{address}accept/")
    assert again.status_code == 303
    assert Order.objects.holding().count() == 1
    assert_sound()


def test_a_phone_shows_at_most_six_inputs(client, small):
    page = BeautifulSoup(client.get(WAIT).content, "html.parser")
    seen = [
        field["name"]
        for field in page.select("#wait input, #wait select, #wait textarea")
        if field.get("type") != "hidden" and not field.find_parent(class_="visually-hidden")
    ]

    assert sorted(seen) == ["email", "name", "organisation", "people", "phone", "sessions"]


def test_what_was_typed_to_register_is_not_typed_again(client, small):
    fill(small)
    typed = {**TYPED, "people": "3", "wait": "1"}

    answer = post(client, WAIT, typed)

    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("#id_name")["value"] == "두나래"
    assert page.select_one("#id_email")["value"] == "narae@mail.example"
    assert page.select_one("#id_people option[selected]")["value"] == "3"
    assert page.select_one("input[name=sessions][checked]")
    assert not WaitingEntry.objects.exists()


def test_the_form_of_registration_leads_to_the_list(client, small):
    assert b'name="wait"' not in client.get(f"{FORUM}apply/").content
    fill(small)

    assert f'formaction="{WAIT}"' in client.get(f"{FORUM}apply/").content.decode()


def test_a_second_time_changes_nothing_and_looks_the_same(client, small):
    fill(small)
    first = send(client, small)
    again = send(client, small)
    other = send(client, small, form_key="")

    assert first.content == again.content == other.content
    assert WaitingEntry.objects.count() == 1
    assert OutboxMessage.objects.filter(purpose=emails.LIST_JOINED).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "narae"),
        ("phone", "12"),
        ("people", "11"),
        ("sessions", []),
        ("sessions", ["999999"]),
        ("homepage", "https://spam.example"),
        ("organisation", "가" * 81),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(client, small, field, value):
    answer = send(client, small, **{field: value})

    assert answer.status_code == 422
    assert "narae" in answer.content.decode()
    assert not WaitingEntry.objects.exists()


def test_more_people_than_seats_cannot_wait(client, small):
    answer = send(client, small, people="2")

    assert answer.status_code == 409
    assert "자리 수보다" in text_of(answer)
    assert not WaitingEntry.objects.exists()


@pytest.mark.parametrize("how", [{"takes_waiting": False}, {"change": "postponed"}])
def test_a_list_that_is_closed_takes_nobody(client, small, how):
    known = services.state_of(small.page)
    ForumPage.objects.filter(pk=small.page.pk).update(**how)
    services.forum_state(FORUM)  # As another process still knows it.

    answer = send(client, known)
    forget_everything()

    assert answer.status_code == 409
    assert b'id="wait"' not in client.get(WAIT).content
    assert WAIT not in client.get(FORUM).content.decode()


def test_a_forum_that_is_not_there_has_no_list(client, small):
    assert client.get("/campaigns/basic-act/nothing/wait/").status_code == 404


def test_another_site_cannot_join(client, small):
    answer = client.post(WAIT, TYPED, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403


def test_an_organisations_people_wait_behind_their_code(client, state):
    forget_everything()
    code = InvitationFactory(forum=state.page, seats=1)
    told = {"sessions": ["2부"], "invitation": code, "phone": ""}
    services.place_order(state, asked(state, **told))
    closed = str(next(s.pk for s in state.sessions if not s.is_public))

    assert send(client, state, sessions=[closed]).status_code == 422
    assert send(client, state, sessions=[closed], code="XXXX-XXXX").status_code == 422
    answer = send(client, state, sessions=[closed], code=code.code)

    assert answer.status_code == 200
    assert WaitingEntry.objects.get().invitation == code


def test_a_code_that_has_no_seats_opens_no_line(client, state):
    forget_everything()
    code = InvitationFactory(forum=state.page)
    code.pools.all().delete()
    closed = str(next(s.pk for s in state.sessions if not s.is_public))

    answer = send(client, state, sessions=[closed], code=code.code)

    assert answer.status_code == 409
    assert "초대 번호" in text_of(answer)


def test_the_last_hour_is_told_in_minutes(client, offered, clock):
    clock.move_to(offered.offer_until - timedelta(minutes=30))

    assert "30분 남음" in text_of(client.get(emails.waiting_path(offered)))


def test_nobody_tries_many_times(client, small):
    for _ in range(APPLY_LIMIT):
        send(client, small, email="x")
    assert send(client, small).status_code == 429


def test_nobody_tries_many_codes(client, small):
    for _ in range(CODE_LIMIT):
        send(client, small, code="XXXX-XXXX")
    assert send(client, small, code="XXXX-XXXX").status_code == 429


def test_declining_passes_on_at_once(client, small, offered):
    second = join(small, number=2)
    address = emails.waiting_path(offered)

    answer = post(client, f"{address}decline/")

    assert answer.status_code == 303
    assert states(offered, second) == [State.DECLINED, State.OFFERED]
    assert "사양" in text_of(client.get(address))
    assert post(client, f"{address}decline/").status_code == 303
    assert post(client, f"{address}accept/", meal="yes").url == address


def test_leaving_and_after_that_declining(client, small):
    fill(small)
    entry = join(small)
    address = emails.waiting_path(entry)

    assert post(client, f"{address}leave/").status_code == 303
    assert states(entry) == [State.LEFT]
    assert post(client, f"{address}decline/").status_code == 303
    assert states(entry) == [State.LEFT]


@pytest.mark.parametrize("button", ["accept", "decline", "leave"])
def test_opening_an_address_changes_nothing(client, offered, button):
    address = emails.waiting_path(offered)

    assert client.get(f"{address}{button}/").url == address
    assert states(offered) == [State.OFFERED]


def test_a_party_may_be_smaller_when_it_comes(client, make_state):
    state = make_state(first={"capacity": 3, "fee_krw": 0, "meal": ""}, alone=True)
    forget_everything()
    three = join(state, people=3)
    single = join(state, number=2)
    address = emails.waiting_path(three)
    assert b'name="name_3"' in client.get(address).content

    answer = post(client, f"{address}accept/", name_2="세미르", name_3="")

    assert answer.status_code == 303
    names = [ticket.name for ticket in Order.objects.get().tickets.order_by("number")]
    assert names == ["두나래", "세미르"]
    assert states(three, single) == [State.TAKEN, State.OFFERED]
    assert_sound()


def test_a_name_that_is_none_is_said(client, make_state):
    state = make_state(first={"capacity": 2, "fee_krw": 0, "meal": ""}, alone=True)
    entry = join(state, people=2)

    answer = post(client, f"{emails.waiting_path(entry)}accept/", name_2="900101-1234567")

    assert answer.status_code == 422
    assert states(entry) == [State.OFFERED]


def test_meals_may_be_gone(client, make_state):
    state = make_state(first={"capacity": 1, "meal_capacity": 0}, alone=True)
    entry = join(state)
    address = emails.waiting_path(entry)

    refused = post(client, f"{address}accept/", meal="yes")

    assert refused.status_code == 409
    assert states(entry) == [State.OFFERED]
    assert post(client, f"{address}accept/", meal="no").status_code == 303
    assert_sound()


def test_a_representative_of_another_organisation_is_refused(client, state):
    ours, theirs = InvitationFactory(forum=state.page), InvitationFactory(forum=state.page)
    entry = join(state, sessions=["2부"], invitation=ours, number=1)
    told = {"sessions": ["2부"], "invitation": theirs, "email": entry.email}
    services.place_order(state, asked(state, **told))

    answer = post(client, f"{emails.waiting_path(entry)}accept/")

    assert answer.status_code == 409
    assert states(entry) == [State.OFFERED]
    assert_sound()


def test_an_offer_of_yesterday_takes_nothing(client, offered, clock):
    address = emails.waiting_path(offered)
    clock.move_to(offered.offer_until)

    assert post(client, f"{address}accept/", meal="yes").url == address
    assert "기한" in text_of(client.get(address))
    assert states(offered) == [State.OFFERED]  # The job passes it on within a minute.


def test_a_postponed_forum_keeps_the_place(client, offered):
    ForumPage.objects.filter(pk=offered.forum_id).update(change="postponed")
    address = emails.waiting_path(offered)

    assert "연기" in text_of(client.get(address))
    assert post(client, f"{address}accept/", meal="yes").status_code == 409


def test_seats_on_offer_are_not_told_as_free(client, offered):
    answer = client.get(f"{FORUM}seats.json").json()

    assert answer["sessions"][0]["left"] == 0


@pytest.mark.parametrize("others", [1, 3])
def test_a_page_asks_as_often_however_many_wait(client, small, others):
    fill(small)
    for number in range(others):
        join(small, number=number)
    entry = join(small, number=9)
    address = emails.waiting_path(entry)
    client.get(address)

    for url, most in ((address, 8), (WAIT, 6)):
        client.get(url)
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(url).status_code == 200
        assert len(asked_for) <= most, [q["sql"][:120] for q in asked_for]
