from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.utils import timezone

from privacy.models import ThrottleCount
from privacy.requests import client_ip, throttle
from privacy.services import purge_throttle_counts


@pytest.fixture
def sent(rf):
    """A request as our server gets it: who connected, and what the header claims."""

    def make(remote, forwarded=None):
        headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
        return rf.get("/", REMOTE_ADDR=remote, headers=headers)

    return make


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "visitor"),
    [
        ([], "203.0.113.9", None, "203.0.113.9"),
        ([], "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (["10.0.0.0/8"], "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (["10.0.0.0/8"], "10.0.0.1", None, "10.0.0.1"),
        (["10.0.0.0/8"], "10.0.0.1", "", "10.0.0.1"),
        (["10.0.0.0/8"], "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (["10.0.0.0/8"], "10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (["10.0.0.0/8"], "10.0.0.1", "6.6.6.6, 198.51.100.1,10.0.0.2", "198.51.100.1"),
        (["10.0.0.0/8"], "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        (["10.0.0.1"], "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (["10.0.0.1/8"], "10.9.9.9", "198.51.100.1", "198.51.100.1"),
        (["10.0.0.0/8"], "::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (["fd00::/8"], "fd00::1", "2001:db8::7", "2001:db8::7"),
        (["fd00::/8", "10.0.0.0/8"], "10.0.0.1", "2001:db8::7, fd00::1", "2001:db8::7"),
        (["10.0.0.0/8"], "10.0.0.1", "not an address", "not an address"),
        (["10.0.0.0/8"], "", "198.51.100.1", ""),
    ],
)
def test_only_our_own_proxies_are_believed(settings, sent, proxies, remote, forwarded, visitor):
    settings.TRUSTED_PROXIES = proxies

    assert client_ip(sent(remote, forwarded)) == visitor


@pytest.mark.parametrize("proxies", [["my proxy"], ["10.0.0.1", "my proxy"]])
def test_a_malformed_list_of_proxies_is_named(settings, sent, proxies):
    settings.TRUSTED_PROXIES = proxies

    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        client_ip(sent("10.0.0.1", "198.51.100.1"))


def answers(request, count, *, limit=3, name="sign"):
    return [throttle(request, name, limit=limit, seconds=60) for _ in range(count)]


def test_above_the_limit_an_address_waits_for_the_next_window(sent, clock):
    assert answers(sent("203.0.113.9"), 5) == [False, False, False, True, True]

    clock.move_to("2026-11-24 03:00:59")
    assert answers(sent("203.0.113.9"), 1) == [True]
    clock.move_to("2026-11-24 03:01:00")
    assert answers(sent("203.0.113.9"), 4) == [False, False, False, True]


def test_other_addresses_and_other_doors_have_their_own_limit(sent, clock):
    answers(sent("203.0.113.9"), 4)

    assert answers(sent("203.0.113.10"), 1) == [False]
    assert answers(sent("203.0.113.9"), 1, name="find") == [False]


def test_a_limit_of_none_lets_nobody_in(sent, clock):
    assert answers(sent("203.0.113.9"), 2, limit=0) == [True, True]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.9", "::ffff:203.0.113.9", True),
        ("garbage", "garbage", True),
    ],
)
def test_one_household_has_one_limit(sent, clock, first, second, same):
    answers(sent(first), 3)

    assert answers(sent(second), 1) == [same]


def test_no_address_is_kept(sent, clock):
    answers(sent("203.0.113.9"), 1)

    assert len(cache._cache) == 1
    assert not any("203.0.113" in key for key in cache._cache)


def test_without_the_cache_nobody_is_turned_away(settings, sent, caplog):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }

    assert answers(sent("203.0.113.9"), 2, limit=1) == [False, False]
    assert "Nothing is throttled without the cache" in caplog.text
    assert "203.0.113.9" not in caplog.text


class ForgetfulCache(LocMemCache):
    """Has a key when it is asked, and has it no more a moment later."""

    def add(self, key, value, timeout=None, version=None):
        return False


def test_a_count_that_ends_while_it_is_read_turns_nobody_away(settings, sent):
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.ForgetfulCache"}}

    assert answers(sent("203.0.113.9"), 2, limit=0) == [False, False]


@pytest.mark.sqlite_smoke
def test_without_redis_all_processes_count_in_the_database(db, settings, sent, clock):
    settings.THROTTLE_IN_DATABASE = True

    assert answers(sent("203.0.113.9"), 5) == [False, False, False, True, True]
    cache.clear()  # What another process would know.
    assert answers(sent("203.0.113.9"), 1) == [True]
    assert answers(sent("203.0.113.10"), 1) == [False]
    clock.tick(60)
    assert answers(sent("203.0.113.9"), 1) == [False]


def test_a_forged_header_changes_nothing(db, settings, sent, clock):
    settings.THROTTLE_IN_DATABASE = True

    for number in range(3):
        assert not throttle(sent("203.0.113.9", f"10.1.1.{number}"), "my", limit=3, seconds=60)

    assert throttle(sent("203.0.113.9", "10.1.1.99"), "my", limit=3, seconds=60)


def test_the_counts_name_no_address_and_go(db, settings, sent, clock):
    settings.THROTTLE_IN_DATABASE = True
    answers(sent("203.0.113.9"), 1)
    row = ThrottleCount.objects.get()

    assert "203.0.113.9" not in row.key
    assert purge_throttle_counts() == 0
    clock.tick(121)
    assert purge_throttle_counts() == 1


def test_nobody_is_turned_away_while_the_database_is_away(db, settings, sent):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("away")

    settings.THROTTLE_IN_DATABASE = True
    with connection.execute_wrapper(refuse):
        assert answers(sent("203.0.113.9"), 5) == [False] * 5


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_one_by_one(settings):
    settings.THROTTLE_IN_DATABASE = True
    moment = timezone.now()

    def count(_number):
        try:
            return ThrottleCount.objects.count("one key", moment)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        counted = list(threads.map(count, range(20)))

    assert sorted(counted) == list(range(1, 21))
