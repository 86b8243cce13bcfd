"""Who is meant by a line of somebody's list: by our reference code, or by what is said of them."""

from collections.abc import Iterator, Mapping, Sequence

from home.network.models import Region

from ..gateways.contact_list import ContactProblem, ContactRow
from ..models import Election, Office, Respondent
from .places import TYPE_CODES

# As offices are called in everyday words, which often leave open which of two it is.
OFFICE_WORDS: Mapping[str, tuple[str, ...]] = {
    "대통령": (Office.PRESIDENT,),
    "국회의원": (Office.ASSEMBLY, Office.ASSEMBLY_LIST),
    "교육감": (Office.EDUCATION,),
    "시도지사": (Office.GOVERNOR,),
    "도지사": (Office.GOVERNOR,),
    "광역단체장": (Office.GOVERNOR,),
    "특별시장": (Office.GOVERNOR,),
    "광역시장": (Office.GOVERNOR,),
    "구시군의장": (Office.MAYOR,),
    "기초단체장": (Office.MAYOR,),
    "구청장": (Office.MAYOR,),
    "군수": (Office.MAYOR,),
    "시장": (Office.GOVERNOR, Office.MAYOR),
    "구시군의회의원": (Office.CITY_COUNCIL, Office.CITY_LIST),
    "구시군의원": (Office.CITY_COUNCIL, Office.CITY_LIST),
    "기초의원": (Office.CITY_COUNCIL, Office.CITY_LIST),
    "구의원": (Office.CITY_COUNCIL, Office.CITY_LIST),
    "군의원": (Office.CITY_COUNCIL, Office.CITY_LIST),
    "시도의회의원": (Office.PROVINCE_COUNCIL, Office.PROVINCE_LIST),
    "시도의원": (Office.PROVINCE_COUNCIL, Office.PROVINCE_LIST),
    "광역의원": (Office.PROVINCE_COUNCIL, Office.PROVINCE_LIST),
    "도의원": (Office.PROVINCE_COUNCIL, Office.PROVINCE_LIST),
    "시의원": (
        *(Office.PROVINCE_COUNCIL, Office.PROVINCE_LIST),
        *(Office.CITY_COUNCIL, Office.CITY_LIST),
    ),
}
NOBODYS = "무소속"


class UnclearError(Exception):
    """``code`` is a ContactProblem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Directory:
    """The respondents of one election; one query for all."""

    def __init__(self, election: Election) -> None:
        rows = Respondent.objects.filter(election=election).select_related(
            "candidacy__contest__post__region__parent__parent", "region__parent__parent"
        )
        self.by_code = {str(row.public_id): row for row in rows}
        self.by_name: dict[str, list[Respondent]] = {}
        for row in rows:
            self.by_name.setdefault(compact(row.name), []).append(row)

    def find(self, line: ContactRow) -> Respondent:
        """Raises UnclearError: nobody is guessed."""
        if line.reference:
            return self._by_code(line)
        named = self.by_name.get(compact(line.name), [])
        if not named:
            raise UnclearError(ContactProblem.UNKNOWN)
        fitting = [row for row in named if _fits(row, line)]
        if not fitting:
            raise UnclearError(ContactProblem.DIFFERS)
        if len(fitting) > 1:
            raise UnclearError(ContactProblem.NAMESAKE)
        return fitting[0]

    def _by_code(self, line: ContactRow) -> Respondent:
        row = self.by_code.get(line.reference)
        if row is None:
            raise UnclearError(ContactProblem.CODE)
        if line.name and compact(line.name) != compact(row.name):
            raise UnclearError(ContactProblem.CODE_NAME)
        return row


def compact(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _fits(row: Respondent, line: ContactRow) -> bool:
    """Whether nothing that the line says speaks against it."""
    if line.place and not _is_there(row, line.place):
        return False
    candidacy = row.candidacy
    if candidacy is None:
        return not (line.office or line.ballot or line.number)
    parties = {"", NOBODYS, "없음"} if not candidacy.party_name else {candidacy.party_name}
    return (
        candidacy.contest.post.office in _offices(line.office)
        and line.party in {"", *parties}
        and line.ballot in {"", candidacy.ballot_number}
        and line.number in {"", candidacy.commission_number}
    )


def _offices(written: str) -> Sequence[str]:
    """Of what nobody can read all are possible: then something else has to tell."""
    plain = compact(written).removesuffix("선거").removesuffix("후보")
    if plain in TYPE_CODES:
        return (TYPE_CODES[plain],)
    for office in Office:
        if plain and compact(str(office.label)) == plain:
            return (office.value,)
    for word, offices in OFFICE_WORDS.items():
        if word in plain:
            return offices
    return Office.values


def _is_there(row: Respondent, written: str) -> bool:
    """Each word names the place or a part of it, in full or by its beginning: 서울 종로, 경남."""
    names = _names_of_place(row)
    words = [compact(word) for word in written.split()]
    return all(any(name.startswith(word) for name in names) for word in words if word) or (
        compact(written) in names
    )


def _names_of_place(row: Respondent) -> Sequence[str]:
    post = row.candidacy.contest.post if row.candidacy else None
    region = post.region if post else row.region
    return _spellings(region, post.district_name if post else "") if region else ("전국",)


def _spellings(region: Region, district: str) -> Sequence[str]:
    """All ways in which a place may be written without spaces."""
    ways = [""]
    found: set[str] = set()
    for names in _levels(region, district):
        found.update(compact(name) for name in names)
        ways += [compact(before + name) for before in ways for name in names]
    return tuple(found.union(ways) - {""})


def _levels(region: Region, district: str) -> Iterator[set[str]]:
    """From the province down."""
    if region.parent:
        yield from _levels(region.parent, "")
    yield {region.name, region.short_name}
    if district:
        yield {district, district.removeprefix(region.name)} - {""}
