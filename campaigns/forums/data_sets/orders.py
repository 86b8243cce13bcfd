"""Registrations for forums, as their owners see and change them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.dates import korean_date
from payments.models import Payment
from payments.services import payments_of
from privacy.blind_index import address_index
from rights.registry import Basis, DataSet, Erasure, Holding, NotTheirsError, Step, Withdrawal

from .. import services
from ..exceptions import MoneyToReturnError, OrderGoneError
from ..forms import CorrectionForm
from ..models import PAYMENT_PURPOSE, DoorIncident, Order, Seat
from ..services.retention import last_day_of
from ..services.rules import ORDERS as NAME
from .facts import order_facts
from .steps import steps_of


def find(address: str) -> list[Holding]:
    """The registrations under an address, newest first, in eight queries however many there are."""
    seats = Seat.objects.select_related("session", "check_in").order_by("session__starts_at")
    incidents = DoorIncident.objects.select_related("session")
    rows = list(
        _of(address)
        .select_related("invitation__organisation")
        .prefetch_related("letters", "tickets", Prefetch("tickets__seats", queryset=seats))
        .prefetch_related(Prefetch("tickets__incidents", queryset=incidents))
        .order_by("-created_at", "-pk")
    )
    if not rows:
        return []
    payments = payments_of(PAYMENT_PURPOSE, [row.public_id for row in rows])
    prefetch_related_objects(list(payments.values()), "refunds")
    steps = steps_of(rows)
    return [
        _holding(row, payments.get(str(row.public_id)), steps[str(row.public_id)]) for row in rows
    ]


def _of(address: str):
    rows = Order.objects.with_person().select_related("forum")
    return rows.filter(email_index=address_index(address))


def _one(address: str, key: str) -> Order:
    try:
        row = _of(address).filter(public_id=uuid.UUID(key)).first()
    except ValueError as error:
        raise NotTheirsError from error
    if row is None:
        raise NotTheirsError
    return row


def _holding(row: Order, payment: Payment | None, steps: list[Step]) -> Holding:
    returns = services.returns_money(row, payment)
    holds = row.status in (Order.Status.WAITING, Order.Status.CONFIRMED)
    tickets = row.tickets.all()
    return Holding(
        key=str(row.public_id),
        title=row.forum.title,
        since=row.created_at,
        facts=order_facts(row, payment),
        kept_until=korean_date(last_day_of(row.forum, row.retention_months))
        if row.forum.ends_at
        else "",
        url=(row.forum.url or "") if row.forum.live else "",
        mail_keys=(str(row.public_id), *services.letter_keys(row)),
        access_keys=(str(row.public_id), *(str(ticket.public_id) for ticket in tickets)),
        steps=steps,
        can_correct=True,
        withdrawal=_withdrawal() if holds and not returns and not row.forum.is_over() else None,
        erasure=Erasure.BY_STAFF if returns else Erasure.NOW,
    )


def _withdrawal() -> Withdrawal:
    return Withdrawal(
        _("Cancel my registration"),
        (
            _("All seats of this registration go back at once; the tickets are void."),
            _("Names, addresses and telephone numbers are destroyed and can't be restored."),
        ),
    )


def correction_form(address: str, key: str, data: Mapping[str, str] | None) -> CorrectionForm:
    return CorrectionForm.of(_one(address, key), data)


def correct(address: str, key: str, values: Mapping[str, Any]) -> None:
    row = _one(address, key)
    try:
        services.correct_order(row.public_id, values)
    except OrderGoneError as error:
        raise NotTheirsError from error


def leave(address: str, key: str) -> None:
    row = _one(address, key)
    try:
        services.leave_order(row.public_id)
    except MoneyToReturnError as error:
        raise NotTheirsError from error


def move(address: str, key: str, new_address: str) -> None:
    row = _one(address, key)
    try:
        services.move_order(row.public_id, new_address)
    except OrderGoneError as error:
        raise NotTheirsError from error


def members(after: str, limit: int) -> list[str]:
    rows = Order.objects.with_person().filter(email_index__isnull=False, pk__gt=int(after or 0))
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)[:limit]]


def address_of(key: str) -> str | None:
    row = Order.objects.filter(pk=int(key)).first()
    return row.email if row else None


ORDERS = DataSet(
    name=NAME,
    label=gettext_lazy("Registrations for forums"),
    purpose=gettext_lazy("To take registrations, to confirm deposits, to hold the forum"),
    items=gettext_lazy(
        "Name, e-mail address, mobile phone, organisation, meal note, of everybody who comes"
    ),
    basis=Basis.CONTRACT,
    people=gettext_lazy("Participants of forums"),
    source=gettext_lazy("The form of a forum; at the door and by telephone: the office"),
    find=find,
    correction_form=correction_form,
    correct=correct,
    withdraw=leave,
    erase=leave,
    move=move,
    members=members,
    address_of=address_of,
)
