"""Lines that are nobody's payment, known by the words banks use."""

import re
from collections.abc import Iterable

from .statement import RowKind

TAKEN_BACK = r"(?:이체|입금|출금|송금|지급|거래)(?:취소|정정|반환)"
SETTLED = r"CMS집금|(?:페이|카드|PG)정산|정산(?:대)?금|^tosspay|(?:토스|나이스)페이먼츠|이니시스"
EARNED = r"예금이자|이자입금|결산이자|예금결산"
# In the column for the channel a short word stands alone; as a name it could be a person's.
IN_CHANNEL = (
    (RowKind.REVERSAL, re.compile(rf"{TAKEN_BACK}|^취소$|^정정$|^반환$")),
    (RowKind.INTEREST, re.compile(rf"{EARNED}|^이자$")),
    (RowKind.SETTLEMENT, re.compile(rf"{SETTLED}|^정산$", re.IGNORECASE)),
)
IN_NAME = (
    (RowKind.REVERSAL, re.compile(TAKEN_BACK)),
    (RowKind.INTEREST, re.compile(EARNED)),
    (RowKind.SETTLEMENT, re.compile(SETTLED, re.IGNORECASE)),
)
SUM = r"합계|소계|총계|누계"
SUMMED_UP = re.compile(SUM)
SUM_ALONE = re.compile(rf"(?:총|월|일)?(?:{SUM})")
# 이월 could be a person, 합계 could not.
CARRIED = re.compile(r"(?:전월|전일|전기|차월|차기)?이월(?:금|잔액)?")


def kind_of(channels: list[str], name: str) -> str:
    """A member of RowKind."""
    for texts, patterns in ((channels, IN_CHANNEL), ([name], IN_NAME)):
        for text in texts:
            compact = "".join(text.split())
            for kind, pattern in patterns:
                if pattern.search(compact):
                    return kind
    return RowKind.TRANSFER


def is_sum(cells: Iterable[str]) -> bool:
    """Whether a cell says that this line sums up others, and nothing else."""
    return _says(SUM_ALONE, cells)


def is_carried(cells: Iterable[str]) -> bool:
    """Whether a cell says that this line carries a balance over, or somebody's name is that."""
    return _says(CARRIED, cells)


def mentions_sum(cells: Iterable[str]) -> bool:
    """Whether one is spoken of: enough where there is no date."""
    return bool(SUMMED_UP.search("".join("".join(cells).split())))


def _says(pattern: re.Pattern[str], cells: Iterable[str]) -> bool:
    return any(pattern.fullmatch("".join(cell.split())) for cell in cells if cell)
