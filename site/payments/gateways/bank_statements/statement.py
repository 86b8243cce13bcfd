from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RowKind(TextChoices):
    """What a line is. Only a transfer can be somebody's payment."""

    TRANSFER = "transfer", pgettext_lazy("bank line", "Transfer")
    REVERSAL = "reversal", pgettext_lazy("bank line", "Taken back")
    SETTLEMENT = "settlement", pgettext_lazy("bank line", "Settlement")
    INTEREST = "interest", pgettext_lazy("bank line", "Interest")


class ProblemCode(TextChoices):
    """Why a line was not read, and what to do."""

    DATE = "date", _("The date or time cannot be read. Compare the line with the bank's screen.")
    AMOUNT = "amount", _("The amount cannot be read. Compare the line with the bank's screen.")
    NO_AMOUNT = "no_amount", _("There is no amount. Compare the line with the bank's screen.")
    TWO_AMOUNTS = (
        "two_amounts",
        _("Money in and money out on one line. Compare the line with the bank's screen."),
    )
    TOTAL = "total", _("This may be a total or a payment. Compare the line with the bank's screen.")
    CELLS = (
        "cells",
        _("There are more cells than titles. Download the file from the bank as Excel (.xlsx)."),
    )
    SIGNS = "signs", _("Some letters cannot be read. Download the file from the bank again.")
    QUOTE = "quote", _("A quotation mark is not closed. Download the file from the bank again.")
    CUT_OFF = "cut_off", _("The file ends in the middle. Download it from the bank again.")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One transaction. Money out is a positive ``withdrawal_krw``; what the bank took back of
    either is negative. ``ordinal`` counts rows that are alike in everything the bank printed.
    """

    line: int
    occurred_at: datetime
    deposit_krw: int
    withdrawal_krw: int
    balance_krw: int | None
    name: str
    memo: str
    branch: str
    kind: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was not read. ``column`` is the bank's own title; no content of the line."""

    line: int
    column: str
    code: str

    @property
    def message(self) -> str:
        return str(ProblemCode(self.code).label)


@dataclass(frozen=True, slots=True)
class Gap:
    """Here the balance does not follow from the line before: something is missing between."""

    line: int
    expected_krw: int
    printed_krw: int


@dataclass(frozen=True, slots=True)
class Statement:
    layout: str
    bank: str
    account_number: str | None
    rows: tuple[StatementRow, ...]
    problems: tuple[Problem, ...]
    gaps: tuple[Gap, ...]
