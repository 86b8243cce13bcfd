"""Banks' lists of transactions, as they come. Pure: bytes in, plain values out."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from tables import DamagedTableError, UnknownTableError, ways_to_read

from ...exceptions import DamagedStatementError, UnknownStatementError
from .account_numbers import is_same_account
from .reading import Reading
from .statement import Gap, Problem, ProblemCode, RowKind, Statement, StatementRow

__all__ = [
    "Gap",
    "Problem",
    "ProblemCode",
    "RowKind",
    "Statement",
    "StatementRow",
    "is_same_account",
    "read_statement",
]

LONGEST_NAME = 40


def read_statement(content: bytes, name: str) -> Statement:
    """Read what a bank's web site gave out; the titles tell the bank, never the file's name.

    A line that cannot be read becomes a problem. Raises UnknownStatementError or
    DamagedStatementError for a file of which nothing can; their words begin with its name.
    """
    shown = PurePath(name).name[-LONGEST_NAME:]
    try:
        return _read(content)
    except (UnknownStatementError, UnknownTableError) as error:
        raise UnknownStatementError(f"{shown}: {error}") from error
    except (DamagedStatementError, DamagedTableError) as error:
        raise DamagedStatementError(f"{shown}: {error}") from error


def _read(content: bytes) -> Statement:
    for lines in ways_to_read(content):
        reading = Reading(lines())
        if reading.is_uneven:
            reading = Reading(lines(), is_strict=True)
        if reading.columns:
            return reading.statement
    raise UnknownStatementError(
        _(
            "No bank's column titles were found. Known are KB, Shinhan, NH, Hana, Woori, IBK, MG "
            "and Jeonbuk. Download the transactions again and change nothing in the file."
        )
    )
