"""AES-256-GCM for single values. A ciphertext names its key, so keys can be rotated online."""

import base64
import hashlib
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

KEY_ID_LENGTH = 8
NONCE_BYTES = 12  # NIST SP 800-38D recommends 96 bits.


class DecryptionError(Exception):
    """The ciphertext was changed, moved to another column, or its key is gone."""


class KeyMissingError(DecryptionError):
    """None of our keys made the ciphertext."""


class Unreadable(str):
    """Stands for a text whose key is not here. Saved, it is the ciphertext that it was."""

    def __new__(cls, sealed: str):
        words = _("unreadable (key %(key)s is missing)") % {"key": key_id_of(sealed)}
        text = super().__new__(cls, words)
        text.sealed = sealed
        return text

    def __getnewargs__(self):
        return (self.sealed,)


def encrypt(purpose: str, text: str) -> str:
    """``<key id>:<base64>`` of the text, readable only for the same ``purpose``."""
    key_id, cipher = _keys(tuple(settings.FIELD_ENCRYPTION_KEYS))[0]
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + cipher.encrypt(nonce, text.encode(), purpose.encode())
    return f"{key_id}:{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(purpose: str, sealed: str) -> str:
    """The text behind ``encrypt``. Raises DecryptionError."""
    key_id, _colon, encoded = sealed.partition(":")
    ciphers = dict(_keys(tuple(settings.FIELD_ENCRYPTION_KEYS)))
    if key_id not in ciphers:
        raise KeyMissingError(f"No field encryption key has the id {key_id[:8]!r}.")
    try:
        raw = base64.urlsafe_b64decode(encoded)
        nonce, body = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
        return ciphers[key_id].decrypt(nonce, body, purpose.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise DecryptionError("The value was changed or belongs to another column.") from error


def primary_key_id() -> str:
    """The id of the key that encrypts now."""
    return field_key_ids()[0]


def field_key_ids() -> list[str]:
    """The ids of all keys that can decrypt, the one that encrypts first."""
    return [key_id for key_id, _cipher in _keys(tuple(settings.FIELD_ENCRYPTION_KEYS))]


def key_id_of(sealed: str) -> str:
    """The id of the key that made a ciphertext."""
    return sealed.partition(":")[0][:KEY_ID_LENGTH]


@lru_cache(maxsize=8)
def _keys(encoded: tuple[str, ...]) -> list[tuple[str, AESGCM]]:
    try:
        raw = [base64.b64decode(key, validate=True) for key in encoded if key]
    except ValueError:
        raw = []
    if not raw or any(len(key) != 32 for key in raw):
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS must hold base64 keys of 32 bytes.")
    return [(hashlib.sha256(key).hexdigest()[:KEY_ID_LENGTH], AESGCM(key)) for key in raw]
