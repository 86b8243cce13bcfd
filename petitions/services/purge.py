"""Unconfirmed signatures go when their time is up."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from privacy.services import forget_subject

from ..models import CountDelta, Signature

UNCONFIRMED_KEPT = timedelta(days=30)
BATCH = 500


def purge_unconfirmed() -> int:
    """Delete signatures nobody confirmed within 30 days; returns how many. Safe to call twice."""
    moment = timezone.now() - UNCONFIRMED_KEPT
    with transaction.atomic():
        # Deleting a row deletes its deltas too, so one that the count still waits for stays.
        rows = list(
            Signature.objects.unconfirmed_since(moment)
            .exclude(Exists(CountDelta.objects.filter(signature=OuterRef("pk"))))
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("pk")[:BATCH]
        )
        for row in rows:
            forget_subject(row.public_id)
        Signature.objects.filter(
            pk__in=[row.pk for row in rows], status=Signature.Status.UNCONFIRMED
        ).delete()
    return len(rows)
