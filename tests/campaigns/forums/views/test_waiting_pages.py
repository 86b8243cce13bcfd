"""The page behind the link of who waits, and each of its buttons."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.forums import emails, services
from campaigns.forums.models import ForumPage, Order
from home.publishing import forget_everything
from tests.campaigns.forums.conftest import FORUM
from tests.campaigns.forums.participant import asked
from tests.campaigns.forums.views.waiting_client import WAIT, post, text_of
from tests.campaigns.forums.waiter import State, assert_sound, fill, join, states
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


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


def test_the_page_says_for_how_many_a_meal_is_held(client, make_state):
    first = {"capacity": 4, "fee_krw": 0, "meal_capacity": 2}
    state = make_state(first=first, alone=True)
    pair, single = join(state, number=1, people=2), join(state, number=2)

    shown = [client.get(emails.waiting_path(entry)) for entry in (pair, single)]

    assert "2명분을 잡아 두었습니다" in shown[0].content.decode()
    assert "남은 식사가 없습니다" in shown[1].content.decode()
    assert [page.context["form"]["meal"].value() for page in shown] == ["yes", "no"]


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


def test_the_last_hour_is_told_in_minutes(client, offered, clock):
    clock.move_to(offered.offer_until - timedelta(minutes=30))

    assert "30분 남음" in text_of(client.get(emails.waiting_path(offered)))
