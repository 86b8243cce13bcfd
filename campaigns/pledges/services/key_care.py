"""Certificates and lists end; they are renewed in time, and somebody is told where that fails."""

from datetime import UTC, datetime, timedelta

from accounts.models import User
from messaging.services import enqueue, is_asked_since

from ..emails.keys import KEYS_END
from ..exceptions import SigningKeysMissingError
from ..gateways.signing_keys import (
    ALARM_DAYS,
    SEAL_DAYS,
    read_public_part,
    renew_revocations,
    renew_seal,
)

AGAIN = timedelta(days=7)
# The seal is renewed long before; what is left when its renewal has failed for two months.
SEAL_ALARM_DAYS = SEAL_DAYS // 3


def tend_keys() -> bool:
    """Renew what ends, and tell administrators of what could not be renewed.

    Whether something was renewed. Safe to call every day: of the same they hear once a week.
    """
    try:
        renewed = [renew_seal(), renew_revocations()]
    except FileNotFoundError:  # Before the first keys, or after one was lost.
        renewed = []
    if (end := first_end()) is not None:
        _tell(end)
    return any(renewed)


def first_end() -> datetime | None:
    """When the first of what could not be renewed ends, if that is soon; None if all is well."""
    try:
        keys = read_public_part()
    except SigningKeysMissingError:
        return None
    now = datetime.now(UTC)
    limits = ((keys.revocations_end, ALARM_DAYS), (keys.seal_ends, SEAL_ALARM_DAYS))
    soon = [end for end, days in limits if end - now <= timedelta(days=days)]
    return min(soon, default=None)


def _tell(end: datetime) -> None:
    since = datetime.now(UTC) - AGAIN
    for user in User.objects.filter(is_active=True, is_superuser=True):
        key = f"{user.pk}:{end:%Y-%m-%d}"
        if not is_asked_since(KEYS_END, key, since):
            enqueue(KEYS_END, key)
