"""Administrators are told that the seal of the site ends, and was not renewed."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from messaging.emails import render_email
from messaging.registry import Email

KEYS_END = "pledges.keys_end"


def warn_of_end(subject: str) -> Email | None:
    """``subject``: the administrator's number and the day. None for who left since."""
    key, day = subject.split(":")
    user = User.objects.filter(pk=key, is_active=True, is_superuser=True).first()
    if user is None:
        return None
    return render_email(
        "pledges/emails/keys_end",
        to=user.email,
        context={"end": date.fromisoformat(day)},
        reason=_("You get this mail because you are an administrator of the site."),
    )
