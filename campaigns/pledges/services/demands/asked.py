"""What is asked of whom."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from ...models import Demand, DemandSetVersion, Election, Respondent

State = DemandSetVersion.State


def current_versions(respondent: Respondent) -> list[DemandSetVersion]:
    """What is asked of a respondent now: the common demands, then those of their regions."""
    keys = region_keys(respondent)
    rows = DemandSetVersion.objects.filter(
        Q(demand_set__region=None) | Q(demand_set__region__in=keys),
        demand_set__election=respondent.election_id,
        state=State.PUBLISHED,
    ).select_related("demand_set__region")
    order = [None, *keys]
    return sorted(rows, key=lambda row: order.index(row.demand_set.region_id))


def with_demands(rows: QuerySet[Respondent], election: Election) -> QuerySet[Respondent]:
    """Of these respondents of an election, whom something is asked: of all, or of their regions."""
    published = DemandSetVersion.objects.filter(
        demand_set__election=election, state=State.PUBLISHED
    ).values_list("demand_set__region", flat=True)
    keys = set(published)
    if None in keys:
        return rows
    here = Q()
    for region in ("region", "candidacy__contest__post__region"):
        for place in (region, f"{region}__parent", f"{region}__parent__parent"):
            here |= Q(**{f"{place}__in": keys})
    return rows.filter(here)


def region_keys(respondent: Respondent) -> list[int]:
    """The respondent's regions from the largest to the smallest; none for the whole country."""
    region = respondent.region
    if respondent.candidacy is not None:
        region = respondent.candidacy.contest.post.region
    keys = []
    while region is not None:
        keys.append(region.pk)
        region = region.parent
    return keys[::-1]


def demands_asked(versions: Sequence[DemandSetVersion]) -> list[Demand]:
    """The demands of these versions in their order."""
    order = {version.pk: place for place, version in enumerate(versions)}
    rows = Demand.objects.filter(version__in=versions)
    rows = rows.select_related("version__demand_set__region")
    return sorted(rows, key=lambda row: (order[row.version_id], row.number))


def label_of(demand: Demand) -> str:
    """How the press quotes it: 3, and of a region 경기 1."""
    region = demand.version.demand_set.region
    return f"{region.short_name} {demand.number}" if region else str(demand.number)
