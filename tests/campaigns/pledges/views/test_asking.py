"""How respondents are asked, parties, and the regions beside one another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.defaults import DIRECTOR, REGIONAL
from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import PledgeRound, Respondent
from campaigns.pledges.services import add_missing_respondents
from campaigns.pledges.services.parties import add_party
from home.network.models import Region
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.home import RegionFactory
from tests.factories.pledge_agreements import invited, respondent_of
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledges import CandidacyFactory, contest_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ROUND = {
    "purpose": "모든 후보께 같은 요구를 드립니다.",
    "answers_until": "2026-05-27 18:00",
    "release_at": "2026-05-28 09:00",
    "least_accepted": "2",
    "order": "name",
    "phone": "02-000-0000",
    "method_by": "연대회의",
    "method_panel": "정책위원 일곱 명",
    "method_criteria": "요구마다 후보가 고른 답",
    "method_how": "같은 날 같은 글을 보냅니다.",
    "method_period": "5월 한 달",
}


@pytest.fixture(autouse=True)
def _before_the_election(clock):
    clock.move_to("2026-05-10 03:00:00")


@pytest.fixture
def staff(client, election):
    user = UserFactory(role=PLEDGES)
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(client, election):
    user = UserFactory()
    limit_to(user, REGIONAL, Region.objects.get(code="11"))
    client.force_login(user)
    return user


def at(name, *args):
    return reverse(f"pledges_{name}", args=args)


def text(response):
    return response.content.decode()


def test_it_is_said_how_everybody_is_asked(client, staff, election):
    assert at("round", election.pk) in text(client.get(at("election", election.pk)))
    assert client.post(at("round", election.pk), ROUND).status_code == 302
    assert PledgeRound.objects.get().method_panel == "정책위원 일곱 명"
    shown = text(client.get(at("election", election.pk)))
    assert "5월\u00a027일" in shown.split('id="round')[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("answers_until", "2026-06-04 00:00"),
        ("release_at", "2026-05-27 17:59"),
        ("least_accepted", "4"),
        ("purpose", "이 후보를 지지합니다."),
        ("method_criteria", "후보마다 점수를 매깁니다."),
        ("method_by", ""),
    ],
)
def test_what_cannot_hold_is_refused_and_nothing_is_lost(client, staff, election, name, value):
    demand_set(election, count=3)
    response = client.post(at("round", election.pk), {**ROUND, name: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]
    assert "정책위원 일곱 명" in text(response)
    assert not PledgeRound.objects.exists()


def test_after_somebody_was_asked_it_can_be_put_off_alone(client, staff, election):
    pledge_round(election, days=14, least_accepted=1)
    invited(respondent_of(election))
    sooner = client.post(at("round", election.pk), {**ROUND, "answers_until": "2026-05-11 09:00"})
    assert sooner.status_code == 422
    client.post(
        at("round", election.pk),
        {**ROUND, "answers_until": "2026-05-29 18:00"} | {"release_at": ""},
    )
    row = PledgeRound.objects.get()
    assert (row.least_accepted, row.order, row.phone) == (1, "ballot", "02-000-0000")
    assert row.answers_until.isoformat() == "2026-05-29T09:00:00+00:00"


def test_a_party_is_added_and_taken_out(client, staff, election):
    values = {"kind": "party", "party_name": "가온당"}
    for _ in range(2):
        assert client.post(at("add_party", election.pk), values).url == at("election", election.pk)
    row = Respondent.objects.get()
    assert "가온당" in text(client.get(at("election", election.pk)))
    client.post(at("remove_party", election.pk, row.public_id))
    assert not Respondent.objects.exists()


def test_a_party_that_was_asked_stays(client, staff, election):
    row, _is_new = add_party(election, kind="camp", party_name="가온 선대위", region=None)
    Respondent.objects.update(standing="asked")
    client.post(at("remove_party", election.pk, row.public_id))
    assert Respondent.objects.exists()
    assert client.post(at("add_party", election.pk), {"kind": "party"}).status_code == 422


def test_a_coordinator_adds_parties_of_the_region_alone(client, coordinator, election):
    seoul, busan = Region.objects.get(code="11"), RegionFactory(code="26", name="부산광역시")
    values = {"kind": "party", "party_name": "가온당 서울시당"}
    for region in ("", busan.pk):
        refused = client.post(at("add_party", election.pk), {**values, "region": region})
        assert refused.status_code == 422
    client.post(at("add_party", election.pk), {**values, "region": seoul.pk})
    row = Respondent.objects.get()
    assert row.region == seoul
    whole, _is_new = add_party(election, kind="party", party_name="가온당", region=None)
    assert client.post(at("remove_party", election.pk, whole.public_id)).status_code == 404
    client.post(at("remove_party", election.pk, row.public_id))
    assert list(Respondent.objects.all()) == [whole]
    assert client.get(at("round", election.pk)).status_code == 302


def test_a_coordinator_with_the_centres_role_says_nothing_for_all(client, election):
    user = UserFactory()
    limit_to(user, PLEDGES, Region.objects.get(code="11"))
    client.force_login(user)
    assert client.get(at("round", election.pk)).status_code == 302


def test_a_coordinator_enters_candidates_from_the_sheet(client, coordinator, election):
    here = contest_of(election)
    there = contest_of(election, region=RegionFactory(code="26", name="부산광역시"))
    shown = text(client.get(at("election", election.pk)))
    assert reverse("candidacies:enter", args=[here.pk]) in shown
    assert reverse("candidacies:enter", args=[there.pk]) not in shown


def test_the_centre_sees_all_regions_and_a_coordinator_the_own(client, staff, election):
    CandidacyFactory(contest=contest_of(election))
    busan = RegionFactory(code="26", name="부산광역시")
    CandidacyFactory(contest=contest_of(election, region=busan), name="바다")
    add_missing_respondents(election)
    demand_set(election, Region.objects.get(code="11"))
    shown = text(client.get(at("regions", election.pk)))
    assert all(name in shown for name in ("서울특별시", "부산광역시", "지역 요구"))

    user = UserFactory()
    limit_to(user, REGIONAL, Region.objects.get(code="11"))
    client.force_login(user)
    shown = text(client.get(at("regions", election.pk)))
    assert "서울특별시" in shown
    assert "부산광역시" not in shown


def test_an_election_with_nobody_says_so(client, staff, election):
    assert "<table" not in text(client.get(at("regions", election.pk))).split("<main")[1]


def test_a_director_reads_it(client, election):
    add_party(election, kind="party", party_name="가온당", region=None)
    client.force_login(UserFactory(role=DIRECTOR))
    assert "가온당" in text(client.get(at("election", election.pk)))
    assert client.get(at("regions", election.pk)).status_code == 200
    assert client.get(at("add_party", election.pk)).status_code == 302


def test_the_sheet_costs_the_same_for_many_demand_sets_and_parties(client, staff, election):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at("election", election.pk)).status_code == 200
        return len(queries)

    demand_set(election, Region.objects.get(code="11"), count=1)
    add_party(election, kind="party", party_name="가온당", region=Region.objects.get(code="11"))
    client.get(at("election", election.pk))
    one = cost()
    for number, region in enumerate(Region.objects.exclude(code="11")[:2]):
        demand_set(election, region, count=1)
        add_party(election, kind="party", party_name=f"나래당 {number}", region=region)
    assert cost() == one


def test_a_coordinator_finds_the_way_to_contacts_and_to_the_list_to_fill_in(
    client, coordinator, election
):
    outreach = at("outreach", election.pk)
    assert f'href="{outreach}"' in text(client.get(at("election", election.pk)))
    shown = text(client.get(outreach))
    start = reverse("exports:start", args=["pledges.without_contact"])
    assert start in shown
    assert client.get(start, {"election": election.pk}).status_code == 200
    # Numbers leave the site from the centre alone.
    silent = reverse("exports:start", args=["pledges.silent"])
    assert silent not in shown
    assert client.get(silent).status_code == 302
