"""Demands are written, put in order, taken out: as long as nobody reviews them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from home.network.models import Region

from ...models import Demand, DemandSet, DemandSetVersion, Election
from .reviewing import lock_writable
from .texts import WORDED, published_before


@transaction.atomic
def open_demand_set(
    election: Election, region: Region | None, title: str, *, user: User
) -> tuple[DemandSetVersion, bool]:
    """What is asked of everybody or in one region, with a version to write, and whether new."""
    row, is_new = DemandSet.objects.get_or_create(
        election=election, region=region, defaults={"title": title}
    )
    return begin_version(row, user=user) if is_new else row.versions.latest("number"), is_new


@transaction.atomic
def word_version(version: DemandSetVersion, *, title: str, intro: str) -> None:
    """Word what stands above the demands; the title until it was published once.

    Raises DemandsFrozenError.
    """
    version = lock_writable(version)
    version.intro = intro
    version.save(update_fields=["intro"])
    if published_before(version) is None:
        DemandSet.objects.filter(pk=version.demand_set_id).update(title=title)


@transaction.atomic
def begin_version(demand_set: DemandSet, *, user: User) -> DemandSetVersion:
    """The version in work, begun from the published one where there is none."""
    demand_set = DemandSet.objects.select_for_update().get(pk=demand_set.pk)
    rows = demand_set.versions
    in_work = rows.exclude(state__in=DemandSetVersion.FROZEN).first()
    if in_work is not None:
        return in_work
    last = rows.order_by("-number").first()
    version = rows.create(
        number=last.number + 1 if last else 1,
        intro=last.intro if last else "",
        made_by=user,
        made_at=timezone.now(),
    )
    for demand in last.demands.all() if last else ():
        demand.pk, demand.version = None, version
        demand._state.adding = True
        demand.save()
    return version


@transaction.atomic
def save_demand(
    version: DemandSetVersion, values: Mapping[str, str], *, demand: Demand | None = None
) -> Demand:
    """Word a demand, a new one under a number that none ever had. Raises DemandsFrozenError."""
    version = lock_writable(version)
    if demand is None:
        demand = Demand(version=version, number=_last_number(version.demand_set_id) + 1)
    for name in WORDED:
        setattr(demand, name, values.get(name, ""))
    demand.save()
    return demand


@transaction.atomic
def remove_demand(demand: Demand) -> None:
    """Its number stays empty once it was published. Raises DemandsFrozenError."""
    version = lock_writable(demand.version)
    demand.delete()
    _number_anew(version, free_demands(version))


@transaction.atomic
def move_demand(demand: Demand, *, up: bool) -> None:
    """Change places with a neighbour; what ever was published keeps its number.

    Raises DemandsFrozenError.
    """
    version = lock_writable(demand.version)
    rows = free_demands(version)
    here = next((place for place, row in enumerate(rows) if row.pk == demand.pk), None)
    if here is None:
        return
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        _number_anew(version, rows)


def free_demands(version: DemandSetVersion) -> list[Demand]:
    """The demands of a version that were never published: their numbers are nobody's yet."""
    published = Demand.objects.filter(
        version__demand_set=version.demand_set_id, version__state__in=DemandSetVersion.FROZEN
    )
    return list(version.demands.exclude(key__in=published.values("key")).order_by("number"))


def _number_anew(version: DemandSetVersion, rows: Sequence[Demand]) -> None:
    """Numbers without a gap, from the one after the last that was published."""
    first = _last_number(version.demand_set_id, version__state__in=DemandSetVersion.FROZEN) + 1
    places = {row.pk: number for number, row in enumerate(rows, start=first)}
    moved = [row for row in rows if row.number != places[row.pk]]
    # Each number is there once at any moment, so the rows go out of the way first.
    beyond = _last_number(version.demand_set_id) + 1
    for away, row in enumerate(moved, start=beyond):
        Demand.objects.filter(pk=row.pk).update(number=away)
    for row in moved:
        Demand.objects.filter(pk=row.pk).update(number=places[row.pk])


def _last_number(demand_set: int, **which: Any) -> int:
    rows = Demand.objects.filter(version__demand_set=demand_set, **which)
    return rows.aggregate(last=Max("number"))["last"] or 0
