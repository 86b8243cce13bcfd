"""The access log in words."""

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.services import hash_event

from .dates import next_month
from .encryption import DecryptionError
from .models import MANY, AccessAction, AccessEntry
from .registry import data_set_label
from .services import find_entry_fault

SUBJECTS_SHOWN = 200
UNUSUAL_SHOWN = 100


def month_name(month: date) -> str:
    """2026년 10월"""
    return f"{month.year}년 {month.month}월"


def unreadable() -> str:
    return _("Cannot be read: its key is not among the site's keys.")


def note_of(review) -> str:
    """The note of a review that was fetched without it."""
    try:
        return review.note if review else ""
    except DecryptionError:
        return unreadable()


class AccessDetail:
    """One entry, with what can be read of it, and whether it says what was sealed."""

    def __init__(self, entry):
        self.entry = entry
        self.data_set = data_set_label(entry.data_set)

    @property
    def address(self):
        return self._read("address")

    @property
    def reason(self):
        return self._read("reason")

    def _read(self, name):
        try:
            return self.entry.read_text(name)
        except DecryptionError:
            return unreadable()

    @cached_property
    def subjects(self):
        rows = self.entry.subjects.order_by("subject").values_list("subject", flat=True)
        return list(rows[:SUBJECTS_SHOWN])

    @cached_property
    def number_of_subjects(self):
        return self.entry.subjects.count()

    @cached_property
    def holds(self):
        event = self.entry.event
        return hash_event(event) == event.hash and not find_entry_fault(self.entry)


class MonthReport:
    """What a month of the log held: by person and action, and what is unusual."""

    def __init__(self, month):
        self.month = month
        self.entries = AccessEntry.objects.in_month(month)

    @cached_property
    def by_person(self):
        """(name, action, times, people) lines, busiest first."""
        counted = self.entries.values("user_id", "action").annotate(
            times=Count("pk"), people=Sum("count")
        )
        lines = list(counted.order_by("-times", "user_id", "action"))
        people = get_user_model().objects.in_bulk({line["user_id"] for line in lines})
        return [
            {
                **line,
                "who": people[line["user_id"]].get_full_name(),
                "label": AccessAction(line["action"]).label,
                "url": self._list_url(user=line["user_id"], action=line["action"]),
            }
            for line in lines
        ]

    @cached_property
    def count(self):
        return sum(line["times"] for line in self.by_person)

    def _list_url(self, **filters):
        last = next_month(self.month).toordinal() - 1
        period = {
            "accessed_at_from": self.month.isoformat(),
            "accessed_at_to": date.fromordinal(last).isoformat(),
        }
        return f"{reverse('access-log:index')}?{urlencode({**filters, **period})}"

    @cached_property
    def unusual(self):
        """Entries that deserve a second look, each with the reasons why."""
        rows = self.entries.unusual().select_related("user").as_stored().order_by("-pk")
        return [
            {
                "entry": entry,
                "who": entry.user.get_full_name(),
                "data_set": data_set_label(entry.data_set),
                "because": because(entry),
                "url": reverse("access-log:inspect", args=[entry.pk]),
            }
            for entry in rows[:UNUSUAL_SHOWN]
        ]

    @cached_property
    def number_unusual(self):
        return self.entries.unusual().count()


def because(entry) -> list[str]:
    """Why an entry is unusual, in words."""
    told = []
    if entry.action == AccessAction.EXPORT:
        told.append(AccessAction.EXPORT.label)
    if entry.is_about_many:
        more = ngettext("More than %(count)d person", "More than %(count)d people", MANY)
        told.append(more % {"count": MANY})
    if entry.is_at_night:
        told.append(_("Between 22:00 and 06:00"))
    return told
