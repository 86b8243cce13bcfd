"""The daily head: one number that stands for every event until then."""

import datetime as dt

from django.db import connection, models, transaction
from django.utils import timezone

from ..models import DayHead, Event
from ..verifier import Head, MerkleTree, hash_of
from .chains import wait_for_writers, written_moment
from .waiting import append_waiting

AT_ONCE = 10_000
PATIENCE = "3s"  # Others who write wait as long as we do.


def close_day() -> DayHead | None:
    """Write the head of the day that ended, unless it is written. Safe to call at any time."""
    day = timezone.localdate() - dt.timedelta(days=1)
    if _is_closed(day):
        return None
    append_waiting()  # Later, what happened long ago would look backdated.
    last = _last_settled()
    with transaction.atomic():
        wait_for_writers("evidence", "heads")
        return None if _is_closed(day) else _write(day, last)


def _is_closed(day: dt.date) -> bool:
    return DayHead.objects.filter(date__gte=day).exists()


def _last_settled() -> int:
    """The newest event's number, once nobody can still commit one with a lower number.

    Who has begun to write holds a lock on the table until the end of the transaction. We wait for
    them, and fail rather than keep others waiting; the job is run again.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
                cursor.execute("LOCK TABLE evidence_event IN SHARE MODE")
        return Event.objects.aggregate(last=models.Max("pk"))["last"] or 0


def _write(day: dt.date, last: int) -> DayHead:
    tree = MerkleTree()
    hashes = Event.objects.filter(pk__lte=last).order_by("pk").values_list("hash", flat=True)
    for value in hashes.iterator(AT_ONCE):
        tree.add(value.encode())
    before = DayHead.objects.last()
    head = DayHead(
        date=day,
        count=tree.size,
        root=tree.root(),
        made_at=timezone.now(),
        previous_hash=before.hash if before else "",
    )
    head.hash = hash_of(as_noted(head))
    head.save(force_insert=True)
    return head


def as_noted(head: DayHead) -> Head:
    """What the head says, as the verifier reads it."""
    return Head(
        date=head.date.isoformat(),
        count=head.count,
        root=head.root,
        made_at=written_moment(head.made_at),
        previous_hash=head.previous_hash,
        hash=head.hash,
    )
