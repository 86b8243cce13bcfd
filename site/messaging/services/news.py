"""Who gets news: agreed, told of it, asked again every two years, and out at one word."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from privacy.addresses import canonical_email
from privacy.blind_index import blind_index
from privacy.models import ConsentDefinition
from privacy.services import withdraw_kind

from ..emails import NEWS_REMINDER, NEWS_RESULT
from ..models import NewsChoice, Subscriber, Suppression
from ..registry import known_address
from .outbox import enqueue

YEARS_APART = 2
ASKED_AHEAD = timedelta(days=30)
BATCH = 500


def subscribe(email: str, subject: uuid.UUID, *, agreed_at: datetime | None = None) -> None:
    """Send news to this mailbox from now on, and mail its owner that and when they agreed.

    ``subject`` is under whom the consent is recorded. An earlier refusal ends: this is a new word.
    Safe to call twice.
    """
    index, now = _index(email), agreed_at or timezone.now()
    with transaction.atomic():
        _forget_refusal(index)
        row = Subscriber.objects.select_for_update().filter(email_index=index).first()
        if row and row.subject == subject:
            return
        Subscriber.objects.update_or_create(
            email_index=index,
            defaults={
                "email": email,
                "subject": subject,
                "agreed_at": now,
                "confirm_by": _years_after(now, YEARS_APART),
                "asked_at": None,
            },
        )
        _tell(email, wants=True, chosen_at=now)


def unsubscribe(email_index: bytes) -> bool:
    """End the subscription of a mailbox, and mail its owner that it ended. Safe to call twice."""
    with transaction.atomic():
        row = Subscriber.objects.select_for_update().filter(email_index=email_index).first()
        if row is None:
            return False
        row.delete()
        withdraw_kind(row.subject, ConsentDefinition.Kind.NEWS)
        _tell(row.email, wants=False, chosen_at=timezone.now())
    return True


def tell_refusal(email_index: bytes) -> None:
    """Mail the result of a refusal to a mailbox that had no subscription, if it is known."""
    if email := known_address(email_index):
        _tell(email, wants=False, chosen_at=timezone.now())


def subscriber_of(email_index: bytes) -> Subscriber | None:
    return Subscriber.objects.filter(email_index=email_index).first()


def subjects_with_news(subjects: list[uuid.UUID]) -> set[uuid.UUID]:
    """Those under whose consent news is sent."""
    found = Subscriber.objects.filter(subject__in=subjects)
    return set(found.values_list("subject", flat=True))


def move_subscriber(subject: uuid.UUID, email: str) -> None:
    """Send news to the other mailbox of the same person. Safe to call twice."""
    index = _index(email)
    with transaction.atomic():
        row = Subscriber.objects.select_for_update().filter(subject=subject).first()
        if row is None:
            return
        if Subscriber.objects.filter(email_index=index).exclude(pk=row.pk).exists():
            row.delete()  # The other mailbox gets news by its own consent.
            return
        row.email, row.email_index = email, index
        row.save(update_fields=["email", "email_index"])


def pass_subscription(row: Subscriber, subject: uuid.UUID) -> None:
    """The same mailbox also agreed under ``subject``, which stays when the other goes."""
    Subscriber.objects.filter(pk=row.pk).update(subject=subject)


def remind_subscribers() -> int:
    """Tell everybody whose two years are nearly over that and when they agreed, and how to stop.

    Returns how many. Each mailbox once per two years, counted from its consent; silence keeps the
    consent. Safe to kill and to call twice.
    """
    until, asked = timezone.localdate() + ASKED_AHEAD, 0
    while number := _remind_batch(until):
        asked += number
    return asked


def _remind_batch(until: date) -> int:
    with transaction.atomic():
        due = Subscriber.objects.to_be_asked(until).order_by("pk")
        rows = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        for row in rows:
            row.asked_at = timezone.now()
            row.confirm_by = next(day for day in _anniversaries(row.agreed_at) if day > until)
            enqueue(NEWS_REMINDER, str(row.pk))
        Subscriber.objects.bulk_update(rows, ["asked_at", "confirm_by"])
    return len(rows)


def _anniversaries(agreed_at: datetime) -> Iterator[date]:
    years = 0
    while True:
        years += YEARS_APART
        yield _years_after(agreed_at, years)


def _years_after(moment: datetime, years: int) -> date:
    day = timezone.localdate(moment)
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)


def _forget_refusal(email_index: bytes) -> None:
    Suppression.objects.filter(
        email_index=email_index,
        scope=Suppression.Scope.NEWS,
        reason=Suppression.Reason.UNSUBSCRIBED,
    ).delete()


def _tell(email: str, *, wants: bool, chosen_at: datetime) -> None:
    choice = NewsChoice.objects.create(
        email=email, email_index=_index(email), wants=wants, chosen_at=chosen_at
    )
    enqueue(NEWS_RESULT, str(choice.pk))


def _index(email: str) -> bytes:
    return blind_index("email", canonical_email(email))
