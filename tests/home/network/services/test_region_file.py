from datetime import date, timedelta

import pytest

from home.network.exceptions import RegionFileError
from home.network.models import Region
from home.network.services.region_file import COLUMNS, REGION_FILE, ROOM, read_regions

pytestmark = pytest.mark.unit

HEAD = ",".join(COLUMNS)
OLD_CITY = "90,province,옛시,옛,,1948-08-15,2020-06-30,91,시험"
NEW_CITY = "91,province,새시,새,,2020-07-01,,,시험"
BAD_ROWS = {
    "columns": ("code,name", [], 1, "the columns must be"),
    "too few values": (HEAD, ["90,province"], 2, "expected 9 values"),
    "too many values": (HEAD, [NEW_CITY + ",,"], 2, "expected 9 values"),
    "kind": (HEAD, ["90,village,가,가,,1948-08-15,,,시험"], 2, "unknown kind 'village'"),
    "code of a province": (HEAD, ["900,province,가,가,,1948-08-15,,,시험"], 2, "code of 2 digits"),
    "code of a district": (HEAD, ["9011,district,가,가,90,1948-08-15,,,시험"], 2, "of 5 digits"),
    "no name": (HEAD, ["90,province,,가,,1948-08-15,,,시험"], 2, "name must have 1 to 40"),
    "no source": (HEAD, ["90,province,가,가,,1948-08-15,,,"], 2, "source must have 1 to 200"),
    "day": (HEAD, ["90,province,가,가,,2020-02-30,,,시험"], 2, "'2020-02-30' is not a day"),
    "ends before": (HEAD, ["90,province,가,가,,2020-02-02,2020-02-01,,시험"], 2, "ends before"),
    "unknown parent": (
        *(HEAD, [NEW_CITY, "90110,district,가구,가구,90,2020-07-01,,,시험"], 3),
        "parent 90 is not a province of all days of 90110",
    ),
    "parent that ended": (
        *(HEAD, [NEW_CITY, OLD_CITY, "90110,district,가구,가구,90,1948-08-15,,,시험"], 4),
        "parent 90 is not a province of all days of 90110",
    ),
    "its own parent": (
        *(HEAD, ["90110,district,가구,가구,90110,2020-07-01,,,시험"], 2),
        "parent 90110 is not a province",
    ),
    "ward of a province": (
        *(HEAD, [NEW_CITY, "91111,ward,가구,가구,91,2020-07-01,,,시험"], 3),
        "parent 91 is not a district",
    ),
    "province with a parent": (
        *(HEAD, [NEW_CITY, "90,province,가,가,91,1948-08-15,,,시험"], 3),
        "a province has no parent",
    ),
    "district without a parent": (
        *(HEAD, ["90110,district,가구,가구,,1948-08-15,,,시험"], 2),
        "a district needs a province as parent",
    ),
    "same code at the same time": (
        *(HEAD, [OLD_CITY, NEW_CITY, "90,province,옛시,옛,,2020-06-30,,,시험"], 4),
        "code 90 is valid at the same time as line 2",
    ),
    "successor that does not exist": (
        *(HEAD, [OLD_CITY], 2),
        "successor 91 is not a province that exists on 2020-07-01",
    ),
    "successor that comes later": (
        *(HEAD, [NEW_CITY.replace("2020-07-01", "2020-07-02"), OLD_CITY], 3),
        "successor 91 is not a province that exists on 2020-07-01",
    ),
    "successor of another kind": (
        HEAD,
        [
            NEW_CITY,
            "91110,district,가구,가구,91,2020-07-01,2020-07-31,91,시험",
        ],
        3,
        "successor 91 is not a district",
    ),
    "circle of successors": (
        HEAD,
        [OLD_CITY, "91,province,새시,새,,2020-07-01,2020-12-31,90,시험"],
        3,
        "successor 90 is not a province that exists on 2021-01-01",
    ),
    "ended without a successor": (
        *(HEAD, [OLD_CITY.replace(",91,", ",,")], 2),
        "a last day and a successor belong together",
    ),
    "successor without an end": (
        *(HEAD, [NEW_CITY, OLD_CITY.replace("2020-06-30", "")], 3),
        "a last day and a successor belong together",
    ),
}


@pytest.mark.parametrize(("head", "rows", "line", "reason"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_bad_file_is_refused_with_the_line(tmp_path, head, rows, line, reason):
    path = tmp_path / "regions.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")

    with pytest.raises(RegionFileError, match=reason) as refusal:
        read_regions(path)

    assert refusal.value.line == line
    assert str(refusal.value).startswith(f"regions.csv, line {line}: ")


def test_good_file_is_read(tmp_path):
    path = tmp_path / "regions.csv"
    path.write_text("\n".join([HEAD, OLD_CITY, NEW_CITY]), encoding="utf-8")

    old, new = read_regions(path).rows

    assert (old.code, old.name, old.valid_until) == ("90", "옛시", date(2020, 6, 30))
    assert read_regions(path).successors(old) == [new]
    assert (new.valid_from, new.valid_until) == (date(2020, 7, 1), None)


def test_room_for_words_is_that_of_the_columns():
    assert {name: Region._meta.get_field(name).max_length for name in ROOM} == ROOM


def test_every_row_of_our_table_has_what_it_belongs_to_on_its_last_day():
    table = read_regions(REGION_FILE)

    for row in table.rows:
        if parent := table.parent(row):
            assert parent.covers(row.valid_from, row.last_day), row
        for successor in table.successors(row):
            assert successor.valid_from <= row.valid_until + timedelta(days=1), row
