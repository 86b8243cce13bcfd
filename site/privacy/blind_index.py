"""Finding an encrypted value without reading it."""

import base64
import hashlib
import hmac
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .addresses import canonical_email

LENGTH = 32


def blind_index(purpose: str, value: str) -> bytes:
    """HMAC-SHA256 of a value under the index key, 32 bytes; equal values have equal indexes."""
    keyed = _keyed(settings.BLIND_INDEX_KEY).copy()
    keyed.update(f"{purpose}\x00{value}".encode())
    return keyed.digest()


def address_index(email: str) -> bytes:
    """The blind index under which all spellings of one mailbox are found."""
    return blind_index("email", canonical_email(email))


def name_index(name: str) -> bytes:
    """The blind index by which an exact name is found, whatever its spaces and case."""
    return blind_index("name", "".join(name.split()).casefold())


def index_key_id() -> str:
    """Tells the index key from others without saying anything about it."""
    return blind_index("privacy.index_key_id", "").hex()[:8]


@lru_cache(maxsize=4)
def _keyed(encoded: str) -> hmac.HMAC:
    """An HMAC that has taken its key and no message; to be copied, never to be updated."""
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if len(key) != LENGTH:
        raise ImproperlyConfigured("BLIND_INDEX_KEY must be a base64 key of 32 bytes.")
    return hmac.new(key, digestmod=hashlib.sha256)
