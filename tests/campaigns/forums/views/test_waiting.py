"""From a full forum into its waiting list."""

import pytest
from bs4 import BeautifulSoup

from campaigns.forums import emails, services
from campaigns.forums.models import ForumPage, Order, WaitingEntry
from campaigns.forums.views.applying import APPLY_LIMIT, CODE_LIMIT
from home.publishing import forget_everything
from messaging.models import OutboxMessage
from tests.campaigns.forums.conftest import FORUM
from tests.campaigns.forums.participant import asked
from tests.campaigns.forums.views.conftest import is_private
from tests.campaigns.forums.views.waiting_client import TYPED, WAIT, post, send, text_of
from tests.campaigns.forums.waiter import State, assert_sound, fill, states
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def small(make_state):
    """One seat for 20,000 won with lunch."""
    state = make_state(first={"capacity": 1}, alone=True)
    forget_everything()
    return state


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


def test_nobody_tries_many_times(client, small):
    for _ in range(APPLY_LIMIT):
        send(client, small, email="x")
    assert send(client, small).status_code == 429


def test_nobody_tries_many_codes(client, small):
    for _ in range(CODE_LIMIT):
        send(client, small, code="XXXX-XXXX")
    assert send(client, small, code="XXXX-XXXX").status_code == 429
