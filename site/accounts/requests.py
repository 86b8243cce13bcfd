"""What a staff log-in knows of itself: whether a factor was used, and when somebody was there."""

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.utils import timezone

LAST_INPUT = "accounts.last_input_at"
IDLE_MINUTES = "accounts.idle_minutes"
IDLE_LIMIT = 30
PERSONAL_IDLE_LIMIT = 15


def is_factor_used(request) -> bool:
    """Whether this log-in passed a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def record_factor(request, kind: str) -> None:
    """Who has just proved to hold a new factor need not do so again in this log-in."""
    record_authentication(request, request.user, "mfa", type=kind)


def begin_session(request) -> None:
    """Start the clock of a new log-in."""
    request.session[LAST_INPUT] = timezone.now().timestamp()
    request.session[IDLE_MINUTES] = IDLE_LIMIT


def note_input(request) -> None:
    """Somebody touched keyboard, mouse or screen."""
    request.session[LAST_INPUT] = timezone.now().timestamp()


def idle_end(request) -> datetime | None:
    """When this log-in ends if nobody touches anything; None for one that has no clock."""
    last = request.session.get(LAST_INPUT)
    if last is None:
        return None
    limit = timedelta(minutes=request.session.get(IDLE_MINUTES, PERSONAL_IDLE_LIMIT))
    return datetime.fromtimestamp(last, tz=timezone.get_current_timezone()) + limit
