"""Forgotten passwords."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from messaging.models import OutboxMessage
from messaging.services import enqueue, is_asked_since

from ..emails import PASSWORD_CHANGED, PASSWORD_FORGOTTEN
from ..exceptions import AccountClosedError
from ..models import User, login_key
from ..tokens import revoke_password_tokens
from .attempts import pass_attempt

PAUSE = timedelta(minutes=1)
MOST_A_DAY = 5


def ask_for_password(email: str) -> None:
    """Have a link mailed by which the owner of the address sets a new password.

    Does the same for an address without an account; the mail's builder looks. At most one mail a
    minute and five a day, silently.
    """
    subject, now = login_key(email).hex(), timezone.now()
    asked = OutboxMessage.objects.filter(
        purpose=PASSWORD_FORGOTTEN, subject=subject, created_at__gt=now - timedelta(days=1)
    )
    if is_asked_since(PASSWORD_FORGOTTEN, subject, now - PAUSE) or asked.count() >= MOST_A_DAY:
        return
    enqueue(PASSWORD_FORGOTTEN, subject)


def set_password(user_id: int, password: str) -> User:
    """Give a person a new password; every log-in with the old one ends, and so does a lock.

    The second factor stays. Refuses with AccountClosedError for who left meanwhile.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        if not user.is_active:
            raise AccountClosedError
        user.set_password(password)
        user.save(update_fields=["password"])
        revoke_password_tokens(user.pk)
        enqueue(PASSWORD_CHANGED, str(user.pk))
    pass_attempt(login_key(user.email))
    return user
