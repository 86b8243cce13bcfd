"""The monthly review of the access log."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from evidence.services import record_event, wait_for_writers

from ..dates import month_of, next_month
from ..exceptions import AlreadySignedOffError, MonthNotOverError
from ..models import AccessEntry, AccessReview
from .access import CHAIN


def months_to_review() -> list[date]:
    """The months that are over, since the log began, and that nobody signed off; oldest first."""
    began = AccessEntry.objects.order_by("accessed_at").values_list("accessed_at").first()
    if began is None:
        return []
    month, this_month = month_of(began[0]), month_of(timezone.now())
    signed = set(AccessReview.objects.filter(month__gte=month).values_list("month", flat=True))
    waiting = []
    while month < this_month:
        if month not in signed:
            waiting.append(month)
        month = next_month(month)
    return waiting


def sign_off_month(month: date, *, reviewer: AbstractBaseUser, note: str) -> AccessReview:
    """Note that a month of the log was gone through, and what it held then.

    Raises MonthNotOverError and AlreadySignedOffError.
    """
    if month >= month_of(timezone.now()):
        raise MonthNotOverError
    with transaction.atomic():
        wait_for_writers(CHAIN, str(month.year))
        if AccessReview.objects.filter(pk=month).exists():
            raise AlreadySignedOffError
        return _sign_off(month, reviewer, note)


def _sign_off(month: date, reviewer: AbstractBaseUser, note: str) -> AccessReview:
    entries = AccessEntry.objects.in_month(month)
    last = entries.order_by("pk").values_list("event__hash", flat=True).last()
    review = AccessReview.objects.create(
        month=month,
        reviewer_id=reviewer.pk,
        note=note,
        count=entries.count(),
        head_hash=last or "",
        signed_at=timezone.now(),
    )
    record_event(
        subject_type="access review",
        subject_id=str(review),
        kind="signed off",
        actor=str(reviewer.pk),
        values={"count": review.count, "head_hash": review.head_hash},
    )
    return review
