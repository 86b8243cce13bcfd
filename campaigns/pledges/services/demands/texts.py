"""What a version says, how it is hashed, and what differs from the one before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from ...models import Demand, DemandSetVersion

FORMAT = "yeondae-demands-1"
WORDED = (
    *("theme", "title", "text", "why", "target", "steps", "deadline", "funding"),
    "background_url",
)


@dataclass(frozen=True)
class DemandChange:
    """A demand before and after; None where it is new or gone."""

    before: Demand | None
    after: Demand | None


def text_of(version: DemandSetVersion) -> dict[str, object]:
    """All that a version says, as it is hashed."""
    demand_set = version.demand_set
    return {
        "format": FORMAT,
        "election": demand_set.election.name,
        "vote_on": demand_set.election.vote_on.isoformat(),
        "region": demand_set.region.full_name if demand_set.region else "",
        "title": demand_set.title,
        "version": version.number,
        "intro": version.intro,
        "demands": [
            {
                "key": str(demand.key),
                "number": demand.number,
                **{name: getattr(demand, name) for name in WORDED},
            }
            for demand in version.demands.order_by("number")
        ],
    }


def published_before(version: DemandSetVersion) -> DemandSetVersion | None:
    """The published version whose place this one takes, or took."""
    rows = DemandSetVersion.objects.filter(
        demand_set=version.demand_set_id,
        number__lt=version.number,
        state__in=DemandSetVersion.FROZEN,
    )
    return rows.order_by("-number").first()


def keys_of(version: DemandSetVersion) -> set[uuid.UUID]:
    return set(version.demands.values_list("key", flat=True))


def changed_demands(before: Sequence[Demand], after: Sequence[Demand]) -> list[DemandChange]:
    """Demands that read differently, are new, or are gone."""
    old = {demand.key: demand for demand in before}
    new = {demand.key: demand for demand in after}
    changed = [
        DemandChange(old.get(key), demand)
        for key, demand in new.items()
        if key not in old or not says_the_same(old[key], demand)
    ]
    return [
        *changed,
        *(DemandChange(demand, None) for key, demand in old.items() if key not in new),
    ]


def says_the_same(one: Demand, other: Demand) -> bool:
    """Whether two wordings ask the same in the same words; the background may differ."""
    return all(
        getattr(one, name) == getattr(other, name) for name in WORDED if name != "background_url"
    )
