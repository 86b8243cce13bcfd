"""Each bank in each encoding and each kind of file: all rows, all amounts."""

import pytest

from payments.gateways.bank_statements import read_statement

from .containers import all_lines, as_html, as_text, as_xls, as_xlsx
from .more_papers import PAPERS

pytestmark = [pytest.mark.unit, pytest.mark.sqlite_smoke]
ENCODINGS = ["cp949", "utf-8", "utf-8-sig", "utf-16"]
CONTAINERS = {
    "comma": lambda lines, encoding: as_text(lines).encode(encoding),
    "tab": lambda lines, encoding: as_text(lines, "\t").encode(encoding),
    "semicolon": lambda lines, encoding: as_text(lines, ";", "\n").encode(encoding),
    "html": lambda lines, encoding: as_html(lines).encode(encoding),
}


def seen(statement):
    return [
        (
            row.occurred_at.strftime("%Y-%m-%dT%H:%M:%S"),
            row.deposit_krw,
            row.withdrawal_krw,
            row.balance_krw,
            row.name,
            row.memo,
            row.branch,
            row.kind,
        )
        for row in statement.rows
    ]


def check(paper, content):
    statement = read_statement(content, "file.xls")

    assert seen(statement) == paper.read
    assert (statement.layout, statement.account_number) == (paper.layout, paper.account)
    assert (statement.problems, statement.gaps) == ((), ())
    assert {row.occurred_at.utcoffset().seconds for row in statement.rows} == {9 * 3600}


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout)
def test_layout_is_read_whole(paper, encoding, container):
    check(paper, CONTAINERS[container](all_lines(paper), encoding))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout)
@pytest.mark.parametrize("maker", [as_xlsx, as_xls])
def test_layout_is_read_whole_from_excel(paper, maker):
    check(paper, maker(all_lines(paper)))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout)
def test_columns_may_stand_in_another_order(paper):
    turned = [list(reversed(line)) for line in [paper.titles.split(","), *paper.lines]]

    check(paper, as_text([*paper.above, *turned, *paper.below[:0]]).encode("cp949"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout)
def test_preamble_may_be_of_any_length(paper):
    above = [["알려 드립니다", "2025.06.02"]] * 300

    check(paper, as_text([*above, *all_lines(paper)]).encode("cp949"))
