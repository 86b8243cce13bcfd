from datetime import date, timedelta

import pytest

from home.network.models import BEFORE_RECORDS, Region
from home.network.services import current_successors, region_on

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

CHANGES = [
    # first day, old code, old name, [(new code, new full name)]
    ("2018-07-01", "28170", "남구", [("28177", "인천광역시 미추홀구")]),
    ("2023-06-11", "42", "강원도", [("51", "강원특별자치도")]),
    ("2023-06-11", "42110", "춘천시", [("51110", "강원특별자치도 춘천시")]),
    ("2023-07-01", "47720", "군위군", [("27720", "대구광역시 군위군")]),
    ("2024-01-18", "45", "전라북도", [("52", "전북특별자치도")]),
    ("2024-01-18", "45113", "덕진구", [("52113", "전북특별자치도 전주시 덕진구")]),
    ("2026-07-01", "29", "광주광역시", [("12", "전남광주통합특별시")]),
    ("2026-07-01", "46", "전라남도", [("12", "전남광주통합특별시")]),
    ("2026-07-01", "29200", "광산구", [("12330", "전남광주통합특별시 광산구")]),
    ("2026-07-01", "46230", "광양시", [("12190", "전남광주통합특별시 광양시")]),
    ("2026-07-01", "46910", "신안군", [("12870", "전남광주통합특별시 신안군")]),
    (
        *("2026-07-01", "28110", "중구"),
        [("28125", "인천광역시 제물포구"), ("28155", "인천광역시 영종구")],
    ),
    ("2026-07-01", "28140", "동구", [("28125", "인천광역시 제물포구")]),
    (
        *("2026-07-01", "28260", "서구"),
        [("28275", "인천광역시 서해구"), ("28290", "인천광역시 검단구")],
    ),
]


@pytest.mark.parametrize(("day", "code", "name", "became"), CHANGES, ids=lambda one: str(one)[:10])
def test_old_region_ends_the_day_before_the_new_begins(day, code, name, became):
    first_day = date.fromisoformat(day)
    old = Region.objects.get(code=code)

    assert (old.name, old.valid_until) == (name, first_day - timedelta(days=1))
    assert region_on(old, old.valid_until) == [old]
    new = region_on(old, first_day)
    assert [(region.code, region.full_name) for region in new] == became
    assert {region.valid_from for region in new} == {first_day}


@pytest.mark.parametrize(
    ("day", "city", "wards"),
    [
        (date(2024, 1, 1), "부천시", ["원미구", "소사구", "오정구"]),
        (date(2026, 2, 1), "화성시", ["만세구", "효행구", "병점구", "동탄구"]),
    ],
)
def test_city_gets_wards_and_stays_what_it_was(day, city, wards):
    city = Region.objects.get(name=city)

    def names_on(when):
        return [ward.name for ward in city.children.valid_on(when)]

    assert (city.valid_from, city.valid_until) == (BEFORE_RECORDS, None)
    assert names_on(day - timedelta(days=1)) == []
    assert names_on(day) == wards


def test_archive_of_2017_keeps_its_names_and_is_rolled_up_to_today(clock):
    archived = Region.objects.valid_on(date(2017, 12, 31)).provinces()

    today = {one.name: [now.short_name for now in current_successors(one)] for one in archived}

    assert {name: now for name, now in today.items() if name.endswith("도")} == {
        "경기도": ["경기"],
        "강원도": ["강원"],
        "충청북도": ["충북"],
        "충청남도": ["충남"],
        "전라북도": ["전북"],
        "전라남도": ["전남광주"],
        "경상북도": ["경북"],
        "경상남도": ["경남"],
        "제주특별자치도": ["제주"],
    }
    assert today["광주광역시"] == ["전남광주"]


def test_region_of_today_is_followed_back():
    jemulpo = Region.objects.get(code="28125")

    assert [one.name for one in region_on(jemulpo, date(2017, 12, 31))] == ["중구", "동구"]


def test_region_that_was_made_from_nothing_was_nothing_before():
    assert region_on(Region.objects.get(code="41591"), date(2017, 12, 31)) == []


def test_every_region_that_ended_reaches_one_of_today(clock):
    ended = list(Region.objects.exclude(valid_until=None))

    assert len(ended) == 70
    for region in ended:
        now = current_successors(region)
        assert now, region
        assert all(one.valid_until is None for one in now)


def test_every_current_region_has_a_current_parent(clock):
    below = Region.objects.current().exclude(kind=Region.Kind.PROVINCE).select_related("parent")

    assert len(below) == 268
    for region in below:
        assert region.parent.valid_until is None, region
        assert region.code[:2] == region.parent.code[:2]
