"""Requests that staff must answer, against the clock of the law."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from evidence.services import record_event
from messaging.services import enqueue
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index

from ..dates import end_of_term
from ..emails import REQUEST_ANSWERED, REQUEST_EXTENDED, REQUEST_RECEIVED
from ..exceptions import (
    AlreadyExtendedError,
    NoticeMissingError,
    RequestClosedError,
    WordsMissingError,
)
from ..models import Request
from ..models.requests import DAYS_TO_ANSWER, first_due_on

REQUEST_CHAIN = "rights_request"
OWNER = "owner"
REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# Receipts to one address a day: the form must not become a mail bomb.
RECEIPTS_PER_DAY = 3

Status = Request.Status
Channel = Request.Channel


@dataclass(frozen=True)
class Wish:
    """What somebody asks, how it came, how we know who it is, and where to answer."""

    kind: str
    contact: str
    words: str
    name: str = ""
    channel: str = Channel.FORM
    identity: str = ""


@dataclass(frozen=True)
class Notice:
    """How and when somebody without a mailbox was told."""

    by: str
    on: date


def lodge_request(wish: Wish) -> Request:
    """Take a request down, start its clock and acknowledge it by mail."""
    now = timezone.now()
    with transaction.atomic():
        since = now - timedelta(days=1)
        before = Request.objects.filter(
            contact_index=_contact_index(wish.contact), received_at__gt=since
        ).count()
        request = _take_down(wish, now, OWNER, uuid.uuid4())
        if before < RECEIPTS_PER_DAY:
            enqueue(REQUEST_RECEIVED, str(request.public_id))
    return request


def enter_request(
    wish: Wish, *, public_id: uuid.UUID, received_at: datetime, actor: str
) -> Request:
    """Take down what came by telephone, by post or in person; the clock runs since it came.

    Acknowledged by mail where there is a mailbox. Sent twice, it is the same request.
    """
    with transaction.atomic():
        request = Request.objects.filter(public_id=public_id).first()
        if request is None:
            request = _take_down(wish, received_at, actor, public_id)
            enqueue(REQUEST_RECEIVED, str(request.public_id))
    return request


def _take_down(wish: Wish, received_at: datetime, actor: str, public_id: uuid.UUID) -> Request:
    request = Request.objects.create(
        public_id=public_id,
        reference=_make_reference(),
        kind=wish.kind,
        status=Status.RECEIVED,
        channel=wish.channel,
        identity=wish.identity,
        name=wish.name,
        contact=wish.contact,
        contact_index=_contact_index(wish.contact),
        words=wish.words,
        received_at=received_at,
        due_on=first_due_on(received_at),
    )
    due_on = str(request.due_on)
    values = {"kind": request.kind, "channel": request.channel, "due_on": due_on}
    _record(request, "received", actor, values)
    return request


def _contact_index(contact: str) -> bytes:
    if "@" in contact:
        return blind_index("email", canonical_email(contact))
    return blind_index("phone" if contact.lstrip("+").isdigit() else "postal address", contact)


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


def identify_request(request_id: int, *, actor: str, identity: str) -> Request:
    """Write down how we know that it is them. Refuses with RequestClosedError."""

    def identify(request: Request) -> None:
        if request.identity != identity:
            request.identity = identity
            _record(request, "identified", actor, {"identity": identity})

    return _step(request_id, identify)


def extend_request(
    request_id: int, *, actor: str, reason: str, notice: Notice | None = None
) -> Request:
    """Take ten days more, once, and tell the person why; ``notice`` says how, without a mailbox.

    Refuses with WordsMissingError, NoticeMissingError, AlreadyExtendedError or RequestClosedError.
    """
    reason = _worded(reason)

    def extend(request: Request) -> None:
        if request.extended_at:
            raise AlreadyExtendedError
        request.extended_at = timezone.now()
        request.extension_reason = reason
        told = _notice(request, notice)
        request.extension_told_by, request.extension_told_on = told.by, told.on
        request.due_on = end_of_term(request.due_on, DAYS_TO_ANSWER)
        _record(request, "extended", actor, {**_sealed(reason), "due_on": str(request.due_on)})
        enqueue(REQUEST_EXTENDED, str(request.public_id))

    return _step(request_id, extend)


def finish_request(
    request_id: int, *, actor: str, answer: str, notice: Notice | None = None
) -> Request:
    """Answer that it is done, and how; ``notice`` says how they were told, without a mailbox.

    Refuses with WordsMissingError, NoticeMissingError or RequestClosedError.
    """
    return _close(request_id, Status.DONE, actor, answer, notice)


def refuse_request(
    request_id: int, *, actor: str, answer: str, notice: Notice | None = None
) -> Request:
    """Answer that it can't be done, why, and how to object (art. 35(4), 38(5)).

    Refuses as ``finish_request`` does.
    """
    return _close(request_id, Status.REFUSED, actor, answer, notice)


def _close(
    request_id: int, status: Request.Status, actor: str, answer: str, notice: Notice | None
) -> Request:
    answer = _worded(answer)

    def close(request: Request) -> None:
        told = _notice(request, notice)
        request.answered_by, request.answered_on = told.by, told.on
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


def _notice(request: Request, notice: Notice | None) -> Notice:
    """The mail tells whoever has a mailbox; all others somebody must have told."""
    if request.has_mailbox:
        return Notice(Channel.EMAIL, timezone.localdate())
    if notice is None:
        raise NoticeMissingError
    return notice


def _sealed(words: str) -> dict[str, object]:
    """Proof of what was written, without the words: they may name somebody."""
    return {"words": blind_index("request words", words).hex()}


def _record(request: Request, kind: str, actor: str, values: Mapping[str, object]) -> None:
    record_event(
        subject_type=REQUEST_CHAIN,
        subject_id=str(request.public_id),
        kind=kind,
        actor=actor,
        values=dict(values),
    )
