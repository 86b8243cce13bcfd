"""Who was asked when, by what way and how often: all alike, for anybody to see."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...models import Invitation, PledgeRound
from ...services.boards import in_order
from .frame import read_frame
from .paging import Paged
from .rows import asked_rows, by_contest, make_row

ON_A_PAGE = 100
State = Invitation.State


@dataclass(frozen=True)
class Step:
    """Something that was done to reach somebody, or that came of it."""

    at: datetime
    told: str
    reason: str = ""


def story_of(respondent):
    """What was done to reach a respondent, oldest first; no address, no name of staff."""
    rows = Invitation.objects.filter(respondent=respondent, invited_at__isnull=False)
    steps = [step for row in rows.order_by("invited_at") for step in _steps(row)]
    response = getattr(respondent, "response", None)
    if response is not None and response.submitted_at:
        steps.append(Step(response.submitted_at, pgettext("log", "Answered")))
    return sorted(steps, key=lambda step: step.at)


def _steps(invitation):
    told = _("Asked: %(way)s") % {"way": invitation.get_channel_display()}
    yield Step(invitation.invited_at, told, invitation.late_reason)
    if invitation.reminders:
        told = _("Reminded, %(number)s in all") % {"number": invitation.reminders}
        yield Step(invitation.reminded_at, told)


class LogPresenter(Paged):
    """Raises Http404 where the board is not public, InvalidPage where there is no such page."""

    def __init__(self, page, number):
        self.board, self.election = page, page.election
        self.frame = read_frame.about(self.election, self.election.pk)
        if not self.frame.is_released:
            raise Http404
        order = self.frame.round.order if self.frame.round else PledgeRound.Order.BALLOT
        self._paginator = Paginator(in_order(asked_rows(self.election), order), ON_A_PAGE)
        self.page = self._paginator.page(number)

    @cached_property
    def contests(self):
        people = list(self.page.object_list)
        late = self._late_reasons(people)
        rows = [make_row(one, None, [], self.frame.round, self._url_of) for one in people]
        for row in rows:
            row.respondent.late_reason = late.get(row.respondent.pk, "")
        return by_contest(rows)

    @staticmethod
    def _late_reasons(people):
        rows = Invitation.objects.filter(respondent__in=people).exclude(late_reason="")
        return dict(rows.values_list("respondent", "late_reason"))

    def _url_of(self, respondent):
        return f"{self.board.url}respondents/{respondent.public_id}/"

    def page_url(self, number):
        return f"{self.board.url}log/" + (f"?page={number}" if number > 1 else "")
