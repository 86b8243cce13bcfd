from datetime import date

import pytest
from django.apps import apps
from django.db.migrations.state import ProjectState

from home.network.exceptions import RegionFileError
from home.network.models import Region
from home.network.services import load_regions, load_regions_after_migrate
from home.network.services.region_file import REGION_FILE

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def table():
    """Everything that a load could touch."""
    return list(Region.objects.order_by("pk").values()), sorted(
        Region.successors.through.objects.values_list("from_region_id", "to_region_id")
    )


@pytest.fixture
def no_regions(db):
    for kind in reversed(Region.Kind.values):
        Region.objects.filter(kind=kind).delete()


@pytest.fixture
def region_file(tmp_path):
    """Writes a table of regions: of the rows, or ours with some words replaced."""

    def write(*rows, replace=("", "")):
        ours = REGION_FILE.read_text(encoding="utf-8")
        head = ours.splitlines()[0]
        path = tmp_path / "regions.csv"
        path.write_text("\n".join([head, *rows]) if rows else ours.replace(*replace), "utf-8")
        return path

    return write


def test_migrated_database_has_all_regions_of_the_file():
    lines = REGION_FILE.read_text(encoding="utf-8").splitlines()

    assert Region.objects.count() == len(lines) - 1 == 354


def test_second_load_writes_nothing(django_assert_num_queries):
    before = table()

    with django_assert_num_queries(2):
        report = load_regions()

    assert (report.added, report.changed, report.unknown) == ([], [], [])
    assert len(report.unchanged) == 354
    assert table() == before


def test_load_into_an_empty_table_takes_few_queries(no_regions, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        report = load_regions()

    assert len(report.added) == Region.objects.count() == 354
    assert Region.objects.get(code="29").successors.get().code == "12"
    assert Region.objects.get(code="41111").parent.parent.name == "경기도"


def test_check_reports_and_writes_nothing(region_file):
    Region.objects.filter(code="28177").delete()
    Region.objects.filter(code="11110").update(name="종로")
    before = table()

    report = load_regions(write=False)

    assert [region.code for region in report.added] == ["28177"]
    assert {region.code for region in report.changed} == {"11110", "28170"}
    assert table() == before


def test_changed_rows_are_brought_back_to_the_file():
    before = table()
    seoul, old_gangwon = Region.objects.get(code="11"), Region.objects.get(code="42")
    Region.objects.filter(pk=seoul.pk).update(name="한성", sort_order=90)
    old_gangwon.successors.set([seoul])

    report = load_regions()

    assert [region.code for region in report.changed] == ["11", "42"]
    assert table() == before


def test_corrected_first_day_keeps_the_row(region_file):
    sejong = Region.objects.get(code="36")
    path = region_file(
        replace=(
            "36,province,세종특별자치시,세종,,1948-08-15",
            "36,province,세종특별자치시,세종,,2012-07-01",
        )
    )

    report = load_regions(path)

    assert (report.added, report.changed, report.unknown) == ([], [sejong], [])
    assert Region.objects.get(code="36").valid_from == date(2012, 7, 1)


def test_region_that_the_file_does_not_know_is_kept(region_file):
    load_regions(region_file("90,province,가상도,가상,,1948-08-15,,,시험 자료"))
    imaginary = Region.objects.get(code="90")

    report = load_regions()

    assert report.unknown == [imaginary]
    assert Region.objects.filter(pk=imaginary.pk).exists()


def test_bad_file_writes_nothing(region_file):
    before = table()

    with pytest.raises(RegionFileError, match="line 3"):
        load_regions(
            region_file(
                "90,province,가상도,가상,,1948-08-15,,,시험 자료",
                "90110,district,가상시,가상시,99,1948-08-15,,,시험 자료",
            )
        )

    assert table() == before


def test_migrate_makes_the_regions(no_regions):
    load_regions_after_migrate(apps=apps)

    assert Region.objects.count() == 354


def test_migrate_waits_while_the_table_is_not_there(no_regions):
    load_regions_after_migrate(apps=ProjectState().apps)

    assert not Region.objects.exists()


def test_migrate_waits_while_the_table_has_other_columns(no_regions):
    Region.objects.all().delete()
    state = ProjectState.from_apps(apps)
    state.remove_field("network", "region", "sort_order")

    load_regions_after_migrate(apps=state.apps)

    assert not Region.objects.exists()
