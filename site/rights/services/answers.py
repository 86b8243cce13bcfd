"""The answer to a request on paper, for who wrote by post or came in person."""

from collections.abc import Mapping

from django.utils import timezone

from messaging.registry import current_sender
from typesetting.services import render_pdf

from ..dates import told
from ..exceptions import NotAnsweredError
from ..models import Request

TEMPLATE = "rights/answer.typ"


def print_answer(request: Request) -> bytes:
    """The answer, or why it takes longer, as a letter. Refuses with NotAnsweredError."""
    told_at = request.closed_at or request.extended_at
    if told_at is None:
        raise NotAnsweredError
    return render_pdf(TEMPLATE, letter_of(request), made_at=told_at)


def letter_of(request: Request) -> Mapping[str, object]:
    """What the letter says; the template has the words of the law."""
    sender = current_sender()
    given_on = request.extension_told_on if request.is_open else request.answered_on
    return {
        "sender": {
            "name": sender.name,
            "address": sender.address,
            "phone": sender.phone,
            "email": sender.email,
            "officer": sender.officer,
        },
        "outcome": "extended" if request.is_open else str(request.status),
        "kind": str(request.kind),
        "reference": request.reference,
        "name": request.name,
        "contact": "" if request.has_mailbox else request.contact,
        "received": told(timezone.localdate(request.received_at)),
        "due": told(request.due_on),
        "asked": request.words,
        "answer": request.extension_reason if request.is_open else request.answer,
        "day": told(given_on or timezone.localdate()),
    }
