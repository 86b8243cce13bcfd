"""What a list of contacts would do, in words; addresses are masked."""

from dataclasses import dataclass

from privacy.masking import mask_email

from ..gateways.contact_list import ContactProblem
from ..models import ContactPoint
from ..services.contact_plans import ContactPlan, LeftOut
from .outreach import SHOWN_DIGITS, masked

MOST_SHOWN = 200


@dataclass(frozen=True)
class EntryLine:
    line: int
    name: str
    post: str
    party: str
    kind: str
    masked: str
    before: str
    source: str
    why: str


class ContactPlanPresenter:
    def __init__(self, plan: ContactPlan):
        self.plan = plan

    @property
    def people(self):
        """Whose contacts are shown."""
        lists = (self.plan.added, self.plan.changed, self.plan.left_out)
        return list({one.respondent.pk: one.respondent for some in lists for one in some}.values())

    @property
    def problems(self):
        shown = self.plan.problems[:MOST_SHOWN]
        return [(line, ContactProblem(code).label) for line, code in shown]

    @property
    def added(self):
        return [_line(one) for one in self.plan.added[:MOST_SHOWN]]

    @property
    def changed(self):
        return [_line(one) for one in self.plan.changed[:MOST_SHOWN]]

    @property
    def left_out(self):
        return [_line(one) for one in self.plan.left_out[:MOST_SHOWN]]

    @property
    def emails(self):
        return sum(one.kind == ContactPoint.Kind.EMAIL for one in self.plan.added)

    @property
    def phones(self):
        return len(self.plan.added) - self.emails

    @property
    def can_be_applied(self):
        return not self.plan.problems and not self.plan.does_nothing


def _line(entry):
    respondent = entry.respondent
    candidacy = respondent.candidacy
    return EntryLine(
        line=entry.line.line,
        name=respondent.name,
        post=str(candidacy.contest.post) if candidacy else respondent.get_kind_display(),
        party=candidacy.party if candidacy else respondent.party_name,
        kind=str(ContactPoint.Kind(entry.kind).label),
        masked=_masked(entry),
        before=masked(entry.before) if entry.before else "",
        source=entry.line.source,
        why=str(LeftOut(entry.left_out).label) if entry.left_out else "",
    )


def _masked(entry):
    if entry.kind == ContactPoint.Kind.EMAIL:
        return mask_email(entry.value)
    return f"•••-{entry.value[-SHOWN_DIGITS:]}"
