"""Finding an encrypted value without reading it."""

import base64
import hashlib
import hmac
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LENGTH = 32


def blind_index(purpose: str, value: str) -> bytes:
    """HMAC-SHA256 of a value under the index key, 32 bytes; equal values have equal indexes."""
    message = f"{purpose}\x00{value}".encode()
    return hmac.digest(_key(settings.BLIND_INDEX_KEY), message, hashlib.sha256)


@lru_cache(maxsize=4)
def _key(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if len(key) != LENGTH:
        raise ImproperlyConfigured("BLIND_INDEX_KEY must be a base64 key of 32 bytes.")
    return key
