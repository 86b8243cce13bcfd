"""Requests that staff must answer, against the clock of the law."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from evidence.services import record_event
from messaging.services import enqueue
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index

from ..emails import REQUEST_ANSWERED, REQUEST_EXTENDED, REQUEST_RECEIVED
from ..exceptions import AlreadyExtendedError, RequestClosedError, WordsMissingError
from ..models import Request
from ..models.requests import DAYS_TO_ANSWER, first_due_on

REQUEST_CHAIN = "rights_request"
OWNER = "owner"
REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# Receipts to one address a day: the form must not become a mail bomb.
RECEIPTS_PER_DAY = 3

Status = Request.Status


@dataclass(frozen=True)
class Wish:
    """What somebody asks, and where to answer. ``is_proven``: over a link in that mailbox."""

    kind: str
    contact: str
    words: str
    name: str = ""
    is_proven: bool = False


def lodge_request(wish: Wish) -> Request:
    """Take a request down, start its clock and acknowledge it by mail."""
    now = timezone.now()
    index = _contact_index(wish.contact)
    with transaction.atomic():
        since = now - timedelta(days=1)
        before = Request.objects.filter(contact_index=index, received_at__gt=since).count()
        request = Request.objects.create(
            reference=_make_reference(),
            kind=wish.kind,
            status=Status.RECEIVED,
            is_proven=wish.is_proven,
            name=wish.name,
            contact=wish.contact,
            contact_index=index,
            words=wish.words,
            received_at=now,
            due_on=first_due_on(now),
        )
        _record(request, "received", OWNER, {"kind": request.kind, "due_on": str(request.due_on)})
        if before < RECEIPTS_PER_DAY:
            enqueue(REQUEST_RECEIVED, str(request.public_id))
    return request


def _contact_index(contact: str) -> bytes:
    if "@" in contact:
        return blind_index("email", canonical_email(contact))
    return blind_index("phone", contact)


def _make_reference() -> str:
    signs = get_random_string(8, REFERENCE_SIGNS)
    return f"{signs[:4]}-{signs[4:]}"


def start_request(request_id: int, *, actor: str) -> Request:
    """Say that somebody is at it. Refuses with RequestClosedError. Safe to call twice."""

    def start(request: Request) -> None:
        if request.status == Status.RECEIVED:
            request.status = Status.WORKING
            _record(request, "started", actor, {})

    return _step(request_id, start)


def extend_request(request_id: int, *, actor: str, reason: str) -> Request:
    """Take ten days more, once, and tell the person why.

    Refuses with WordsMissingError, AlreadyExtendedError or RequestClosedError.
    """
    reason = _worded(reason)

    def extend(request: Request) -> None:
        if request.extended_at:
            raise AlreadyExtendedError
        request.extended_at = timezone.now()
        request.extension_reason = reason
        request.due_on += DAYS_TO_ANSWER
        _record(request, "extended", actor, {**_sealed(reason), "due_on": str(request.due_on)})
        enqueue(REQUEST_EXTENDED, str(request.public_id))

    return _step(request_id, extend)


def finish_request(request_id: int, *, actor: str, answer: str) -> Request:
    """Answer that it is done, and how. Refuses with WordsMissingError or RequestClosedError."""
    return _close(request_id, Status.DONE, actor, answer)


def refuse_request(request_id: int, *, actor: str, answer: str) -> Request:
    """Answer that it can't be done, why, and how to object (art. 35(4), 38(5)).

    Refuses with WordsMissingError or RequestClosedError.
    """
    return _close(request_id, Status.REFUSED, actor, answer)


def _close(request_id: int, status: Request.Status, actor: str, answer: str) -> Request:
    answer = _worded(answer)

    def close(request: Request) -> None:
        request.status = status
        request.answer = answer
        request.closed_at = timezone.now()
        _record(request, status.value, actor, _sealed(answer))
        enqueue(REQUEST_ANSWERED, str(request.public_id))

    return _step(request_id, close)


def _step(request_id: int, change: Callable[[Request], None]) -> Request:
    with transaction.atomic():
        request = Request.objects.select_for_update().get(pk=request_id)
        if not request.is_open:
            raise RequestClosedError
        change(request)
        request.save()
    return request


def _worded(text: str) -> str:
    if not text.strip():
        raise WordsMissingError
    return text.strip()


def _sealed(words: str) -> dict[str, object]:
    """Proof of what was written, without the words: they may name somebody."""
    return {"words": blind_index("request words", words).hex()}


def _record(request: Request, kind: str, actor: str, values: dict[str, object]) -> None:
    record_event(
        subject_type=REQUEST_CHAIN,
        subject_id=str(request.public_id),
        kind=kind,
        actor=actor,
        values=values,
    )
