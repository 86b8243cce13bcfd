"""What the network counts, for reports and the front page."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.registry import register_figure, register_table

from .overview import overview


def count_members(year):
    return len(overview().members(year))


def count_affiliates(year):
    return sum(row.affiliates or 0 for row in overview().members(year))


def count_meetings(year):
    return sum(row.held for row in overview().meetings_in(year or timezone.localdate().year))


def meetings_per_body(year):
    rows = overview().meetings_in(year or timezone.localdate().year)
    return [(row.body, row.held, _average_note(row.average)) for row in rows]


def _average_note(average):
    return _("%(number)d came on average") % {"number": round(average)} if average else ""


def register_counts():
    """Offer what we count to reports and to the front page."""
    register_figure("members", label=gettext_lazy("Member organisations"), read=count_members)
    register_figure(
        "affiliates", label=gettext_lazy("Organisations in our members"), read=count_affiliates
    )
    register_figure("meetings", label=gettext_lazy("Meetings in a year"), read=count_meetings)
    register_table(
        "meetings_per_body", label=gettext_lazy("Meetings per body"), read=meetings_per_body
    )
