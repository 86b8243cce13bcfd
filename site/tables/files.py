"""What kind of file it is, by its first bytes, and its lines. Names of files say nothing."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from django.utils.translation import gettext as _

from . import old_workbooks, workbooks
from .delimited import DELIMITERS, delimited_lines
from .encodings import encoding_of
from .exceptions import DamagedTableError, UnknownTableError
from .html_tables import html_lines
from .lines import Line
from .old_workbooks import old_workbook_lines
from .workbooks import workbook_lines

LARGEST = 20 * 1024 * 1024
PDF = b"%PDF"
TABLE = re.compile(r"<(?:html|table|!doctype)\b", re.IGNORECASE)
SAMPLE = 65_536

Lines = Callable[[], Iterator[Line]]


def ways_to_read(content: bytes) -> list[Lines]:
    """The ways in which this file may be divided into lines; the one with known titles counts."""
    _refuse_unreadable(content)
    if content.startswith(workbooks.MARK):
        return [partial(workbook_lines, content)]
    if content.startswith(old_workbooks.MARK):
        return [partial(old_workbook_lines, content)]
    encoding = encoding_of(content)
    if TABLE.search(content[:SAMPLE].decode(encoding, "replace")):
        return [partial(html_lines, content, encoding)]
    return [partial(delimited_lines, content, encoding, delimiter) for delimiter in DELIMITERS]


def _refuse_unreadable(content: bytes) -> None:
    if not content.strip():
        raise DamagedTableError(_("The file is empty. Download it again."))
    if len(content) > LARGEST:
        raise UnknownTableError(_("The file is larger than 20 MB. Download less at a time."))
    if content.startswith(PDF):
        raise UnknownTableError(_("This is a PDF. Download it as Excel (.xlsx) or CSV."))
