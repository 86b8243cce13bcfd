"""Mails to staff about the coalition's bank accounts."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from messaging.emails import render_email
from messaging.registry import Email

from .models import AccountChange

CHANGE_ASKED = "payments.account_change_asked"
CHANGE_DECIDED = "payments.account_change_decided"


def tell_change_asked(subject: str) -> Email | None:
    """A change of a bank account waits for somebody else's approval. ``change:person``."""
    return _mail("account_change_asked", subject)


def tell_change_decided(subject: str) -> Email | None:
    """A bank account has changed, or a change was refused. ``change:person``."""
    return _mail("account_change_decided", subject)


def _mail(name: str, subject: str) -> Email | None:
    change_pk, user_pk = subject.split(":")
    change = AccountChange.objects.select_related("asked_by", "decided_by").filter(pk=change_pk)
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    found = change.first()
    if found is None or user is None:
        return None
    return render_email(
        f"payments/emails/{name}",
        to=user.email,
        context={
            "name": user.get_full_name(),
            "change": found,
            "url": settings.SITE_URL + reverse("payments_accounts"),
        },
        reason=_("You get this mail because you keep this site's accounts, or approve changes."),
    )
