"""From lines to transactions: find the titles, step over what is none, keep what cannot be read."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _

from tables import Line

from ...exceptions import UnknownStatementError
from .account_numbers import is_same_account
from .balances import find_gaps
from .layouts import Columns, merged, recognise
from .rows import LineError, is_broken_off, is_note, is_spilled, looks_dated, read_row
from .statement import Gap, Problem, ProblemCode, Statement, StatementRow

MOST_LINES = 200_000
TITLE = "거래일"  # a part of one title of every bank
ACCOUNT = re.compile(
    r"(?:^|[\s(\[])(?:조회\s?)?계좌\s?(?:번호)?\s?(?:\([^)]*\))?\s?[:：]?\s?([\d*][\d*-]{5,}[\d*])"
)
UNSEEN = dict.fromkeys([*range(0x20), 0x7F, 0xA0], " ") | dict.fromkeys([0x200B, 0xFEFF])


class Reading:
    """One way to read one file. It has a ``statement`` if it found ``columns``.

    Read again ``is_strict`` what is uneven: then a cell more than titles is no end of a line.
    """

    def __init__(self, lines: Iterable[Line], *, is_strict: bool = False) -> None:
        self.is_strict = is_strict
        self.widths: set[bool] = set()  # whether lines have more cells than there are titles
        self.columns: Columns | None = None
        self.account = ""
        self.rows: list[StatementRow] = []
        self.problems: list[Problem] = []
        self.alike: Counter[tuple[object, ...]] = Counter()
        self.open_line = 0  # the last one, if the file stops without ending it
        above: list[str] = []
        for line in _bounded(lines):
            cells = [_clean(cell) for cell in line.cells]
            self.open_line = 0 if line.is_ended else line.number
            if self._take_titles(above, cells):
                above = []
            else:
                self._take(line, cells)
                above = cells

    @property
    def is_uneven(self) -> bool:
        return len(self.widths) > 1

    @property
    def statement(self) -> Statement:
        assert self.columns
        gaps = find_gaps(self.rows)
        if self._is_cut(gaps):
            self._report(self.rows.pop().line, ProblemCode.CUT_OFF)
            gaps = tuple(gap for gap in gaps if gap.line != self.open_line)
        return Statement(
            layout=self.columns.layout.key,
            bank=str(self.columns.layout.bank),
            account_number=self.account or None,
            rows=tuple(self.rows),
            problems=tuple(self.problems),
            gaps=gaps,
        )

    def _is_cut(self, gaps: Iterable[Gap]) -> bool:
        """Whether the file stops within its last cell, which so became another number or name."""
        if not self.rows or self.rows[-1].line != self.open_line:
            return False
        *others, last = self.rows
        lacks_balance = last.balance_krw is None
        return (
            any(gap.line == self.open_line for gap in gaps)
            or (lacks_balance and any(row.balance_krw is not None for row in others))
            or (self._ends_with_branch() and any(map(partial(_is_longer, last), others)))
        )

    def _ends_with_branch(self) -> bool:
        assert self.columns
        return self.columns.places.get("branch") == self.columns.width - 1

    def _take_titles(self, above: list[str], cells: list[str]) -> bool:
        if TITLE not in "".join("".join(above + cells).split()):
            return False
        columns = recognise(cells) or recognise(merged(above, cells))
        if not columns:
            return False
        if not self.columns:
            self.problems.clear()  # of what stands above the titles
        elif columns.layout != self.columns.layout:
            raise _mixed()
        self.columns = columns
        return True

    def _take(self, line: Line, cells: list[str]) -> None:
        columns = self.columns
        if line.fault:
            self._report(line.number, line.fault)
        elif not any(cells):
            return
        elif columns and not line.is_ended and is_broken_off(columns, cells):
            self._report(line.number, ProblemCode.CUT_OFF)
        elif not columns or not looks_dated(columns, cells):
            self._note_account(" ".join(cells))
            if columns and not is_note(columns, cells):
                self._report(line.number, ProblemCode.DATE, columns.titles["date"])
        elif line.is_divided and self._is_spilled(columns, cells):
            self._report(line.number, ProblemCode.CELLS)
        else:
            self._take_row(line.number, cells, columns)

    def _is_spilled(self, columns: Columns, cells: list[str]) -> bool:
        has_more = len(cells) > columns.width
        self.widths.add(has_more)
        return is_spilled(columns, cells) or (has_more and self.is_strict)

    def _take_row(self, number: int, cells: list[str], columns: Columns) -> None:
        try:
            row = read_row(number, cells, columns)
        except LineError as error:
            self._report(number, error.code, columns.titles.get(error.field, ""))
            return
        if row:
            self._note_account(f"계좌 {columns.cell(cells, 'account')}")
            self.rows.append(self._counted(row))

    def _counted(self, row: StatementRow) -> StatementRow:
        """Without a balance, rows of one minute are alike: some exports print no seconds."""
        has_balance = row.balance_krw is not None
        moment = row.occurred_at if has_balance else row.occurred_at.replace(second=0)
        amounts = (row.deposit_krw, row.withdrawal_krw, row.balance_krw)
        alike = (moment, amounts, row.name, row.branch)
        self.alike[alike] += 1
        count = self.alike[alike]
        return row if count == 1 else replace(row, ordinal=count)

    def _note_account(self, text: str) -> None:
        found = ACCOUNT.search(text)
        if found and self.account and not is_same_account(found[1], self.account):
            raise _mixed()
        if found and not self.account:
            self.account = found[1]

    def _report(self, number: int, code: str, column: str = "") -> None:
        self.problems.append(Problem(number, column, code))


def _bounded(lines: Iterable[Line]) -> Iterator[Line]:
    for count, line in enumerate(lines):
        if count == MOST_LINES:
            raise UnknownStatementError(
                _("The file has more than 200,000 lines. Choose a shorter period.")
            )
        yield line


def _is_longer(cut: StatementRow, row: StatementRow) -> bool:
    return row.branch != cut.branch and row.branch.startswith(cut.branch)


def _mixed() -> UnknownStatementError:
    return UnknownStatementError(
        _("The file has lines of two accounts. Download and upload one account at a time.")
    )


def _clean(text: str) -> str:
    """NFC, one space where there were several, nothing that cannot be seen."""
    if not text.isprintable():
        text = text.translate(UNSEEN)
    return " ".join(unicodedata.normalize("NFC", text).split())
