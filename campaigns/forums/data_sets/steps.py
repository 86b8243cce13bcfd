"""What happened to registrations, as their owners may know it: by whose hand, never by whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from evidence.models import Event
from rights.registry import Step

from ..models import Order
from ..panels import KINDS
from ..services.steps import EVIDENCE_SUBJECT, OWNER, SYSTEM
from ..services.waiting_steps import SITE


def steps_of(rows: Sequence[Order]) -> dict[str, list[Step]]:
    """By public id, oldest first; one query. Check-ins and incidents must be there already."""
    steps: dict[str, list[Step]] = defaultdict(list)
    for key, step in [*_on_record(rows), *_entries(rows)]:
        steps[key].append(step)
    return defaultdict(list, {key: sorted(s, key=lambda one: one.at) for key, s in steps.items()})


def _on_record(rows: Iterable[Order]) -> Iterable[tuple[str, Step]]:
    events = Event.objects.filter(
        subject_type=EVIDENCE_SUBJECT, subject_id__in=[str(row.public_id) for row in rows]
    )
    for event in events.select_related("payload").order_by("subject_id", "sequence"):
        payload = getattr(event, "payload", None)
        yield (
            event.subject_id,
            Step(
                what=str(KINDS.get(event.kind, event.kind)),
                at=event.occurred_at,
                who=who_did_it(event.actor),
                reason=payload.values.get("reason", "") if payload else "",
            ),
        )


def who_did_it(actor: str) -> str:
    """By whose hand, as its owner may know it."""
    if actor == OWNER:
        return _("yourself")
    return _("the site, by itself") if actor in (SYSTEM, SITE) else _("the office")


def _entries(rows: Iterable[Order]) -> Iterable[tuple[str, Step]]:
    for row in rows:
        for ticket in row.tickets.all():
            for seat in ticket.seats.all():
                if check_in := getattr(seat, "check_in", None):
                    values = {"name": ticket.name, "session": seat.session}
                    told = _("%(name)s came in: %(session)s") % values
                    yield str(row.public_id), Step(told, check_in.checked_in_at, _("the office"))
            for incident in ticket.incidents.all():
                told = f"{ticket.name} · {incident.get_kind_display()}: {incident.session}"
                yield str(row.public_id), Step(told, incident.admitted_at, _("the office"))
