"""Rows of the tables in a web page: what several banks send under the name .xls."""

from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO, TextIOWrapper

from .encodings import UNREADABLE
from .lines import Fault, Line

STEP = 65_536
CELLS = ("td", "th")
GROUPS = ("table", "thead", "tbody", "tfoot")
WIDEST = 64


def html_lines(content: bytes, encoding: str) -> Iterator[Line]:
    """Each row of each table, numbered over all tables. A page that stops in a row says so."""
    number = 0
    parser = _Tables()
    with TextIOWrapper(BytesIO(content), encoding=encoding, errors="replace") as text:
        while chunk := text.read(STEP):
            parser.feed(chunk)
            for cells in parser.take_rows():
                number += 1
                yield Line(number, cells, _fault(cells))
    if parser.tables or parser.is_open or parser.rawdata:
        yield Line(number + 1, [], Fault.CUT_OFF)


def _fault(cells: list[str]) -> str:
    return Fault.SIGNS if any(UNREADABLE in cell for cell in cells) else ""


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.row: list[str] = []
        self.tables = 0  # around what is read next
        self.is_open = False  # inside a row
        self.in_cell = False
        self.hanging: dict[int, int] = {}  # column: rows for which a cell above still stands there

    def take_rows(self) -> list[list[str]]:
        rows, self.rows = self.rows, []
        return rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self.is_open = True
        elif tag in CELLS and self.is_open:
            self._begin_cell(dict(attrs))
        elif tag in GROUPS:
            self.tables += tag == "table"
            self.hanging = {}  # no cell hangs into the next table
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in CELLS:
            self.in_cell = False
        elif tag in ("tr", "table"):
            self._end_row()
            self.tables = max(0, self.tables - (tag == "table"))

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.row[self.place] += data

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        self._step_over_hanging()
        self.place, self.in_cell = len(self.row), True
        width, height = _span(attributes, "colspan"), _span(attributes, "rowspan")
        self.row += [""] * width
        if height > 1:
            self.hanging |= dict.fromkeys(range(self.place, self.place + width), height)

    def _step_over_hanging(self) -> None:
        while self.hanging.get(len(self.row), 0):
            self.row.append("")

    def _end_row(self) -> None:
        if not self.is_open:
            return
        self._step_over_hanging()
        self.rows.append(self.row)
        self.hanging = {place: left - 1 for place, left in self.hanging.items() if left > 1}
        self.row, self.is_open, self.in_cell = [], False, False


def _span(attributes: dict[str, str | None], name: str) -> int:
    text = attributes.get(name) or ""
    return min(int(text), WIDEST) if text.isdecimal() and int(text) else 1
