"""What staff read about registrations beside the rows themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from evidence.models import Event

from .models import Order
from .services.cancel import OWNER
from .services.settling import EVIDENCE_SUBJECT, SYSTEM

KINDS = {
    "order_cancelled": gettext_lazy("Registration cancelled"),
    "order_lapsed": gettext_lazy("Registration lapsed"),
    "order_corrected": gettext_lazy("Registration corrected"),
    "order_moved": gettext_lazy("Moved to another e-mail address"),
    "order_entered": gettext_lazy("Entered by staff"),
    "mail_resent": gettext_lazy("Mail sent again"),
    "attendee_changed": gettext_lazy("Somebody else comes"),
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
    events = list(
        Event.objects.filter(subject_type=EVIDENCE_SUBJECT, subject_id=str(order.public_id))
        .select_related("payload")
        .order_by("-sequence")
    )
    staff = User.objects.in_bulk([int(event.actor) for event in events if event.actor.isdigit()])
    return [_entry(event, staff) for event in events]


def _entry(event: Event, staff: dict[int, User]) -> HistoryEntry:
    payload = getattr(event, "payload", None)
    values = payload.values if payload else {}
    what = str(KINDS.get(event.kind, event.kind))
    return HistoryEntry(what, _who(event.actor, staff), event.occurred_at, values.get("reason", ""))


def _who(actor: str, staff: dict[int, User]) -> str:
    if actor.isdigit():
        return str(staff.get(int(actor), actor))
    named = {OWNER: _("the participant"), SYSTEM: _("the site, by itself")}
    return named.get(actor, actor)
