"""A year of a busy account."""

import tracemalloc
from datetime import datetime, timedelta

import pytest

from payments.gateways.bank_statements import read_statement

from .containers import as_html, as_text
from .papers import KB

pytestmark = [pytest.mark.unit]
MAKERS = {"text": as_text, "page": as_html}


def year(count):
    at = datetime(2026, 1, 1)
    return [
        KB.titles.split(","),
        *(
            [
                f"{at + timedelta(minutes=number):%Y.%m.%d %H:%M:%S}",
                "타행",
                f"회원{number % 700}",
                "",
            ]
            + ["0", "20,000", f"{20_000 * (number + 1):,}", "강남지점", ""]
            for number in range(count)
        ),
    ]


def test_30_000_lines_are_read_to_the_last():
    statement = read_statement(as_text(year(30_000)).encode("cp949"), "a.csv")

    assert (len(statement.rows), statement.problems, statement.gaps) == (30_000, (), ())
    assert sum(row.deposit_krw for row in statement.rows) == 600_000_000


@pytest.mark.parametrize("maker", MAKERS)
def test_memory_is_that_of_the_rows(maker):
    content = MAKERS[maker](year(1_000)).encode("cp949")
    tracemalloc.start()
    statement = read_statement(content, "a.xls")
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(statement.rows) == 1_000
    assert peak < kept + 1_500_000
