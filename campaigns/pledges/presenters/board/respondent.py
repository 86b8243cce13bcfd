"""One respondent: every answer in full, what became of it, what was done to reach them."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.dates import korean_date, korean_moment

from ...models import PledgeAgreement, PublicNote, Respondent, Response
from ...services.demands import region_keys
from .answers import read_answers, read_signed
from .frame import read_frame
from .log import story_of
from .rows import asked_rows, make_row

State = PledgeAgreement.State
Standing = Respondent.Standing


@dataclass(frozen=True)
class AnsweredDemand:
    """A demand as it was answered, beside what is asked today."""

    cell: object
    is_older: bool


class RespondentPresenter:
    """Raises Http404 where this board has nobody with this id, or is not public."""

    def __init__(self, page, public_id):
        self.board, self.election = page, page.election
        self.frame = read_frame.about(self.election, self.election.pk)
        self._rows = asked_rows(self.election).filter(public_id=public_id)
        self.respondent = self._rows.first() if self.frame.is_released else None
        if self.respondent is None:
            raise Http404
        if self._is_half_old():
            self.respondent = self._rows.get()
            del self._agreements
        self.respondent.election = self.election

    @cached_property
    def _agreements(self):
        rows = PledgeAgreement.objects.filter(
            respondent=self.respondent, countersigned_at__isnull=False
        )
        return list(rows.order_by("-countersigned_at").defer("text"))

    def _is_half_old(self):
        """Whether an agreement began or ended between reading who it is and the agreements.

        Both change in one transaction; only a candidacy that ended keeps its label.
        """
        standing = self.respondent.standing
        in_force = any(row.state == State.COUNTERSIGNED for row in self._agreements)
        return standing != Standing.LEFT and in_force != (standing == Standing.AGREED)

    @cached_property
    def _cells(self):
        found = read_answers([self.respondent], with_comments=True)
        return found.get(self.respondent.pk) or {}

    @cached_property
    def row(self):
        demands = self.frame.demands_for()
        return make_row(self.respondent, self._cells, demands, self.frame.round, lambda _row: "")

    @cached_property
    def asked(self):
        """What this respondent is asked today."""
        regions = [self.frame.regions[key] for key in self._keys if key in self.frame.regions]
        return self.frame.demands_for(regions)

    @property
    def _keys(self):
        return region_keys(self.respondent)

    @property
    def answers(self):
        """As they were answered; a demand that no version asks any more stays here."""
        today = {str(row.key): row for row in self.asked}
        places = {key: place for place, key in enumerate(today)}
        cells = sorted(self._cells.values(), key=lambda cell: places.get(cell.key, len(places)))
        return [AnsweredDemand(cell, _is_older(cell, today.get(cell.key))) for cell in cells]

    @property
    def told(self):
        return "" if self._cells else self.row.told

    @property
    def post(self):
        candidacy = self.respondent.candidacy
        if candidacy:
            return str(candidacy.contest.post)
        region = self.respondent.region
        return region.full_name if region else _("The whole country")

    @property
    def contest_url(self):
        candidacy = self.respondent.candidacy
        return f"{self.board.url}contests/{candidacy.contest_id}/" if candidacy else ""

    @cached_property
    def _response(self):
        return Response.objects.filter(
            respondent=self.respondent, published_at__isnull=False
        ).first()

    @property
    def statement(self):
        row = self._response
        if row is None or row.statement_held_reason or row.state != Response.State.DECLINED:
            return ""
        return row.statement or ""

    @property
    def statement_held_reason(self):
        return self._response.statement_held_reason if self._response else ""

    @cached_property
    def agreements(self):
        """Those that were concluded, newest first, with what became of them."""
        if self._response is None:
            return []
        return [(row, _facts(row)) for row in self._agreements]

    @cached_property
    def earlier(self):
        """(agreement, its answers) of those in whose place newer ones stand: they stay readable."""
        if self._response is None:
            return []
        told = [row for row in self._agreements if row.state != State.VOID]
        return [(row, read_signed(row)) for row in told[1:]]

    @cached_property
    def notes(self):
        return list(PublicNote.objects.filter(respondent=self.respondent).defer("made_by"))

    @cached_property
    def story(self):
        return story_of(self.respondent)

    @property
    def can_tell_contact(self):
        """Only while it is any use: the page behind it takes addresses until the last moment."""
        asked = self.frame.round
        is_unknown = self.respondent.standing == Standing.NO_CONTACT
        return is_unknown and asked is not None and not asked.is_over()


def _is_older(cell, today):
    return today is None or (cell.title, cell.text) != (today.title, today.text)


def _facts(agreement):
    facts = [(pgettext("agreement", "Concluded"), korean_moment(agreement.countersigned_at))]
    if agreement.ended_at:
        ended = f"{agreement.get_state_display()}, {korean_date(agreement.ended_at)}"
        facts.append((_("Since then"), ended))
    return [*facts, (_("Form"), agreement.get_form_display())]
