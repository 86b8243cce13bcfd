"""Lines of a text file whose cells are divided by a comma, a tab or a semicolon."""

import csv
import io
from collections.abc import Iterator

from .encodings import UNREADABLE
from .lines import Fault, Line

DELIMITERS = (",", "\t", ";")
# Together less than what csv takes for one cell, so that no text makes it fail.
MOST_LINES_OF_A_CELL = 10
LONGEST_LINE = 10_000
LINE_BREAKS = ("\n", "\r")


def delimited_lines(content: bytes, encoding: str, delimiter: str) -> Iterator[Line]:
    """Each record, numbered as a spreadsheet would number its rows."""
    with io.TextIOWrapper(
        io.BytesIO(content), encoding=encoding, errors="replace", newline=""
    ) as text:
        for number, (record, cells, fault) in enumerate(_Records(text, delimiter), start=1):
            if not fault and UNREADABLE in record:
                fault = Fault.SIGNS
            is_ended = record.endswith(LINE_BREAKS)
            yield Line(number, [] if fault else cells, fault, is_ended, is_divided=True)


class _Records:
    """Records of one or several lines. A quotation mark that nobody closes costs its own line
    only: csv alone would take all that follows for one cell, and lose it without a word.
    """

    def __init__(self, text: io.TextIOWrapper, delimiter: str) -> None:
        self.text, self.delimiter = text, delimiter
        self.held_back: list[str] = []
        self.width = 0

    def __iter__(self) -> Iterator[tuple[str, list[str], str]]:
        while line := self._next():
            record, self.held_back = self._complete(line)
            if record:
                cells = self._cells(record)
                self.width = max(self.width, len(cells))
                yield record, cells, ""
            else:
                yield line, [], Fault.QUOTE if self.held_back else Fault.CUT_OFF

    def _next(self) -> str:
        return self.held_back.pop(0) if self.held_back else self.text.readline(LONGEST_LINE)

    def _complete(self, line: str) -> tuple[str, list[str]]:
        """The line and those in which its open cell goes on, or nothing; what comes next."""
        record, following = line, []
        while not self._is_closed(record):
            more = self._next()
            following += [more] if more else []
            if not more or self._is_record(more) or len(following) == MOST_LINES_OF_A_CELL:
                return "", following + self.held_back
            record += more
        return record, self.held_back

    def _is_record(self, line: str) -> bool:
        """A line as wide as all others is one of them, not the rest of a cell."""
        return 0 < self.width <= len(self._cells(line))

    def _is_closed(self, record: str) -> bool:
        if '"' not in record:
            return True
        try:
            list(csv.reader(io.StringIO(record, ""), delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return "unexpected end of data" not in str(error)
        return True

    def _cells(self, record: str) -> list[str]:
        if '"' not in record:
            return record.rstrip("\r\n").split(self.delimiter)
        return next(csv.reader(io.StringIO(record, ""), delimiter=self.delimiter))
