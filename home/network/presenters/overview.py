"""Who we are in a few words, for the front page and for reports: one query for all of it."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear

from home.presenters.latest import article_models
from home.publishing import UntilPublished
from home.requests import private_q
from home.services import read_together, revive

from ..models import Body, Meeting, Organisation, Region


@dataclass(frozen=True)
class Meetings:
    """How often a body met, and how many came."""

    body: str
    held: int
    average: float | None


@dataclass(frozen=True)
class Overview:
    """``joined`` are all who are or were members, in the order of the directory."""

    joined: tuple[Organisation, ...]
    bodies: tuple[Body, ...]
    regions: tuple[Region, ...]
    with_texts: frozenset[int]
    meetings: dict[tuple[int, int], dict[str, Any]]

    def members(self, year: int | None) -> list[Organisation]:
        """Of today; of a year, those on its last day: nobody's day of joining is always known."""
        if year is None:
            return [row for row in self.joined if row.left_on is None]
        end = date(year, 12, 31)
        joined = [row for row in self.joined if row.joined_on is None or row.joined_on <= end]
        return [row for row in joined if row.left_on is None or row.left_on > end]

    def meetings_in(self, year: int) -> list[Meetings]:
        """In the order of the bodies."""
        rows = ((body.name, self.meetings.get((body.pk, year))) for body in self.bodies)
        return [Meetings(name, row["held"], row["average"]) for name, row in rows if row]


def _read() -> Overview:
    found = read_together(
        {
            "joined": (Organisation.objects.filter(is_member=True).in_order(), MEMBER),
            "bodies": (Body.objects.order_by("sort_order", "name"), BODY),
            "regions": (_regions(), (*REGION, "has_texts")),
            "meetings": (_meetings(), ("body_id", "year", "held", "average")),
        }
    )
    return Overview(
        joined=tuple(revive(Organisation, row) for row in found["joined"]),
        bodies=tuple(revive(Body, row) for row in found["bodies"]),
        regions=tuple(revive(Region, row) for row in found["regions"]),
        with_texts=frozenset(row["id"] for row in found["regions"] if row["has_texts"]),
        meetings={(row["body_id"], row["year"]): row for row in found["meetings"]},
    )


MEMBER = ("id", "name", "region_id", "affiliates", "joined_on", "left_on")
BODY = ("id", "name", "kind", "status")
REGION = ("id", "code", "name", "short_name")


def _regions() -> QuerySet[Region]:
    """The provinces of today, and whether a public text is about them."""
    public = Q(live=True) & ~private_q()
    texts = (Exists(m.objects.filter(public, region=OuterRef("pk"))) for m in article_models())
    return Region.objects.sign_choices().annotate(has_texts=reduce(or_, map(Q, texts)))


def _meetings() -> QuerySet[Meeting]:
    years = Meeting.objects.values("body_id", year=ExtractYear("held_on"))
    return years.annotate(held=Count("pk"), average=Avg("attendance"))


_overview = UntilPublished(_read)


def overview() -> Overview:
    found = _overview()
    assert isinstance(found, Overview)
    return found
