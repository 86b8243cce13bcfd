"""Who is meant by what somebody's list says: found by everyday words, never guessed."""

import pytest

from campaigns.pledges.gateways.contact_list import ContactProblem, ContactRow
from campaigns.pledges.models import Office, Respondent
from campaigns.pledges.services.directory import Directory, UnclearError
from tests.factories.home import RegionFactory
from tests.factories.pledge_agreements import respondent_of
from tests.factories.pledges import contest_of, jongno

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def line(**values):
    names = ("reference", "number", "place", "office", "ballot", "party", "name")
    empty = dict.fromkeys((*names, "email", "phone", "holder", "source"), "")
    return ContactRow(line=2, **{**empty, "name": "한가람", **values})


def find(election, **values):
    try:
        return Directory(election).find(line(**values))
    except UnclearError as error:
        return ContactProblem(error.code).name


@pytest.fixture
def mayor(election):
    contest = contest_of(election, Office.MAYOR, jongno())
    return respondent_of(election, contest=contest, ballot_number="1", commission_number="200")


@pytest.fixture
def councillor(election):
    contest = contest_of(election, Office.CITY_COUNCIL, jongno(), "종로구가선거구")
    return respondent_of(election, name="라온", contest=contest, party_name="")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "한 가람"},
        {"place": "서울특별시 종로구"},
        {"place": "서울 종로"},
        {"place": "서울종로구"},
        {"place": "종로구"},
        {"office": "구청장"},
        {"office": "4"},
        {"office": str(Office.MAYOR.label)},
        {"office": "후보"},
        {"party": "가온당", "ballot": "1", "number": "200"},
    ],
)
def test_one_candidate_is_found_by_everyday_words(election, mayor, said):
    assert find(election, **said) == mayor


@pytest.mark.parametrize(
    "said",
    [
        {"place": "부산"},
        {"place": "서울 강남구"},
        {"office": "구의원"},
        {"party": "나래당"},
        {"ballot": "2"},
        {"number": "201"},
    ],
)
def test_whoever_is_said_to_be_another_is_not_taken(election, mayor, said):
    assert find(election, **said) == "DIFFERS"


@pytest.mark.parametrize("place", ["종로구 가선거구", "종로구가선거구", "서울 종로구가선거구"])
def test_a_constituency_of_a_council(election, councillor, place):
    assert find(election, name="라온", place=place, office="구의원", party="무소속") == councillor
    assert find(election, name="라온", party="가온당") == "DIFFERS"


def test_of_two_of_one_name_something_has_to_tell(election, mayor):
    busan = RegionFactory(code="26", name="부산광역시", short_name="부산")
    other = respondent_of(election, contest=contest_of(election, Office.GOVERNOR, busan))
    assert find(election) == "NAMESAKE"
    assert find(election, office="시장") == "NAMESAKE"
    assert find(election, office="광역시장") == other
    assert find(election, place="부산") == other
    assert find(election, office="구청장") == mayor


def test_a_reference_code_is_enough_and_has_to_fit_the_name(election, mayor):
    code = str(mayor.public_id)
    assert find(election, reference=code, name="") == mayor
    assert find(election, reference=code, place="부산") == mayor
    assert find(election, reference=code, name="라온") == "CODE_NAME"
    assert find(election, reference="no-code") == "CODE"
    assert find(election, name="없는이") == "UNKNOWN"


def test_a_party_is_found_by_its_name_and_stands_for_no_office(election):
    party = Respondent.objects.create(
        election=election, kind="party", party_name="가온당", standing_on=election.vote_on
    )
    assert find(election, name="가온당", place="전국") == party
    assert find(election, name="가온당", office="시장") == "DIFFERS"
    assert find(election, name="가온당", place="서울") == "DIFFERS"
