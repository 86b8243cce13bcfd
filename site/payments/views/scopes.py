"""Which part of the books a screen is about, as it stands in its address."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from privacy.dates import month_of

from ..models import Payment
from ..services.figures import Scope, group_of, months_of_the_books, titles_of

ALL = "all"


def month_from(text):
    """The first day of a month written as 2026-10, or None."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def scope_from(query):
    """What was asked for; this month where nothing, or nothing that can be read, was."""
    wanted = query.get("month", "")
    month = None if wanted == ALL else month_from(wanted) or month_of(timezone.now())
    purpose, _sep, group = query.get("of", "").partition(":")
    return Scope(month, purpose, group)


def query_of(scope, **more):
    """The same in an address; empty parts are left out."""
    of = f"{scope.purpose}:{scope.group}" if scope.group else scope.purpose
    month = f"{scope.month:%Y-%m}" if scope.month else ALL
    return urlencode(
        {key: value for key, value in {"month": month, "of": of, **more}.items() if value}
    )


def address(name, scope, **more):
    return f"{reverse(name)}?{query_of(scope, **more)}"


def month_name(month):
    """2026년 10월"""
    return date_format(month, "YEAR_MONTH_FORMAT")


def month_choices():
    months = [(f"{month:%Y-%m}", month_name(month)) for month in months_of_the_books()]
    return [*months, (ALL, _("All months"))]


def group_choices():
    """All that was ever paid for, by title."""
    rows = Payment.objects.annotate(group=group_of()).order_by()
    keys = [
        (purpose, group or "") for purpose, group in rows.values_list("purpose", "group").distinct()
    ]
    titles = titles_of(keys)
    named = [
        (f"{purpose}:{group}" if group else purpose, titles[purpose, group])
        for purpose, group in keys
    ]
    return [("", _("Everything")), *sorted(named, key=lambda one: one[1])]
