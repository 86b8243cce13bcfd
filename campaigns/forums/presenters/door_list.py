"""The list of who comes, in the words of the phone."""

from base64 import b64encode
from typing import Any

from django.utils.translation import gettext as _

from .. import services
from ..models import Seat
from .door import paid_or_not


def list_in_json(found: services.DoorList) -> dict[str, Any]:
    """Ids, names, organisations, hashes of codes; who has no seat any more is named nowhere."""
    return {
        "door": found.door.label,
        "salt": b64encode(found.door.public_id.bytes).decode(),
        "stretches": services.STRETCHES,
        "as_of": found.as_of.isoformat(),
        "until": found.door.ends_at.isoformat(),
        "sessions": [
            {"id": one.pk, "name": one.part or one.title, "meal": one.meal}
            for one in found.sessions
        ],
        "people": {str(one.ticket.public_id): _person(one) for one in found.people},
        "states": {str(one.ticket.public_id): _state(one) for one in found.states},
    }


def _person(one: services.ListedPerson) -> dict[str, str]:
    told = {"key": one.key, "code": b64encode(one.code_hash).decode()}
    if services.is_gone(one.ticket):
        return told
    return {**told, "name": one.ticket.name, "organisation": one.ticket.organisation or ""}


def _state(one: services.ListedState) -> dict[str, Any]:
    if services.is_gone(one.ticket):
        return {"refusal": services.Answer.CANCELLED}
    return {
        "refusal": services.Answer.UNPAID if one.refusal == services.Answer.UNPAID else "",
        "paid": paid_or_not(one.ticket.order),
        "meal": one.ticket.takes_meal,
        "seats": {str(seat.session_id): _came(seat) for seat in one.seats},
    }


def _came(seat: Seat) -> list[str]:
    """When and where; empty where nobody came yet."""
    came = getattr(seat, "check_in", None)
    if came is None:
        return []
    return [came.checked_in_at.isoformat(), came.door.label if came.door else _("the office")]
