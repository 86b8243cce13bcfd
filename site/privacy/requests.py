"""Where a request comes from, without keeping the address."""

import ipaddress
import logging
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction
from django.utils import timezone
from redis.exceptions import RedisError

from .blind_index import blind_index
from .models import ThrottleCount

logger = logging.getLogger(__name__)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def client_ip(request) -> str:
    """The visitor's address; ``X-Forwarded-For`` is believed only from our own proxies."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop]
    while hops and _is_trusted(address):
        address = hops.pop()
    return address


def comes_from_our_proxy(request) -> bool:
    """Whether our own proxy sent this on, so that its headers can be believed."""
    return _is_trusted(request.META.get("REMOTE_ADDR", ""))


def _is_trusted(address: str) -> bool:
    written = tuple(settings.TRUSTED_PROXIES)
    networks = _networks(written)
    if address in written:  # As a proxy beside us is: there is nothing to be parsed.
        return True
    ip = _parsed(address)
    return ip is not None and any(ip in network for network in networks)


def _parsed(address: str) -> Address | None:
    """An IPv4 address that came over an IPv6 socket counts as what it is."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    return getattr(ip, "ipv4_mapped", None) or ip


@lru_cache(maxsize=4)
def _networks(written: tuple[str, ...]) -> list[Network]:
    try:
        return [ipaddress.ip_network(network, strict=False) for network in written]
    except ValueError as error:
        raise ImproperlyConfigured("TRUSTED_PROXIES must hold addresses or networks.") from error


def throttle(request, name: str, *, limit: int, seconds: int) -> bool:
    """Count this request; whether its address made more than ``limit`` in this window.

    Only a keyed hash of the address is kept for the length of the window: in Redis where there is
    one, else in the database, so that all processes count together. Nobody is turned away because
    the counter is away.
    """
    window = window_of(seconds)
    who = blind_index(f"throttle:{name}", _household(client_ip(request))).hex()[:32]
    key = f"throttle:{name}:{who}:{window}"
    if settings.THROTTLE_IN_DATABASE:
        return _count_in_database(key, seconds) > limit
    return _count_in_cache(key, seconds) > limit


def window_of(seconds: int) -> int:
    """Which stretch of so many seconds this moment is in; the clock begins each, no visitor."""
    return int(datetime.now(UTC).timestamp()) // seconds


def _count_in_database(key: str, seconds: int) -> int:
    expires_at = timezone.now() + timedelta(seconds=seconds * 2)
    try:
        with transaction.atomic():
            return ThrottleCount.objects.count(key, expires_at)
    except DatabaseError as error:
        logger.warning("Nothing is throttled without the database: %s", type(error).__name__)
        return 0


def _count_in_cache(key: str, seconds: int) -> int:
    try:
        if cache.add(key, 1, seconds * 2):
            return 1
        return int(cache.incr(key))
    except ValueError:  # It expired between the two calls.
        return 0
    except (OSError, RedisError) as error:
        logger.warning("Nothing is throttled without the cache: %s", type(error).__name__)
        return 0


def _household(address: str) -> str:
    """The part of an address that one visitor can't change at will: all of IPv4, an IPv6 /64."""
    ip = _parsed(address)
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return address if ip is None else str(ip)
