"""What the first screen of the admin says of this room, and how its screens put it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from desk.panels import TodoItem
from evidence.models import Event
from privacy.addresses import written_phone
from schedule.models import Job

from .dates import told
from .models import BreachCase, Request
from .services import overdue_rules
from .services.requests import OWNER, REQUEST_CHAIN

VIEW = "rights.view_destructionrecord"
ANSWER = "rights.change_request"
BREACHES = "rights.change_breachcase"
JOB = "rights.destroy_due"
LATE = timedelta(days=2)

FAULTS = {
    "missing": _("Lines or seals are missing."),
    "changed": _("Lines or seals were changed."),
    "values changed": _("Sealed values were changed."),
}

STEPS = {
    "received": pgettext_lazy("request", "Received"),
    "started": pgettext_lazy("request", "Taken in work"),
    "identified": pgettext_lazy("request", "Identity checked"),
    "extended": pgettext_lazy("request", "Extended by ten days"),
    "done": pgettext_lazy("request", "Answered: done"),
    "refused": pgettext_lazy("request", "Answered: refused"),
}


@dataclass(frozen=True)
class RequestStep:
    """One step on a request, and who took it."""

    what: str
    who: str
    at: datetime


def history_of(request: Request) -> list[RequestStep]:
    """The steps on a request, newest first, with names as they are today."""
    chain = Event.objects.filter(subject_type=REQUEST_CHAIN, subject_id=str(request.public_id))
    events = list(chain.order_by("-sequence"))
    staff = User.objects.in_bulk([int(event.actor) for event in events if event.actor.isdigit()])
    return [
        RequestStep(str(STEPS[event.kind]), _who(event.actor, staff), event.occurred_at)
        for event in events
    ]


def _who(actor: str, staff: dict[int, User]) -> str:
    if actor == OWNER:
        return gettext("the person")
    return str(staff.get(int(actor), actor)) if actor.isdigit() else actor


def due_of(request: Request) -> str:
    """The last day with its weekday, and how many days remain: 2026년 12월 7일(월) · D-3."""
    return f"{told(request.due_on)} · {days_left_of(request)}"


def days_left_of(request: Request) -> str:
    left = request.days_left
    if left < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
    return f"D-{left}" if left else gettext("D-day, today")


def contact_of(request: Request) -> str:
    """Where somebody can be reached, as Koreans write it."""
    return written_phone(request.contact)


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
    """Requests to be answered; what retention needs somebody for."""
    return [*_breach_items(user), *_request_items(user), *_retention_items(user)]


def _breach_items(user) -> list[TodoItem]:
    """Cases of which people have not heard yet, each with the end of its 72 hours."""
    if not user.has_perm(BREACHES):
        return []
    return [
        TodoItem(
            gettext("Tell people of the breach: %(title)s") % {"title": case.title},
            reverse("breaches:edit", args=[case.pk]),
            due_at=case.due_at,
            note=str(_("Overdue")) if case.is_overdue else "",
        )
        for case in BreachCase.objects.open()
        if case.told_at is None
    ]


def _request_items(user) -> list[TodoItem]:
    if not user.has_perm(ANSWER):
        return []
    waiting = Request.objects.open().order_by("due_on")
    number, first = waiting.count(), waiting.only("due_on").first()
    if first is None:
        return []
    url = reverse("data-requests:index")
    label = str(_("Requests about personal data"))
    note = days_left_of(first)
    return [TodoItem(label, url, number=number, due_at=first.due_at, note=note)]


def _retention_items(user) -> list[TodoItem]:
    """A destruction that failed, stands still, or left something behind."""
    if not user.has_perm(VIEW):
        return []
    now, url = timezone.now(), reverse("retention_calendar")
    if problem := job_state(now).problem:
        return [TodoItem(str(problem), url)]
    if overdue := len(overdue_rules(now)):
        return [TodoItem(str(_("Data whose time is up was not destroyed")), url, number=overdue)]
    return []
