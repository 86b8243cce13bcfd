"""What staff read about registrations beside the rows themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.permissions import policy_registry

from accounts.models import User
from desk.panels import TodoItem
from evidence.models import Event

from .models import ForumPage, Order, WaitingEntry
from .policies import forums_within_reach
from .services.steps import EVIDENCE_SUBJECT, OWNER, SYSTEM
from .services.waiting_steps import SITE, WAITING_SUBJECT

SOON = timedelta(days=3)
MOST = 5

KINDS = {
    "order_placed": pgettext_lazy("step", "Registered"),
    "order_confirmed": gettext_lazy("Registration confirmed"),
    "order_unsettled": gettext_lazy("Waits for the money again: a deposit was somebody else's"),
    "refund_sent": gettext_lazy("Refund sent"),
    "order_cancelled": gettext_lazy("Registration cancelled"),
    "order_lapsed": gettext_lazy("Registration lapsed"),
    "order_corrected": gettext_lazy("Registration corrected"),
    "order_moved": gettext_lazy("Moved to another e-mail address"),
    "order_entered": gettext_lazy("Entered by staff"),
    "mail_resent": gettext_lazy("Mail sent again"),
    "attendee_changed": gettext_lazy("Somebody else comes"),
}


WAITING_KINDS = {
    "list_joined": gettext_lazy("Joined the waiting list"),
    "seat_offered": gettext_lazy("Seats were offered"),
    "offer_taken": gettext_lazy("The offer was taken"),
    "offer_declined": gettext_lazy("The offer was declined"),
    "offer_expired": gettext_lazy("The offer ran out"),
    "offer_paused": gettext_lazy("The offer was taken back: the meeting is postponed"),
    "offer_prolonged": gettext_lazy("The offer was prolonged"),
    "list_corrected": gettext_lazy("Entry corrected"),
    "list_moved": gettext_lazy("Moved to another e-mail address"),
    "list_left": gettext_lazy("Left the waiting list"),
    "list_removed": gettext_lazy("Taken off the list by staff"),
    "list_closed": gettext_lazy("The waiting list was closed"),
}


@dataclass(frozen=True)
class HistoryEntry:
    """Who did what and why. An erased reason is empty; the step itself stays."""

    what: str
    who: str
    when: datetime
    reason: str


def history_of(order: Order) -> list[HistoryEntry]:
    """What happened to a registration, newest first, with staff's names as they are today."""
    return _history(EVIDENCE_SUBJECT, str(order.public_id))


def waiting_history_of(entry: WaitingEntry) -> list[HistoryEntry]:
    """The same of an entry of a waiting list; what happened in the last seconds may be missing."""
    return _history(WAITING_SUBJECT, str(entry.public_id))


def _history(subject_type: str, subject_id: str) -> list[HistoryEntry]:
    events = list(
        Event.objects.filter(subject_type=subject_type, subject_id=subject_id)
        .select_related("payload")
        .order_by("-sequence")
    )
    staff = User.objects.in_bulk([int(event.actor) for event in events if event.actor.isdigit()])
    return [_entry(event, staff) for event in events]


def _entry(event: Event, staff: dict[int, User]) -> HistoryEntry:
    payload = getattr(event, "payload", None)
    values = payload.values if payload else {}
    what = str((KINDS | WAITING_KINDS).get(event.kind, event.kind))
    return HistoryEntry(what, _who(event.actor, staff), event.occurred_at, values.get("reason", ""))


def _who(actor: str, staff: dict[int, User]) -> str:
    if actor.isdigit():
        return str(staff.get(int(actor), actor))
    itself = _("the site, by itself")
    named = {OWNER: _("the participant"), SYSTEM: itself, SITE: itself}
    return named.get(actor, actor)


def todo_items(user) -> list[TodoItem]:
    """Forums that are near, with how many registrations still wait for their money."""
    policy = policy_registry.get_by_type(Order)
    if not policy.user_has_any_permission(user, ("view", "change")):
        return []
    now = timezone.now()
    forums = forums_within_reach(user, "forums.view_order", "forums.change_order")
    near = forums.live().filter(starts_at__lte=now + SOON, ends_at__gt=now)
    orders = policy.instances_user_has_any_permission_for(user, ("view", "change"))
    waiting = orders.filter(status=Order.Status.WAITING, forum=OuterRef("pk")).order_by()
    counted = waiting.values("forum").annotate(number=Count("pk")).values("number")
    rows = near.annotate(waiting=Subquery(counted)).order_by("starts_at")[:MOST]
    return [_near(page) for page in rows]


def _near(page: ForumPage) -> TodoItem:
    url = reverse("forum_numbers", args=[page.pk])
    told = {"title": page.title}
    if page.waiting:
        label = _("%(title)s is near: registrations without money") % told
        return TodoItem(label, url, number=page.waiting, due_at=page.starts_at)
    return TodoItem(_("%(title)s is near") % told, url, due_at=page.starts_at)
