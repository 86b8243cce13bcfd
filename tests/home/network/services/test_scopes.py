import pytest

from home.network.models import Region
from home.network.services import region_scope_choices, rows_of_regions

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def provinces_of(*codes):
    rows = Region.objects.provinces().filter(pk__in=rows_of_regions(codes))
    return sorted(rows.values_list("code", flat=True))


def test_a_province_with_what_it_was_before_and_became():
    assert provinces_of("52") == ["45", "52"]
    assert provinces_of("45") == ["45", "52"]
    assert provinces_of("11", "52") == ["11", "45", "52"]


def test_with_all_that_lies_in_it():
    rows = rows_of_regions(["52"])
    inside = Region.objects.filter(parent__code__in=["45", "52"])

    assert inside.count() > 10
    assert set(inside.values_list("pk", flat=True)) <= rows
    assert set(Region.objects.filter(parent__in=inside).values_list("pk", flat=True)) <= rows


def test_a_limit_does_not_grow_when_provinces_are_put_together():
    assert provinces_of("29") == ["29"]
    assert provinces_of("12") == ["12", "29", "46"]


def test_what_is_unknown_holds_nothing():
    assert rows_of_regions(["99"]) == frozenset()


def test_only_provinces_of_today_are_offered():
    offered = dict(region_scope_choices())

    assert offered["52"] == "전북특별자치도"
    assert "45" not in offered
