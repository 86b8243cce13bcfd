"""Lists of candidates of the National Election Commission (data.go.kr 15000908, or its web site).

Pure: bytes in, plain values out. Taken are number, name, birth date, party, ballot number,
district and state; addresses, careers and whatever else there is never leave this module.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tables import Line, TableError, ways_to_read

from ..exceptions import UnknownListError

MOST_LINES = 20_000
TITLES_WITHIN = 30  # lines
# Title, without spaces and in small letters: what stands below it.
TITLES = {
    "number": ("huboid", "cnddtid", "후보자id", "후보자번호", "후보자아이디"),
    "election": ("sgid", "선거id", "선거아이디"),
    "office": ("sgtypecode", "선거종류코드", "선거종류"),
    "province": ("sdname", "시도명", "시도", "시·도"),
    "city": ("wiwname", "구시군명", "시군구명", "구시군", "시군구"),
    "district": ("sggname", "선거구명", "선거구"),
    "ballot": ("giho", "기호"),
    "ballot_more": ("gihosangse", "기호상세"),
    "party": ("jdname", "정당명", "소속정당명", "소속정당", "정당"),
    "name": ("name", "성명", "이름", "한글성명", "후보자명", "성명(한자)", "후보자성명"),
    "hanja": ("hanjaname", "한자성명", "한자", "성명한자"),
    "birth": ("birthday", "생년월일", "생년월일(연령)", "생년월일(나이)"),
    "status": ("status", "등록상태", "상태"),
}
COLUMNS = {title: column for column, titles in TITLES.items() for title in titles}
NEEDED = ("name", "party")
DATE = re.compile(r"(\d{4})[-./년]?\s*(\d{1,2})[-./월]?\s*(\d{1,2})")
NAME_WITH_HANJA = re.compile(r"(?P<name>[^()]+)\((?P<hanja>[^()]+)\)")
BRACKETS = re.compile(r"\(.*")


class RowProblem(TextChoices):
    """Why a line is not taken, and what to do."""

    NAME = "name", gettext_lazy("There is no name. Enter it in the file, or take the line out.")
    BIRTH = (
        "birth",
        gettext_lazy("The birth date can't be read. Write it as 1970-01-31 or leave it empty."),
    )
    LONG = "long", gettext_lazy("A cell is longer than it can be. Was a column moved?")
    ELECTION = "election", gettext_lazy("This line is of another election. Choose its file.")
    SIGNS = "signs", gettext_lazy("Some letters cannot be read. Download the file again.")
    QUOTE = "quote", gettext_lazy("A quotation mark is not closed. Download the file again.")
    CUT_OFF = "cut_off", gettext_lazy("The file ends in the middle. Download it again.")
    # What the reader of lines can't know; found when the list meets what is there.
    OFFICE = "office", gettext_lazy("It is not said for which office. Choose it above the file.")
    PROVINCE = "province", gettext_lazy("There is no such province on election day.")
    REGION = "region", gettext_lazy("There is no such city, county or district on election day.")
    TWICE = "twice", gettext_lazy("The same person or number stands in the file twice.")
    NAMESAKE = (
        "namesake",
        gettext_lazy("Two people of one name: give both the commission's number or birth date."),
    )
    MOVE = (
        "move",
        gettext_lazy(
            "The state can't become this one. Put it right on the candidate's page first."
        ),
    )


LONGEST = {"name": 40, "hanja": 40, "party": 60, "district": 60, "number": 20, "ballot": 10}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One candidate, as the commission writes it."""

    line: int
    number: str
    office: str
    province: str
    city: str
    district: str
    ballot: str
    party: str
    name: str
    hanja: str
    birth_on: date | None
    status: str


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    code: str


@dataclass(frozen=True, slots=True)
class CandidateList:
    rows: tuple[ListRow, ...]
    problems: tuple[Problem, ...]


class _LineError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_list(content: bytes, election_id: str) -> CandidateList:
    """Every candidate in a file, and each line that can't be read.

    ``election_id`` is the commission's ``sgId``. Raises UnknownListError, in words for staff.
    """
    try:
        for lines in ways_to_read(content):
            found = list(islice(lines(), MOST_LINES + 1))
            if (titles := _find_titles(found)) is not None:
                return _read(found[titles[0] :], titles[1], election_id)
    except TableError as error:
        raise UnknownListError(str(error)) from error
    raise UnknownListError(
        _(
            "No column titles were found. The file needs at least name and party (성명, 정당명) "
            "and the constituency or province (선거구명, 시도명), above the candidates."
        )
    )


