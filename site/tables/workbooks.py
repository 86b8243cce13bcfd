"""Rows of an Excel workbook (.xlsx), read one by one; formulas stay text."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from .exceptions import DamagedTableError, UnknownTableError
from .lines import Fault, Line

MARK = b"PK"
WORKBOOK = "xl/workbook.xml"
# A month of 30,000 lines unpacks to a fifth of this.
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 500
WIDEST = 64
ANY_DAY = date(2000, 1, 1)
HALF_A_SECOND = timedelta(milliseconds=500)
# What zip, XML and openpyxl say of a broken file; openpyxl lets many kinds through.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    EOFError,
    OSError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)


def workbook_lines(content: bytes) -> Iterator[Line]:
    """The rows of all sheets, numbered over them. A sheet that breaks off ends with a fault."""
    workbook = _open(content)
    number = 0
    try:
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()  # what banks write there is often wrong
            for values in sheet.iter_rows(values_only=True):
                number += 1
                yield Line(number, [as_printed(value) for value in values[:WIDEST]])
    except BROKEN:
        yield Line(number + 1, [], Fault.CUT_OFF)
    finally:
        workbook.close()


def _open(content: bytes) -> Workbook:
    try:
        _refuse_bomb(content)
        return load_workbook(BytesIO(content), read_only=True, keep_links=False)
    except BROKEN as error:
        raise DamagedTableError(
            _("The Excel file is damaged or was cut off. Download it again.")
        ) from error


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = packed.infolist()
        if WORKBOOK not in packed.namelist():
            raise UnknownTableError(
                _("This is no Excel file. Download it as Excel (.xlsx) or CSV.")
            )
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise DamagedTableError(
                _("The file unpacks to more than such a table can hold. Download it again.")
            )


def as_printed(value: object) -> str:
    """As the bank would print it: no midnight that nobody wrote, no decimals of whole won."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime):
        value = _to_second(value)
        return value.isoformat(" ") if value.time() != time.min else value.date().isoformat()
    if isinstance(value, time):
        return _to_second(datetime.combine(ANY_DAY, value)).time().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(getattr(value, "text", value))  # a formula of several cells has its words there


def _to_second(moment: datetime) -> datetime:
    """Excel keeps a moment as a fraction of a day, which is a little off."""
    return (moment + HALF_A_SECOND).replace(microsecond=0)
