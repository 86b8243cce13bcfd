"""Which worker sends what: a message belongs to one worker until its lease ends."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from ..models import OutboxMessage, OutboxQuerySet
from .limits import Limits

# A claimed message that has not begun to be sent is free again after CLAIM_LEASE. One in flight
# gets SENDING_LEASE: longer than the mail server's time limits can add up to.
CLAIM_LEASE = timedelta(seconds=60)
SENDING_LEASE = timedelta(minutes=5)
# Any number that no other advisory lock of this database uses.
CLAIM_LOCK = 0x6D657373

State = OutboxMessage.State


class Claim(NamedTuple):
    message: OutboxMessage
    until: datetime


def claim_due(limit: int) -> list[Claim]:
    """Take up to ``limit`` due messages; no other worker has them until the lease ends.

    Settles what needs no sending: bulk mail that was in flight when its worker died is uncertain,
    and mails above the limits per recipient are dropped.
    """
    now = timezone.now()
    if not OutboxMessage.objects.due(now).exists():
        return []
    with transaction.atomic():
        _one_claimer_at_a_time()
        due = OutboxMessage.objects.due(now).select_for_update(skip_locked=True)
        messages = list(due.order_by("bulk", "next_attempt_at", "created_at")[:limit])
        _settle(messages, now)
        return _take([m for m in messages if m.state == State.PENDING], now)


def _one_claimer_at_a_time() -> None:
    """Without this, two workers could each see the other's twin mail as not yet claimed.

    SQLite's immediate transaction does the same by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])


def _settle(messages: list[OutboxMessage], now: datetime) -> None:
    interrupted = [message for message in messages if message.state == State.SENDING]
    for message in interrupted:  # Its worker died, or lost the database.
        message.state = State.UNCERTAIN if message.bulk else State.PENDING
        message.attempts += 1
        message.last_error = "interrupted"
    limits = Limits(messages, now)
    refused = [m for m in messages if m.state == State.PENDING and not limits.allow(m)]
    for message in refused:
        message.state = State.DROPPED
        message.last_error = "limit"
    for message in {*interrupted, *refused}:
        message.claimed_until = None
        message.save(update_fields=["state", "attempts", "last_error", "claimed_until"])


def _take(pending: list[OutboxMessage], now: datetime) -> list[Claim]:
    until = now + CLAIM_LEASE
    rows = OutboxMessage.objects.filter(pk__in=[message.pk for message in pending])
    rows.update(claimed_until=until)
    return [Claim(message, until) for message in pending]


def begin(claim: Claim) -> Claim | None:
    """Mark the message as in flight; None if the lease ended and another worker has it."""
    until = timezone.now() + SENDING_LEASE
    begun = _mine(claim).update(state=State.SENDING, claimed_until=until)
    return Claim(claim.message, until) if begun else None


def give_back(claims: list[Claim]) -> None:
    """Let go of messages that were claimed and not begun, as if they had not been claimed."""
    for claim in claims:
        _mine(claim).update(claimed_until=None)


def settle(claim: Claim, **values: object) -> None:
    """Let go of a message with its outcome. Does nothing if another worker has it."""
    _mine(claim).update(claimed_until=None, attempts=F("attempts") + 1, **values)


def _mine(claim: Claim) -> OutboxQuerySet:
    mine = OutboxMessage.objects.unfinished().filter(pk=claim.message.pk)
    return mine.filter(claimed_until=claim.until)
