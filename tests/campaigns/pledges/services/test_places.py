"""What the commission writes, found in the table of regions."""

from datetime import date

import pytest

from campaigns.pledges.gateways.commission_list import ListRow
from campaigns.pledges.services.places import Gazetteer, PlaceError
from home.network.models import Region
from tests.factories.home import RegionFactory
from tests.factories.pledges import jongno

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def row(**values):
    names = ("number", "office", "province", "city", "district", "ballot", "party", "name")
    empty = dict.fromkeys([*names, "hanja", "status"], "")
    return ListRow(**{"line": 2, "birth_on": None, **empty, **values})


@pytest.fixture
def gazetteer():
    jongno()
    gyeonggi = RegionFactory(code="41", name="경기도", short_name="경기")
    RegionFactory(
        code="41110", kind=Region.Kind.DISTRICT, name="수원시", short_name="수원", parent=gyeonggi
    )
    RegionFactory(code="42", name="강원도", short_name="강원", valid_until=date(2023, 6, 10))
    return Gazetteer(date(2026, 6, 3))


@pytest.mark.parametrize(
    ("values", "region", "district"),
    [
        ({"office": "1"}, None, ""),
        ({"office": "7", "district": "비례대표"}, None, ""),
        ({"office": "3", "province": "경기도", "district": "경기도"}, "경기도", ""),
        ({"office": "11", "province": "경기", "district": "경기도"}, "경기도", ""),
        ({"office": "2", "district": "서울 종로구"}, "서울특별시", "서울종로구"),
        (
            {"office": "5", "province": "서울특별시", "district": "종로구 제1선거구"},
            "서울특별시",
            "종로구제1선거구",
        ),
        ({"office": "4", "province": "경기도", "district": "수원시"}, "수원시", ""),
        (
            {"office": "6", "province": "경기도", "city": "수원시장안구", "district": "수원시가"},
            "수원시",
            "수원시가",
        ),
        ({"office": "시·도지사선거", "province": "경기도"}, "경기도", ""),
        ({"office": "구·시·군의 장", "province": "경기도", "city": "수원시"}, "수원시", ""),
    ],
)
def test_a_place_is_found(gazetteer, values, region, district):
    place = gazetteer.place_of(row(**values), "")

    assert place.region == (region and Region.objects.get(name=region))
    assert place.district_name == district


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"office": ""}, "office"),
        ({"office": "3", "province": "강원도"}, "province"),
        ({"office": "4", "province": "경기도", "city": "종로구"}, "region"),
    ],
)
def test_a_place_that_is_not_there_on_election_day(gazetteer, values, code):
    with pytest.raises(PlaceError, match=code):
        gazetteer.place_of(row(**values), "")


def test_one_query_finds_all(gazetteer, django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(3):
            gazetteer.place_of(row(office="4", province="경기도", city="수원시"), "")
