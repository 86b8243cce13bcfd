"""What a staff log-in knows of itself: whether a factor was used, and when somebody was there."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from .registry import is_personal_screen
from .services import factors_of

LAST_INPUT = "accounts.last_input_at"
IDLE_LIMIT = timedelta(minutes=30)
PERSONAL_IDLE_LIMIT = timedelta(minutes=15)


def is_factor_used(request) -> bool:
    """Whether this log-in passed a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def factor_proved_at(request) -> datetime | None:
    """When this log-in proved its second factor last."""
    records = get_authentication_records(request, request.user)
    proved = [record["at"] for record in records if record.get("method") == "mfa"]
    return datetime.fromtimestamp(max(proved), UTC) if proved else None


def factor_door(user) -> str | None:
    """The name of the screen where this person proves a second factor, if they have one."""
    kinds = set(factors_of(user).values_list("type", flat=True))
    if not kinds:
        return None
    return "mfa_reauthenticate" if "totp" in kinds else "mfa_reauthenticate_webauthn"


def record_factor(request, kind: str) -> None:
    """Who has just proved to hold a new factor need not do so again in this log-in."""
    record_authentication(request, request.user, "mfa", type=kind)


def note_input(request) -> None:
    """Somebody touched keyboard, mouse or screen; a log-in begins with it."""
    request.session[LAST_INPUT] = timezone.now().timestamp()


def note_input_alone(request) -> None:
    """The same while another request of this log-in is under way: what that one writes stays.

    A session is saved as a whole, so its newest words are read under a lock and saved at once.
    """
    key = request.session.session_key
    with transaction.atomic():
        if Session.objects.select_for_update().filter(session_key=key).first():
            request.session = type(request.session)(key)
            note_input(request)
            request.session.save()
            request.session.modified = False


def seconds_left(request, screen: str = "") -> float:
    """How long this log-in lasts if nobody touches anything, looking at ``screen``.

    What is asked for from a screen with personal data counts as that screen. A log-in without a
    clock is over.
    """
    last = request.session.get(LAST_INPUT)
    if last is None:
        return 0
    asked_from = urlsplit(request.headers.get("referer", "")).path
    shown = (screen or request.path, asked_from)
    limit = PERSONAL_IDLE_LIMIT if any(map(is_personal_screen, shown)) else IDLE_LIMIT
    return last + limit.total_seconds() - timezone.now().timestamp()


def end_log_in(request) -> None:
    """End a log-in that nobody touched for long, and leave its cookie, which opens nothing now.

    Several windows hear of the end, the last perhaps after a new log-in: its cookie must stay.
    """
    logout(request)
    request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
