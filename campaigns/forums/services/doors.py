"""Phones at the door: let in by a supervisor's QR, for one day, with nobody's log-in."""

import hashlib
import secrets
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User

from ..exceptions import DoorClosedError
from ..models import Door, ForumPage

BYTES = 32
TELLING = timedelta(hours=12)  # After midnight: what a phone did without network is still heard.


def make_door(forum: ForumPage, label: str, *, user: User) -> tuple[Door, str]:
    """A place for a phone until midnight, and the secret of its QR; only a hash of it is kept."""
    raw, now = secrets.token_urlsafe(BYTES), timezone.now()
    door = Door.objects.create(
        forum=forum,
        label=label,
        token_hash=_digest(raw),
        made_by=user,
        made_at=now,
        ends_at=_midnight_after(now),
    )
    return door, raw


def enrol_phone(raw: str) -> str:
    """Give the phone that shows a QR's secret one of its own. One phone only, and only once.

    Raises DoorClosedError.
    """
    secret, now = secrets.token_urlsafe(BYTES), timezone.now()
    waiting = _open(now).filter(token_hash=_digest(raw), enrolled_at=None)
    if not waiting.update(enrolled_at=now, device_hash=_digest(secret)):
        raise DoorClosedError
    return secret


def waits_for_phone(raw: str) -> bool:
    """Whether this QR still lets a phone in."""
    waiting = _open(timezone.now()).filter(token_hash=_digest(raw), enrolled_at=None)
    return bool(waiting.exists())


def door_of(secret: str) -> Door:
    """The door at which the phone with this secret stands; one query. Raises DoorClosedError."""
    rows = _open(timezone.now()).filter(device_hash=_digest(secret))
    door = rows.select_related("forum", "made_by").first()
    if door is None:
        raise DoorClosedError
    return door


def door_that_tells(secret: str) -> Door:
    """The same, for what its phone did before: heard until noon of the next day, closed or not.

    It shows nobody. One query. Raises DoorClosedError.
    """
    rows = Door.objects.filter(device_hash=_digest(secret), ends_at__gt=timezone.now() - TELLING)
    door = rows.select_related("forum").first()
    if door is None:
        raise DoorClosedError
    return door


def close_door(door: Door) -> None:
    """End it before midnight. Safe to call twice."""
    Door.objects.filter(pk=door.pk, closed_at=None).update(closed_at=timezone.now())


def _open(now: datetime):  # type: ignore[no-untyped-def]  # a queryset
    return Door.objects.filter(closed_at=None, ends_at__gt=now)


def _digest(raw: str) -> bytes:
    return hashlib.sha256(raw.encode()).digest()


def _midnight_after(now: datetime) -> datetime:
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
