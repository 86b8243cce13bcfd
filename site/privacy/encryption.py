"""AES-256-GCM for single values. A ciphertext names its key, so keys can be rotated online."""

import base64
import hashlib
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12  # NIST SP 800-38D recommends 96 bits.


class DecryptionError(Exception):
    """The ciphertext was changed, moved to another column, or its key is gone."""


def encrypt(purpose: str, text: str) -> str:
    """``<key id>:<base64>`` of the text, readable only for the same ``purpose``."""
    key_id, cipher = _keys(tuple(settings.FIELD_ENCRYPTION_KEYS))[0]
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + cipher.encrypt(nonce, text.encode(), purpose.encode())
    return f"{key_id}:{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(purpose: str, sealed: str) -> str:
    """The text behind ``encrypt``. Raises DecryptionError."""
    key_id, _, encoded = sealed.partition(":")
    ciphers = dict(_keys(tuple(settings.FIELD_ENCRYPTION_KEYS)))
    if key_id not in ciphers:
        raise DecryptionError(f"No field encryption key has the id {key_id[:8]!r}.")
    try:
        raw = base64.urlsafe_b64decode(encoded)
        nonce, body = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
        return ciphers[key_id].decrypt(nonce, body, purpose.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise DecryptionError("The value was changed or belongs to another column.") from error


def primary_key_id() -> str:
    """The id of the key that encrypts now."""
    return _keys(tuple(settings.FIELD_ENCRYPTION_KEYS))[0][0]


@lru_cache(maxsize=8)
def _keys(encoded: tuple[str, ...]) -> list[tuple[str, AESGCM]]:
    try:
        raw = [base64.b64decode(key, validate=True) for key in encoded if key]
    except ValueError:
        raw = []
    if not raw or any(len(key) != 32 for key in raw):
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS must hold base64 keys of 32 bytes.")
    return [(hashlib.sha256(key).hexdigest()[:8], AESGCM(key)) for key in raw]
