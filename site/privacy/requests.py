"""Where a request comes from, without keeping the address."""

import ipaddress
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache

from .blind_index import blind_index


def client_ip(request) -> str:
    """The visitor's address; ``X-Forwarded-For`` is believed only from our own proxies."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop]
    while hops and _is_trusted(address):
        address = hops.pop()
    return address


def _is_trusted(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
        return any(ip in ipaddress.ip_network(net) for net in settings.TRUSTED_PROXIES)
    except ValueError:
        return False


def throttle(request, name: str, *, limit: int, seconds: int) -> bool:
    """Count this request; whether its address made more than ``limit`` in this window.

    Only a keyed hash of the address is kept, in the cache, for the length of the window.
    """
    window = int(datetime.now(UTC).timestamp()) // seconds
    who = blind_index(f"throttle:{name}", client_ip(request)).hex()[:32]
    key = f"throttle:{name}:{who}:{window}"
    if cache.add(key, 1, seconds * 2):
        return limit < 1
    try:
        return cache.incr(key) > limit
    except ValueError:  # It expired between the two calls.
        return False
