"""A lost factor, leaving, coming back. An account is closed, never deleted."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import log

from messaging.services import enqueue

from ..emails import ACCOUNT_IDLE, FACTOR_RESET, PASSWORD_FORGOTTEN
from ..exceptions import LastAdministratorError, OwnAccountError
from ..models import User, login_key
from ..tokens import revoke_password_tokens
from .actors import because

IDLE_FOR = timedelta(days=90)


def reset_factor(user_id: int, *, by: User, reason: str) -> User:
    """Take away a person's lost second factor; they are told, and begin a new one.

    Every log-in of theirs ends. Refuses with OwnAccountError: who resets must be somebody else.
    """
    if by.pk == user_id:
        raise OwnAccountError
    with transaction.atomic():
        user = _locked(user_id)
        _end_log_ins(user)
        user.save()
        enqueue(FACTOR_RESET, str(user.pk))
        log(user, "accounts.reset_factor", user=by, data={"reason": reason})
    return user


def close_account(user_id: int, *, by: User | None, reason: str) -> User:
    """Close the account of who leaves: log-ins end at once, roles and factors are gone.

    Refuses with OwnAccountError and LastAdministratorError. Safe to call twice.
    """
    if by is not None and by.pk == user_id:
        raise OwnAccountError
    with transaction.atomic(), because(reason):
        # Of two administrators who close each other's account one must stay.
        others = list(_administrators().select_for_update().order_by("pk"))
        user = _locked(user_id)
        if user.is_superuser and not [other for other in others if other.pk != user_id]:
            raise LastAdministratorError
        if user.is_active:
            _close(user, by, reason)
    return user


def reopen_account(user_id: int, *, by: User, reason: str) -> User:
    """Open a closed account again, without any role; its person sets a new password by mail."""
    with transaction.atomic(), because(reason):
        user = _locked(user_id)
        if user.is_active:
            return user
        user.is_active, user.closed_at, user.closed_because = True, None, ""
        # Else it would count as unused the next night.
        user.last_login = timezone.now()
        user.set_unusable_password()
        user.save()
        enqueue(PASSWORD_FORGOTTEN, login_key(user.email).hex())
        log(user, "accounts.reopen", user=by, data={"reason": reason})
    return user


def close_idle_accounts() -> int:
    """Close what nobody logged in to for 90 days, and tell administrators; returns how many.

    Never the last administrator. Safe to call twice.
    """
    return sum(_close_idle(user) for user in _unused(timezone.now() - IDLE_FOR))


def _close_idle(user: User) -> bool:
    try:
        with transaction.atomic():
            close_account(user.pk, by=None, reason="90 days without a log-in")
            for administrator in _administrators().exclude(pk=user.pk):
                enqueue(ACCOUNT_IDLE, f"{administrator.pk}:{user.pk}")
    except LastAdministratorError:
        return False
    return True


def _unused(since: datetime) -> list[User]:
    """The longest unused first, so that the administrator who was here last stays."""
    seen = User.objects.annotate(seen_at=Coalesce("last_login", "date_joined"))
    return list(seen.filter(is_active=True, seen_at__lt=since).order_by("seen_at"))


def _close(user: User, by: User | None, reason: str) -> None:
    user.is_active, user.is_staff, user.is_superuser = False, False, False
    user.closed_at, user.closed_because = timezone.now(), reason
    _end_log_ins(user)
    user.save()  # What was given for a time ends with it: services.grants.
    user.groups.clear()
    user.user_permissions.clear()
    revoke_password_tokens(user.pk)
    log(user, "accounts.close", user=by, data={"reason": reason})


def _end_log_ins(user: User) -> None:
    Authenticator.objects.filter(user_id=user.pk).delete()
    user.session_version += 1


def _locked(user_id: int) -> User:
    return User.objects.select_for_update().get(pk=user_id)


def _administrators() -> QuerySet[User]:
    return User.objects.filter(is_active=True, is_superuser=True)
