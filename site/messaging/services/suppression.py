"""Addresses that get no mail, or no news."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ..models import Suppression
from ..registry import news_listeners
from .news import tell_refusal, unsubscribe


def is_suppressed(email_index: bytes, *, bulk: bool) -> bool:
    """Whether this address must not get this kind of mail now."""
    rows = Suppression.objects.in_force(timezone.now()).stopping(bulk=bulk)
    return rows.filter(email_index=email_index).exists()


def suppressed_among(email_indexes: Sequence[bytes], *, bulk: bool) -> set[bytes]:
    """Those of these addresses that must not get this kind of mail now; one query."""
    rows = Suppression.objects.in_force(timezone.now()).stopping(bulk=bulk)
    found = rows.filter(email_index__in=email_indexes).values_list("email_index", flat=True)
    return {bytes(index) for index in found}


def suppress(
    email_index: bytes,
    scope: Suppression.Scope,
    reason: Suppression.Reason,
    expires_at: datetime | None = None,
) -> None:
    """Hold mail of ``scope`` back from an address. Safe to call twice: the last end counts."""
    Suppression.objects.update_or_create(
        email_index=email_index,
        scope=scope,
        reason=reason,
        defaults={"expires_at": expires_at},
        create_defaults={"expires_at": expires_at, "created_at": timezone.now()},
    )


def stop_news(email_index: bytes) -> None:
    """Send this address no news from now on, mail its owner so, and tell the rooms that asked.

    Safe to call twice.
    """
    with transaction.atomic():
        is_first = not has_stopped_news(email_index)
        suppress(email_index, Suppression.Scope.NEWS, Suppression.Reason.UNSUBSCRIBED)
        if not unsubscribe(email_index) and is_first:
            tell_refusal(email_index)
        for listener in news_listeners:
            listener(email_index, False)


def resume_news(email_index: bytes) -> None:
    """Take back an unsubscription, and tell the rooms that asked. Safe to call twice."""
    with transaction.atomic():
        Suppression.objects.filter(
            email_index=email_index,
            scope=Suppression.Scope.NEWS,
            reason=Suppression.Reason.UNSUBSCRIBED,
        ).delete()
        for listener in news_listeners:
            listener(email_index, True)


def carry_over_stop(old_index: bytes, new_index: bytes) -> None:
    """Somebody who asked for no news has another address now. Safe to call twice."""
    if has_stopped_news(old_index):
        stop_news(new_index)


def stops_of(email_index: bytes) -> list[Suppression]:
    """What mail an address does not get at this moment, oldest first."""
    rows = Suppression.objects.in_force(timezone.now()).filter(email_index=email_index)
    return list(rows.order_by("created_at"))


def has_stopped_news(email_index: bytes) -> bool:
    """Whether the owner of this address asked for no more news."""
    return Suppression.objects.filter(
        email_index=email_index, reason=Suppression.Reason.UNSUBSCRIBED
    ).exists()
