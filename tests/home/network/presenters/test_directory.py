import pytest

from home.models import Sector
from home.network.presenters import Directory
from tests.factories.home import RegionFactory
from tests.factories.network import OrganisationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def care():
    return Sector.objects.create(name="돌봄", slug="care", sort_order=2)


@pytest.fixture
def members(care):
    finance = Sector.objects.create(name="금융", slug="finance", sort_order=1)
    seoul = RegionFactory()
    OrganisationFactory(name="한빛연합", sector=care, region=seoul, affiliates=20)
    OrganisationFactory(name="사단법인 가온연합", sector=finance, affiliates=4)
    OrganisationFactory(name="까치마을", sector=care)
    OrganisationFactory(name="YWCA 연대", region=seoul)
    OrganisationFactory(name="협력 단체", partner=True)
    OrganisationFactory(name="떠난 단체", gone=True)


def names(directory):
    return [row.name for row in directory.organisations]


def test_members_are_listed_by_letter_whatever_their_legal_form(members):
    letters = Directory({}).letters

    assert [
        (part.letter, part.anchor, [row.name for row in part.organisations]) for part in letters
    ] == [
        ("Y", "letter-1", ["YWCA 연대"]),
        ("ㄱ", "letter-2", ["사단법인 가온연합", "까치마을"]),
        ("ㅎ", "letter-3", ["한빛연합"]),
    ]
    assert Directory({}).affiliates == 24


def test_the_directory_is_narrowed_by_sector_and_region(members):
    assert names(Directory({"sector": "care"})) == ["까치마을", "한빛연합"]
    assert names(Directory({"region": "11"})) == ["YWCA 연대", "한빛연합"]
    assert names(Directory({"region": "nationwide"})) == ["사단법인 가온연합", "까치마을"]
    assert names(Directory({"sector": "care", "region": "11"})) == ["한빛연합"]
    assert names(Directory({"sector": "finance", "region": "11"})) == []


def test_only_what_occurs_can_be_chosen(members):
    directory = Directory({})

    fields = {name: [value for value, _ in f.choices] for name, f in directory.form.fields.items()}
    assert fields == {"sector": ["", "finance", "care"], "region": ["", "nationwide", "11"]}
    assert directory.can_be_narrowed
    assert not directory.is_narrowed


@pytest.mark.parametrize("value", ["nothing", "care\x00", "' or 1=1", "가나다"])
def test_a_value_that_does_not_occur_is_left_out_and_said(members, value):
    directory = Directory({"sector": value, "region": "11"})

    assert names(directory) == ["YWCA 연대", "한빛연합"]
    assert directory.form.refused


def test_one_choice_is_no_choice(care):
    OrganisationFactory(sector=care)

    assert not Directory({}).can_be_narrowed


def test_nobody_gives_no_letters(db):
    assert Directory({}).letters == ()
    assert not Directory({"sector": ""}).is_narrowed
