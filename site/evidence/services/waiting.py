"""Events that may not cost their writer more than a statement: noted now, chained within seconds.

Whoever notes events of a subject holds a lock on the subject, so that they wait in the order in
which they happened.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from ..models import Event, EventValues, WaitingEvent
from ..verifier import digest_values
from .chains import as_stored, hash_event, make_salt, wait_for_writers

BATCH = 500


class Noted(NamedTuple):
    """What happened to a subject, as ``record_event`` takes it."""

    subject_id: str
    kind: str
    actor: str
    values: dict[str, object]


def note_events(subject_type: str, events: Sequence[Noted]) -> None:
    """Have events appended to their chains soon; one statement, in the caller's transaction."""
    now = timezone.now()
    WaitingEvent.objects.bulk_create(
        WaitingEvent(
            subject_type=subject_type,
            subject_id=event.subject_id,
            kind=event.kind,
            actor=event.actor,
            occurred_at=now,
            values=as_stored(event.values),
        )
        for event in events
    )


def append_waiting() -> int:
    """Append to the chains what waits for it; returns how many. Safe to kill and to call twice."""
    appended = 0
    while number := _append_batch():
        appended += number
    return appended


@transaction.atomic
def _append_batch() -> int:
    wait_for_writers("evidence", "waiting")
    # Who appends for one subject at this moment holds its rows, and perhaps others' chains.
    rows = WaitingEvent.objects.order_by("pk").select_for_update(skip_locked=True)
    by_type = defaultdict(list)
    for row in rows[:BATCH]:
        by_type[row.subject_type].append(row)
    for subject_type in sorted(by_type):
        _append(subject_type, by_type[subject_type])
    return sum(map(len, by_type.values()))


@transaction.atomic(savepoint=False)
def append_waiting_of(subject_type: str, *subject_ids: str) -> None:
    """The same for some subjects, before one that happened later is recorded for them."""
    rows = WaitingEvent.objects.filter(subject_type=subject_type, subject_id__in=subject_ids)
    if waiting := list(rows.order_by("pk").select_for_update()):
        _append(subject_type, waiting)


def _append(subject_type: str, rows: Sequence[WaitingEvent]) -> None:
    ids = {row.subject_id for row in rows}
    wait_for_writers(subject_type, *ids)
    links = Event.objects.filter(subject_type=subject_type, subject_id__in=ids)
    known = links.order_by("sequence").values_list("subject_id", "sequence", "hash")
    last = {subject_id: (sequence, hashed) for subject_id, sequence, hashed in known}
    events, payloads = [], []
    for row in rows:
        event, payload = _linked(row, *last.get(row.subject_id, (0, "")))
        last[row.subject_id] = event.sequence, event.hash
        events.append(event)
        payloads.append(payload)
    Event.objects.bulk_create(events)
    EventValues.objects.bulk_create(payloads)
    WaitingEvent.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _linked(row: WaitingEvent, sequence: int, previous_hash: str) -> tuple[Event, EventValues]:
    salt = make_salt()
    event = Event(
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        sequence=sequence + 1,
        kind=row.kind,
        actor=row.actor,
        occurred_at=row.occurred_at,
        values_digest=digest_values(salt, row.values),
        previous_hash=previous_hash,
    )
    event.hash = hash_event(event)
    return event, EventValues(event=event, salt=salt, values=row.values)
