"""Titles over merged cells, on two lines, in files of several tables."""

from datetime import date, datetime, time

import openpyxl
import pytest

from payments.exceptions import UnknownStatementError
from payments.gateways.bank_statements import is_same_account, read_statement

from .containers import as_html, as_text, saved

pytestmark = [pytest.mark.unit]
WOORI = ["거래일자", "거래시간", "적요", "출금금액", "입금금액", "잔액"]
ROWS = [
    ["2026.06.01", "08:33:28", "홍길동", "", "20,000", "20,000"],
    ["2026.06.01", "18:00:00", "이영희", "", "20,000", "40,000"],
]
EXPECTED = [("08:33:28", 20_000, "홍길동"), ("18:00:00", 20_000, "이영희")]


def seen(statement):
    assert (statement.problems, statement.gaps) == ((), ())
    return [(f"{row.occurred_at:%H:%M:%S}", row.deposit_krw, row.name) for row in statement.rows]


def test_titles_on_two_merged_lines_of_a_web_page():
    content = (
        "<table><tr><td colspan=6>거래내역<td></tr>"
        "<tr><th rowspan=2>거래<br>일자<th rowspan='2'>거래 시간<th rowspan=2>적요"
        "<th colspan=2>거래금액<th rowspan=x>잔액</tr>"
        "<tr><th>출금금액<th>입금금액</tr>"
        "<tr><td>2026.06.01<td>08:33:28<td>홍길동<td><td>20,000<td>20,000</tr>"
        "<tr><td>2026.06.01</td><td>18:00:00</td><td>이영희</td><td></td><td>20,000</td>"
        "<td>40,000</td></tr></table>"
    )

    assert seen(read_statement(content.encode("cp949"), "a.xls")) == EXPECTED


def test_cell_that_reaches_below_its_table_moves_nothing_in_the_next():
    content = (
        "<table><tr><td><table><tr><td rowspan=9>계좌번호<td>1005-1234</tr></table></td></tr>"
        f"<tr><td>거래내역</td></tr></table>{as_html([WOORI, *ROWS])}"
    )
    statement = read_statement(content.encode(), "a.xls")

    assert seen(statement) == EXPECTED
    assert statement.account_number == "1005-1234"


def test_remark_right_of_the_titles_of_a_sheet_is_no_cell_too_many():
    book = openpyxl.Workbook()
    for line in (WOORI, [*ROWS[0], None, "확인함"], ROWS[1]):
        book.active.append(line)

    assert seen(read_statement(saved(book), "a.xlsx")) == EXPECTED


def test_titles_on_two_merged_lines_of_a_sheet():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["거래내역"])
    sheet.append(["거래일자", "거래시간", "적요", "거래금액", None, "잔액"])
    sheet.append([None, None, None, "출금금액", "입금금액", None])
    for row in ROWS:
        sheet.append(row)
    for cells in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"):
        sheet.merge_cells(cells)

    assert seen(read_statement(saved(book), "a.xlsx")) == EXPECTED


def test_date_and_time_under_one_merged_title():
    titles = ["거래일시", "", "적요", "출금금액", "입금금액", "잔액"]

    assert seen(read_statement(as_text([titles, *ROWS]).encode(), "a.csv")) == EXPECTED


def test_numbers_and_dates_of_a_sheet_may_be_numbers_and_dates():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(WOORI)
    sheet.append([date(2026, 6, 1), time(8, 33, 28), "홍길동", None, 20_000, 20_000.0])
    sheet.append([datetime(2026, 6, 1), 183_000, "이영희", 0, 20_000, 40_000])

    statement = read_statement(saved(book), "a.xlsx")

    assert seen(statement) == [("08:33:28", 20_000, "홍길동"), ("18:30:00", 20_000, "이영희")]
    assert [row.balance_krw for row in statement.rows] == [20_000, 40_000]


def test_moments_of_a_sheet_are_read_to_the_second():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["거래일시", "적요", "출금금액", "입금금액", "잔액"])
    sheet.append([datetime(2026, 6, 1, 8, 33, 27, 996_000), "홍길동", None, 20_000, 20_000])
    sheet.append([datetime(2026, 6, 1, 23, 59, 59, 700_000), "이영희", None, 20_000, 40_000])

    assert seen(read_statement(saved(book), "a.xlsx")) == [
        ("08:33:28", 20_000, "홍길동"),
        ("00:00:00", 20_000, "이영희"),
    ]


