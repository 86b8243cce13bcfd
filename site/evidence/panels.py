"""The red line on the first screen of the admin: the evidence does not hold."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from .models import EvidenceCheck

RIGHT = "evidence.view_evidencecheck"
STALE = timedelta(days=3)
FAULTS_SHOWN = 5
REASONS = {
    "missing": _("A link before this one is missing."),
    "changed": _("This link, or its place, was changed."),
    "values changed": _("The words behind this link were changed."),
    "values missing": _("The words behind this link are gone."),
    "unreadable": _("The words behind this link can't be read with the site's keys."),
    "backdated": _("It is dated before an earlier head."),
    "head changed": _("This head was changed."),
    "head missing": _("A head before this one is missing."),
    "root differs": _("Events of this day or before were changed, added or taken out."),
    "cut off": _("Events that were counted are gone."),
}


class RedLine(Component):
    """Shown only when something is wrong, to those who may know."""

    name = "evidence"
    template_name = "evidence/admin/red_line.html"
    order = 5

    def __init__(self, check):
        self.check = check

    def get_context_data(self, parent_context):
        faults = self.check.faults[:FAULTS_SHOWN]
        return {
            "check": self.check,
            "faults": [(where, REASONS.get(reason, reason)) for where, reason in faults],
        }


def red_line(user) -> RedLine | None:
    """What the last check found, or that nobody has checked for days."""
    if not user.has_perm(RIGHT):
        return None
    check = EvidenceCheck.objects.order_by("checked_at").last()
    if check is None or (check.holds and timezone.now() - check.checked_at < STALE):
        return None
    return RedLine(check)
