"""What the officer reads first: months that wait to be signed off."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.panels import TodoItem

from .dates import day_begins, next_month
from .presenters import month_name
from .services import months_to_review

DUE_BY = dt.timedelta(days=10)  # Of the month after.
SHOWN = 3


def todo_items(user) -> list[TodoItem]:
    """Months of the access log to be signed off, oldest first."""
    if not user.has_perm("privacy.add_accessreview"):
        return []
    return [_item(month) for month in months_to_review()[:SHOWN]]


def _item(month: dt.date) -> TodoItem:
    due = day_begins(next_month(month) + DUE_BY) - dt.timedelta(minutes=1)
    return TodoItem(
        _("Access log of %(month)s: look through it and sign it off")
        % {"month": month_name(month)},
        reverse("access-reviews:month", args=[month.year, month.month]),
        due_at=due,
        note=_("Overdue") if due < timezone.now() else "",
    )
