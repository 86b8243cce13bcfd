"""Links in mails to staff: setting a password, taking up an invitation."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from privacy.tokens import mint_token, read_token, revoke_tokens

from .models import INVITATION_LIFETIME, Invitation

PASSWORD = "accounts.password"  # noqa: S105 (a purpose, not a secret)
PASSWORD_LIFETIME = timedelta(hours=1)
INVITATION = "accounts.invitation"


def password_url(user_id: int) -> str:
    """A new link by which a person sets a password."""
    token = mint_token(PASSWORD, str(user_id), PASSWORD_LIFETIME)
    return settings.SITE_URL + reverse("set_password", args=[token])


def read_password_token(token: str) -> int:
    """Whose password it sets. Raises TokenInvalidError or TokenExpiredError."""
    return int(read_token(PASSWORD, token))


def revoke_password_tokens(user_id: int) -> None:
    revoke_tokens(PASSWORD, str(user_id))


def invitation_url(invitation: Invitation) -> str:
    """A new link by which an invitation is taken up."""
    token = mint_token(INVITATION, str(invitation.public_id), INVITATION_LIFETIME)
    return settings.SITE_URL + reverse("accept_invitation", args=[token])


def read_invitation_token(token: str) -> str:
    """The invitation's public id. Raises TokenInvalidError or TokenExpiredError."""
    return read_token(INVITATION, token)


def revoke_invitation_tokens(invitation: Invitation) -> None:
    revoke_tokens(INVITATION, str(invitation.public_id))
