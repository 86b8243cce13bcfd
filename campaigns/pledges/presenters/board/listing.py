"""The board itself: a region, a contest, a party, a demand; all alike, page by page."""

from urllib.parse import urlencode

from django.core.paginator import InvalidPage
from django.db.models import Count, OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...forms.board import NO_PARTY, BoardForm
from ...models import Candidacy, DemandAnswer, PledgeRound
from ...services.boards import in_order
from .answers import read_answers
from .frame import read_frame
from .paging import CountedPages, Paged
from .rows import ContestRows, asked_rows, by_contest, make_row
from .standings import LABELS
from .tiles import district_tiles, province_tiles

ON_A_PAGE = 50
FEW_DEMANDS = 6  # So many titles stand above their columns; more only by number.


class BoardPresenter(Paged):
    """Raises InvalidPage where there is no page of that number."""

    def __init__(self, page, query=None):
        self.board, self.query = page, query or {}
        self.election = page.election
        self.frame = read_frame.about(self.election, self.election.pk)
        self.asked = self.frame.round
        self.form = BoardForm(self.query, self.frame)
        self.chosen = self.form.chosen
        if self.frame.is_released:
            self.page = self._paginator.page(_number(self.query.get("page") or "1"))

    @property
    def is_released(self):
        return self.frame.is_released

    @cached_property
    def province(self):
        return self.frame.find(self.chosen.get("region", ""))

    @cached_property
    def district(self):
        return self.frame.find(self.chosen.get("district", ""))

    @property
    def place_name(self):
        return (self.district or self.province).full_name if self.province else _("All regions")

    @property
    def tiles(self):
        return province_tiles(self.frame, self._link, self.province)

    @property
    def districts(self):
        if self.province is None:
            return []
        return district_tiles(self.frame, self._link, self.province, self.district)

    @cached_property
    def asked_here(self):
        """The demands that everybody in view is asked."""
        places = [row for row in (self.province, self.district) if row]
        return self.frame.demands_for(places)

    @cached_property
    def demands(self):
        """Those with a column: all, or the one that was chosen."""
        wanted = self.chosen.get("demand")
        return [row for row in self.asked_here if wanted in (None, row.label)]

    @property
    def shows_titles(self):
        return len(self.demands) <= FEW_DEMANDS

    @property
    def shows_words(self):
        """With one demand there is room for what was said to it."""
        return "demand" in self.chosen

    @property
    def labels(self):
        return list(LABELS.values())

    @property
    def order(self):
        fixed = self.asked.order if self.asked else PledgeRound.Order.BALLOT
        return self.chosen.get("order", fixed)

    @property
    def order_label(self):
        return PledgeRound.Order(self.order).label

    @property
    def choices(self):
        return DemandAnswer.Choice.choices

    @property
    def filter_fields(self):
        """What stands in the form beside the list; the region has its own."""
        return [self.form[name] for name in ("office", "party", "demand", "q")]

    @property
    def orders(self):
        """(label, address, whether it is this one) of the two neutral orders."""
        return [
            (label, self._link(**{**self.chosen, "order": value}), value == self.order)
            for value, label in PledgeRound.Order.choices
        ]

    @cached_property
    def _found(self):
        rows = asked_rows(self.election).annotate(stand_there=Subquery(_standing_in_the_contest()))
        lookups = {
            "office": ("candidacy__contest__post__office", self.chosen.get("office")),
            "name": ("candidacy__name__contains", self.chosen.get("q")),
        }
        rows = rows.filter(**dict(pair for pair in lookups.values() if pair[1]))
        if region := self.district or self.province:
            keys = self.frame.inside(region)
            rows = rows.filter(candidacy__contest__post__region__in=keys) | rows.filter(
                region__in=keys
            )
        if party := self.chosen.get("party"):
            name = "" if party == NO_PARTY else party
            rows = rows.filter(candidacy__party_name=name) | rows.filter(party_name=name or None)
        return rows

    @cached_property
    def _paginator(self):
        return CountedPages(in_order(self._found, self.order), ON_A_PAGE)

    @property
    def number(self):
        return self._paginator.count

    @cached_property
    def rows(self):
        people = list(self.page.object_list)
        answers = read_answers(people, with_comments=self.shows_words)
        return [
            make_row(one, answers.get(one.pk), self.demands, self.asked, self._url_of)
            for one in people
        ]

    @cached_property
    def contests(self):
        return [
            ContestRows(
                contest,
                rows,
                rows[0].respondent.stand_there if contest else len(rows),
                f"{self.board.url}contests/{contest.pk}/" if contest else "",
            )
            for contest, rows in by_contest(self.rows)
        ]

    def page_url(self, number):
        return self._link(**self.chosen, **({"page": number} if number > 1 else {}))

    def _url_of(self, respondent):
        return f"{self.board.url}respondents/{respondent.public_id}/"

    def _link(self, **query):
        return f"{self.board.url}?{urlencode(query)}#answers" if query else self.board.url


def _standing_in_the_contest():
    rows = Candidacy.objects.filter(contest=OuterRef("candidacy__contest")).order_by()
    return rows.values("contest").annotate(number=Count("pk")).values("number")


def _number(text):
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise InvalidPage
    return int(text)
