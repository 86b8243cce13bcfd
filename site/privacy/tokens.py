"""Links that carry a secret: 256 bits, scoped to one purpose, stored only as a hash."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from .models import Token

BYTES = 32


class TokenInvalidError(Exception):
    """No such token was made for this purpose."""


class TokenExpiredError(Exception):
    """The token was made for this purpose, and its time is up."""


def mint_token(purpose: str, subject: str, lifetime: timedelta) -> str:
    """A new secret for ``subject``; only its hash is stored."""
    raw = secrets.token_urlsafe(BYTES)
    now = timezone.now()
    Token.objects.create(
        digest=_digest(purpose, raw),
        purpose=purpose,
        subject=subject,
        created_at=now,
        expires_at=now + lifetime,
    )
    return raw


def read_token(purpose: str, raw: str) -> str:
    """The subject a token was made for. Raises TokenInvalidError or TokenExpiredError."""
    token = Token.objects.filter(digest=_digest(purpose, raw), purpose=purpose).first()
    if token is None:
        raise TokenInvalidError
    if token.expires_at <= timezone.now():
        raise TokenExpiredError
    return token.subject


def revoke_tokens(purpose: str, *subjects: str, keep: str = "") -> int:
    """Make every token of this purpose and these subjects worthless; returns how many.

    The secret ``keep`` stays: the page behind it is being looked at.
    """
    tokens = Token.objects.filter(purpose=purpose, subject__in=subjects)
    deleted, _ = tokens.exclude(digest=_digest(purpose, keep)).delete()
    return deleted


def _digest(purpose: str, raw: str) -> bytes:
    return hashlib.sha256(f"{purpose}\x00{raw}".encode()).digest()
