"""The list of candidates, and what staff do with one."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import Candidacy, Office
from campaigns.pledges.viewsets.candidacies import readable_candidacies
from home.network.models import Region
from tests.factories.accounts import UserFactory
from tests.factories.home import RegionFactory
from tests.factories.pledges import (
    DAY,
    SOURCE,
    CandidacyFactory,
    ElectionFactory,
    contest_of,
    jongno,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
Status = Candidacy.Status
PROOF = {"changed_on": "2026-05-15", "source": SOURCE}


@pytest.fixture(autouse=True)
def _day_of_the_list(clock):
    clock.move_to("2026-05-20 03:00:00")


@pytest.fixture
def staff(client):
    user = UserFactory(role=PLEDGES)
    client.force_login(user)
    return user


@pytest.fixture
def candidacy(staff, election):
    return CandidacyFactory(contest=contest_of(election))


def address(name, *args):
    return reverse(f"candidacies:{name}", args=args)


def text(response):
    return response.content.decode()


def test_the_list_is_filtered_and_searched(client, candidacy, election):
    other = contest_of(election, Office.MAYOR, jongno())
    CandidacyFactory(contest=other, name="남궁바다", status=Status.WITHDRAWN, missing_since=DAY)
    seoul, old = Region.objects.get(code="11"), ElectionFactory(vote_on="2022-06-01")
    found = {
        "": {"한가람", "남궁바다"},
        f"election={election.pk}": {"한가람", "남궁바다"},
        f"election={old.pk}": set(),
        "office=mayor": {"남궁바다"},
        f"province={seoul.pk}": {"한가람", "남궁바다"},
        "status=withdrawn": {"남궁바다"},
        "missing=on": {"남궁바다"},
        "q=한가": {"한가람"},
    }

    for query, names in found.items():
        shown = text(client.get(f"{address('index')}?{query}"))
        rows = Candidacy.objects.all()
        assert {row.name for row in rows if address("inspect", row.pk) in shown} == names, query


def test_a_longer_list_costs_no_more(client, candidacy, election):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(address("index"))
        return len(queries)

    client.get(address("index"))
    one = cost()
    for number in range(3):
        CandidacyFactory(contest=candidacy.contest, name=f"사람{number}")
    assert cost() == one


def test_a_new_state_is_entered_with_its_source(client, candidacy):
    shown = text(client.get(address("inspect", candidacy.pk)))
    assert "elected" not in shown

    client.post(address("step", candidacy.pk, "move"), {"status": "registered", **PROOF})

    candidacy.refresh_from_db()
    assert candidacy.status == Status.REGISTERED
    assert SOURCE in text(client.get(address("inspect", candidacy.pk)))


def test_a_state_that_cannot_be_and_one_without_source_are_refused(client, candidacy):
    way = address("step", candidacy.pk, "move")

    assert client.post(way, {"status": "elected", **PROOF}).status_code == 422
    assert client.post(way, {"status": "registered", "changed_on": "2026-05-15"}).status_code == 422
    assert (
        client.post(way, {"status": "died", **PROOF, "changed_on": "2026-05-21"}).status_code == 422
    )
    candidacy.refresh_from_db()
    assert candidacy.status == Status.PRELIMINARY


def test_a_mistake_is_taken_back_with_a_reason(client, candidacy):
    client.post(address("step", candidacy.pk, "move"), {"status": "died", **PROOF})
    way = address("step", candidacy.pk, "take-back")

    assert client.post(way, {"reason": ""}).status_code == 422
    client.post(way, {"reason": "다른 사람이었음"})

    candidacy.refresh_from_db()
    assert candidacy.status == Status.PRELIMINARY
    assert "다른 사람이었음" in text(client.get(address("inspect", candidacy.pk)))


def test_where_nothing_was_moved_nothing_is_taken_back(client, candidacy):
    client.post(address("step", candidacy.pk, "take-back"), {"reason": "실수"})

    assert candidacy.changes.count() == 0


def test_a_state_that_changed_meanwhile_is_told(client, candidacy, monkeypatch):
    monkeypatch.setattr("campaigns.pledges.services.candidacies.can_become", lambda *_: False)

    response = client.post(
        address("step", candidacy.pk, "move"), {"status": "died", **PROOF}, follow=True
    )

    assert response.status_code == 200
    assert candidacy.changes.count() == 0


def test_a_party_is_put_right(client, candidacy):
    way = address("step", candidacy.pk, "correct")
    values = {"name": "한가람", "party_name": "다솜당", **PROOF}

    client.post(way, {**values, "name": ""})
    candidacy.refresh_from_db()
    assert candidacy.party_name == "가온당"
    client.post(way, values)
    client.post(way, values)

    candidacy.refresh_from_db()
    assert candidacy.party_name == "다솜당"
    assert candidacy.changes.count() == 1


def test_an_unknown_step_is_not_found(client, candidacy):
    assert client.post(address("step", candidacy.pk, "praise"), PROOF).status_code == 404
    assert client.get(address("step", candidacy.pk, "move")).status_code == 405
    assert client.get(address("inspect", 999)).status_code == 404


def test_somebody_is_entered_by_hand(client, candidacy):
    way = address("enter", candidacy.contest_id)
    assert client.get(way).status_code == 200
    values = {"name": "남궁바다", "birth_on": "1970-01-31", "status": "announced", **PROOF}

    for field, typed in (("source", ""), ("name", "\u200b"), ("source", "\u200b\u200b")):
        assert client.post(way, {**values, field: typed}).status_code == 422
    response = client.post(way, values)

    row = Candidacy.objects.get(name="남궁바다")
    assert response.url == address("inspect", row.pk)
    assert (row.birth_year, row.status) == (1970, Status.ANNOUNCED)


def test_rights_hold_for_a_region_only(client, candidacy, election):
    gyeonggi = RegionFactory(code="41", name="경기도", short_name="경기")
    CandidacyFactory(contest=contest_of(election, region=gyeonggi), name="남궁바다")
    somebody = UserFactory()
    assert not readable_candidacies(somebody).exists()

    somebody.user_permissions.add(Permission.objects.get(codename="view_candidacy"))
    client.force_login(type(somebody).objects.get(pk=somebody.pk))
    assert readable_candidacies(type(somebody).objects.get(pk=somebody.pk)).count() == 2


def test_who_may_only_look_changes_nothing(client, candidacy):
    client.force_login(UserFactory(role="사무국장(승인자)"))

    assert "<form" not in text(client.get(address("inspect", candidacy.pk))).split("<main", 1)[1]
    assert client.post(address("step", candidacy.pk, "move"), PROOF).status_code == 302
    assert client.get(address("enter", candidacy.contest_id)).status_code == 302
