"""Lists of contacts as people make them: our own file filled in, or a table of somebody else.

Pure: bytes in, plain values out. Taken are what says who is meant, e-mail, telephone, whose it is
and where it was found; whatever else stands there never leaves this module.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.addresses import canonical_phone, written_phone
from privacy.text import clean_text
from privacy.validators import validate_email_address, validate_no_resident_number
from tables import Line, TableError, ways_to_read

from ..exceptions import UnknownListError
from .commission_list import cell_of, plain_title

MOST_LINES = 5_000
TITLES_WITHIN = 30  # lines
# Title, without spaces and in small letters: what stands below it.
TITLES = {
    "reference": ("참조번호", "참조코드", "referencecode", "reference"),
    "number": ("huboid", "cnddtid", "후보자id", "후보자번호", "후보자아이디"),
    "province": ("sdname", "시도명", "시도", "시·도", "광역"),
    "city": ("wiwname", "구시군명", "시군구명", "구시군", "시군구", "시·군·구"),
    "place": (
        *("sggname", "선거구명", "선거구", "지역", "지역구", "출마지역", "출마지"),
        *("출마지역구", "district", "region", "contest"),
    ),
    "office": (
        *("직위", "출마직위", "직책", "선출직", "선거종류", "선거명", "선거", "출마직"),
        *("sgtypecode", "office"),
    ),
    "ballot": ("기호", "giho", "ballotnumber"),
    "party": ("정당", "정당명", "소속정당", "소속정당명", "소속", "jdname", "party"),
    "name": (
        *("성명", "이름", "후보자", "후보", "후보자명", "후보명", "후보자성명", "후보성명"),
        *("성명(한자)", "한글성명", "name"),
    ),
    "email": (
        *("이메일", "e-mail", "email", "메일", "전자우편", "이메일주소", "메일주소", "e메일"),
        *("전자우편주소", "전자메일", "emailaddress"),
    ),
    "mobile": (
        *("휴대전화", "휴대폰", "핸드폰", "휴대전화번호", "휴대폰번호", "핸드폰번호"),
        *("휴대번호", "휴대", "mobilephone", "mobile"),
    ),
    "phone": ("전화", "전화번호", "연락처", "phone", "telephone"),
    "holder": ("받는분", "받는사람", "받는이", "담당자", "담당", "수신자", "whose", "whoreadsit"),
    "source": ("출처", "source"),
}
COLUMNS = {title: column for column, titles in TITLES.items() for title in titles}
BRACKETS = re.compile(r"\(.*")
MOBILE = re.compile(r"\+821[016789]\d{7,8}")
NOTHING = ("-", "–", "—", "x", "X", "없음", "미상", "미확인", "모름")  # written where none is known
NO_ZERO = re.compile(r"1[016789]\d{7,8}")  # a spreadsheet took it for a number


class ContactProblem(TextChoices):
    """Why a line can't be taken over, and what to do."""

    NAME = "name", gettext_lazy("There is neither a name nor a reference code. Enter one.")
    EMAIL = "email", gettext_lazy("The e-mail address can't be read. Write it as name@naver.com.")
    PHONE = (
        "phone",
        gettext_lazy("The telephone number can't be read. Write it as 010-0000-0000."),
    )
    SOURCE = (
        "source",
        gettext_lazy("It is not said where the contact was found. Enter it here, or above all."),
    )
    RESIDENT = (
        "resident",
        gettext_lazy("A resident registration number stands here. Take it out of the file."),
    )
    LONG = "long", gettext_lazy("A cell is longer than it can be. Was a column moved?")
    SIGNS = "signs", gettext_lazy("Some letters cannot be read. Save the file again.")
    QUOTE = "quote", gettext_lazy("A quotation mark is not closed. Save the file again.")
    CUT_OFF = "cut_off", gettext_lazy("The file ends in the middle. Save it again.")
    # Found when the list meets who stands.
    CODE = "code", gettext_lazy("Nobody of this election has this reference code.")
    CODE_NAME = "code_name", gettext_lazy("The reference code belongs to another name.")
    UNKNOWN = (
        "unknown",
        gettext_lazy("Nobody of this name stands. Check the name, or take over the newest list."),
    )
    DIFFERS = (
        "differs",
        gettext_lazy(
            "Somebody of this name stands, but region, office, party or number differ. Put them "
            "right, or enter the reference code."
        ),
    )
    NAMESAKE = (
        "namesake",
        gettext_lazy(
            "Several candidates of this name stand. Add constituency, office and party, or the "
            "reference code from the list of those without a contact."
        ),
    )
    NOT_YOURS = "not_yours", gettext_lazy("This candidate is not of your region.")
    TWICE = "twice", gettext_lazy("The same candidate stands in the file twice. Leave one line.")
    SHARED = (
        "shared",
        gettext_lazy(
            "One address stands here for two candidates: who reads it could answer for both. "
            "Enter an address of their own."
        ),
    )
    TAKEN = (
        "taken",
        gettext_lazy(
            "This address is entered for another candidate already. Enter another one, or, if both "
            "really read it, enter it by hand on the candidate's page."
        ),
    )


