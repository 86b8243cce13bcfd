"""Everything that was ever asked at an election, version by version, with its check number."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from ...models import DemandSetVersion
from ...services.demands import label_of
from ..answering import DemandCard
from .frame import read_frame


@dataclass(frozen=True)
class ShownVersion:
    """A published text, whole."""

    version: DemandSetVersion
    cards: list[DemandCard]

    @property
    def title(self):
        return self.version.text["title"]

    @property
    def region(self):
        return self.version.demand_set.region

    @property
    def is_current(self):
        return self.version.state == DemandSetVersion.State.PUBLISHED


class DemandsPresenter:
    """What is asked today, then what was asked before."""

    def __init__(self, page):
        self.board, self.election = page, page.election
        self.frame = read_frame.about(self.election, self.election.pk)

    @cached_property
    def versions(self):
        rows = (
            DemandSetVersion.objects.filter(
                demand_set__election=self.election, state__in=DemandSetVersion.FROZEN
            )
            .select_related("demand_set__region")
            .prefetch_related("demands")
            .order_by("demand_set__region__sort_order", "demand_set", "-number")
        )
        return [ShownVersion(row, _cards(row)) for row in rows]

    @property
    def current(self):
        rows = [row for row in self.versions if row.is_current]
        return sorted(rows, key=lambda row: row.region is not None)

    @property
    def before(self):
        return [row for row in self.versions if not row.is_current]


def _cards(version):
    cards = []
    for place, demand in enumerate(version.demands.all(), start=1):
        demand.version = version
        cards.append(DemandCard(demand, label_of(demand), place, None))
    return cards
