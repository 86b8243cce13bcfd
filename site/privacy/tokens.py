"""Links that carry a secret: 256 bits, scoped to one purpose, stored only as a hash."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from .models import Token

BYTES = 32
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another when read aloud
REFERENCE_LENGTH = 8


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


def make_reference() -> str:
    """A public number that tells nothing, such as 7K3D-92QF."""
    signs = random_signs(REFERENCE_LENGTH)
    return f"{signs[:4]}-{signs[4:]}"


def random_signs(length: int) -> str:
    """Letters and digits that can be read aloud, from the machine's own chance."""
    chance, signs = secrets.randbelow(len(REFERENCE_ALPHABET) ** length), ""
    for _ in range(length):
        chance, place = divmod(chance, len(REFERENCE_ALPHABET))
        signs += REFERENCE_ALPHABET[place]
    return signs


def revoke_tokens(purpose: str, *subjects: str, keep: str = "") -> int:
    """Make every token of this purpose and these subjects worthless; returns how many.

    The secret ``keep`` stays: the page behind it is being looked at.
    """
    tokens = Token.objects.filter(purpose=purpose, subject__in=subjects)
    deleted, _ = tokens.exclude(digest=_digest(purpose, keep)).delete()
    return deleted


def _digest(purpose: str, raw: str) -> bytes:
    return hashlib.sha256(f"{purpose}\x00{raw}".encode()).digest()
