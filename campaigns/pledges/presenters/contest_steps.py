"""How far those of each contest are. Numbers for the office only; the public gets none."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, OuterRef, Subquery, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Contest, Invitation

State = Invitation.State
NONE = ""
COLUMNS = (
    (NONE, pgettext_lazy("invitation", "Not asked")),
    *((state.value, state.label) for state in (State.SENT, State.OPENED, State.VERIFIED)),
    *((state.value, state.label) for state in (State.ANSWERED, State.SIGNED, State.DECLINED)),
    (State.BOUNCED.value, State.BOUNCED.label),
)
# What one of several did counts for the respondent: the candidate's, or a delegate's.
FURTHEST = Case(
    *(
        When(state=state, then=Value(place))
        for place, state in enumerate((State.SIGNED, State.DECLINED, State.ANSWERED))
    ),
    default=Value(9),
)
LAPSED = (State.PREPARED, State.EXPIRED, State.REVOKED, State.WRONG_PERSON)


@dataclass(frozen=True)
class ContestLine:
    contest: Contest | None
    counts: dict[str, int]

    @property
    def label(self):
        return self.contest.post if self.contest else _("Parties and camps")

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def cells(self):
        """In the order of the columns, the lapsed last."""
        shown = [self.counts.get(value, 0) for value, _label in COLUMNS]
        return [*shown, sum(self.counts.get(state, 0) for state in LAPSED)]


class ContestSteps:
    """A line for each contest of these respondents, in two queries however many there are."""

    columns = (*(label for _value, label in COLUMNS), pgettext_lazy("invitation", "Lapsed"))

    def __init__(self, respondents):
        self.respondents = respondents

    @cached_property
    def keys(self):
        """{key of a contest, or None: {state: how many}}, in the commission's order."""
        mine = Invitation.objects.filter(respondent=OuterRef("pk")).order_by(FURTHEST, "-pk")
        rows = self.respondents.annotate(
            contest=F("candidacy__contest"),
            step=Subquery(mine.values("state")[:1]),
            place=F("candidacy__contest__post__office"),
            where=F("candidacy__contest__post__region__sort_order"),
        )
        grouped = rows.order_by("place", "where", "contest").values("contest", "step")
        found = {}
        for row in grouped.annotate(number=Count("pk")):
            found.setdefault(row["contest"], {})[row["step"] or NONE] = row["number"]
        return found

    def lines(self, keys):
        rows = Contest.objects.filter(pk__in=[key for key in keys if key])
        contests = {row.pk: row for row in rows.select_related("post__region__parent")}
        return [ContestLine(contests.get(key), self.keys[key]) for key in keys]
