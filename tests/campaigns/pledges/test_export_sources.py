"""Whose number leaves the site for a text message, and that no link goes with it."""

import pytest

from accounts.defaults import REGIONAL
from campaigns.pledges.export_sources import SOURCES, SilentChoice
from campaigns.pledges.models import Office, Respondent
from exports.registry import source_named
from home.network.models import Region
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.home import RegionFactory
from tests.factories.pledge_agreements import contact_of, invited, respondent_of
from tests.factories.pledges import ElectionFactory, contest_of, jongno

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WITHOUT_CONTACT, SILENT = SOURCES
PHONE = "010-0000-1234"


@pytest.fixture
def user(election):
    return UserFactory(role="정책협약 담당")


def reached(election, name="한가람", phone=PHONE, contest=None, state="approved"):
    respondent = respondent_of(election, name=name, contest=contest)
    contact_of(respondent, phone, kind="phone", state=state)
    return respondent


def exported(user, election, **options):
    options = {"election": election.pk, **options}
    rows = list(SILENT.records(options, user))
    assert SILENT.count(options, user) == len(rows)
    assert all(len(row.cells) == len(SILENT.columns(options)) for row in rows)
    return [list(row.cells) for row in rows]


def test_one_line_for_each_number_with_the_public_page(user, election, settings):
    respondent = reached(election)
    page = f"{settings.SITE_URL}/pledges/contact/{respondent.public_id}/"
    post = str(respondent.candidacy.contest.post)
    assert exported(user, election) == [[post, "한가람", "가온당", PHONE, page]]


def test_no_link_and_no_code_is_in_it(user, election):
    respondent = reached(election)
    invitation = invited(respondent)
    line = " ".join(exported(user, election)[0])
    assert "/t/" not in line
    assert str(invitation.public_id) not in line


@pytest.mark.parametrize("standing", ["answered", "agreed", "signs_none", "withdrawn", "left"])
def test_whoever_answered_or_stands_no_more_is_left_out(user, election, standing):
    reached(election)
    Respondent.objects.update(standing=standing)
    assert exported(user, election) == []


@pytest.mark.parametrize("state", ["waiting", "stopped", "refused", "bounced", "replaced"])
def test_a_number_that_is_not_in_use_is_left_out(user, election, state):
    reached(election, state=state)
    assert exported(user, election) == []


def test_a_party_is_named_by_its_kind(user, election):
    party = Respondent.objects.create(
        election=election, kind="party", party_name="가온당", standing_on=election.vote_on
    )
    contact_of(party, PHONE, kind="phone")
    assert exported(user, election)[0][1:4] == ["가온당", "가온당", PHONE]


@pytest.fixture
def busan():
    return RegionFactory(code="26", name="부산광역시", short_name="부산")


def test_of_one_contest_or_one_region(user, election, busan):
    reached(election, contest=contest_of(election, Office.MAYOR, jongno()))
    there = reached(election, name="바다", contest=contest_of(election, region=busan))
    seoul = Region.objects.get(code="11")
    names = [line[1] for line in exported(user, election, region=seoul.pk)]
    assert names == ["한가람"]
    contest = there.candidacy.contest_id
    assert [line[1] for line in exported(user, election, contest=contest)] == ["바다"]


def test_without_the_right_nobody_is_in_it(election):
    reached(election)
    assert exported(UserFactory(), election) == []
    coordinator = UserFactory()
    limit_to(coordinator, REGIONAL, Region.objects.get(code="11"))
    assert exported(coordinator, election) == []


def test_the_choice_names_nobody_and_fits_together(user, election):
    contest = contest_of(election)
    form = SilentChoice({"election": election.pk, "contest": contest.pk}, user=user)
    assert form.is_valid()
    assert form.options() == {"election": election.pk, "contest": contest.pk}
    other = ElectionFactory(kind="assembly")
    form = SilentChoice({"election": other.pk, "contest": contest.pk}, user=user)
    assert list(form.errors) == ["contest"]
    assert not SilentChoice({}, user=user).is_valid()
    assert source_named("pledges.silent") == SILENT


def without_contact(user, election, **options):
    options = {"election": election.pk, **options}
    rows = list(WITHOUT_CONTACT.records(options, user))
    assert WITHOUT_CONTACT.count(options, user) == len(rows)
    assert all(len(row.cells) == len(WITHOUT_CONTACT.columns(options)) for row in rows)
    return [list(row.cells) for row in rows]


def test_who_has_no_address_with_a_code_and_empty_columns(user, election, busan):
    respondent = respondent_of(election, ballot_number="1")
    there = respondent_of(election, name="바다", contest=contest_of(election, region=busan))
    contact_of(there, "sea@candidate.example")
    office = Office.GOVERNOR.label
    code = str(respondent.public_id)
    told = [code, "서울특별시", office, "1", "가온당", "한가람", "", "", "", ""]
    assert without_contact(user, election) == [told]


def test_parties_and_one_region_or_contest_of_those_without_a_contact(user, election, busan):
    party = Respondent.objects.create(
        election=election, kind="party", party_name="가온당", standing_on=election.vote_on
    )
    camp = Respondent.objects.create(
        election=election,
        kind="camp",
        party_name="부산 선대위",
        region=busan,
        standing_on=election.vote_on,
    )
    there = respondent_of(election, name="바다", contest=contest_of(election, region=busan))
    told = [str(party.public_id), "", "", "", "가온당", "가온당", "", "", "", ""]
    assert without_contact(user, election)[0] == told
    assert [line[0] for line in without_contact(user, election, region=busan.pk)] == [
        str(camp.public_id),
        str(there.public_id),
    ]
    contest = there.candidacy.contest_id
    assert [line[5] for line in without_contact(user, election, contest=contest)] == ["바다"]


def test_a_coordinator_finds_those_of_the_own_region_only(election, busan):
    respondent_of(election)
    respondent_of(election, name="바다", contest=contest_of(election, region=busan))
    coordinator = UserFactory()
    limit_to(coordinator, REGIONAL, busan)
    assert [line[5] for line in without_contact(coordinator, election)] == ["바다"]
    assert without_contact(UserFactory(), election) == []
