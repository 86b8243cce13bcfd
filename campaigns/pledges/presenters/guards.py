"""What the law on elections keeps back today, in words for staff."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from home.dates import korean_date, korean_moment

from ..models import Approval, Election
from ..services.approvals import guarded_elections, needs_approval, period_of
from ..services.boards import board_page_of
from ..services.guards import may_release, standing_override
from ..services.timetable import campaign_begins_on, records_kept_until
from ..text import articles_in_words
from .elections import timetable_lines

WITHOUT_FAKES = timedelta(days=90)
STATES = {True: pgettext_lazy("guard", "Kept back"), False: pgettext_lazy("guard", "Open")}


@dataclass(frozen=True)
class GuardLine:
    """One thing the law looks at: whether it is kept back today, and why."""

    what: str
    is_closed: bool
    why: tuple[str, ...]
    article: str

    @property
    def state(self):
        return STATES[self.is_closed]

    @property
    def articles(self):
        return articles_in_words(self.article)


@dataclass(frozen=True)
class Warning120:
    """The banner over the admin's first screen and over all screens about an election."""

    election: Election
    text: str
    is_campaign: bool


def warnings():
    """One for each election in whose 120 days today lies."""
    return [_warning(election) for election in guarded_elections()]


def _warning(election):
    days = (election.vote_on - timezone.localdate()).days
    is_campaign = period_of(election) == Approval.Period.CAMPAIGN
    told = (
        _("%(name)s: campaign period. Prints, cards and mails that name candidates need approval.")
        if is_campaign
        else _("%(name)s: the 120 days before the election have begun, %(days)d are left.")
    )
    return Warning120(election, told % {"name": election, "days": days}, is_campaign)


class LawPresenter:
    """Everything about one election that the law has a word in."""

    def __init__(self, election):
        self.election = election
        self.today = timezone.localdate()

    @cached_property
    def release(self):
        return self.election.releases.filter(ended_at=None).select_related("released_by").first()

    @cached_property
    def page(self):
        """On which the public reads the answers, where an editor has made it."""
        return board_page_of(self.election)

    @cached_property
    def reasons(self):
        return [] if self.release else may_release(self.election)

    @property
    def may_be_released(self):
        return not self.release and not self.reasons

    @cached_property
    def lines(self):
        return [self._board(), self._answers(), *self._approvals(), *self._forbidden()]

    def _board(self):
        if self.release:
            told = _("Public since %(when)s.") % {"when": korean_moment(self.release.released_at)}
            return GuardLine(_("Board of answers"), False, (told,), "93, 108-3")
        why = tuple(str(reason) for reason in self.reasons)
        nothing = (_("Nothing stands in the way. Somebody has to publish it."),)
        return GuardLine(_("Board of answers"), True, why or nothing, "93, 108-3")

    def _answers(self):
        asked = getattr(self.election, "round", None)
        moment = asked.release_at if asked else None
        if moment and moment > timezone.now():
            told = _("All become public on %(when)s.") % {"when": korean_moment(moment)}
        elif self.release:
            told = _("They become public once signed.")
        else:
            told = _("They wait for the board.")
        is_closed = not self.release or bool(moment and moment > timezone.now())
        return GuardLine(_("Answers of candidates"), is_closed, (told,), "108-3")

    def _approvals(self):
        for kind in Approval.Kind:
            is_closed = needs_approval(kind, self.election)
            if is_closed:
                told = _("From 120 days before the election they wait for an approval.")
            elif period_of(self.election):
                told = _("Approved for this period.")
            else:
                told = _("Today lies outside of the 120 days before the election.")
            yield GuardLine(str(kind.label), is_closed, (told,), "90, 93")

    def _forbidden(self):
        """What no press of a button opens."""
        left = self.election.vote_on - self.today
        fakes = timedelta(0) <= left <= WITHOUT_FAKES
        campaign = campaign_begins_on(self.election) <= self.today <= self.election.vote_on
        yield GuardLine(
            _("Pictures and voices made by artificial intelligence"),
            fakes,
            (_("In the 90 days before an election none stands beside candidates."),),
            "82-8",
        )
        yield GuardLine(
            _("Gatherings of more than 25 people for the election"),
            campaign,
            (_("In the campaign period none; a signing ceremony is small, or before it."),),
            "103(3)",
        )
        until = records_kept_until(self.election)
        yield GuardLine(
            _("Deleting records"),
            self.today <= until,
            (_("The database refuses it until %(day)s.") % {"day": korean_date(until)},),
            "108-3, 268",
        )

    @cached_property
    def inquiries(self):
        return list(self.election.inquiries.select_related("made_by", "answer_by"))

    @property
    def waiting_inquiry(self):
        return next((row for row in self.inquiries if row.state == row.State.SENT), None)

    @property
    def is_objected(self):
        return bool(self.inquiries) and self.inquiries[0].state == "objected"

    @property
    def may_override(self):
        is_cleared = bool(self.inquiries) and self.inquiries[0].state == "cleared"
        return not (self.is_objected or is_cleared or self.override)

    @cached_property
    def override(self):
        return standing_override(self.election)

    @cached_property
    def approvals(self):
        return list(self.election.approvals.select_related("asked_by", "decided_by"))

    @cached_property
    def takedowns(self):
        rows = self.election.takedowns.select_related(
            "answer__response__respondent__candidacy", "response__respondent__candidacy"
        )
        return [(row, what_of(row)) for row in rows]

    @cached_property
    def co_hosts(self):
        return list(self.election.co_hosts.select_related("organisation").order_by("organisation"))

    @property
    def days(self):
        return timetable_lines(self.election)


def what_of(takedown):
    """What was taken down, as staff call it."""
    label = takedown.get_target_display()
    if takedown.page_title:
        return f"{label}: {takedown.page_title}"
    response = takedown.response or (takedown.answer.response if takedown.answer else None)
    return f"{label}: {response.respondent.name}" if response else str(label)


def story_of_takedown(takedown):
    """(when, what) from the request to the outcome."""
    steps = [
        (takedown.asked_at, pgettext("takedown", "Asked")),
        (takedown.taken_at, pgettext("takedown", "Taken down")),
    ]
    if takedown.told_at:
        how = _("by mail") if takedown.told_how == "mail" else takedown.told_how
        steps.append((takedown.told_at, _("Author told: %(how)s") % {"how": how}))
    if takedown.outcome_at:
        told = f"{takedown.get_outcome_display()}: {takedown.outcome_words}"
        steps.append((takedown.outcome_at, told))
    return steps
