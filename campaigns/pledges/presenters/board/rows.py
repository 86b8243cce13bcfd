"""Respondents as the board lists them."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Max, Min, OuterRef, Subquery
from django.utils.functional import cached_property

from ...models import Invitation, Respondent
from .answers import Cell
from .standings import LABELS, tell

CANDIDACY = "candidacy__contest__post__region__parent__parent"


@dataclass(frozen=True)
class Row:
    """A respondent with the answers to the demands in view; ``cells`` has a gap where none is."""

    respondent: Respondent
    url: str
    cells: list[Cell | None] = field(default_factory=list)
    told: str = ""

    @property
    def label(self):
        return LABELS[self.respondent.standing]

    @property
    def since(self):
        return self.respondent.standing_on

    @property
    def name(self):
        return self.respondent.name

    @property
    def hanja(self):
        candidacy = self.respondent.candidacy
        return candidacy.hanja if candidacy else ""

    @property
    def ballot_number(self):
        candidacy = self.respondent.candidacy
        return candidacy.ballot_number if candidacy else ""

    @property
    def party(self):
        """As plain text; of a party itself, what kind of respondent it is."""
        candidacy = self.respondent.candidacy
        return candidacy.party if candidacy else str(self.respondent.get_kind_display())

    @property
    def has_words(self):
        return any(cell and cell.has_words for cell in self.cells)


@dataclass(frozen=True)
class ContestRows:
    """A contest, or the parties and camps where there is none, with those of them in view."""

    contest: object
    rows: list[Row]
    number: int = 0
    url: str = ""

    @cached_property
    def anchor(self):
        return f"contest-{self.contest.pk}" if self.contest else "parties"


def asked_rows(election):
    """All who are asked at an election, with when that was first and how often again."""
    sent = Invitation.objects.filter(respondent=OuterRef("pk"), invited_at__isnull=False)
    grouped = sent.order_by().values("respondent")
    return (
        Respondent.objects.filter(election=election)
        .select_related(CANDIDACY, "region__parent", "response")
        .defer("response__statement")
        .annotate(
            asked_at=Subquery(grouped.annotate(first=Min("invited_at")).values("first")),
            own_end=Subquery(grouped.annotate(last=Max("expires_at")).values("last")),
            times_reminded=Subquery(grouped.annotate(most=Max("reminders")).values("most")),
        )
    )


def make_row(respondent, answers, demands, asked, link):
    """``answers`` are the cells of this respondent by demand key; None: none of it is public."""
    cells = [answers.get(str(demand.key)) for demand in demands] if answers else []
    told = "" if any(cells) else tell(respondent, asked)
    return Row(respondent, link(respondent), cells if any(cells) else [], told)


def by_contest(rows):
    """(contest or None, its rows) in the order in which they come."""

    def contest_of(row):
        candidacy = row.respondent.candidacy
        return candidacy.contest if candidacy else None

    return [(contest, list(group)) for contest, group in groupby(rows, key=contest_of)]
