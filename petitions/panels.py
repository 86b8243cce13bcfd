"""What staff read about signatures beside the rows themselves."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.models import Event

from .models import Signature

KINDS = {
    "confirmed_by_staff": _("Confirmed by staff"),
    "invalidated": _("Invalidated"),
    "undone": _("Step undone"),
    "comment_published": _("Comment published"),
    "comment_rejected": _("Comment kept off the page"),
    "comment_waiting": _("Comment put back to review"),
}


@dataclass(frozen=True)
class HistoryEntry:
    """Who did what and why. An erased reason is empty; the step itself stays."""

    what: str
    who: str
    when: datetime
    reason: str


def history_of(subject: uuid.UUID) -> list[HistoryEntry]:
    """The steps of staff on a signature, newest first, with names as they are today."""
    events = list(
        Event.objects.filter(subject_type="signature", subject_id=str(subject))
        .select_related("payload")
        .order_by("-sequence")
    )
    staff = User.objects.in_bulk([int(event.actor) for event in events if event.actor.isdigit()])
    return [_entry(event, staff) for event in events]


def waiting_comments() -> models.QuerySet:
    """Confirmed signatures whose comment nobody has looked at, newest first."""
    waiting = Signature.objects.confirmed().filter(comment_status=Signature.CommentStatus.WAITING)
    return waiting.order_by("-created_at")


def _entry(event: Event, staff: dict[int, User]) -> HistoryEntry:
    payload = getattr(event, "payload", None)
    values = payload.values if payload else {}
    person = staff.get(int(event.actor)) if event.actor.isdigit() else None
    what = str(KINDS.get(event.kind, event.kind))
    if undone := values.get("undone"):
        what = f"{what} ({Signature.Status(undone).label})"
    who = str(person) if person else event.actor
    return HistoryEntry(what, who, event.occurred_at, values.get("reason", ""))
