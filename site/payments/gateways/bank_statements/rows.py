"""One line of a list of transactions."""

import re
from collections.abc import Sequence

from .cells import LOOKS_LIKE_DATE, read_amount, read_moment
from .kinds import is_carried, is_sum, kind_of, mentions_sum
from .layouts import Columns
from .statement import ProblemCode, RowKind, StatementRow

DIGIT = re.compile(r"\d")
GROUP_BEFORE, GROUP = re.compile(r"[-(]?[1-9]\d{0,2}"), re.compile(r"0\d\d\)?")
MONEY = ("deposit", "withdrawal")
NEEDED = ("date", "deposit", "withdrawal", "balance")


class LineError(Exception):
    """The line cannot be read: the problem's code, and the field it is in."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code, self.field = code, field


def looks_dated(columns: Columns, cells: Sequence[str]) -> bool:
    """Whether the line begins as transactions do, readable or not."""
    return bool(LOOKS_LIKE_DATE.match(columns.cell(cells, "date")))


def is_spilled(columns: Columns, cells: Sequence[str]) -> bool:
    """Whether one cell became two, 20,000 for example 20 and 000: more cells than titles. One
    more that is empty may only be what ends each line of the file.
    """
    further = cells[columns.width :]
    if len(further) > 1 or any(further):
        return True
    return bool(further) and any(map(_is_one_number, zip(cells, cells[1:], strict=False)))


def is_broken_off(columns: Columns, cells: Sequence[str]) -> bool:
    """Whether the file's last line, which has no end, lacks cells."""
    return len(cells) < columns.width and not mentions_sum(cells)


def is_note(columns: Columns, cells: Sequence[str]) -> bool:
    """Whether a line without a date is a total or a remark, so that no money is on it."""
    filled = [cell for cell in cells if cell]
    if mentions_sum(filled) or is_carried(filled):
        return True
    amounts = [columns.cell(cells, field) for field in MONEY]
    return not any(amounts) and (len(filled) == 1 or not DIGIT.search("".join(filled)))


def read_row(number: int, cells: Sequence[str], columns: Columns) -> StatementRow | None:
    """The transaction, None for a total that has a date. Raises LineError."""
    if len(cells) <= max(columns.places.get(field, 0) for field in NEEDED):
        raise LineError(ProblemCode.CUT_OFF)
    sums_up, carries = is_sum(cells), is_carried(cells)
    try:
        moment, has_time = read_moment(_date_text(columns, cells))
    except ValueError as error:
        if sums_up:
            return None
        raise LineError(ProblemCode.DATE, "date") from error
    deposit, withdrawal = (_amount(columns, cells, field) or 0 for field in MONEY)
    if (sums_up and not has_time) or ((sums_up or carries) and not (deposit or withdrawal)):
        return None
    _check_amounts(deposit, withdrawal, is_doubtful=carries and not has_time)
    name = columns.cell(cells, "name")
    return StatementRow(
        line=number,
        occurred_at=moment,
        deposit_krw=deposit,
        withdrawal_krw=withdrawal,
        balance_krw=_amount(columns, cells, "balance"),
        name=name,
        memo=columns.cell(cells, "memo"),
        branch=columns.cell(cells, "branch"),
        kind=_kind(columns, cells, deposit + withdrawal),
        ordinal=1,
    )


def _is_one_number(pair: tuple[str, str]) -> bool:
    return bool(GROUP_BEFORE.fullmatch(pair[0]) and GROUP.fullmatch(pair[1]))


def _check_amounts(deposit: int, withdrawal: int, *, is_doubtful: bool) -> None:
    if is_doubtful:
        raise LineError(ProblemCode.TOTAL)
    if deposit and withdrawal:
        raise LineError(ProblemCode.TWO_AMOUNTS, "deposit")
    if not deposit and not withdrawal:
        raise LineError(ProblemCode.NO_AMOUNT, "deposit")


def _date_text(columns: Columns, cells: Sequence[str]) -> str:
    date = columns.cell(cells, "date")
    if "time" in columns.places:
        return f"{date} {columns.cell(cells, 'time')}"
    # What stands without a title beside the date is its time only if it looks like one.
    beside = columns.cell(cells, "untitled")
    return f"{date} {beside}" if ":" in beside else date


def _amount(columns: Columns, cells: Sequence[str], field: str) -> int | None:
    try:
        return read_amount(columns.cell(cells, field))
    except ValueError as error:
        raise LineError(ProblemCode.AMOUNT, field) from error


def _kind(columns: Columns, cells: Sequence[str], amount_krw: int) -> str:
    if amount_krw < 0:
        return RowKind.REVERSAL
    channels = [cells[place] for place in columns.channels if place < len(cells)]
    return kind_of(channels, columns.cell(cells, "name"))
