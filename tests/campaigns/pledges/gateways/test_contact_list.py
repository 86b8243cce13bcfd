"""Files of contacts as they come: all encodings, other people's titles, what is wrong in a line."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from campaigns.pledges.exceptions import UnknownListError
from campaigns.pledges.gateways.contact_list import ContactProblem, is_mobile, read_contacts
from tests.factories.pledge_contacts import FOUND_AT, TITLES, contact_line, contacts_file

pytestmark = pytest.mark.unit
ONE = contact_line(phone="010-0000-1234")


def rows_of(content, source=""):
    found = read_contacts(content, source)
    assert found.problems == ()
    return found.rows


def codes_of(*lines, titles=TITLES, source=""):
    found = read_contacts(contacts_file(*lines, titles=titles), source)
    return [(line, ContactProblem(code).name) for line, code in found.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_csv_file_in_any_encoding(encoding):
    [row] = rows_of(contacts_file(ONE, encoding=encoding))
    assert (row.line, row.name, row.party, row.office) == (2, "한가람", "가온당", "시·도지사")
    assert (row.place, row.email, row.phone) == (
        "서울특별시",
        "han@candidate.example",
        "010-0000-1234",
    )
    assert (row.source, row.holder, row.reference) == (FOUND_AT, "", "")


def test_a_workbook_whose_numbers_lost_their_zero():
    book = Workbook()
    for line in (
        ["우리 후보 연락처"],
        ["성 명", "E-MAIL", "휴대전화(필수)", "받는 사람", "출처"],
        ["한가람(韓가람)", "han@candidate.example", 1000001234, "정책실장", "전화로 들음"],
    ):
        book.active.append(line)
    packed = BytesIO()
    book.save(packed)
    [row] = rows_of(packed.getvalue())
    assert (row.line, row.name, row.phone) == (3, "한가람", "010-0000-1234")
    assert (row.holder, row.source) == ("정책실장", "전화로 들음")


@pytest.mark.parametrize(
    ("titles", "line"),
    [
        ("이름,메일,전화번호", "한가람,han@x.example,010-0000-1234"),
        ("후보자명,이메일 주소,핸드폰", "한가람,han@x.example,01000001234"),
        ("성명;전자우편;연락처", "한가람;han@x.example;+82 10-0000-1234"),
        ("후보,e-mail,전화,휴대폰", "한가람,han@x.example,02-000-0000,010 0000 1234"),
        ("이름,Email,휴대전화,전화", "한가람,han@x.example,-,010.0000.1234"),
    ],
)
def test_the_titles_of_others(titles, line):
    [row] = rows_of(contacts_file(line, titles=titles), source=FOUND_AT)
    assert (row.name, row.email, row.phone) == ("한가람", "han@x.example", "010-0000-1234")
    assert row.source == FOUND_AT


def test_the_place_is_put_together_from_its_columns():
    titles = "시도,구시군,선거구명,성명,이메일,출처"
    line = f"서울특별시,종로구,종로구가선거구,라온,r@x.example,{FOUND_AT}"
    [row] = rows_of(contacts_file(line, titles=titles))
    assert row.place == "서울특별시 종로구 종로구가선거구"


def test_what_is_not_filled_in_yet_is_counted_and_passed_over():
    found = read_contacts(contacts_file(ONE, contact_line("라온", ""), "", TITLES), "")
    assert (len(found.rows), found.empty, found.problems) == (1, 2, ())
    assert len(read_contacts(contacts_file(ONE, contact_line("라온", "없음")), "").rows) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (contact_line(name=""), "NAME"),
        (contact_line(email="han@candidate"), "EMAIL"),
        (contact_line(email="a@x.example b@x.example"), "EMAIL"),
        (contact_line(phone="1.00E+09"), "PHONE"),
        (contact_line(source=""), "SOURCE"),
        (contact_line(party="당" * 61), "LONG"),
        (contact_line(source="900101-1234567"), "RESIDENT"),
        ('"한가람', "CUT_OFF"),
    ],
)
def test_what_is_wrong_is_told_by_its_line(line, code):
    assert (2, code) in codes_of(line)


def test_the_source_of_a_line_goes_before_that_of_all():
    rows = rows_of(contacts_file(ONE, contact_line("라온", source="")), source="회원단체 명부")
    assert [row.source for row in rows] == [FOUND_AT, "회원단체 명부"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04 no workbook",
        contacts_file(titles="성명,주소"),
        contacts_file(titles="이메일,휴대전화"),
        contacts_file(),
        contacts_file(contact_line(email="")),
        contacts_file(*[ONE] * 5_000),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_refused_in_words(content):
    with pytest.raises(UnknownListError) as refusal:
        read_contacts(content, "")
    assert str(refusal.value)


def test_letters_that_cannot_be_read_are_told():
    broken = contacts_file(ONE).replace("한가람".encode(), b"\xed\x95\xff\xfe")
    assert [code for _line, code in read_contacts(broken, "").problems] == ["signs"]


@pytest.mark.parametrize(
    ("number", "answer"),
    [("010-0000-1234", True), ("02-000-0000", False), ("1588-0000", False), ("none", False)],
)
def test_a_text_message_reaches_mobile_phones_only(number, answer):
    assert is_mobile(number) is answer
