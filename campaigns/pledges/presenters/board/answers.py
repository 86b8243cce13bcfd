"""What respondents answered, as far as it is public."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from ...models import DemandAnswer, PledgeAgreement, Response, Takedown
from ...services.demands import label_of

CHOICES = dict(DemandAnswer.Choice.choices)


@dataclass(frozen=True)
class Cell:
    """An answer to one demand, in the wording that was answered."""

    key: str  # of the demand, the same in all its versions
    label: str
    title: str
    text: str
    choice: str
    comment: str = ""
    held_reason: str = ""
    version_id: int | None = None

    @property
    def choice_label(self):
        return CHOICES[self.choice]

    @property
    def has_words(self):
        return bool(self.comment or self.held_reason)


def is_public(respondent):
    """Whether anything that a respondent answered may be read by now."""
    response = getattr(respondent, "response", None)
    return response is not None and response.published_at is not None


def read_answers(respondents, *, with_comments=False):
    """Cells by respondent and demand key, of those whose answers are public. Two queries at most.

    Where an agreement was concluded, what both sides signed; else what was handed in last.
    """
    open_ = {row.pk: row for row in respondents if is_public(row)}
    agreed = _agreements(open_)
    rows = DemandAnswer.objects.filter(response__respondent__in=open_).select_related(
        "demand__version__demand_set__region", "response"
    )
    if not with_comments:
        rows = rows.defer("comment", "demand__text", "demand__why", "response__statement")
    answered = {}
    for row in rows if open_ else ():
        answered.setdefault(row.response.respondent_id, []).append(row)
    return {key: _cells(answered.get(key, []), agreed.get(key), with_comments) for key in open_}


def read_signed(agreement):
    """The cells of one agreement as both sides signed them, whatever was agreed later."""
    # A comment that went off the site stays off, in every text that holds it.
    hidden = Q(takedowns__isnull=False) & ~Q(takedowns__outcome=Takedown.Outcome.RESTORED)
    rows = DemandAnswer.objects.filter(~Q(held_reason="") | hidden).filter(
        response__respondent=agreement.respondent_id
    )
    held = {
        str(key): reason or _("It was taken off the site.")
        for key, reason in rows.values_list("demand__key", "held_reason")
    }
    return [_signed_cell(row, held.get(row["key"], "")) for row in agreement.text["demands"]]


def _agreements(open_):
    """By respondent, the agreement that was concluded last, whatever became of it."""
    rows = PledgeAgreement.objects.filter(
        respondent__in=open_, countersigned_at__isnull=False
    ).exclude(state=PledgeAgreement.State.VOID)
    return {row.respondent_id: row for row in rows.order_by("countersigned_at")} if open_ else {}


def _cells(answers, agreement, with_comments):
    held = {str(row.demand.key): row.held_reason for row in answers if row.held_reason}
    if agreement is not None:
        return {
            row["key"]: _signed_cell(row, held.get(row["key"], ""))
            for row in agreement.text["demands"]
        }
    handed_in = (row for row in answers if row.response.state == Response.State.SUBMITTED)
    return {str(row.demand.key): _given_cell(row, with_comments) for row in handed_in}


def _signed_cell(row, held):
    return Cell(
        **{name: row[name] for name in ("key", "label", "title", "text")},
        choice=row["answer"],
        comment="" if held else row["comment"] or "",
        held_reason=held,
    )


def _given_cell(row, with_comments):
    demand = row.demand
    return Cell(
        key=str(demand.key),
        label=label_of(demand),
        title=demand.title,
        text=demand.text if with_comments else "",
        choice=row.choice,
        comment=(row.comment or "") if with_comments and not row.held_reason else "",
        held_reason=row.held_reason,
        version_id=demand.version_id,
    )
