"""Wrong passwords and codes, counted in the database: one count for all processes."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from messaging.services import enqueue
from privacy.blind_index import blind_index

from ..emails import ACCOUNT_LOCKED
from ..exceptions import TooManyAttemptsError
from ..models import AttemptCount, User, login_key

MOST_ATTEMPTS = 5
LOCKED_FOR = timedelta(minutes=10)
KEPT_FOR = timedelta(days=1)


def factor_key(user: User) -> bytes:
    """Under which tries of a person's codes are counted."""
    return blind_index("accounts.factor", str(user.pk))


def begin_attempt(key: bytes) -> int:
    """Count a try before it is checked, so that many at once are no more than allowed.

    Returns which one it is. Refuses with TooManyAttemptsError.
    """
    now = timezone.now()
    with transaction.atomic():
        row, _ = AttemptCount.objects.select_for_update().get_or_create(
            key=key, defaults={"last_at": now}
        )
        if now - row.last_at >= LOCKED_FOR:
            row.count = 0
        if row.count >= MOST_ATTEMPTS:
            raise TooManyAttemptsError
        row.count, row.last_at = row.count + 1, now
        row.save()
    return row.count


def fail_attempt(attempt: int, email: str) -> None:
    """After the last wrong try, tell the owner of the address by mail.

    The mail is asked for whether or not there is such an account: its builder looks. So an answer
    takes as long for an address that nobody has.
    """
    if attempt >= MOST_ATTEMPTS:
        enqueue(ACCOUNT_LOCKED, login_key(email).hex())


def pass_attempt(key: bytes) -> None:
    """Forget the wrong tries: the right one came."""
    AttemptCount.objects.filter(key=key).update(count=0)


def purge_attempts() -> int:
    """Delete counts that are long over; returns how many. Safe to call twice."""
    over = AttemptCount.objects.filter(last_at__lt=timezone.now() - KEPT_FOR)
    return over.delete()[0]
