"""Demands for who writes them: what may be done next, and what differs from what is public."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Demand, DemandSetVersion, Response
from ..policies import may, reaches
from ..services.canonical import digest_of
from ..services.demands import (
    WORDED,
    changed_demands,
    free_demands,
    label_of,
    published_before,
    text_of,
)
from .answering import DemandCard

State = DemandSetVersion.State
NAMES = {
    "theme": _("Theme"),
    "title": _("Title"),
    "text": pgettext_lazy("one", "Demand"),
    "why": _("Why"),
    "target": _("Goal"),
    "steps": _("Steps"),
    "deadline": _("Until when"),
    "funding": _("Funding"),
    "background_url": _("Background"),
}


@dataclass(frozen=True)
class WordChange:
    """One field of a demand, before and after."""

    label: object
    before: str
    after: str


@dataclass(frozen=True)
class ChangedDemand:
    label: str
    title: str
    kind: str  # new, gone, reworded
    words: tuple[WordChange, ...] = ()


@dataclass(frozen=True)
class DemandLine:
    """A demand in the list of its version, and whether it changes places."""

    demand: Demand
    label: str
    goes_up: bool
    goes_down: bool
    is_published: bool


class VersionPresenter:
    """A version of a demand set, with all of its set."""

    def __init__(self, version, user):
        self.version, self.user = version, user
        self.demand_set = version.demand_set
        self.election = self.demand_set.election

    @property
    def title(self):
        text = self.version.text
        return text["title"] if text else self.demand_set.title

    @cached_property
    def may_write(self):
        return self.version.state == State.DRAFT and may(self.user, "change", self.version)

    @cached_property
    def may_review(self):
        """Send to review, take back, enter the resolution."""
        return not self.version.is_frozen and may(self.user, "change", self.version)

    @cached_property
    def may_publish(self):
        return self.version.state == State.APPROVED and self._reaches("publish")

    @cached_property
    def may_begin(self):
        return self.version.is_frozen and self.in_work is None and self._reaches("add")

    def _reaches(self, action):
        right = f"pledges.{action}_demandsetversion"
        return reaches(self.user, right, self.demand_set.region_id)

    @cached_property
    def versions(self):
        return list(self.demand_set.versions.select_related("made_by").order_by("-number"))

    @property
    def in_work(self):
        return next((row for row in self.versions if not row.is_frozen), None)

    @cached_property
    def demands(self):
        rows = list(self.version.demands.order_by("number"))
        for row in rows:
            row.version = self.version
        return rows

    @cached_property
    def lines(self):
        free = [row.pk for row in free_demands(self.version)] if self.may_write else []
        return [
            DemandLine(
                row,
                label_of(row),
                goes_up=row.pk in free[1:],
                goes_down=row.pk in free[:-1],
                is_published=row.pk not in free,
            )
            for row in self.demands
        ]

    @property
    def cards(self):
        """As the candidate reads them."""
        return [
            DemandCard(row, label_of(row), place, None)
            for place, row in enumerate(self.demands, start=1)
        ]

    @cached_property
    def base(self):
        return published_before(self.version)

    @cached_property
    def changes(self):
        """What differs from the version before; nothing for the first one."""
        if self.base is None:
            return []
        rows = list(self.base.demands.order_by("number"))
        for row in rows:
            row.version = self.version  # the same set, so the same label
        return [_changed(one) for one in changed_demands(rows, self.demands)]

    @cached_property
    def digest(self):
        return self.version.text_sha256 or digest_of(text_of(self.version))

    @cached_property
    def answered(self):
        """How many answered the version that this one would take the place of."""
        return Response.objects.filter(versions=self.base).count() if self.base else 0


def _changed(one):
    row = one.after or one.before
    if one.before and one.after:
        words = tuple(
            WordChange(NAMES[name], getattr(one.before, name), getattr(one.after, name))
            for name in WORDED
            if getattr(one.before, name) != getattr(one.after, name)
        )
        return ChangedDemand(label_of(row), row.title, "reworded", words)
    kind = "new" if one.after else "gone"
    text = ("", row.text) if one.after else (row.text, "")
    return ChangedDemand(label_of(row), row.title, kind, (WordChange(NAMES["text"], *text),))
