"""Unconfirmed signatures go when their time is up."""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..models import CountDelta, Signature
from .traces import forget_mails, forget_traces

UNCONFIRMED_KEPT = timedelta(days=30)
BATCH = 500
LONGEST_SECONDS = 60


def purge_unconfirmed() -> int:
    """Delete signatures nobody confirmed within 30 days; returns how many. Safe to call twice.

    Ends after a minute at most; what is left goes with the next run.
    """
    moment = timezone.now() - UNCONFIRMED_KEPT
    end = time.monotonic() + LONGEST_SECONDS
    purged = last = 0
    while True:
        keys = _purge_batch(moment, last)
        purged += len(keys)
        if len(keys) < BATCH or time.monotonic() > end:
            return purged
        last = keys[-1]


def _purge_batch(moment: datetime, last: int) -> list[int]:
    """Delete the next rows after the key ``last``; returns their keys."""
    with transaction.atomic():
        # Deleting a row deletes its deltas too, so one that the count still waits for stays.
        rows = list(
            Signature.objects.unconfirmed_since(moment)
            .exclude(Exists(CountDelta.objects.filter(signature=OuterRef("pk"))))
            .select_for_update(skip_locked=True, of=("self",))
            .filter(pk__gt=last)
            .only("public_id", "petition_id", "email_index")
            .order_by("pk")[:BATCH]
        )
        forget_traces(rows)
        forget_mails(rows)
        keys = [row.pk for row in rows]
        Signature.objects.filter(pk__in=keys, status=Signature.Status.UNCONFIRMED).delete()
    return keys
