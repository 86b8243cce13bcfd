"""A regional coordinator works with the region's rows alone."""

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.defaults import REGIONAL
from campaigns.pledges.apps import PLEDGES, REGION_OF
from campaigns.pledges.models import Candidacy, Contest, Election, Office, Respondent
from campaigns.pledges.policies import may, reaches, readable_demand_sets, rows_for
from campaigns.pledges.services import add_missing_respondents
from home.network.models import Region
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.home import RegionFactory
from tests.factories.pledge_agreements import respondent_of, signed_agreement
from tests.factories.pledge_demands import RESOLVED_ON, demand_set, pledge_round
from tests.factories.pledges import CandidacyFactory, contest_of, jongno

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def busan():
    return RegionFactory(code="26", name="부산광역시", short_name="부산")


@pytest.fixture
def coordinator(election):
    user = UserFactory()
    limit_to(user, REGIONAL, Region.objects.get(code="11"))
    return user


@pytest.fixture
def candidacies(election, busan):
    here = CandidacyFactory(contest=contest_of(election, Office.MAYOR, jongno()), name="가람")
    there = CandidacyFactory(contest=contest_of(election, region=busan), name="바다")
    add_missing_respondents(election)
    return here, there


def test_rows_of_the_region_and_no_others(coordinator, candidacies):
    here, there = candidacies
    assert list(rows_for(coordinator, Candidacy)) == [here]
    assert list(rows_for(coordinator, Respondent)) == [here.respondent]
    assert may(coordinator, "change", here)
    assert not may(coordinator, "change", there)
    assert may(coordinator, "change", here.respondent)
    assert not may(coordinator, "change", there.respondent)


def test_parties_of_the_region_are_among_them(coordinator, election, busan):
    here, _there, _whole = (
        Respondent.objects.create(
            election=election,
            kind="party",
            party_name="가온당",
            region=region,
            standing_on=RESOLVED_ON,
        )
        for region in (Region.objects.get(code="11"), busan, None)
    )
    assert list(rows_for(coordinator, Respondent)) == [here]
    assert rows_for(UserFactory(role=PLEDGES), Respondent).count() == 3


def test_elections_are_no_secret_and_are_changed_by_the_centre(coordinator, candidacies, election):
    assert list(rows_for(coordinator, Election)) == [election]
    assert rows_for(coordinator, Contest).count() == 2
    assert not may(coordinator, "change", election)
    assert not rows_for(UserFactory(), Election)


def test_the_regions_additions_and_what_is_asked_of_everybody(coordinator, election, busan):
    common = demand_set(election, count=1)
    here = demand_set(election, Region.objects.get(code="11"), count=1)
    demand_set(election, busan, count=1)
    assert set(readable_demand_sets(coordinator)) == {common, here}
    assert may(coordinator, "change", here)
    assert not may(coordinator, "change", common)
    assert not readable_demand_sets(UserFactory())
    assert readable_demand_sets(UserFactory(role=PLEDGES)).count() == 3


def test_publishing_stays_with_the_centre(coordinator, election):
    seoul = Region.objects.get(code="11")
    assert not reaches(coordinator, "pledges.publish_demandsetversion", seoul.pk)
    assert reaches(coordinator, "pledges.change_demandsetversion", seoul.pk)
    assert not reaches(coordinator, "pledges.change_demandsetversion", None)


@pytest.mark.parametrize("name", REGION_OF)
def test_every_row_about_a_respondent_knows_its_region(name, coordinator):
    rows = rows_for(coordinator, apps.get_model("pledges", name), "change")
    assert not rows.exists()


def test_contacts_of_the_region_are_entered_there(client, coordinator, candidacies):
    here, there = (row.respondent for row in candidacies)
    client.force_login(coordinator)
    values = {"step": "attempt", "kind": "call", "result": "reached", "note": "받지 않음"}
    mine = reverse("pledges_respondent", args=[here.public_id])
    assert client.get(mine).status_code == 200
    assert client.post(mine, values).status_code == 302
    assert here.outreach.get().made_by == coordinator
    other = reverse("pledges_respondent", args=[there.public_id])
    assert client.post(other, values).status_code == 404
    assert not there.outreach.exists()


def test_answers_and_agreements_of_the_region_are_read_and_left_as_they_are(
    client, coordinator, election, busan
):
    demand_set(election)
    pledge_round(election)
    here = signed_agreement(respondent_of(election, name="가람"))
    far = respondent_of(election, name="바다", contest=contest_of(election, region=busan))
    there = signed_agreement(far, email="camp@busan.example")
    client.force_login(coordinator)
    for name, mine, other in (
        ("agreements", here, there),
        ("responses", here.response, there.response),
    ):
        shown = client.get(reverse(f"{name}:index")).content.decode()
        assert "가람" in shown
        assert "바다" not in shown
        assert client.get(reverse(f"{name}:inspect", args=[mine.pk])).status_code == 200
        assert client.get(reverse(f"{name}:inspect", args=[other.pk])).status_code == 404
        step = reverse(f"{name}:step", args=[mine.pk, "reopen"])
        assert client.post(step, {"reason": "다시"}).status_code == 302
    here.response.refresh_from_db()
    assert here.response.state == "submitted"


def test_a_candidate_is_entered_in_the_own_region_alone(client, coordinator, candidacies):
    here, there = candidacies
    client.force_login(coordinator)
    open_, shut = (reverse("candidacies:enter", args=[row.contest_id]) for row in candidacies)
    assert client.get(open_).status_code == 200
    assert client.get(shut).status_code == 302
    assert (
        client.get(reverse("pledges_election", args=[here.contest.election_id])).status_code == 200
    )
