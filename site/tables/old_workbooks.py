"""Rows of an old Excel workbook (.xls, BIFF), as some banks still send; no formula is believed."""

import struct
from collections.abc import Iterator
from datetime import datetime, time
from io import StringIO

import xlrd
from django.utils.translation import gettext as _
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.xldate import xldate_as_datetime

from .exceptions import DamagedTableError, UnknownTableError
from .lines import Line
from .workbooks import WIDEST, as_printed

MARK = bytes.fromhex("d0cf11e0a1b11ae1")  # also of HWP, Word and of files with a password
PROTECTED = "EncryptedPackage".encode("utf-16-le")
STREAMS = ("Workbook", "Book")
# Records: a type and a length, then their content.
HEAD = 4
FORMULAS = (0x0006, 0x0206, 0x0406)
RESULT = 6  # where in a formula's record its last result stands, of eight bytes
PASSWORD = 0x002F
NOT_AVAILABLE = b"\x02\x00\x2a\x00\x00\x00\xff\xff"  # the error #N/A
# What xlrd says of a broken file, beside its own words.
BROKEN = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
)


def old_workbook_lines(content: bytes) -> Iterator[Line]:
    """The rows of all sheets, numbered over them."""
    workbook = _open(content)
    number = 0
    for sheet in workbook.sheets():
        for row in sheet.get_rows():
            number += 1
            yield Line(number, [_text(cell, workbook.datemode) for cell in row[:WIDEST]])


def _open(content: bytes) -> xlrd.Book:
    try:
        stream = _stream(content)
        _void_formulas(stream)
        # Ragged: one cell in the far corner makes no sheet of millions.
        return xlrd.open_workbook(file_contents=bytes(stream), logfile=StringIO(), ragged_rows=True)
    except BROKEN as error:
        raise DamagedTableError(
            _("The Excel file is damaged or was cut off. Download it again.")
        ) from error


def _stream(content: bytes) -> bytearray:
    document = CompDoc(content, logfile=StringIO())
    for name in STREAMS:
        if stream := document.get_named_stream(name):
            return bytearray(stream)
    if PROTECTED in content:
        raise _with_password()
    raise UnknownTableError(_("This is no Excel file. Download it as Excel (.xlsx) or CSV."))


def _void_formulas(stream: bytearray) -> None:
    """Put an error in the place of each result: it may be older than what it was made of.

    xlrd reads results only and does not tell them from what was written.
    """
    place = 0
    while place + HEAD <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += HEAD
        if kind == PASSWORD:
            raise _with_password()
        if kind in FORMULAS:
            struct.pack_into("8s", stream, place + RESULT, NOT_AVAILABLE)
        place += length


def _with_password() -> UnknownTableError:
    return UnknownTableError(
        _("The file has a password. Save it in Excel without one and upload that.")
    )


def _text(cell: xlrd.sheet.Cell, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return as_printed(_moment(cell.value, datemode))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#"))
    return as_printed(cell.value)


def _moment(days: float, datemode: int) -> datetime | time | float:
    """Less than a day is a time of day. What is no date stays a number, and no date."""
    try:
        moment = xldate_as_datetime(days, datemode)
    except (ValueError, OverflowError):
        return days
    return moment.time() if 0 <= days < 1 else moment
