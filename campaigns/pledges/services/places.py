"""From what the commission writes to posts of the dated table of regions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from home.network.models import Region

from ..gateways.commission_list import ListRow, RowProblem
from ..models import Office, Post

# ``sgTypecode`` of the commission's data.
TYPE_CODES = {
    "1": Office.PRESIDENT,
    "2": Office.ASSEMBLY,
    "3": Office.GOVERNOR,
    "4": Office.MAYOR,
    "5": Office.PROVINCE_COUNCIL,
    "6": Office.CITY_COUNCIL,
    "7": Office.ASSEMBLY_LIST,
    "8": Office.PROVINCE_LIST,
    "9": Office.CITY_LIST,
    "11": Office.EDUCATION,
}
# What stands in the same column of files from its web site.
TYPE_NAMES = {
    "대통령": Office.PRESIDENT,
    "국회의원": Office.ASSEMBLY,
    "시도지사": Office.GOVERNOR,
    "구시군의장": Office.MAYOR,
    "시도의회의원": Office.PROVINCE_COUNCIL,
    "구시군의회의원": Office.CITY_COUNCIL,
    "비례대표국회의원": Office.ASSEMBLY_LIST,
    "광역의원비례대표": Office.PROVINCE_LIST,
    "기초의원비례대표": Office.CITY_LIST,
    "교육감": Office.EDUCATION,
}
NOT_IN_NAMES = re.compile(r"[\s·ㆍ.]|선거$")
WHOLE_COUNTRY = (Office.PRESIDENT, Office.ASSEMBLY_LIST)
# The post is that of the whole region: what the file calls its constituency says nothing more.
OF_A_REGION = (
    *WHOLE_COUNTRY,
    Office.GOVERNOR,
    Office.EDUCATION,
    Office.MAYOR,
    Office.PROVINCE_LIST,
    Office.CITY_LIST,
)
OF_A_CITY = (Office.MAYOR, Office.CITY_COUNCIL, Office.CITY_LIST)


class PlaceError(Exception):
    """``code`` is a RowProblem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Place:
    """Where and for what somebody stands."""

    office: str
    region: Region | None
    district_name: str

    @property
    def key(self) -> str:
        code = f"{self.region.code}@{self.region.valid_from:%Y%m%d}" if self.region else ""
        return f"{self.office}:{code}:{self.district_name}"

    @property
    def post(self) -> Post:
        """A new one."""
        return Post(
            office=self.office,
            region=self.region,
            district_name=self.district_name,
            key=self.key,
        )


class Gazetteer:
    """The regions of one day by their names; one query for all."""

    def __init__(self, day: date) -> None:
        self.day = day

    @cached_property
    def _regions(self) -> list[Region]:
        return list(Region.objects.valid_on(self.day).select_related("parent"))

    @cached_property
    def _provinces(self) -> Mapping[str, Region]:
        found = [one for one in self._regions if one.kind == Region.Kind.PROVINCE]
        return {name: one for one in found for name in (one.short_name, one.name)}

    @cached_property
    def _cities(self) -> Mapping[tuple[int | None, str], Region]:
        found = [one for one in self._regions if one.kind == Region.Kind.DISTRICT]
        return {(one.parent_id, one.name): one for one in found}

    def place_of(self, row: ListRow, office: str) -> Place:
        """Raises PlaceError. ``office`` is that of a file which names none."""
        office = TYPE_CODES.get(row.office, "") or _named(row.office) or office
        if not office:
            raise PlaceError(RowProblem.OFFICE)
        if office in WHOLE_COUNTRY:
            return Place(office, None, "")
        region = self._region_of(row, office)
        return Place(office, region, "" if office in OF_A_REGION else _district(row))

    def _region_of(self, row: ListRow, office: str) -> Region:
        # A constituency is written with its province where the file has no column for it.
        written = row.province or row.district.split(" ")[0]
        province = self._provinces.get(written)
        if province is None:
            raise PlaceError(RowProblem.PROVINCE)
        if office not in OF_A_CITY:
            return province
        city = self._city_of(province, row.city or row.district)
        if city is None:
            raise PlaceError(RowProblem.REGION)
        return city

    def _city_of(self, province: Region, written: str) -> Region | None:
        """Of 전주시완산구 the city; a ward elects no one of its own."""
        compact = "".join(written.removeprefix(province.name).split())
        for length in range(len(compact), 1, -1):
            if found := self._cities.get((province.pk, compact[:length])):
                return found
        return None


def _named(written: str) -> str:
    return TYPE_NAMES.get(NOT_IN_NAMES.sub("", written), "")


def _district(row: ListRow) -> str:
    return "".join(row.district.split())
