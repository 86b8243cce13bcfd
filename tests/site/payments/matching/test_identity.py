from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payments.gateways.bank_statements import read_statement
from payments.matching import row_identity

pytestmark = [pytest.mark.unit, pytest.mark.sqlite_smoke]
ABOVE = "거래일시,적요,보낸분/받는분,송금메모,출금액,입금액,잔액,거래점,구분\n"
# Few of each, so that equal deposits by the same and by different people are frequent.
DEPOSITS = st.lists(
    st.tuples(
        st.integers(0, 2),  # minutes since the last
        st.sampled_from(["김철수", "이영희"]),
        st.sampled_from([20_000, -20_000, 5_000]),
    ),
    max_size=12,
)


class Printed(NamedTuple):
    at: datetime
    line: str


def print_account(deposits, *, has_balance):
    """All lines the bank has of an account, the oldest first."""
    at, balance, printed = datetime(2026, 6, 1, 9), 1_000_000, []
    for minutes, name, amount in deposits:
        at, balance = at + timedelta(minutes=minutes), balance + amount
        sums = (str(-amount), "") if amount < 0 else ("", str(amount))
        cells = (f"{at:%Y.%m.%d %H:%M:%S}", "타행", name, "", *sums)
        tail = (str(balance) if has_balance else "", "강남", "")
        printed.append(Printed(at, ",".join(cells + tail)))
    return printed


def identities(lines):
    statement = read_statement((ABOVE + "\n".join(lines) + "\n").encode("cp949"), "a.csv")
    assert statement.problems == ()
    return [row_identity("1", row) for row in statement.rows]


@settings(max_examples=60, deadline=None)
@given(DEPOSITS, st.data())
@pytest.mark.parametrize("has_balance", [True, False])
def test_any_files_over_any_periods_give_the_same_rows(has_balance, deposits, data):
    printed = print_account(deposits, has_balance=has_balance)
    whole = identities([line for _, line in printed])
    known = set()

    for _ in range(data.draw(st.integers(0, 3))):
        # A file begins and ends between two minutes: banks are asked for days.
        first, last = sorted(data.draw(st.tuples(st.integers(0, 24), st.integers(0, 24))))
        start = datetime(2026, 6, 1, 9)
        part = [line for at, line in printed if first <= (at - start).total_seconds() / 60 <= last]
        known |= set(identities(part[::-1] if data.draw(st.booleans()) else part))

    assert len(whole) == len(set(whole)) == len(deposits)
    assert known <= set(whole)
    assert known | set(identities([line for _, line in printed][::-1])) == set(whole)


@pytest.mark.parametrize(
    ("column", "other"),
    [(0, "2026.06.01 09:00:01"), (2, "이영희"), (5, "20,001"), (6, "1,020,001"), (7, "종로")],
)
def test_whatever_the_bank_printed_differently_is_another_row(column, other):
    printed = ["2026.06.01 09:00:00", "타행", "김철수", "", "", "20000", "1020000", "강남", ""]
    changed = [*printed[:column], f'"{other}"', *printed[column + 1 :]]

    assert len(set(identities([",".join(printed), ",".join(changed)]))) == 2


def test_time_to_the_minute_is_enough_without_a_balance():
    by_second = ["2026.06.01 09:00:41,타행,김철수,,,20000,,강남,"] * 2
    by_minute = ["2026.06.01 09:00,타행,김철수,,,20000,,강남,"] * 2

    assert identities(by_second) == identities(by_minute)
    assert len(set(identities(by_second))) == 2


def test_account_is_part_of_it():
    content = (ABOVE + "2026.06.01 09:00,타행,김철수,,,20000,30000,강남,\n").encode()
    (row,) = read_statement(content, "a.csv").rows

    assert row_identity("1", row) != row_identity("2", row)
    assert len(row_identity("1", row)) == 64
