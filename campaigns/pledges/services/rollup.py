"""How far the regions are: for the office, never for the public."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import Grant
from home.network.models import Region

from ..models import ContactPoint, DemandSet, Election, Respondent

HERE = ("candidacy__contest__post__region", "region")


@dataclass
class RegionLine:
    """A province with all that lies in it; no region: the whole country."""

    region: Region | None
    asked_at_all: int = 0
    reachable: int = 0
    standings: Counter[str] = field(default_factory=Counter)
    demand_sets: list[DemandSet] = field(default_factory=list)
    coordinators: list[str] = field(default_factory=list)


def rollup_of(election: Election, respondents: QuerySet[Respondent]) -> list[RegionLine]:
    """The provinces with somebody to ask among ``respondents``, and what is asked there besides.

    The same few queries however many there are.
    """
    provinces = _provinces(list(Region.objects.all()))
    lines: dict[int | None, RegionLine] = {}
    rows = respondents.filter(election=election)
    for (key, standing), number in _counted(rows, "standing").items():
        line = _line(lines, provinces.get(key) if key else None)
        line.standings[standing] += number
        line.asked_at_all += number
    reachable = rows.filter(contacts__state=ContactPoint.State.APPROVED)
    for (key, _none), number in _counted(reachable, "kind").items():
        _line(lines, provinces.get(key) if key else None).reachable += number
    _add_demands(lines, election, provinces)
    _add_coordinators(lines, provinces)
    return sorted(lines.values(), key=_place)


def _counted(rows: QuerySet[Respondent], besides: str) -> Counter[tuple[int | None, str]]:
    found: Counter[tuple[int | None, str]] = Counter()
    grouped = rows.order_by().values(*HERE, besides).annotate(number=Count("pk", distinct=True))
    for row in grouped:
        key = row[HERE[0]] or row[HERE[1]]
        found[key, row[besides]] += row["number"]
    return found


def _provinces(regions: Sequence[Region]) -> dict[int, Region]:
    """The province in which each region lies."""
    rows = {row.pk: row for row in regions}
    found = {}
    for row in regions:
        top = row
        while top.parent_id:
            top = rows[top.parent_id]
        found[row.pk] = top
    return found


def _line(lines: dict[int | None, RegionLine], province: Region | None) -> RegionLine:
    return lines.setdefault(province.pk if province else None, RegionLine(province))


def _add_demands(
    lines: dict[int | None, RegionLine], election: Election, provinces: dict[int, Region]
) -> None:
    rows = DemandSet.objects.filter(election=election).select_related("region")
    for row in rows.prefetch_related("versions"):
        key = provinces[row.region_id].pk if row.region_id else None
        if key in lines:
            lines[key].demand_sets.append(row)


def _add_coordinators(lines: dict[int | None, RegionLine], provinces: dict[int, Region]) -> None:
    """Whoever has rights in the province, or somewhere in it."""
    now = timezone.now()
    grants = Grant.objects.open().filter(scope_kind="region").select_related("user", "group")
    names: dict[str, list[str]] = defaultdict(list)
    for grant in grants:
        if grant.holds_at(now) and str(grant.user) not in names[grant.scope_key]:
            names[grant.scope_key].append(str(grant.user))
    codes = Region.objects.filter(code__in=names).values_list("pk", "code")
    for pk, code in codes:
        line = lines.get(provinces[pk].pk)
        if line is not None:
            line.coordinators += [name for name in names[code] if name not in line.coordinators]


def _place(line: RegionLine) -> tuple[int, str]:
    return (line.region.sort_order, line.region.code) if line.region else (-1, "")


def total_of(lines: Sequence[RegionLine]) -> RegionLine:
    """All lines together."""
    whole = RegionLine(None)
    for line in lines:
        whole.asked_at_all += line.asked_at_all
        whole.reachable += line.reachable
        whole.standings.update(line.standings)
    return whole
