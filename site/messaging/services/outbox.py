"""Writing mails down, putting failed ones back, forgetting those of a person who leaves."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from ..exceptions import NotRetryableError
from ..models import OutboxMessage
from ..registry import purpose_named


def enqueue(purpose: str, subject: str, not_before: datetime | None = None) -> OutboxMessage:
    """Have a mail sent once the caller's transaction commits; without the commit there is none.

    ``subject`` is a key from which the builder finds everything else; it must name no person.
    Refuses with UnknownPurposeError.
    """
    message = draft_mail(purpose, subject, not_before)
    message.save(force_insert=True)
    return message


def draft_mail(purpose: str, subject: str, not_before: datetime | None = None) -> OutboxMessage:
    """The row of ``enqueue``, to be inserted with others. Refuses with UnknownPurposeError."""
    wanted_at = not_before or timezone.now()
    return OutboxMessage(
        purpose=purpose,
        subject=subject,
        bulk=purpose_named(purpose).bulk,
        created_at=wanted_at,
        next_attempt_at=wanted_at,
    )


def enqueue_all(purpose: str, subjects: Sequence[str]) -> None:
    """The same for many keys at once."""
    now, bulk = timezone.now(), purpose_named(purpose).bulk
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            purpose=purpose, subject=subject, bulk=bulk, created_at=now, next_attempt_at=now
        )
        for subject in subjects
    )


def is_asked_since(purpose: str, subject: str, moment: datetime) -> bool:
    """Whether this mail was asked for after ``moment``."""
    asked = OutboxMessage.objects.filter(purpose=purpose, subject=subject)
    return asked.filter(created_at__gt=moment).exists()


def asked_among(purpose: str, subjects: Sequence[str]) -> set[str]:
    """Those of these keys for which this mail was asked before; one query."""
    asked = OutboxMessage.objects.filter(purpose=purpose, subject__in=subjects)
    return set(asked.values_list("subject", flat=True))


def retry_failed(message_id: uuid.UUID) -> None:
    """Send a failed mail again, with all attempts before it.

    Refuses with NotRetryableError, also if somebody else just did the same.
    """
    now = timezone.now()
    failed = OutboxMessage.objects.filter(pk=message_id, state=OutboxMessage.State.FAILED)
    changed = failed.update(
        state=OutboxMessage.State.PENDING,
        attempts=0,
        created_at=now,
        next_attempt_at=now,
        claimed_until=None,
        last_error="",
    )
    if not changed:
        raise NotRetryableError


def mails_sent(subjects: Sequence[str]) -> list[OutboxMessage]:
    """The mails under these keys that were sent and are still known, newest first."""
    # By the index of what was sent: there may be millions of others.
    sent = OutboxMessage.objects.filter(subject__in=subjects, sent_at__isnull=False)
    return list(sent.order_by("-sent_at"))


def forget_finished(*subjects: str) -> int:
    """Delete the settled mails under these keys, of any purpose; returns how many.

    With them goes what the limits per key know, so only at the word of the mailbox's owner or
    when they are long past.
    """
    deleted, _ = OutboxMessage.objects.finished().filter(subject__in=subjects).delete()
    return deleted


def drop_waiting(purpose: str, subject: str) -> None:
    """Take back a mail that nobody has begun to send: another one says it."""
    OutboxMessage.objects.filter(
        purpose=purpose,
        subject=subject,
        state=OutboxMessage.State.PENDING,
        claimed_until=None,
    ).delete()
