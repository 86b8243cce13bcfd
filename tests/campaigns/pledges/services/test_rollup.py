"""How far the regions are, with the same few queries however many there are."""

import pytest
from django.utils import timezone

from accounts.defaults import REGIONAL
from accounts.models import Grant
from campaigns.pledges.models import ContactPoint, Office, Respondent
from campaigns.pledges.services import add_missing_respondents
from campaigns.pledges.services.parties import add_party
from campaigns.pledges.services.rollup import rollup_of, total_of
from home.network.models import Region
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.home import RegionFactory
from tests.factories.pledge_demands import demand_set
from tests.factories.pledges import CandidacyFactory, contest_of, jongno

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def busan():
    return RegionFactory(code="26", name="부산광역시", short_name="부산", sort_order=2)


@pytest.fixture
def fielded(election, busan):
    """Two in Seoul, one of them in a district and with a contact; one in Busan; a party."""
    CandidacyFactory(contest=contest_of(election), name="가람")
    CandidacyFactory(contest=contest_of(election, Office.MAYOR, jongno()), name="나래")
    CandidacyFactory(contest=contest_of(election, region=busan), name="다온")
    add_missing_respondents(election)
    add_party(election, kind="party", party_name="가온당", region=None)
    nare = Respondent.objects.get(candidacy__name="나래")
    for number in range(2):
        ContactPoint.objects.create(
            respondent=nare,
            kind="email",
            value=f"camp{number}@candidate.example",
            value_index=bytes([number]),
            source="선거사무소",
            state=ContactPoint.State.APPROVED,
            entered_at=timezone.now(),
            checked_at=timezone.now(),
        )
    Respondent.objects.filter(pk=nare.pk).update(standing="asked")


def test_districts_count_in_their_province(election, fielded):
    lines = rollup_of(election, Respondent.objects.all())
    counted = [
        (line.region and line.region.name, line.asked_at_all, line.reachable) for line in lines
    ]
    assert counted == [(None, 1, 0), ("서울특별시", 2, 1), ("부산광역시", 1, 0)]
    assert lines[1].standings == {"asked": 1, "no_contact": 1}
    assert (total_of(lines).asked_at_all, total_of(lines).reachable) == (4, 1)


def test_each_has_its_demands_and_its_coordinators(election, fielded, busan):
    seoul = Region.objects.get(code="11")
    user = UserFactory(first_name="서울담당")
    limit_to(user, REGIONAL, seoul)
    limit_to(user, REGIONAL, jongno())
    limit_to(UserFactory(), REGIONAL, RegionFactory(code="28", name="인천광역시"))
    over = limit_to(UserFactory(), REGIONAL, busan)
    Grant.objects.filter(pk=over.pk).update(ends_at=timezone.now())
    common, here = demand_set(election), demand_set(election, jongno())
    demand_set(election, RegionFactory(code="27", name="대구광역시"))
    lines = rollup_of(election, Respondent.objects.all())
    assert [line.demand_sets for line in lines] == [[common], [here], []]
    assert [line.coordinators for line in lines] == [[], [str(user)], []]


def test_more_regions_cost_no_more(election, fielded, django_assert_num_queries):
    demand_set(election)
    with django_assert_num_queries(6):
        rollup_of(election, Respondent.objects.all())
    CandidacyFactory(contest=contest_of(election, region=RegionFactory(code="27")), name="라온")
    add_missing_respondents(election)
    with django_assert_num_queries(6):
        rollup_of(election, Respondent.objects.all())
