"""CSV and XLSX, written as a stream: nothing lies in clear on a disk on its way.

openpyxl and XlsxWriter put the rows into a temporary file first, so the one sheet is written here.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# OWASP, "CSV Injection": a cell that begins like this is a formula to a spreadsheet.
FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
# XML 1.0 has no place for these.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MAX_CELL = 32_767  # Excel's limit.
NAMESPACE = "http://schemas.openxmlformats.org"


class Writer(Protocol):
    """Writes rows into a stream, a row at a time."""

    content_type: str

    def write(self, cells: Sequence[str]) -> None: ...

    def close(self) -> None: ...


class Buffer(io.RawIOBase):
    """A stream that can't be sought: what was written is taken away with ``take``."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int:
        piece = bytes(data)
        self._pieces += piece
        return len(piece)

    def __len__(self) -> int:
        return len(self._pieces)

    def take(self, size: int) -> bytes:
        taken = bytes(self._pieces[:size])
        del self._pieces[:size]
        return taken


class CsvWriter:
    """RFC 4180 with a byte order mark, without which Excel does not read Hangul."""

    content_type = "text/csv; charset=utf-8"

    def __init__(self, stream: Buffer, _title: str) -> None:
        self._text = io.TextIOWrapper(io.BufferedWriter(stream), "utf-8", newline="")
        self._text.write("\ufeff")
        self._csv = csv.writer(self._text, lineterminator="\r\n")

    def write(self, cells: Sequence[str]) -> None:
        self._csv.writerow([f"'{cell}" if FORMULA.match(cell) else cell for cell in cells])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


class XlsxWriter:
    """One sheet of text cells (ECMA-376): a text is no formula, whatever it begins with."""

    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, stream: Buffer, title: str) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        for name, text in _workbook(title).items():
            self._zip.writestr(name, text)
        self._sheet = self._zip.open("xl/worksheets/sheet1.xml", "w")
        self._put(
            f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{NAMESPACE}'
            '/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>'
        )

    def write(self, cells: Sequence[str]) -> None:
        self._put("<row>" + "".join(_cell(cell) for cell in cells) + "</row>")

    def close(self) -> None:
        self._put("</sheetData></worksheet>")
        self._sheet.close()
        self._zip.close()

    def _put(self, text: str) -> None:
        self._sheet.write(text.encode())


def _cell(text: str) -> str:
    kept = escape(NOT_XML.sub("", text)[:MAX_CELL])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'


def _workbook(title: str) -> dict[str, str]:
    """The parts around the sheet; its name can't hold some signs, nor more than 31."""
    name = escape(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "1", {'"': "&quot;"})
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    office = f"{NAMESPACE}/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": (
            f'{head}<Types xmlns="{NAMESPACE}/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{kind}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="{NAMESPACE}/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/workbook.xml": (
            f'{head}<workbook xmlns="{NAMESPACE}/spreadsheetml/2006/main" xmlns:r="{office}">'
            f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{head}<Relationships xmlns="{NAMESPACE}/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>"
        ),
    }


WRITERS: dict[str, type[CsvWriter] | type[XlsxWriter]] = {"csv": CsvWriter, "xlsx": XlsxWriter}
