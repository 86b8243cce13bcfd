"""One contest: its candidates side by side, demand by demand, in the neutral order."""

from django.http import Http404
from django.utils.functional import cached_property

from ...models import Contest, PledgeRound
from ...services.boards import in_order
from ...services.demands import region_keys
from .answers import read_answers
from .frame import read_frame
from .rows import asked_rows, make_row


class ContestPresenter:
    """Raises Http404 where this board has no such contest, or is not public."""

    def __init__(self, page, key):
        self.board, self.election = page, page.election
        self.frame = read_frame.about(self.election, self.election.pk)
        contests = Contest.objects.filter(election=self.election, pk=key)
        rows = contests.select_related("post__region__parent__parent")
        self.contest = rows.first() if self.frame.is_released else None
        if self.contest is None:
            raise Http404

    @property
    def title(self):
        return str(self.contest.post)

    @cached_property
    def _people(self):
        order = self.frame.round.order if self.frame.round else PledgeRound.Order.BALLOT
        rows = asked_rows(self.election).filter(candidacy__contest=self.contest)
        return list(in_order(rows, order))

    @cached_property
    def demands(self):
        if not self._people:
            return []
        keys = region_keys(self._people[0])
        regions = [self.frame.regions[key] for key in keys if key in self.frame.regions]
        return self.frame.demands_for(regions)

    @cached_property
    def candidates(self):
        answers = read_answers(self._people, with_comments=True)
        return [
            make_row(one, answers.get(one.pk), self.demands, self.frame.round, self._url_of)
            for one in self._people
        ]

    @property
    def lines(self):
        """(demand, (candidate, cell or None) for each candidate)."""
        return [
            (
                demand,
                [(row, row.cells[place] if row.cells else None) for row in self.candidates],
            )
            for place, demand in enumerate(self.demands)
        ]

    def _url_of(self, respondent):
        return f"{self.board.url}respondents/{respondent.public_id}/"
