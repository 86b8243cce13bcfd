"""What the network counts, for reports and the front page."""

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.registry import register_figure, register_table

from ..models import Meeting, Organisation


def members_in(year):
    if year is None:
        return Organisation.objects.members()
    return Organisation.objects.members_at_end_of(year)


def count_members(year):
    return members_in(year).count()


def count_affiliates(year):
    return members_in(year).aggregate(all=Sum("affiliates"))["all"] or 0


def count_meetings(year):
    return Meeting.objects.in_year(year or timezone.localdate().year).count()


def meetings_per_body(year):
    rows = Meeting.objects.in_year(year or timezone.localdate().year).per_body()
    return [(name, number, _average_note(average)) for name, number, average in rows]


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
