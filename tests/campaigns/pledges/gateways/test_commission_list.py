"""Files of the election commission, as they come."""

import io
import unicodedata
from datetime import date

import openpyxl
import pytest

from campaigns.pledges.exceptions import UnknownListError
from campaigns.pledges.gateways import commission_list
from campaigns.pledges.gateways.commission_list import Problem, read_list
from tests.factories.pledges import COUNCIL, GOVERNORS, LIST, TITLES, csv_file

pytestmark = pytest.mark.unit
ELECTION = "20260603"
WEB = "선거구명,정당명,성명(한자),성별,생년월일(연령),주소,등록상태"


def read(content):
    return read_list(content, ELECTION)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_file_is_read_in_any_encoding(encoding):
    found = read(
        csv_file(encoding=encoding)
        if encoding != "cp949"
        else csv_file(LIST[1:], encoding=encoding)
    )

    row = next(one for one in found.rows if one.name == "남궁바다")
    assert (row.number, row.office, row.party) == ("101", "3", "나래당")
    assert row.birth_on == date(1965, 2, 3)
    assert found.problems == ()


def test_nothing_but_what_is_needed_is_read():
    assert "어느길" not in repr(read(csv_file()))
    assert "변호사" not in repr(read(csv_file()))


def test_a_workbook_is_read_as_the_text_is():
    book = openpyxl.Workbook()
    for line in [TITLES, *LIST]:
        book.active.append(line.split(","))
    content = io.BytesIO()
    book.save(content)

    assert read(content.getvalue()).rows == read(csv_file()).rows


def test_titles_may_be_korean_and_stand_below_a_heading():
    content = csv_file(
        ["종로구,무소속,한 가람(韓佳藍),여,1970.01.31.(56세),어느길,등록"],
        titles=f"제9회 지방선거 예비후보자 명부\n\n{WEB}",
    )

    (row,) = read(content).rows
    assert (row.name, row.hanja, row.birth_on) == ("한가람", "韓佳藍", date(1970, 1, 31))
    assert (row.line, row.district, row.party) == (4, "종로구", "무소속")


def test_titles_may_stand_on_two_lines():
    titles = "선거구,,후보자,,\n선거구명,시도명,성명,정당명,생년월일"

    (row,) = read(csv_file(["종로구,서울특별시,한가람,가온당,1970-01-31"], titles=titles)).rows
    assert (row.name, row.party, row.district) == ("한가람", "가온당", "종로구")


def test_merged_titles_say_what_they_can():
    titles = "구분,구분,후보자,정당명\n시도명,선거구명,성명,"

    (row,) = read(csv_file(["서울특별시,종로구,한가람,가온당"], titles=titles)).rows
    assert (row.province, row.name, row.party) == ("서울특별시", "한가람", "가온당")


def test_letters_may_come_decomposed():
    content = unicodedata.normalize("NFD", csv_file().decode()).encode()

    assert read(content).rows == read(csv_file()).rows


def test_empty_lines_and_repeated_titles_are_nobody():
    found = read(csv_file([GOVERNORS[0], "," * 18, TITLES, GOVERNORS[1]]))

    assert [row.line for row in found.rows] == [2, 5]
    assert found.problems == ()


def test_a_ballot_number_with_its_letter_wins():
    (row,) = read(csv_file([COUNCIL])).rows

    assert row.ballot == "1-가"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (GOVERNORS[0].replace("한가람,韓가람", ","), "name"),
        (GOVERNORS[0].replace("19700131", "1970년"), "birth"),
        (GOVERNORS[0].replace("19700131", "19700231"), "birth"),
        (GOVERNORS[0].replace("가온당", "당" * 61), "long"),
        (GOVERNORS[0].replace("20260603", "20220601"), "election"),
        (GOVERNORS[0].replace("한가람", '"한가람'), "cut_off"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(line, code):
    found = read(csv_file([GOVERNORS[1], line]))

    assert found.problems == (Problem(3, code),)
    assert commission_list.RowProblem(code).label


def test_without_a_birth_date_there_is_none():
    (row,) = read(csv_file([GOVERNORS[0].replace("19700131", "")])).rows

    assert row.birth_on is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "빈 파일"),
        (b"%PDF-1.7", "PDF"),
        ("이름,나이\n한가람,56\n".encode(), "열 제목"),
        (csv_file([]), "후보자가 없습니다"),
        (b"PK\x03\x04broken", "손상"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(content, words):
    with pytest.raises(UnknownListError, match=words):
        read(content)


def test_a_list_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(commission_list, "MOST_LINES", 3)

    with pytest.raises(UnknownListError, match="2만 줄"):
        read(csv_file())
