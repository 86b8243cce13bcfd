"""Recording events and checking that nobody changed them."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.utils import timezone

from ..models import Event, EventValues
from ..verifier import Link, Payload, Verifier, digest_values, hash_of

LINK_FIELDS = Link._fields


@dataclass(frozen=True)
class ChainCheck:
    """``broken_at`` is the sequence of the first link that does not hold, else None."""

    length: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def record_event(
    *, subject_type: str, subject_id: str, kind: str, actor: str, values: dict[str, object]
) -> Event:
    """Append an event to its subject's chain.

    ``actor`` is a staff account's number or a system's name, never a person's name. ``values`` go
    to an erasable side table; the chain keeps only their salted digest. They hold no float, which a
    database may write differently. Writers of one subject queue: the second waits for the end of
    the first one's transaction.
    """
    values = as_stored(values)
    salt = make_salt()
    with transaction.atomic():
        event = seal_values(
            subject_type=subject_type,
            subject_id=subject_id,
            kind=kind,
            actor=actor,
            digest=digest_values(salt, values),
        )
        EventValues.objects.create(event=event, salt=salt, values=values)
    return event


def as_stored(values: dict[str, object]) -> dict[str, object]:
    def refuse(number: str) -> None:
        raise TypeError(f"{number} is a float: evidence holds whole numbers and text.")

    return json.loads(json.dumps(values), parse_float=refuse, parse_constant=refuse)


def seal_values(*, subject_type: str, subject_id: str, kind: str, actor: str, digest: str) -> Event:
    """Append an event whose salt and values its room keeps in rows of its own.

    To be called in the transaction that writes those rows.
    """
    with transaction.atomic(savepoint=False):
        wait_for_writers(subject_type, subject_id)
        return _append(subject_type, subject_id, kind, actor, digest)


def make_salt() -> str:
    return secrets.token_hex(16)


def wait_for_writers(subject_type: str, *subject_ids: str) -> None:
    """Until this transaction ends, nobody else appends to the chains; who began has ended.

    A first link has no row to lock. SQLite's immediate transaction does the same by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            keys = [f"evidence {subject_type} {subject_id}" for subject_id in sorted(subject_ids)]
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) "
                "FROM unnest(%s::text[]) AS key",
                [keys],
            )


def _append(subject_type: str, subject_id: str, kind: str, actor: str, digest: str) -> Event:
    chain = Event.objects.filter(subject_type=subject_type, subject_id=subject_id)
    last = chain.order_by("-sequence").first()
    event = Event(
        subject_type=subject_type,
        subject_id=subject_id,
        sequence=last.sequence + 1 if last else 1,
        kind=kind,
        actor=actor,
        occurred_at=timezone.now(),
        values_digest=digest,
        previous_hash=last.hash if last else "",
    )
    event.hash = hash_event(event)
    event.save(force_insert=True)
    return event


def link_of(event: Event) -> Link:
    """What the event says, as the verifier reads it."""
    return Link(*(getattr(event, name) for name in LINK_FIELDS))._replace(
        occurred_at=written_moment(event.occurred_at)
    )


def hash_event(event: Event) -> str:
    """SHA-256 over everything an event says, and the hash of the one before it."""
    return hash_of(link_of(event))


def written_moment(value: datetime) -> str:
    """A time as it stands in evidence: UTC, to the microsecond."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def verify_chain(subject_type: str, subject_id: str) -> ChainCheck:
    """Recompute a chain: missing, reordered or changed links and forged values are found.

    That the newest links are gone shows only against a head that was noted elsewhere.
    """
    chain = Event.objects.filter(subject_type=subject_type, subject_id=subject_id)
    events = chain.select_related("payload").order_by("sequence")
    verifier = Verifier()
    for position, event in enumerate(events, start=1):
        payload = getattr(event, "payload", None)
        verifier.add(link_of(event), payload and Payload(payload.salt, payload.values))
        if not verifier.report.holds:
            return ChainCheck(len(events), position, verifier.report.faults[0].reason)
    return ChainCheck(len(events))


def erase_payloads(subject_type: str, *subject_ids: str) -> int:
    """Delete the salts and values of subjects; their chains still verify. Returns how many."""
    deleted, _ = EventValues.objects.filter(
        event__subject_type=subject_type, event__subject_id__in=subject_ids
    ).delete()
    return deleted
