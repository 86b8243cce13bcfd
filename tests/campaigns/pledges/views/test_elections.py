"""The screen of an election, and contests that are entered by hand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.defaults import DIRECTOR
from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import Contest, Election, Office
from home.network.models import Region
from tests.factories.accounts import UserFactory
from tests.factories.pledges import (
    CandidacyFactory,
    ElectionFactory,
    contest_of,
    jongno,
    waiting_list,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def staff(client):
    user = UserFactory(role=PLEDGES)
    client.force_login(user)
    return user


def address(name, *args):
    return reverse(f"pledges_{name}", args=args)


def text(response):
    return response.content.decode()


def test_it_shows_contests_lists_and_legal_days(client, staff, election):
    contest = contest_of(election)
    CandidacyFactory(contest=contest)
    waiting_list(election, staff)

    response = client.get(address("election", election.pk))

    assert response.status_code == 200
    for words in (contest.post.place, "governors.csv", "2026년\u00a05월\u00a029일"):
        assert words in text(response)


def test_an_election_without_anything_says_what_comes(client, staff, election):
    response = client.get(address("election", election.pk))

    assert "<table" in text(response)
    assert address("open_contest", election.pk) in text(response)


def test_it_costs_the_same_for_many_contests(client, staff, election):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("election", election.pk)).status_code == 200
        return len(queries)

    contest_of(election)
    client.get(address("election", election.pk))
    one = cost()
    for number in range(4):
        contest_of(election, Office.CITY_COUNCIL, jongno(), f"종로구{number}선거구")
    assert cost() == one


def test_a_director_looks_and_changes_nothing(client, election):
    contest = contest_of(election)
    client.force_login(UserFactory(role=DIRECTOR))

    shown = text(client.get(address("election", election.pk)))

    assert contest.post.place in shown
    assert "<input" not in shown.split("<main", 1)[1]
    for name, args in (("open_contest", [election.pk]), ("contest", [election.pk, contest.pk])):
        assert client.get(address(name, *args)).status_code == 302


def test_strangers_see_nothing(client, election):
    client.force_login(UserFactory(role="조정자"))

    assert client.get(address("election", election.pk)).status_code == 302
    assert client.get(reverse("elections:index")).status_code == 302


def test_an_election_is_entered_once(client, staff):
    values = {"kind": "local", "name": "지방선거", "vote_on": "2030-06-05", "source": "선관위"}

    client.post(reverse("elections:add"), values)
    again = client.post(reverse("elections:add"), values)

    assert Election.objects.get().commission_id == "20300605"
    assert again.status_code == 200
    assert "error-message" in text(again)


def test_elections_are_listed(client, staff, election):
    shown = text(client.get(reverse("elections:index")))

    assert address("election", election.pk) in shown


def test_an_election_with_contests_stays(client, staff, election):
    contest_of(election)

    client.post(reverse("elections:delete", args=[election.pk]))

    assert Election.objects.exists()


def test_a_contest_is_added_by_hand(client, staff, election):
    region = Region.objects.get(name="종로구")
    values = {"office": "city_council", "region": region.pk, "district_name": "종로구 가선거구"}

    response = client.post(address("open_contest", election.pk), values)

    contest = Contest.objects.get()
    assert response.url == address("contest", election.pk, contest.pk)
    assert contest.post.district_name == "종로구가선거구"
    client.post(address("open_contest", election.pk), values)
    assert Contest.objects.count() == 1


def test_a_contest_needs_its_region(client, staff, election):
    response = client.post(address("open_contest", election.pk), {"office": "mayor"})

    assert response.status_code == 422
    assert not Contest.objects.exists()


def test_a_by_election_says_why_and_in_place_of_what(client, staff, election):
    before = contest_of(ElectionFactory(vote_on="2022-06-01"))
    contest = contest_of(election)
    values = {
        "seats": "1",
        "status": "planned",
        "by_election_reason": "당선무효",
        "replaces": before.pk,
    }

    response = client.post(address("contest", election.pk, contest.pk), values)

    assert response.url == address("election", election.pk)
    contest.refresh_from_db()
    assert (contest.by_election_reason, contest.replaces) == ("당선무효", before)


def test_a_contest_has_a_seat(client, staff, election):
    contest = contest_of(election)

    response = client.post(
        address("contest", election.pk, contest.pk), {"seats": "0", "status": "planned"}
    )

    assert response.status_code == 422


def test_a_contest_of_another_election_is_not_there(client, staff, election):
    other = contest_of(ElectionFactory(vote_on="2022-06-01"))

    assert client.get(address("contest", election.pk, other.pk)).status_code == 404
