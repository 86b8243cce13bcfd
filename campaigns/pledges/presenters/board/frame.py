"""What all pages of one board share, kept until something public changes: demands, places."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from home.network.models import Region
from home.publishing import UntilPublished

from ...models import Approval, BoardRelease, Demand, DemandSetVersion, Respondent
from ...services.approvals import needs_approval
from ...services.co_hosts import co_hosts_of
from ...services.demands import label_of

KEPT_SECONDS = 20.0  # Candidates are entered all day; the law's steps are heard at once.


@dataclass(frozen=True)
class Group:
    """How many are asked in one place, for one office, of one party."""

    place: int | None
    office: str | None
    party: str
    number: int
    answered_at: object = None  # when the last of them became public


class Frame:
    """Of one election: whether its board is public, what is asked of whom, where people stand."""

    def __init__(self, election):
        self.election = election
        self.round = getattr(election, "round", None)
        self.release = BoardRelease.objects.filter(election=election, ended_at=None).first()
        self.demands = _read_demands(election)
        self.groups = _read_groups(election)
        rows = Region.objects.valid_on(election.vote_on)
        self.regions = {row.pk: row for row in rows.order_by("sort_order", "code")}
        for row in self.regions.values():
            row.parent = self.regions.get(row.parent_id)
        self.hosts = [row.name for row in co_hosts_of(election)]
        self.may_print = not needs_approval(Approval.Kind.PRINT, election)

    @property
    def is_released(self):
        return self.release is not None

    @cached_property
    def as_of(self):
        """When the board last changed: released, or answers became public."""
        moments = [group.answered_at for group in self.groups if group.answered_at]
        return max([self.release.released_at, *moments]) if self.release else None

    @cached_property
    def provinces(self):
        return [row for row in self.regions.values() if row.kind == Region.Kind.PROVINCE]

    def find(self, code):
        """The region with this code on election day; None where there is none."""
        return next((row for row in self.regions.values() if row.code == code), None)

    def inside(self, region):
        """The keys of a region and of all that it is made up of."""
        return {row.pk for row in self.regions.values() if region in _line(row)}

    def children(self, region):
        return [row for row in self.regions.values() if row.parent_id == region.pk]

    def count(self, places=None, office="", party=None):
        """How many are asked there."""
        return sum(
            group.number
            for group in self.groups
            if (places is None or group.place in places)
            and (not office or group.office == office)
            and (party is None or group.party == party)
        )

    def demands_for(self, regions: Iterable[Region] = ()):
        """What is asked of everybody, then what is asked besides in these regions."""
        keys = [None, *(row.pk for row in regions)]
        return [demand for key in keys for demand in self.demands.get(key, ())]


def _line(region):
    while region is not None:
        yield region
        region = region.parent


def _read_demands(election):
    """Published demands by the region they are asked in; None: of everybody."""
    rows = Demand.objects.filter(
        version__demand_set__election=election, version__state=DemandSetVersion.State.PUBLISHED
    ).select_related("version__demand_set__region")
    found = {}
    for row in rows.order_by("number"):
        row.label = label_of(row)
        found.setdefault(row.version.demand_set.region_id, []).append(row)
    return found


def _read_groups(election):
    rows = Respondent.objects.filter(election=election).annotate(
        place=Coalesce("candidacy__contest__post__region", "region")
    )
    named = ("place", "candidacy__contest__post__office", "candidacy__party_name", "party_name")
    counted = rows.order_by().values_list(*named)
    counted = counted.annotate(number=Count("pk"), answered_at=Max("response__published_at"))
    return [
        Group(place, office, party if party is not None else own, *numbers)
        for place, office, party, own, *numbers in counted
    ]


read_frame = UntilPublished(Frame, seconds=KEPT_SECONDS)
