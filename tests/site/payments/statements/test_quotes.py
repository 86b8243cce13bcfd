"""Quotation marks in text files: a wrong one costs its own line, never those after it."""

import pytest

from payments.gateways.bank_statements import read_statement

from .papers import KB

pytestmark = [pytest.mark.unit]
BEFORE, AFTER = (f"2026.06.01 09:00,타행,{name},,0,20000,,강남,\n" for name in ("앞", "뒤"))


def read(*lines):
    return read_statement((KB.titles + "\n" + "".join(lines)).encode(), "a.csv")


def names(statement):
    return [row.name for row in statement.rows]


@pytest.mark.parametrize(
    "memo",
    [
        '"둘, 셋"',
        '"그는 ""예"" 했다"',
        '가 "나" 다',
        '"가"나',
        '반 "만',
        '"두\n줄"',
        '"세\r\n줄\n이다"',
    ],
)
def test_marks_and_line_breaks_within_a_memo(memo):
    statement = read(BEFORE, f"2026.06.01 09:01,타행,홍길동,{memo},0,20000,,강남,\n", AFTER)

    assert names(statement) == ["앞", "홍길동", "뒤"]
    assert statement.problems == ()


def test_mark_that_is_never_closed_costs_its_own_line():
    statement = read(BEFORE, '2026.06.01 09:01,타행,홍길동,"열림,0,20000,,강남,\n', AFTER * 20)

    assert names(statement) == ["앞"] + ["뒤"] * 20
    assert [(one.line, one.code) for one in statement.problems] == [(3, "quote")]


def test_marks_that_two_lines_leave_open_do_not_swallow_what_is_between():
    open_line = '2026.06.01 09:01,타행,홍길동,"열림,0,20000,,강남,\n'
    statement = read(open_line, BEFORE, open_line, AFTER)

    assert names(statement) == ["앞", "뒤"]
    assert [(one.line, one.code) for one in statement.problems] == [(2, "quote"), (4, "quote")]


def test_memo_over_very_many_lines_is_a_problem():
    statement = read(BEFORE, '2026.06.01 09:01,타행,홍길동,"열림\n', "더\n" * 30, AFTER)

    assert names(statement) == ["앞", "뒤"]
    assert statement.problems[0].code == "quote"


def test_mark_that_is_open_at_the_end_is_a_file_that_was_cut_off():
    statement = read(BEFORE, '2026.06.01 09:01,타행,홍길동,"열')

    assert names(statement) == ["앞"]
    assert [(one.line, one.code) for one in statement.problems] == [(3, "cut_off")]


@pytest.mark.parametrize(
    "spilled",
    [
        "2026.06.01 09:01,타행,홍길동,,0,20,000,1,020,000,강남,\n",
        "2026.06.01 09:01,타행,홍길동,,0,20,000,,강남,\n",
        "2026.06.01 09:01,타행,홍길동,둘, 셋,0,20000,,강남,\n",
        "2026.06.01 09:01,타행,홍길동,둘, 5,0,20000,,강남,\n",
        "2026.06.01 09:01,타행,홍길동,,0,20000,,강남,,,\n",
    ],
)
def test_comma_within_a_cell_without_marks_is_a_problem(spilled):
    statement = read(BEFORE, spilled, AFTER)

    assert names(statement) == ["앞", "뒤"]
    assert [(one.line, one.code) for one in statement.problems] == [(3, "cells")]


def test_amounts_that_all_fell_apart_are_problems():
    statement = read(*["2026.06.01 09:01,타행,홍길동,,0,20,000,,강남,\n"] * 3)

    assert statement.rows == ()
    assert [one.code for one in statement.problems] == ["cells"] * 3


def test_comma_at_the_end_of_each_line_divides_nothing():
    ended = BEFORE.replace("\n", ",\n")
    statement = read(ended, "2026.06.01 09:01,타행,홍길동,,0,500,700,강남,,\n", ended)

    assert names(statement) == ["앞", "홍길동", "앞"]


def test_line_without_end_is_read_in_pieces():
    statement = read(BEFORE, '"' + "가" * 150_000 + '"\n', AFTER)

    assert names(statement) == ["앞", "뒤"]
    assert len(statement.problems) > 0
