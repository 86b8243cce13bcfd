"""Links by which people stop news."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from privacy.tokens import mint_token, read_token

UNSUBSCRIBE = "messaging.unsubscribe"
LIFETIME = timedelta(days=730)


def unsubscribe_url(email_index: bytes) -> str:
    """A new link by which the owner of an address stops news."""
    token = mint_token(UNSUBSCRIBE, email_index.hex(), LIFETIME)
    return settings.SITE_URL + reverse("messaging:stop-news", args=[token])


def read_unsubscribe_token(token: str) -> bytes:
    """The blind index of the address. Raises TokenInvalidError or TokenExpiredError."""
    return bytes.fromhex(read_token(UNSUBSCRIBE, token))
