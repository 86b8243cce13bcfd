"""What went wrong at the doors, as the phones and the office show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from privacy.masking import mask_name

from ..models import Door, DoorIncident


@dataclass(frozen=True)
class IncidentLine:
    """One incident: both gates and both times where somebody was let in twice."""

    incident: DoorIncident
    kind: str
    gates: str
    person: str
    session: str


def incident_lines(incidents: Iterable[DoorIncident]) -> list[IncidentLine]:
    return [_line(one) for one in incidents]


def _line(one: DoorIncident) -> IncidentLine:
    came = getattr(one.seat, "check_in", None) if one.seat else None
    moments = [_gate(came.door, came.checked_in_at)] if came else []
    session = one.session.part or one.session.title
    name = mask_name(one.ticket.name or "") or one.ticket.order.reference
    gates = ", ".join([*moments, _gate(one.door, one.admitted_at)])
    return IncidentLine(one, one.get_kind_display(), gates, name, session)


def _gate(door: Door | None, at: datetime) -> str:
    moment = date_format(timezone.localtime(at), "H:i")
    return f"{door.label if door else _('the office')} {moment}"
