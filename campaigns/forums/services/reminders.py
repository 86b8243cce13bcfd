"""What people are reminded of, once each: the deadline, and the day.

By a daily job in the morning. Nobody is reminded of what a mail told them within the last half day.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from messaging.services import asked_among, enqueue_all
from payments.models import Payment

from ..emails import FORUM_NEAR, ORDER_DUE
from ..models import PAYMENT_PURPOSE, ForumPage, Order

TOLD_LATELY = timedelta(hours=12)
BATCH = 500


def remind_payers() -> int:
    """Remind of a deadline that ends today or tomorrow; returns how many mails. Safe twice."""
    now = timezone.now()
    due = Payment.objects.open().filter(
        purpose=PAYMENT_PURPOSE, due_at__gt=now, due_at__lte=_end_of_tomorrow(now)
    )
    subjects = list(due.values_list("subject", flat=True))
    waiting = Order.objects.filter(status=Order.Status.WAITING, created_at__lt=now - TOLD_LATELY)
    waiting = waiting.filter(forum__change=ForumPage.Change.NONE)
    return sum(
        _remind(waiting.filter(public_id__in=subjects[start : start + BATCH]), ORDER_DUE)
        for start in range(0, len(subjects), BATCH)
    )


def remind_participants() -> int:
    """Remind of a forum that begins today or tomorrow; returns how many mails. Safe twice."""
    now = timezone.now()
    forums = ForumPage.objects.live().filter(
        change=ForumPage.Change.NONE, starts_at__gt=now, starts_at__lte=_end_of_tomorrow(now)
    )
    confirmed = Order.objects.confirmed().filter(
        forum__in=list(forums), confirmed_at__lt=now - TOLD_LATELY
    )
    sent, last = 0, 0
    while rows := list(confirmed.filter(pk__gt=last).order_by("pk")[:BATCH].values_list("pk")):
        pks = [pk for (pk,) in rows]
        sent, last = sent + _remind(confirmed.filter(pk__in=pks), FORUM_NEAR), pks[-1]
    return sent


@transaction.atomic
def _remind(orders: Any, purpose: str) -> int:
    """Locked, so that two workers do not both find that nobody was asked yet."""
    known = orders.filter(anonymised_at=None, email_index__isnull=False)
    subjects = [str(row.public_id) for row in _locked(known)]
    new = set(subjects) - asked_among(purpose, subjects)
    enqueue_all(purpose, sorted(new))
    return len(new)


def _locked(orders: Any) -> Sequence[Order]:
    rows = orders.select_for_update(of=("self",)).only("public_id")
    return list(rows.order_by("public_id"))


def _end_of_tomorrow(now: datetime) -> datetime:
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.max))
