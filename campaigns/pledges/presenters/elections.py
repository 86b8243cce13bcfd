"""Elections, lists and candidates in words for staff."""

from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from home.dates import korean_date

from .. import services
from ..gateways.commission_list import RowProblem
from ..models import Candidacy, CandidacyChange, CandidateImport, Office, Post
from ..text import articles_in_words

MOST_SHOWN = 200
LABELS = dict(CandidacyChange.Field.choices)
OFFICE_ORDER = {office: place for place, office in enumerate(Office.values)}


@dataclass(frozen=True)
class TimetableLine:
    label: str
    when: str
    article: str
    is_now: bool
    is_over: bool


def timetable_lines(election):
    """The legal days of an election, as an office reads them."""
    today = timezone.localdate()
    return [
        TimetableLine(
            str(day.label),
            _span(day.first, day.last),
            articles_in_words(day.article),
            day.is_now(today),
            day.is_over(today),
        )
        for day in services.timetable_of(election)
    ]


def _span(first, last):
    return korean_date(first) if first == last else f"{korean_date(first)} ~ {korean_date(last)}"


def contests_by_office(contests):
    """(label, contests) of each office, in the commission's order."""
    rows = sorted(contests, key=lambda one: OFFICE_ORDER[one.post.office])
    return [
        (Office(office).label, list(group))
        for office, group in groupby(rows, key=lambda one: one.post.office)
    ]


@dataclass(frozen=True)
class Difference:
    """One field of one candidate: before and after."""

    label: str
    before: str
    after: str


class PlanPresenter:
    """What a list would do, short enough to be looked at."""

    def __init__(self, job: CandidateImport, plan: services.Plan):
        self.job, self.plan = job, plan
        keys = {line.key for line in plan.added} | set(plan.new_keys)
        posts = Post.objects.filter(key__in=keys).select_related("region__parent__parent")
        self.posts = {post.key: post for post in posts}

    @property
    def problems(self):
        shown = self.plan.problems[:MOST_SHOWN]
        return [(line, RowProblem(code).label) for line, code in shown]

    @property
    def added(self):
        """With whether somebody of this name stands there already: those come first."""
        namesakes = self.plan.namesakes
        rows = sorted(self.plan.added, key=lambda line: line.line not in namesakes)[:MOST_SHOWN]
        return [(line, self.posts[line.key], line.line in namesakes) for line in rows]

    @property
    def changed(self):
        return [
            (change.candidacy, [_difference(name, *both) for name, both in change.values.items()])
            for change in sorted(self.plan.changed, key=_is_expected)[:MOST_SHOWN]
        ]

    @property
    def missing(self):
        return self.plan.missing[:MOST_SHOWN]

    @property
    def new_posts(self):
        return [self.posts[key] for key in self.plan.new_keys if key in self.posts]

    @property
    def can_be_applied(self):
        return not self.plan.problems and not self.plan.does_nothing

    @property
    def asks_for_lapse(self):
        is_final = self.job.stage == CandidateImport.Stage.REGISTERED
        return is_final and bool(self.plan.may_lapse)


def _is_expected(change):
    """That somebody registers says less than that a party changed."""
    return set(change.values) == {"status"}


def _difference(name, before, after):
    return Difference(str(LABELS[name]), _shown(name, before), _shown(name, after))


def _shown(name, value):
    """As staff say it."""
    if name == "status":
        return str(Candidacy.Status(value).label)
    if value in ("", None):
        return str(Candidacy.NOBODYS) if name == "party_name" else "—"
    return str(value)


def story_of(candidacy):
    """What happened to a candidacy, newest first."""
    changes = candidacy.changes.select_related("made_by", "by_import")
    return [(change, _difference(change.field, change.before, change.after)) for change in changes]
