"""The bodies of the coalition as a tree, with what each was before."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from home.dates import Precision, korean_partial
from home.publishing import UntilPublished

from ..models import Body, Seat

SHOWN_SEATS = 12


@dataclass(frozen=True)
class ShownBody:
    """A body with its parts; ``began`` and ``lineage`` say where it comes from."""

    body: Body
    anchor: str
    seats: tuple[Seat, ...]
    parts: tuple["ShownBody", ...]

    @property
    def first_seats(self) -> tuple[Seat, ...]:
        return self.seats[:SHOWN_SEATS]

    @property
    def more_seats(self) -> tuple[Seat, ...]:
        return self.seats[SHOWN_SEATS:]

    @property
    def began(self) -> str:
        return _month(self.body.began_on)

    @property
    def ended(self) -> str:
        return _month(self.body.ended_on)

    @property
    def lineage(self) -> str:
        """What it was before, and since when it is what it is."""
        if not self.body.predecessor:
            return ""
        values = {"name": self.body.predecessor.name, "month": self.began}
        if not self.began:
            return _("Before: %(name)s") % values
        return _("Became what it is in %(month)s; before: %(name)s") % values


@dataclass(frozen=True)
class Group:
    """Bodies of one kind that are no part of another."""

    label: str
    bodies: tuple[ShownBody, ...]


@dataclass(frozen=True)
class BodyTree:
    year: int
    groups: tuple[Group, ...]
    ended: tuple[ShownBody, ...]

    @property
    def is_empty(self) -> bool:
        return not self.groups and not self.ended


def _month(day: date | None) -> str:
    return korean_partial(day, Precision.MONTH) if day else ""


def _read_tree(year: int) -> BodyTree:
    bodies = Body.objects.select_related("predecessor").prefetch_related("seats")
    rows = list(bodies.with_meetings(year).order_by("sort_order", "name"))
    below: dict[int | None, list[Body]] = {}
    running = [row for row in rows if row.status != Body.Status.ENDED]
    keys = {row.pk for row in running}
    for row in running:
        below.setdefault(row.parent_id if row.parent_id in keys else None, []).append(row)
    tops = below.get(None, [])
    return BodyTree(
        year,
        tuple(
            Group(str(kind.label), tuple(_show(row, below) for row in tops if row.kind == kind))
            for kind in Body.Kind
            if any(row.kind == kind for row in tops)
        ),
        tuple(_show(row, {}) for row in rows if row.status == Body.Status.ENDED),
    )


def _show(row: Body, below: dict[int | None, list[Body]]) -> ShownBody:
    parts = tuple(_show(part, below) for part in below.get(row.pk, ()))
    return ShownBody(row, f"body-{row.pk}", tuple(row.seats.all()), parts)


_tree = UntilPublished(_read_tree)


def read_body_tree() -> BodyTree:
    """All bodies, with the meetings of this year."""
    return _tree(timezone.localdate().year)
