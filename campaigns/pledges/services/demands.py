"""정책요구안: written, reviewed, resolved, published; frozen from then on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import User

from ..exceptions import DemandsFrozenError, DemandsIncompleteError, MoveRefusedError
from ..models import Demand, DemandSet, DemandSetVersion, Respondent
from .canonical import digest_of
from .chain import record_step

State = DemandSetVersion.State
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


def _last_number(demand_set: int, **which: object) -> int:
    rows = Demand.objects.filter(version__demand_set=demand_set, **which)
    return rows.aggregate(last=Max("number"))["last"] or 0


def lock_writable(version: DemandSetVersion) -> DemandSetVersion:
    """The locked version, which is still being written. Raises DemandsFrozenError."""
    rows = DemandSetVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("demand_set__election", "demand_set__region").get(pk=version.pk)
    if version.state != State.DRAFT:
        raise DemandsFrozenError
    return version


@transaction.atomic
def send_to_review(version: DemandSetVersion) -> None:
    """Raises DemandsFrozenError, DemandsIncompleteError where there is no demand."""
    version = lock_writable(version)
    if not version.demands.exists():
        raise DemandsIncompleteError
    _move(version, State.REVIEW)


@transaction.atomic
def back_to_draft(version: DemandSetVersion) -> None:
    """Write on after a review. Raises MoveRefusedError for one that is published."""
    version = _lock(version, State.REVIEW, State.APPROVED)
    version.resolved_by, version.resolved_on = "", None
    version.save(update_fields=["resolved_by", "resolved_on"])
    _move(version, State.DRAFT)


@transaction.atomic
def resolve_version(version: DemandSetVersion, *, body: str, resolved_on: date) -> None:
    """A body of the coalition resolved the text. Raises MoveRefusedError."""
    version = _lock(version, State.REVIEW)
    version.resolved_by, version.resolved_on = body, resolved_on
    version.save(update_fields=["resolved_by", "resolved_on"])
    _move(version, State.APPROVED)


@transaction.atomic
def publish_version(
    version: DemandSetVersion, *, user: User, note: str = "", is_minor: bool = False
) -> DemandSetVersion:
    """Freeze the text with its hash; the one before is superseded, and stays readable.

    What somebody answered is tied to the wording they read and does not change. Safe to call
    twice. Raises MoveRefusedError where nobody resolved it, DemandsIncompleteError where a second
    version does not say what changed.
    """
    DemandSet.objects.select_for_update().get(pk=version.demand_set_id)
    current = DemandSetVersion.objects.get(pk=version.pk)
    if current.state == State.PUBLISHED:
        return current
    version = _lock(version, State.APPROVED)
    if version.number > 1 and not note.strip():
        raise DemandsIncompleteError
    published = DemandSetVersion.objects.filter(demand_set=version.demand_set_id)
    published.filter(state=State.PUBLISHED).update(state=State.SUPERSEDED)
    version.note, version.is_minor = note, is_minor and version.number > 1
    version.text = text_of(version)
    version.text_sha256 = digest_of(version.text)
    version.state, version.published_at = State.PUBLISHED, timezone.now()
    version.save()
    record_step(
        version.demand_set.election,
        "demands_published",
        str(user.pk),
        {"set": version.demand_set_id, "version": version.number, "sha256": version.text_sha256},
    )
    return version


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


def _lock(version: DemandSetVersion, *states: str) -> DemandSetVersion:
    rows = DemandSetVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("demand_set__election", "demand_set__region").get(pk=version.pk)
    if version.state not in states:
        raise MoveRefusedError
    return version


def _move(version: DemandSetVersion, state: str) -> None:
    version.state = state
    version.save(update_fields=["state"])
