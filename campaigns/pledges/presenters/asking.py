"""What is asked at an election, of whom and how: for the election's sheet and its regions."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from accounts.services import holds_somewhere

from ..models import DemandSet, PledgeRound, Respondent
from ..policies import reaches, readable_demand_sets, rows_for
from ..services.rollup import rollup_of, total_of

Standing = Respondent.Standing
SHOWN = tuple(Standing)


@dataclass(frozen=True)
class DemandSetLine:
    """A demand set with its newest version and the one that is public."""

    row: DemandSet
    newest: object
    public: object


def demand_set_lines(rows):
    return [_line(row) for row in rows]


def _line(row):
    versions = sorted(row.versions.all(), key=lambda version: version.number)
    public = next((one for one in versions if one.state == one.State.PUBLISHED), None)
    return DemandSetLine(row, versions[-1] if versions else None, public)


class AskingPresenter:
    """The part of an election's sheet that says how its respondents are asked."""

    def __init__(self, election, user):
        self.election, self.user = election, user

    @cached_property
    def round(self):
        return PledgeRound.objects.filter(election=self.election).first()

    @property
    def may_change_round(self):
        return reaches(self.user, "pledges.change_pledgeround", None)

    @property
    def may_add_demands(self):
        return holds_somewhere(self.user, "pledges.add_demandset")

    @property
    def may_add_party(self):
        return holds_somewhere(self.user, "pledges.add_respondent")

    @property
    def may_remove_party(self):
        """Of those that are listed, which are the own ones."""
        return holds_somewhere(self.user, "pledges.change_respondent")

    @cached_property
    def demand_sets(self):
        rows = readable_demand_sets(self.user).filter(election=self.election)
        rows = rows.select_related("region__parent").prefetch_related("versions")
        return demand_set_lines(rows.order_by("region__sort_order", "region__code", "pk"))

    @cached_property
    def parties(self):
        rows = rows_for(self.user, Respondent).filter(election=self.election)
        rows = rows.exclude(kind=Respondent.Kind.CANDIDATE).select_related("region__parent")
        return list(rows.order_by("kind", "party_name", "region__sort_order"))


class RollupPresenter:
    """The regions of an election beside one another."""

    columns = [Standing(one).label for one in SHOWN]

    def __init__(self, election, user):
        rows = rollup_of(election, rows_for(user, Respondent))
        self.rows = [RegionRow(line) for line in rows]
        self.total = RegionRow(total_of(rows))


class RegionRow:
    def __init__(self, line):
        self.line = line

    @property
    def numbers(self):
        return [self.line.standings[one] for one in SHOWN]

    @property
    def unreachable(self):
        return self.line.asked_at_all - self.line.reachable

    @property
    def demand_sets(self):
        return demand_set_lines(self.line.demand_sets)
