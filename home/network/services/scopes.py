"""Regions and bodies as limits of rights."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q

from ..models import Body, Region


def region_scope_choices() -> Iterable[tuple[str, str]]:
    """The provinces of today: (code, name)."""
    return Region.objects.sign_choices().values_list("code", "name")


def rows_of_regions(codes: Sequence[str]) -> frozenset[int]:
    """All rows that are these regions, were or became them, or lie in one of those.

    What was put together from several is the old limit no longer, so it is not followed forwards.
    """
    found = set(Region.objects.filter(code__in=codes).values_list("pk", flat=True))
    _grow(found, "successors__in")
    _grow(found, "predecessors__in", whole=True)
    _grow(found, "parent__in")
    return frozenset(found)


def body_scope_choices() -> Iterable[tuple[str, str]]:
    """Key and name of the bodies that have not ended."""
    rows = Body.objects.exclude(status=Body.Status.ENDED).values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def rows_of_bodies(chosen: Sequence[str]) -> frozenset[int]:
    """Those of the chosen bodies that there still are, with the parts of each."""
    keys = [int(key) for key in chosen if key.isdecimal()]
    rows = Body.objects.filter(Q(pk__in=keys) | Q(parent__in=keys))
    return frozenset(rows.values_list("pk", flat=True))


def _grow(found: set[int], relation: str, *, whole: bool = False) -> None:
    reached = found
    while reached:
        rows = Region.objects.filter(**{relation: reached}).exclude(pk__in=found)
        if whole:
            rows = rows.filter(pk__in=_of_one_origin())
        reached = set(rows.values_list("pk", flat=True))
        found |= reached


def _of_one_origin() -> Iterable[int]:
    counted = Region.objects.annotate(origins=Count("predecessors"))
    return counted.filter(origins=1).values_list("pk", flat=True)
