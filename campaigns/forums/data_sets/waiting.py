"""Entries of waiting lists, as their owners see and change them."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from evidence.models import Event
from home.dates import korean_date, korean_moment
from privacy.addresses import written_phone
from privacy.blind_index import address_index
from rights.registry import (
    Basis,
    DataSet,
    Fact,
    Holding,
    MoveRefusedError,
    NotTheirsError,
    Step,
    Withdrawal,
)

from .. import services
from ..exceptions import AlreadyWaitingError, OrderGoneError
from ..forms import CorrectionForm
from ..models import WaitingEntry
from ..panels import WAITING_KINDS
from ..services.retention import last_day_of
from ..services.rules import WAITING as NAME
from ..services.waiting_steps import WAITING_SUBJECT
from .steps import who_did_it


def find(address: str) -> list[Holding]:
    """The entries under an address, newest first, in three queries however many there are."""
    rows = _of(address).select_related("invitation__organisation", "order")
    found = list(rows.prefetch_related("sessions").order_by("-created_at", "-pk"))
    steps = _steps_of(found) if found else {}
    return [_holding(row, steps[str(row.public_id)]) for row in found]


def _of(address: str):
    rows = WaitingEntry.objects.with_person().select_related("forum")
    return rows.filter(email_index=address_index(address))


def _one(address: str, key: str) -> WaitingEntry:
    try:
        row = _of(address).filter(public_id=uuid.UUID(key)).first()
    except ValueError as error:
        raise NotTheirsError from error
    if row is None:
        raise NotTheirsError
    return row


def _holding(row: WaitingEntry, steps: list[Step]) -> Holding:
    stands = row.is_waiting or row.is_offered
    return Holding(
        key=str(row.public_id),
        title=row.forum.title,
        since=row.created_at,
        facts=[Fact(name, label, "" if v is None else str(v)) for name, label, v in _facts(row)],
        kept_until=korean_date(last_day_of(row.forum, row.retention_months))
        if row.forum.ends_at
        else "",
        url=(row.forum.url or "") if row.forum.live else "",
        mail_keys=(str(row.public_id),),
        access_keys=(str(row.public_id),),
        steps=steps,
        can_correct=True,
        withdrawal=_withdrawal() if stands else None,
    )


def _facts(row: WaitingEntry):
    invitation = row.invitation
    return (
        ("name", _("Name"), row.name),
        ("email", _("E-mail"), row.email),
        ("phone", _("Mobile phone"), written_phone(row.phone or "")),
        ("organisation", _("Organisation"), row.organisation),
        ("invitation", _("Invitation of"), str(invitation) if invitation else ""),
        ("sessions", _("Sessions"), ", ".join(str(one) for one in row.sessions.all())),
        ("people", _("people"), row.people),
        ("state", _("state"), row.get_state_display()),
        ("created_at", _("joined"), korean_moment(row.created_at)),
        ("state_changed_at", _("state changed"), korean_moment(row.state_changed_at)),
        ("passed_over", _("passed over"), row.passed_over),
        ("offered_at", _("offered at"), _moment(row.offered_at)),
        ("offer_until", _("offer ends"), _moment(row.offer_until)),
        ("meals", _("meals held"), row.meals),
        ("order", pgettext("order", "Reference"), row.order.reference if row.order else ""),
        ("retention_months", _("months kept after the forum, as told"), row.retention_months),
    )


def _moment(value) -> str:
    return korean_moment(value) if value else ""


def _steps_of(rows: Sequence[WaitingEntry]) -> Mapping[str, list[Step]]:
    events = Event.objects.filter(
        subject_type=WAITING_SUBJECT, subject_id__in=[str(row.public_id) for row in rows]
    )
    steps: dict[str, list[Step]] = defaultdict(list)
    for event in events.select_related("payload").order_by("subject_id", "sequence"):
        payload = getattr(event, "payload", None)
        steps[event.subject_id].append(
            Step(
                what=str(WAITING_KINDS.get(event.kind, event.kind)),
                at=event.occurred_at,
                who=who_did_it(event.actor),
                reason=payload.values.get("reason", "") if payload else "",
            )
        )
    return steps


def _withdrawal() -> Withdrawal:
    return Withdrawal(
        _("Leave the waiting list"),
        (
            _("Seats that are held for you go to the next at once."),
            _("Names, addresses and telephone numbers are destroyed and can't be restored."),
        ),
    )


def correction_form(address: str, key: str, data: Mapping[str, str] | None) -> CorrectionForm:
    return CorrectionForm.of(_one(address, key), data)


def correct(address: str, key: str, values: Mapping[str, Any]) -> None:
    row = _one(address, key)
    try:
        services.correct_waiting(row.public_id, values)
    except OrderGoneError as error:
        raise NotTheirsError from error


def leave(address: str, key: str) -> None:
    services.forget_waiting(_one(address, key).public_id)


def move(address: str, key: str, new_address: str) -> None:
    row = _one(address, key)
    try:
        services.move_waiting(row.public_id, new_address)
    except AlreadyWaitingError as error:
        told = _("The new address stands on this waiting list itself.")
        raise MoveRefusedError(told) from error
    except OrderGoneError as error:
        raise NotTheirsError from error


def members(after: str, limit: int) -> list[str]:
    rows = WaitingEntry.objects.with_person().filter(pk__gt=int(after or 0))
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)[:limit]]


def address_of(key: str) -> str | None:
    row = WaitingEntry.objects.filter(pk=int(key)).first()
    return row.email if row else None


WAITING = DataSet(
    name=NAME,
    label=gettext_lazy("Waiting lists of forums"),
    purpose=gettext_lazy("To offer seats that get free to those who wait, in their order"),
    items=gettext_lazy("Name, e-mail address, mobile phone, organisation, number of people"),
    basis=Basis.CONTRACT,
    people=gettext_lazy("Who waits for a seat in a forum"),
    source=gettext_lazy("The form of a forum's waiting list"),
    find=find,
    correction_form=correction_form,
    correct=correct,
    withdraw=leave,
    erase=leave,
    move=move,
    members=members,
    address_of=address_of,
)
