"""Mails to staff about their accounts. Built when they are sent, from what is true then."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from messaging.emails import render_email
from messaging.registry import Email

from .models import User, login_key
from .tokens import password_url

ACCOUNT_LOCKED = "accounts.locked"
FACTOR_CHANGED = "accounts.factor_changed"
PASSWORD_FORGOTTEN = "accounts.password_forgotten"  # noqa: S105 (a purpose, not a secret)
PASSWORD_CHANGED = "accounts.password_changed"  # noqa: S105 (the same)


def tell_locked(subject: str) -> Email | None:
    """Somebody tried wrong passwords; nothing for an address without an account."""
    user = _owner_of(subject)
    return _mail("locked", user) if user else None


def send_password_link(subject: str) -> Email | None:
    """The link by which a password is set; nothing for an address without an account."""
    user = _owner_of(subject)
    return _mail("password_forgotten", user, password_url=password_url(user.pk)) if user else None


def tell_password_changed(subject: str) -> Email | None:
    """A new password was set by a mailed link."""
    user = User.objects.filter(pk=int(subject), is_active=True).first()
    return _mail("password_changed", user) if user else None


def tell_factor_changed(subject: str) -> Email | None:
    """A second factor was added or taken away."""
    user = User.objects.filter(pk=int(subject), is_active=True).first()
    return _mail("factor_changed", user) if user else None


def _owner_of(key: str) -> User | None:
    """Whose address is counted under this key; staff are few."""
    staff = User.objects.filter(is_active=True)
    return next((user for user in staff if login_key(user.email).hex() == key), None)


def _mail(name: str, user: User, **context: object) -> Email:
    return render_email(
        f"accounts/emails/{name}",
        to=user.email,
        context={
            "name": user.get_full_name(),
            "login_url": settings.SITE_URL + reverse("account_login"),
            **context,
        },
        reason=_("You get this mail because you have a staff account on this site."),
    )
