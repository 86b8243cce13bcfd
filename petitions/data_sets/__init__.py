"""What this app keeps about people, for /my/, retention and the privacy policy."""

from .blocks import BLOCKED_ADDRESSES
from .signatures import SIGNATURES

__all__ = ["BLOCKED_ADDRESSES", "SIGNATURES"]
