"""What staff read about signatures beside the rows themselves."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from accounts.models import User
from desk.panels import TodoItem
from evidence.models import Event

from .models import PetitionPage, Signature

CLOSES_SOON = timedelta(days=3)
MOST_CLOSING = 5

KINDS = {
    "confirmed_by_staff": _("Confirmed by staff"),
    "invalidated": _("Invalidated"),
    "undone": _("Step undone"),
    "comment_published": _("Comment published"),
    "comment_rejected": _("Comment kept off the page"),
    "comment_waiting": _("Comment put back to review"),
    "corrected": _("Corrected by its owner"),
    "address_changed": _("Address changed by its owner"),
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


def waiting_comments(user) -> models.QuerySet:
    """Confirmed signatures whose comment waits for this person, newest first."""
    policy = policy_registry.get_by_type(Signature)
    rows = policy.instances_user_has_permission_for(user, "change")
    waiting = rows.confirmed().filter(comment_status=Signature.CommentStatus.WAITING)
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


def signed_petitions(pages) -> list[PetitionPage]:
    """Those petitions among and below ``pages`` that somebody signed."""
    below = models.Q(pk__in=[])
    for page in pages:
        below |= models.Q(path__startswith=page.path)
    signed = models.Exists(Signature.objects.filter(petition=models.OuterRef("pk")))
    return list(PetitionPage.objects.filter(below).filter(signed).only("title"))


def todo_items(user) -> list[TodoItem]:
    """Comments to look at, and petitions that close soon."""
    return [*_comment_items(user), *_closing_items(user)]


def _comment_items(user):
    if not policy_registry.get_by_type(Signature).user_has_permission(user, "change"):
        return
    if number := waiting_comments(user).order_by().count():
        url = reverse("signatures:index") + "?comment_status=waiting&status=confirmed"
        yield TodoItem(_("Comments to look at"), url, number=number)


def _closing_items(user):
    now = timezone.now()
    closing = PetitionPage.objects.live().filter(
        closes_at__gt=now, closes_at__lte=now + CLOSES_SOON
    )
    for page in closing.order_by("closes_at")[:MOST_CLOSING]:
        if page.permissions_for_user(user).can_edit():
            label = _("Closes soon: %(title)s") % {"title": page.title}
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield TodoItem(label, url, due_at=page.closes_at)