LONGEST = {
    **{"reference": 60, "number": 20, "place": 80, "office": 40, "ballot": 10, "party": 60},
    **{"name": 80, "email": 254, "mobile": 40, "phone": 40, "holder": 80, "source": 200},
}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Who is meant, and how they can be reached."""

    line: int
    reference: str
    number: str
    place: str  # province, city and constituency, as far as they are said
    office: str
    ballot: str
    party: str
    name: str
    email: str
    phone: str  # as Koreans write it
    holder: str
    source: str


@dataclass(frozen=True, slots=True)
class ContactTable:
    rows: tuple[ContactRow, ...]
    problems: tuple[tuple[int, str], ...]  # line, ContactProblem
    empty: int  # lines with nobody's contact, such as those not filled in yet


class _LineError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_contacts(content: bytes, source: str) -> ContactTable:
    """Every contact in a file, and each line that can't be read.

    ``source`` holds for lines that name none. Raises UnknownListError, in words for staff.
    """
    try:
        for lines in ways_to_read(content):
            found = list(islice(lines(), MOST_LINES + 1))
            for place, line in enumerate(found[:TITLES_WITHIN], start=1):
                if columns := _columns(line.cells):
                    return _read(found[place:], columns, source)
    except TableError as error:
        raise UnknownListError(str(error)) from error
    raise UnknownListError(
        _(
            "No column titles were found. The file needs name (성명) or reference code "
            "(참조 번호), and e-mail (이메일) or mobile phone (휴대전화), above the candidates."
        )
    )


def _columns(cells: Sequence[str]) -> Mapping[str, int]:
    """Empty where these are no titles."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        title = plain_title(cell)
        column = COLUMNS.get(title) or COLUMNS.get(BRACKETS.sub("", title))
        if column and column not in columns:
            columns[column] = place
    who = {"name", "reference"} & columns.keys()
    how = {"email", "mobile", "phone"} & columns.keys()
    return columns if who and how else {}


def _read(lines: Sequence[Line], columns: Mapping[str, int], source: str) -> ContactTable:
    if len(lines) >= MOST_LINES:
        raise UnknownListError(_("More than 5,000 lines. Send in one province at a time."))
    rows, problems, empty = [], [], 0
    for line in lines:
        try:
            row = _row(line, columns, source)
        except _LineError as error:
            problems.append((line.number, error.code))
        else:
            if row is not None:
                rows.append(row)
            elif any(cell.strip() for cell in line.cells):
                empty += 1
    if not rows and not problems:
        raise UnknownListError(_("No e-mail address and no telephone number is filled in."))
    return ContactTable(tuple(rows), tuple(problems), empty)


def _row(line: Line, columns: Mapping[str, int], source: str) -> ContactRow | None:
    """None for a line without a contact."""
    if line.fault:
        raise _LineError(line.fault)
    cells = {name: _said(line.cells, place) for name, place in columns.items()}
    phone = cells.get("mobile") or cells.get("phone", "")
    if not (cells.get("email") or phone) or _columns(line.cells):
        return None
    _refuse_wrong(cells)
    return ContactRow(
        line=line.number,
        reference=cells.get("reference", "").lower(),
        number=cells.get("number", ""),
        place=" ".join(filter(None, map(cells.get, ("province", "city", "place")))),
        office=cells.get("office", ""),
        ballot=cells.get("ballot", ""),
        party=cells.get("party", ""),
        name=BRACKETS.sub("", cells.get("name", "")).strip(),
        email=_email(cells.get("email", "")),
        phone=_phone(phone),
        holder=cells.get("holder", ""),
        source=_source(cells.get("source") or source),
    )


def _said(cells: Sequence[str], place: int) -> str:
    text = clean_text(cell_of(cells, place))
    return "" if text in NOTHING else text


def _refuse_wrong(cells: Mapping[str, str]) -> None:
    if not (cells.get("name") or cells.get("reference")):
        raise _LineError(ContactProblem.NAME)
    if any(len(cell) > LONGEST.get(name, 80) for name, cell in cells.items()):
        raise _LineError(ContactProblem.LONG)
    try:
        for cell in cells.values():
            validate_no_resident_number(cell)
    except ValidationError as error:
        raise _LineError(ContactProblem.RESIDENT) from error


def _email(text: str) -> str:
    try:
        if text:
            validate_email_address(text)
    except ValidationError as error:
        raise _LineError(ContactProblem.EMAIL) from error
    return text


def _phone(text: str) -> str:
    if not text:
        return ""
    try:
        return written_phone(canonical_phone(f"0{text}" if NO_ZERO.fullmatch(text) else text))
    except ValueError as error:
        raise _LineError(ContactProblem.PHONE) from error


def is_mobile(phone: str) -> bool:
    """Whether a text message reaches it."""
    try:
        return bool(MOBILE.fullmatch(canonical_phone(phone)))
    except ValueError:
        return False


def _source(text: str) -> str:
    if len(text) < 2:
        raise _LineError(ContactProblem.SOURCE)
    return text
