"""Lines that are no plain transaction: kept as a problem, or known to be none."""

import unicodedata

import pytest

from payments.gateways.bank_statements import read_statement
from payments.gateways.bank_statements.statement import ProblemCode

from .containers import as_text

pytestmark = [pytest.mark.unit]
TITLES = [
    "거래일시",
    "적요",
    "보낸분/받는분",
    "송금메모",
    "출금액",
    "입금액",
    "잔액",
    "거래점",
    "구분",
]


def line(at="2026.06.01 09:00:00", name="홍길동", out="0", into="20,000", balance="", **others):
    return [
        at,
        others.get("channel", "타행"),
        name,
        others.get("memo", ""),
        out,
        into,
        balance,
        "",
        "",
    ]


def read(*lines):
    return read_statement(as_text([TITLES, *lines]).encode(), "a.csv")


@pytest.mark.parametrize(
    ("damaged", "column", "code"),
    [
        (line(at="2026.02.30 09:00:00"), "거래일시", "date"),
        (line(at=""), "거래일시", "date"),
        (line(at="06/01/2026"), "거래일시", "date"),
        (line(into="20.000"), "입금액", "amount"),
        (line(into="이만원"), "입금액", "amount"),
        (line(out="=1+1"), "출금액", "amount"),
        (line(balance="?"), "잔액", "amount"),
        (line(into="0"), "입금액", "no_amount"),
        (line(into=""), "입금액", "no_amount"),
        (line(out="5,000"), "입금액", "two_amounts"),
        (line(at="2026.06.01", name="이월"), "", "total"),
        (line()[:5], "", "cut_off"),
    ],
)
def test_unreadable_line_is_a_problem_and_the_others_are_read(damaged, column, code):
    statement = read(line(name="앞"), damaged, line(name="뒤"))

    assert [row.name for row in statement.rows] == ["앞", "뒤"]
    assert [(one.line, one.column, one.code) for one in statement.problems] == [(3, column, code)]


@pytest.mark.parametrize("code", ProblemCode)
def test_problem_says_what_to_do(code):
    statement = read(line(into="이만원"))

    assert "bank" in str(ProblemCode(code).label)
    assert statement.problems[0].message == str(ProblemCode.AMOUNT.label)


@pytest.mark.parametrize(
    "skipped",
    [
        [],
        ["", "", "", "", "", "", "", "", ""],
        ["합계", "", "", "", "0", "20,000", "", "", ""],
        ["", "", "월 소계", "", "0", "20,000", "", "", ""],
        ["총계 1건", "", "", "", "0", "20,000", "", "", ""],
        ["2026.06.30", "합계", "", "", "0", "20,000", "", "", ""],
        ["2026.06.01~2026.06.30", "합계", "", "", "0", "20,000", "", "", ""],
        ["2026.06.30 23:59:59", "누계", "", "", "", "", "20,000", "", ""],
        ["2026.06.01", "전월이월", "", "", "", "", "20,000", "", ""],
        ["", "이월", "", "", "", "", "20,000", "", ""],
        ["※ 본 자료는 참고용입니다", "", "", "", "", "", "", "", ""],
        ["이하", "여백"],
        TITLES,
    ],
)
def test_totals_remarks_and_repeated_titles_are_no_transactions(skipped):
    statement = read(line(name="앞"), skipped, line(name="뒤"))

    assert ([row.name for row in statement.rows], statement.problems) == (["앞", "뒤"], ())


def test_people_whose_name_is_a_word_of_the_bank_pay_too():
    statement = read(line(name="이월"), line(name="정산"), line(name="이자", channel="타행"))

    assert [(row.name, row.kind) for row in statement.rows] == [
        ("이월", "transfer"),
        ("정산", "transfer"),
        ("이자", "transfer"),
    ]


@pytest.mark.parametrize(
    ("channel", "name", "kind"),
    [
        ("타행이체취소", "홍길동", "reversal"),
        ("정정", "홍길동", "reversal"),
        ("타행", "타행이체취소", "reversal"),
        ("이자", "", "interest"),
        ("대체", "예금이자", "interest"),
        ("CMS 집금", "금융결제원", "settlement"),
        ("타행", "카카오페이정산", "settlement"),
        ("타행", "TOSSPAYMENTS", "settlement"),
        ("타행", "홍길동", "transfer"),
    ],
)
def test_what_is_nobodys_payment_is_marked(channel, name, kind):
    assert [row.kind for row in read(line(channel=channel, name=name)).rows] == [kind]


def test_amount_taken_back_is_a_reversal():
    (row,) = read(line(into="(5,000)")).rows

    assert (row.deposit_krw, row.kind) == (-5_000, "reversal")


def test_equal_lines_without_balance_are_counted():
    later = line(at="2026.06.01 09:00:59")
    statement = read(line(), later, line(name="이영희"), line(at="2026.06.01 09:01"))

    assert [row.ordinal for row in statement.rows] == [1, 2, 1, 1]
    assert {row.balance_krw for row in statement.rows} == {None}


def test_names_and_memos_are_kept_as_data():
    memo = '=HYPERLINK("http://x","y")'
    (row,) = read(line(name="  홍\u200b길동\u00a0 ", memo=memo)).rows

    assert (row.name, row.memo) == ("홍길동", memo)


def test_names_and_titles_may_come_decomposed():
    content = unicodedata.normalize("NFD", as_text([TITLES, line(name="똠방각하")]))
    (row,) = read_statement(content.encode(), "a.csv").rows

    assert row.name == "똠방각하"
