from datetime import date

import pytest
from django.db import IntegrityError

from home.network.models import Region

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def names(regions):
    return [region.short_name for region in regions]


def test_17_provinces_in_2017_with_their_old_names():
    provinces = Region.objects.valid_on(date(2017, 12, 31)).provinces()

    assert [region.name for region in provinces] == [
        *("서울특별시", "부산광역시", "대구광역시", "인천광역시", "광주광역시", "대전광역시"),
        *("울산광역시", "세종특별자치시", "경기도", "강원도", "충청북도", "충청남도"),
        *("전라북도", "전라남도", "경상북도", "경상남도", "제주특별자치도"),
    ]


def test_sign_choices_are_the_16_provinces_of_today_in_the_expected_order(clock):
    assert names(Region.objects.sign_choices()) == [
        *("서울", "부산", "대구", "인천", "전남광주", "대전", "울산", "세종"),
        *("경기", "강원", "충북", "충남", "전북", "경북", "경남", "제주"),
    ]


def test_sign_choices_change_with_the_day(clock):
    clock.move_to("2026-06-30 14:59:59")
    assert names(Region.objects.sign_choices())[4:6] == ["광주", "대전"]

    clock.move_to("2026-06-30 15:00:00")
    assert names(Region.objects.sign_choices())[4:6] == ["전남광주", "대전"]


@pytest.mark.parametrize(
    ("day", "districts", "wards"),
    [
        (date(2017, 12, 31), 228, 32),
        (date(2023, 12, 31), 228, 32),
        (date(2024, 1, 1), 228, 35),
        (date(2026, 2, 1), 228, 39),
        (date(2026, 7, 1), 229, 39),
    ],
)
def test_number_of_districts_and_wards(day, districts, wards):
    """226 자치 시·군·구 and the two cities of 제주; 227 of them since 인천 was redrawn."""
    valid = Region.objects.valid_on(day)

    assert valid.districts().count() == districts
    assert valid.filter(kind=Region.Kind.WARD).count() == wards


def test_full_name_is_written_as_in_an_address():
    assert Region.objects.get(code="41111").full_name == "경기도 수원시 장안구"


def test_sejong_has_no_districts_and_jeju_two(clock):
    current = Region.objects.current().districts()

    assert names(current.filter(parent__code="36")) == []
    assert names(current.filter(parent__code="50")) == ["제주시", "서귀포시"]


@pytest.mark.parametrize(("kind", "parent"), [("province", "11"), ("district", None)])
def test_database_refuses_a_region_at_the_wrong_level(kind, parent):
    region = Region(
        code="99",
        kind=kind,
        name="가상",
        short_name="가상",
        parent=parent and Region.objects.get(code=parent),
        valid_from=date(2030, 1, 1),
        source="시험 자료",
    )

    with pytest.raises(IntegrityError, match="network_region_all_but_provinces_have_parent"):
        region.save()