def _find_titles(lines: Sequence[Line]) -> tuple[int, Mapping[str, int]] | None:
    """Where the candidates begin, and which column says what; titles may stand on two lines."""
    top = lines[:TITLES_WITHIN]
    for place, line in enumerate(top, start=1):
        if columns := _columns(line.cells):
            return place, columns
    for place, (upper, lower) in enumerate(pairwise(top), start=2):
        if columns := _columns(_merged(upper.cells, lower.cells)):
            return place, columns
    return None


def _merged(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    width = max(len(upper), len(lower))
    pairs = zip([*upper, *[""] * width][:width], [*lower, *[""] * width][:width], strict=True)
    return [low if plain_title(low) in COLUMNS else high for high, low in pairs]


def _columns(cells: Sequence[str]) -> Mapping[str, int]:
    """Empty where these are no titles."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if (column := COLUMNS.get(plain_title(cell))) and column not in columns:
            columns[column] = place
    is_placed = "district" in columns or "province" in columns
    return columns if is_placed and all(name in columns for name in NEEDED) else {}


def plain_title(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split()).lower()


def _read(lines: Sequence[Line], columns: Mapping[str, int], election_id: str) -> CandidateList:
    if len(lines) >= MOST_LINES:
        raise UnknownListError(
            _("More than 20,000 lines. Download the list of one office or province at a time.")
        )
    rows: list[ListRow] = []
    problems: list[Problem] = []
    for line in lines:
        try:
            rows += _rows(line, columns, election_id)
        except _LineError as error:
            problems.append(Problem(line.number, error.code))
    if not rows and not problems:
        raise UnknownListError(_("There is no candidate below the titles."))
    return CandidateList(tuple(rows), tuple(problems))


def _rows(line: Line, columns: Mapping[str, int], election_id: str) -> Iterator[ListRow]:
    """Nothing for an empty line, or one that repeats the titles."""
    if line.fault:
        raise _LineError(line.fault)
    cells = {name: cell_of(line.cells, place) for name, place in columns.items()}
    if not any(cells.values()) or _columns(line.cells):
        return
    if cells.get("election", election_id) not in ("", election_id):
        raise _LineError(RowProblem.ELECTION)
    yield _row(line.number, cells)


def cell_of(cells: Sequence[str], place: int) -> str:
    text = cells[place] if place < len(cells) else ""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _row(number: int, cells: Mapping[str, str]) -> ListRow:
    name, hanja = _name(cells)
    ballot, more = cells.get("ballot", ""), cells.get("ballot_more", "")
    row = ListRow(
        line=number,
        number=cells.get("number", ""),
        office=cells.get("office", ""),
        province=cells.get("province", ""),
        city=cells.get("city", ""),
        district=cells.get("district", ""),
        ballot=more or ballot,
        party=cells["party"],
        name=name,
        hanja=hanja,
        birth_on=_birth(cells.get("birth", "")),
        status=cells.get("status", ""),
    )
    _refuse_long(
        {
            "name": row.name,
            "hanja": row.hanja,
            "party": row.party,
            "district": row.district,
            "number": row.number,
            "ballot": row.ballot,
        }.items()
    )
    return row


def _name(cells: Mapping[str, str]) -> tuple[str, str]:
    """A Korean name is one word, however it was spaced; Hanja may follow in brackets."""
    text, hanja = cells["name"], cells.get("hanja", "")
    if found := NAME_WITH_HANJA.fullmatch(text):
        text, hanja = found["name"], found["hanja"]
    name = "".join(text.split()) if not text.isascii() else text
    if not name:
        raise _LineError(RowProblem.NAME)
    return name, "".join(hanja.split())


def _birth(text: str) -> date | None:
    plain = BRACKETS.sub("", text).strip(" .")
    if not plain:
        return None
    found = DATE.fullmatch(plain)
    try:
        return date(*map(int, found.groups())) if found else _refuse_birth()
    except ValueError:
        return _refuse_birth()


def _refuse_birth() -> date:
    raise _LineError(RowProblem.BIRTH)


def _refuse_long(values: Iterable[tuple[str, str]]) -> None:
    if any(len(value) > LONGEST[name] for name, value in values):
        raise _LineError(RowProblem.LONG)
