"""What the first screen of the admin says of retention, and how the screens put it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.panels import TodoItem
from schedule.models import Job

from .registry import clocked_rules
from .services import is_overdue

VIEW = "rights.view_destructionrecord"
JOB = "rights.destroy_due"
LATE = timedelta(days=2)

FAULTS = {
    "missing": _("Lines or seals are missing."),
    "changed": _("Lines or seals were changed."),
    "values changed": _("Sealed values were changed."),
}


@dataclass(frozen=True)
class JobState:
    """How the daily job fares. ``problem`` is empty while all is well."""

    finished_at: datetime | None
    problem: object = ""


def job_state(now: datetime) -> JobState:
    """Whether the daily destruction failed or has stood still for two days."""
    job = Job.objects.filter(pk=JOB).first()
    if job is None or (job.last_finished_at is None and job.next_run_at > now - LATE):
        return JobState(None)
    if job.last_error:
        return JobState(job.last_finished_at, _("The last destruction failed in part."))
    if job.last_finished_at is None or job.last_finished_at < now - LATE:
        return JobState(job.last_finished_at, _("Nothing was destroyed for two days."))
    return JobState(job.last_finished_at)


def todo_items(user) -> list[TodoItem]:
    """A destruction that failed, stands still, or left something behind."""
    if not user.has_perm(VIEW):
        return []
    now, url = timezone.now(), reverse("retention_calendar")
    if problem := job_state(now).problem:
        return [TodoItem(str(problem), url)]
    if overdue := sum(is_overdue(rule, now) for rule, _clock in clocked_rules()):
        return [TodoItem(str(_("Data whose time is up was not destroyed")), url, number=overdue)]
    return []