def test_formulas_of_a_sheet_are_text_in_a_memo_and_a_problem_in_an_amount():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["거래일시", "기재내용", "지급(원)", "입금(원)", "거래후 잔액(원)", "메모"])
    sheet.append(["2026.06.01 09:00", "홍길동", 0, 20_000, 20_000, "=1+1"])
    sheet.append(["2026.06.01 09:01", "이영희", 0, "=D2", 40_000, None])
    sheet.append(["2026.06.01 09:02", "김철수", 0, 20_000.5, 60_000, None])
    statement = read_statement(saved(book), "a.xlsx")

    assert [(row.name, row.memo) for row in statement.rows] == [("홍길동", "=1+1")]
    assert [(one.line, one.column, one.code) for one in statement.problems] == [
        (3, "입금(원)", "amount"),
        (4, "입금(원)", "amount"),
    ]


def test_sheets_of_one_account_are_read_one_after_the_other():
    book = openpyxl.Workbook()
    for sheet, row in ((book.active, ROWS[0]), (book.create_sheet(), ROWS[1])):
        for line in (["계좌번호 : 1005-1234"], WOORI, row):
            sheet.append(line)
    statement = read_statement(saved(book), "a.xlsx")

    assert seen(statement) == EXPECTED
    assert [row.line for row in statement.rows] == [3, 6]


@pytest.mark.parametrize(
    "lines",
    [
        [["계좌번호: 1005-123"], WOORI, ROWS[0], ["계좌번호: 1005-124"], WOORI, ROWS[1]],
        [["계좌번호", "1005-123"], ["계좌번호", "1005-124"], WOORI, *ROWS],
        [
            [*WOORI, "계좌번호"],
            [*ROWS[0], "1005-123"],
            [*ROWS[1], "1005-124"],
        ],
        [WOORI, ROWS[0], ["거래일시", "적요", "출금금액", "입금금액", "잔액"]],
    ],
    ids=["two tables", "two numbers", "a column", "two banks"],
)
def test_two_accounts_in_one_file_are_refused(lines):
    with pytest.raises(UnknownStatementError, match=r"a\.csv: .* two accounts"):
        read_statement(as_text(lines).encode(), "a.csv")


@pytest.mark.parametrize(
    "lines",
    [
        [["계좌번호: 1005-123-4"], WOORI, ROWS[0], ["계좌번호: 1005-123-4"], WOORI, ROWS[1]],
        [[*WOORI, "계좌번호"], [*ROWS[0], "1005-123-4"], [*ROWS[1], "10051234"]],
        [["계좌번호: 1005-123-4"], WOORI, *ROWS, ["※ 문의 1588-0000"]],
    ],
    ids=["two tables", "a column", "a remark"],
)
def test_one_account_that_is_named_twice_is_one(lines):
    statement = read_statement(as_text(lines).encode(), "a.csv")

    assert seen(statement) == EXPECTED
    assert statement.account_number == "1005-123-4"


@pytest.mark.parametrize(
    ("printed", "number", "is_same"),
    [
        ("123456-04-789012", "12345604789012", True),
        ("123456-**-***012", "123456-04-789012", True),
        ("123456-**-***013", "123456-04-789012", False),
        ("123456-04-78901", "123456-04-789012", False),
    ],
)
def test_part_of_an_account_number_may_be_hidden(printed, number, is_same):
    lines = [[f"계좌번호: {printed}"], [f"계좌번호: {number}"], WOORI, *ROWS]

    assert is_same_account(printed, number) is is_same
    if is_same:
        assert read_statement(as_text(lines).encode(), "a.csv").account_number == printed


def test_memo_of_a_payer_names_no_account():
    titles = ["거래일시", "적요", "보낸분/받는분", "송금메모", "출금액", "입금액", "잔액"]
    row = ["2026.06.01 09:00", "타행", "홍길동", "계좌번호 : 999-999-999", "", "20,000", "20,000"]
    lines = [["계좌번호 : 123-456-789"], titles, row]

    assert read_statement(as_html(lines).encode(), "a.xls").account_number == "123-456-789"


def test_titles_that_stand_twice_tell_nothing():
    doubled = [*WOORI, "입금금액"]

    with pytest.raises(UnknownStatementError, match="column titles"):
        read_statement(as_text([doubled, [*ROWS[0], "1"]]).encode(), "a.csv")
