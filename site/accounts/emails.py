"""Mails to staff about their accounts. Built when they are sent, from what is true then."""

import uuid
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.models import DayHead
from messaging.emails import render_email
from messaging.registry import Email

from .models import INVITATION_LIFETIME, Invitation, User, login_key
from .tokens import invitation_url, password_url

ACCOUNT_LOCKED = "accounts.locked"
FACTOR_CHANGED = "accounts.factor_changed"
PASSWORD_FORGOTTEN = "accounts.password_forgotten"  # noqa: S105 (a purpose, not a secret)
INVITATION = "accounts.invitation"
FACTOR_RESET = "accounts.factor_reset"
ACCOUNT_IDLE = "accounts.idle"
MONTHLY_SEAL = "accounts.monthly_seal"
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
    user = _active(subject)
    return _mail("password_changed", user) if user else None


def tell_factor_changed(subject: str) -> Email | None:
    """A second factor was added or taken away."""
    user = _active(subject)
    return _mail("factor_changed", user) if user else None


def send_invitation(subject: str) -> Email | None:
    """The link by which an invited person becomes staff."""
    invitation = Invitation.objects.open().filter(public_id=uuid.UUID(subject)).first()
    if invitation is None:
        return None
    return render_email(
        "accounts/emails/invitation",
        to=invitation.email,
        context={
            "name": invitation.name,
            "invitation_url": invitation_url(invitation),
            "days": INVITATION_LIFETIME.days,
        },
        reason=_("You get this mail because an administrator of this site invited you."),
    )


def tell_factor_reset(subject: str) -> Email | None:
    """An administrator reset the second factor; the next log-in begins a new one."""
    user = _active(subject)
    return _mail("factor_reset", user) if user else None


def tell_idle(subject: str) -> Email | None:
    """To an administrator: an account that nobody used was closed. ``administrator:account``."""
    administrator, closed = (User.objects.filter(pk=key).first() for key in subject.split(":"))
    if administrator is None or closed is None or not administrator.is_active:
        return None
    return _mail("idle", administrator, person=closed.get_full_name() or closed.email)


def send_monthly_seal(subject: str) -> Email | None:
    """The seal of a month's last day, so that it stands outside this site too."""
    number, _colon, day = subject.partition(":")
    user = _active(number)
    head = DayHead.objects.filter(pk=date.fromisoformat(day)).first()
    if user is None or head is None:
        return None
    url = settings.SITE_URL + reverse("evidence:show-heads")
    return _mail("monthly_seal", user, head=head, heads_url=url)


def _active(key: str) -> User | None:
    return User.objects.filter(pk=int(key), is_active=True).first()


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
