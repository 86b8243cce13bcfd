"""The table of regions as a file: read it, and refuse it when it contradicts itself."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ..exceptions import RegionFileError
from ..models import Region

REGION_FILE = Path(__file__).parent.parent / "data" / "regions.csv"
COLUMNS = (
    *("code", "kind", "name", "short_name", "parent_code"),
    *("valid_from", "valid_until", "successors", "source"),
)
ROOM = {"name": 40, "short_name": 20, "source": 200}
CODE_LENGTHS = {Region.Kind.PROVINCE: 2, Region.Kind.DISTRICT: 5, Region.Kind.WARD: 5}
KIND_OF_PARENT = {
    Region.Kind.PROVINCE: None,
    Region.Kind.DISTRICT: Region.Kind.PROVINCE,
    Region.Kind.WARD: Region.Kind.DISTRICT,
}


@dataclass(frozen=True)
class RegionRow:
    line: int
    code: str
    kind: Region.Kind
    name: str
    short_name: str
    parent_code: str
    valid_from: date
    valid_until: date | None
    successor_codes: tuple[str, ...]
    source: str

    @property
    def key(self) -> tuple[str, date]:
        return self.code, self.valid_from

    @property
    def last_day(self) -> date:
        return self.valid_until or date.max

    @property
    def day_after(self) -> date:
        return date.max if self.valid_until is None else self.valid_until + timedelta(days=1)

    def overlaps(self, first: date, last: date) -> bool:
        return self.valid_from <= last and first <= self.last_day

    def covers(self, first: date, last: date) -> bool:
        return self.valid_from <= first and last <= self.last_day


class RegionTable:
    """All rows of a file that is free of contradictions, in the order of the file."""

    def __init__(self, rows: list[RegionRow]):
        self.rows = rows
        self._provinces = [row for row in rows if row.kind == Region.Kind.PROVINCE]
        self._by_code: dict[str, list[RegionRow]] = defaultdict(list)
        for row in rows:
            self._by_code[row.code].append(row)
        for row in rows:
            self._check(row)

    def position(self, row: RegionRow) -> int:
        """The place of its province among the provinces: the order people expect in a list."""
        parent = self.parent(row)
        return self.position(parent) if parent else self._provinces.index(row)

    def parent(self, row: RegionRow) -> RegionRow | None:
        """The region it belongs to for all of its days."""
        if not row.parent_code:
            return None
        return self._find(row.parent_code, row.valid_from, row.last_day)

    def successors(self, row: RegionRow) -> list[RegionRow]:
        """What it became: always regions of the day after its last one, so never a circle."""
        found = (self._find(code, row.day_after, row.day_after) for code in row.successor_codes)
        return [successor for successor in found if successor]

    def _find(self, code: str, first: date, last: date) -> RegionRow | None:
        return next((row for row in self._by_code[code] if row.covers(first, last)), None)

    def _check(self, row: RegionRow) -> None:
        self._check_overlap(row)
        self._check_parent(row)
        self._check_successors(row)

    def _check_overlap(self, row: RegionRow) -> None:
        for other in self._by_code[row.code]:
            if other.line < row.line and row.overlaps(other.valid_from, other.last_day):
                raise RegionFileError(
                    row.line, f"code {row.code} is valid at the same time as line {other.line}"
                )

    def _check_parent(self, row: RegionRow) -> None:
        expected = KIND_OF_PARENT[row.kind]
        if bool(row.parent_code) != bool(expected):
            wanted = f"needs a {expected.value} as parent" if expected else "has no parent"
            raise RegionFileError(row.line, f"a {row.kind.value} {wanted}")
        parent = self.parent(row)
        if expected and not (parent and parent.kind == expected):
            raise RegionFileError(
                row.line,
                f"parent {row.parent_code} is not a {expected.value} of all days of {row.code}",
            )

    def _check_successors(self, row: RegionRow) -> None:
        if bool(row.valid_until) != bool(row.successor_codes):
            raise RegionFileError(
                row.line, "a last day and a successor belong together; one of them is missing"
            )
        for code in row.successor_codes:
            successor = self._find(code, row.day_after, row.day_after)
            if not (successor and successor.kind == row.kind):
                raise RegionFileError(
                    row.line,
                    f"successor {code} is not a {row.kind.value} that exists on {row.day_after}",
                )


def read_regions(path: Path = REGION_FILE) -> RegionTable:
    """Read and check a table of regions. Refuses it with the line that is wrong."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise RegionFileError(1, f"the columns must be {', '.join(COLUMNS)}")
        return RegionTable([_parse(reader.line_num, record) for record in reader])


def _parse(line: int, record: dict[str, str]) -> RegionRow:
    if None in record or None in record.values():
        raise RegionFileError(line, f"expected {len(COLUMNS)} values")
    kind = _parse_kind(line, record["kind"])
    _check_words(line, kind, record)
    row = RegionRow(
        line=line,
        code=record["code"],
        kind=kind,
        name=record["name"],
        short_name=record["short_name"],
        parent_code=record["parent_code"],
        valid_from=_parse_day(line, record["valid_from"]),
        valid_until=_parse_day(line, record["valid_until"]) if record["valid_until"] else None,
        successor_codes=tuple(record["successors"].split()),
        source=record["source"],
    )
    if row.last_day < row.valid_from:
        raise RegionFileError(line, "it ends before it begins")
    return row


def _parse_kind(line: int, word: str) -> Region.Kind:
    try:
        return Region.Kind(word)
    except ValueError as error:
        raise RegionFileError(line, f"unknown kind {word!r}") from error


def _parse_day(line: int, word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise RegionFileError(line, f"{word!r} is not a day like 2026-07-01") from error


def _check_words(line: int, kind: Region.Kind, record: dict[str, str]) -> None:
    code = record["code"]
    if not (code.isascii() and code.isdigit() and len(code) == CODE_LENGTHS[kind]):
        raise RegionFileError(line, f"a {kind.value} has a code of {CODE_LENGTHS[kind]} digits")
    for column, room in ROOM.items():
        if not 0 < len(record[column]) <= room:
            raise RegionFileError(line, f"{column} must have 1 to {room} characters")
