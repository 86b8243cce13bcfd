"""Workbooks as Excel wrote them until 2003 (.xls, BIFF)."""

import random
import struct
from contextlib import suppress
from datetime import date, datetime, time

import pytest
import xlwt

from payments.exceptions import DamagedStatementError, UnknownStatementError
from payments.gateways.bank_statements import read_statement

from .containers import all_lines, as_xls, saved
from .papers import KB

pytestmark = [pytest.mark.unit]
WOORI = ["거래일자", "거래시간", "적요", "출금금액", "입금금액", "잔액"]
DAY, MOMENT, CLOCK = (
    xlwt.easyxf(num_format_str=words) for words in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss")
)


def book_of(*lines, dates_1904=False):
    book = xlwt.Workbook()
    book.dates_1904 = dates_1904
    sheet = book.add_sheet("1")
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            sheet.write(row, column, *(cell if isinstance(cell, tuple) else (cell,)))
    return book


def read(book):
    return read_statement(saved(book), "june.xls")


def test_numbers_dates_and_times_may_be_numbers_dates_and_times():
    book = book_of(
        WOORI,
        [(date(2026, 6, 1), DAY), (time(8, 33, 28), CLOCK), "홍길동", None, 20_000, 20_000.0],
        [(date(2026, 6, 1), DAY), 183_000, "이영희", 0, "20,000", 40_000],
    )
    statement = read(book)

    assert statement.problems == ()
    assert [f"{row.occurred_at:%m-%d %H:%M:%S}" for row in statement.rows] == [
        "06-01 08:33:28",
        "06-01 18:30:00",
    ]
    assert [(row.deposit_krw, row.balance_krw) for row in statement.rows] == [
        (20_000, 20_000),
        (20_000, 40_000),
    ]


def test_dates_may_be_counted_from_1904():
    book = book_of(
        ["거래일시", "적요", "출금금액", "입금금액", "잔액"],
        [(datetime(2026, 6, 1, 23, 59, 59), MOMENT), "홍길동", 0, 20_000, 20_000],
        [(-5_000_000, MOMENT), "이영희", 0, 20_000, 40_000],
        dates_1904=True,
    )
    statement = read(book)

    assert [row.occurred_at.replace(tzinfo=None) for row in statement.rows] == [
        datetime(2026, 6, 1, 23, 59, 59)
    ]
    assert [(one.line, one.code) for one in statement.problems] == [(3, "date")]


def test_result_of_a_formula_is_never_an_amount():
    content = saved(
        book_of(
            ["거래일시", "기재내용", "지급(원)", "입금(원)", "거래후 잔액(원)", "메모"],
            ["2026.06.01 09:00", "홍길동", 0, 20_000, 20_000, xlwt.Formula('"a"&"b"')],
            ["2026.06.01 09:01", "이영희", 0, xlwt.Formula("D2"), 40_000, ""],
        )
    )
    # As Excel keeps it, with the result of the last time it was open beside the formula.
    head = struct.pack("<HHHH", 0x0006, 6 + 8 + 2 + 4 + 2 + 5, 2, 3)
    at = content.index(head) + 10
    content = content[:at] + struct.pack("<d", 20_000.0) + content[at + 8 :]
    statement = read_statement(content, "june.xls")

    assert [(row.name, row.memo) for row in statement.rows] == [("홍길동", "#N/A")]
    assert [(one.line, one.column, one.code) for one in statement.problems] == [
        (3, "입금(원)", "amount")
    ]


def test_sheets_of_one_account_are_read_one_after_the_other():
    book = book_of(WOORI, ["2026.06.01", "09:00", "홍길동", 0, 20_000, 20_000])
    sheet = book.add_sheet("2")
    for column, cell in enumerate(["2026.06.02", "09:00", "이영희", 0, 20_000, 40_000]):
        sheet.write(0, column, cell)

    assert [(row.line, row.name) for row in read(book).rows] == [(2, "홍길동"), (3, "이영희")]


def test_cell_in_the_far_corner_makes_no_sheet_of_millions():
    book = book_of(WOORI, ["2026.06.01", "09:00", "홍길동", 0, 20_000, 20_000])
    book.get_sheet(0).write(65_535, 255, "x")
    statement = read(book)

    assert [row.name for row in statement.rows] == ["홍길동"]


@pytest.mark.parametrize(
    ("record", "error", "words"),
    [
        (struct.pack("<HHHH", 0x002F, 4, 0, 0), UnknownStatementError, "password"),
        (struct.pack("<HHHH", 0x0006, 4, 0, 0), DamagedStatementError, "damaged"),
    ],
)
def test_record_that_nobody_can_read_is_refused(record, error, words):
    content = as_xls(all_lines(KB))
    begins = content.index(struct.pack("<HH", 0x0809, 16))
    content = content[: begins + 20] + record + content[begins + 20 + len(record) :]

    with pytest.raises(error, match=words):
        read_statement(content, "june.xls")


@pytest.mark.parametrize(
    ("inside", "words"), [("WordDocument", "no Excel file"), ("EncryptedPackage", "password")]
)
def test_other_files_in_the_same_wrapping_say_what_they_are(inside, words):
    content = as_xls(all_lines(KB)).replace(_wide("Workbook"), _wide("Workb00k"))

    with pytest.raises(UnknownStatementError, match=words):
        read_statement(content + _wide(inside), "june.xls")


def _wide(text):
    return text.encode("utf-16-le")


def test_half_a_workbook_is_refused():
    content = as_xls(all_lines(KB))

    for end in (20, 600, len(content) // 2):
        with pytest.raises(DamagedStatementError, match="damaged"):
            read_statement(content[:end], "june.xls")


@pytest.mark.parametrize("seed", range(20))
def test_broken_bytes_are_read_or_refused(seed):
    content, chance = bytearray(as_xls(all_lines(KB))), random.Random(seed)  # noqa: S311 (no secret)
    for _ in range(4):
        content[chance.randrange(8, len(content))] = chance.randrange(256)

    with suppress(DamagedStatementError, UnknownStatementError):
        assert read_statement(bytes(content), "june.xls").layout
