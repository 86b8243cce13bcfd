import pytest

from payments.gateways.bank_statements import Gap, read_statement

from .containers import as_text

pytestmark = [pytest.mark.unit]
TITLES = ["거래일시", "적요", "출금금액", "입금금액", "잔액"]
LINES = [
    ["2026.06.01 09:00", "가", "", "20,000", "120,000"],
    ["2026.06.01 10:00", "나", "50,000", "", "70,000"],
    ["2026.06.02 11:00", "다", "", "20,000", "90,000"],
    ["2026.06.02 12:00", "라", "", "(20,000)", "70,000"],
    ["2026.06.03 13:00", "마", "", "30,000", "100,000"],
]


def read(lines, end="\r\n"):
    content = as_text([TITLES, *lines], end=end).encode("cp949")
    return read_statement(content, "a.csv")


@pytest.mark.parametrize("lines", [LINES, LINES[::-1]], ids=["oldest first", "newest first"])
def test_balances_follow_in_either_order(lines):
    assert read(lines).gaps == ()


def test_missing_line_is_a_gap_in_either_order():
    left = [line for line in LINES if line[1] != "다"]

    assert read(left).gaps == (Gap(line=4, expected_krw=50_000, printed_krw=70_000),)
    assert read(left[::-1]).gaps == (Gap(line=4, expected_krw=90_000, printed_krw=70_000),)


def test_unreadable_line_leaves_a_gap_too():
    damaged = [*LINES[:2], ["2026.06.02 11:00", "다", "", "20.000", "90,000"], *LINES[3:]]
    statement = read(damaged)

    assert [problem.line for problem in statement.problems] == [4]
    assert [gap.line for gap in statement.gaps] == [5]


def test_line_without_balance_proves_nothing():
    blank = [LINES[0], [*LINES[1][:4], ""], *LINES[2:]]

    assert read(blank).gaps == ()


@pytest.mark.parametrize("lines", [LINES, LINES[::-1]], ids=["oldest first", "newest first"])
def test_last_balance_that_is_cut_off_is_not_read(lines):
    whole = as_text([TITLES, *lines]).encode("cp949").rstrip()
    cut = whole.removesuffix(b',000"').removesuffix(b"000") + b'"'
    statement = read_statement(cut, "a.csv")

    assert len(statement.rows) == 4
    assert [(one.line, one.code) for one in statement.problems] == [(6, "cut_off")]
    assert statement.gaps == ()


def test_gap_above_an_unended_total_is_a_gap():
    lines = [*LINES[:3], LINES[4], ["합계", "", "50,000", "70,000", ""]]
    statement = read_statement(as_text([TITLES, *lines]).encode().rstrip(), "a.csv")

    assert (len(statement.rows), [gap.line for gap in statement.gaps]) == (4, [5])
    assert statement.problems == ()


def test_last_line_without_a_line_break_is_read_when_its_balance_follows():
    statement = read_statement(as_text([TITLES, *LINES]).encode("cp949").rstrip(), "a.csv")

    assert (len(statement.rows), statement.problems) == (5, ())
