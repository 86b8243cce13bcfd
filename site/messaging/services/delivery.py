"""Sending what is due.

A mail is sent exactly once, but for a worker that dies while the mail server answers: then a
personal mail is sent again with the same Message-ID, and bulk mail is not.
"""

import logging
from datetime import timedelta

from django.utils import timezone

from privacy.addresses import canonical_email
from privacy.blind_index import blind_index
from privacy.encryption import KeyMissingError, Unreadable
from schedule.registry import stopping

from ..emails import compose
from ..gateways.transport import Outcome, Result, Transport
from ..models import OutboxMessage, Suppression
from ..registry import Email, purpose_named
from . import claims
from .claims import Claim
from .suppression import is_suppressed, suppress

logger = logging.getLogger(__name__)

BATCH = 50
RETRY_MINUTES = (1, 2, 5, 15, 30)
RETRY_MINUTES_LATER = 60
MAX_ATTEMPTS = 76  # With the minutes above: three days.
BOUNCE_KEPT = timedelta(days=30)

State = OutboxMessage.State


def deliver_due(limit: int = BATCH) -> int:
    """Send up to ``limit`` due mails over one connection; returns how many were dealt with.

    Safe to run many times at once. Refuses with MailServerDownError when no connection can be
    had; what was not sent waits as if untouched.
    """
    waiting = claims.claim_due(limit)
    done = 0
    try:
        with Transport() as transport:
            while waiting and not stopping.is_set():
                transport.connect()
                _deliver(waiting.pop(0), transport)
                done += 1
    finally:
        claims.give_back(waiting)
    return done


def _deliver(claim: Claim, transport: Transport) -> None:
    message = claim.message
    try:
        email = purpose_named(message.purpose).build(message.subject)
        if email and isinstance(email.to, Unreadable):
            raise KeyMissingError  # The key may be back tomorrow.
        mail = compose(email, message_id=message.pk, bulk=message.bulk) if email else None
    except Exception as error:  # A mail that can't be built must not stop the others.
        _retry(claim, type(error).__name__)
        return
    if email is None or mail is None:
        claims.settle(claim, state=State.DROPPED, last_error="")
    elif is_suppressed(_index(email), bulk=message.bulk):
        claims.settle(claim, state=State.DROPPED, last_error="suppressed")
    elif begun := claims.begin(claim):
        _record(begun, email, transport.send(mail))


def _record(claim: Claim, email: Email, result: Result) -> None:
    match result.outcome:
        case Outcome.SENT:
            claims.settle(claim, state=State.SENT, sent_at=timezone.now(), last_error="")
        case Outcome.BOUNCED:
            until = timezone.now() + BOUNCE_KEPT
            suppress(_index(email), Suppression.Scope.ALL, Suppression.Reason.BOUNCED, until)
            _fail(claim, result.error)
        case Outcome.REFUSED:
            _fail(claim, result.error)
        case Outcome.UNKNOWN if claim.message.bulk:
            claims.settle(claim, state=State.UNCERTAIN, last_error=result.error)
        case _:
            _retry(claim, result.error)


def _retry(claim: Claim, error: str) -> None:
    attempts = claim.message.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        _fail(claim, error)
        return
    later = attempts > len(RETRY_MINUTES)
    minutes = RETRY_MINUTES_LATER if later else RETRY_MINUTES[attempts - 1]
    logger.warning("Mail %s is tried again in %s min: %s", claim.message, minutes, error)
    moment = timezone.now() + timedelta(minutes=minutes)
    claims.settle(claim, state=State.PENDING, next_attempt_at=moment, last_error=error)


def _fail(claim: Claim, error: str) -> None:
    logger.error("Mail %s failed: %s", claim.message, error)
    claims.settle(claim, state=State.FAILED, last_error=error)


def _index(email: Email) -> bytes:
    return blind_index("email", canonical_email(email.to))
