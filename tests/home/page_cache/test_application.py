from datetime import timedelta

import pytest

from home.page_cache import PageCache
from home.page_cache.application import CAPACITY
from home.page_cache.entries import LIFETIME_SECONDS
from home.publishing import bump_public_version

from .site import ask

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_the_second_visitor_gets_the_same_bytes_without_django(cache, site):
    first = ask(cache)
    second = ask(cache, HTTP_USER_AGENT="another", HTTP_COOKIE="theme=dark", REMOTE_ADDR="10.1.1.1")

    assert len(site.seen) == 1
    assert (first.status, first.body, first.headers) == (second.status, second.body, second.headers)
    assert first.body == b"page"
    assert site.closed == 1


def test_the_second_visitor_costs_no_query(cache, site, django_assert_num_queries):
    ask(cache)

    with django_assert_num_queries(0):
        ask(cache)


@pytest.mark.parametrize("query", ["page=2", "year=2026", "theme=care"])
def test_a_filtered_list_is_made_for_each_who_asks(cache, site, query):
    """There are more filters than anybody reads; such a page is cheap without the cache."""
    ask(cache, QUERY_STRING=query)
    ask(cache, QUERY_STRING=query)

    assert len(site.seen) == 2
    assert cache.entries == {}


def test_an_answer_has_its_headers_once(cache):
    heard = ask(cache)

    assert [name for name, _value in heard.raw_headers] == [
        *("Content-Type", "Cache-Control", "ETag", "Vary", "Content-Length")
    ]
    assert heard.headers["vary"] == "Accept-Encoding"
    assert heard.headers["content-length"] == "4"


@pytest.mark.parametrize(
    "query", ["utm_source=kakao&utm_medium=chat", "fbclid=abc", "NaPm=x&n_media=1", "ref=band"]
)
def test_tracking_parameters_make_no_page_of_their_own(cache, site, query):
    plain, tracked = ask(cache), ask(cache, QUERY_STRING=query)

    assert plain.body == tracked.body
    assert len(site.seen) == 1
    assert ask(PageCache(site), QUERY_STRING=query).body == plain.body
    assert site.seen[-1]["QUERY_STRING"] == ""


@pytest.mark.parametrize(
    "request_as",
    [
        {"QUERY_STRING": "q=법안"},
        {"QUERY_STRING": "utm_source=x&page=2"},
        {"QUERY_STRING": "reference=7K3D"},
        {"HTTP_COOKIE": "theme=dark; sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"method": "POST"},
        {"path": "/admin/"},
        {"path": "/t/s/secret/"},
        {"path": "/healthz"},
    ],
    ids=str,
)
def test_what_is_not_for_everybody_goes_by(cache, site, request_as):
    ask(cache)
    for _visit in range(2):
        ask(cache, **request_as)

    assert len(site.seen) == 3
    assert len(cache.entries) == 1


def test_a_log_in_never_fills_the_cache(cache, site):
    ask(cache, HTTP_COOKIE="sessionid=abc")

    assert cache.entries == {}
    assert site.seen[0]["HTTP_COOKIE"] == "sessionid=abc"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 Not Found", []),
        ("302 Found", []),
        ("500 Internal Server Error", []),
        ("200 OK", [("Set-Cookie", "a=b")]),
        ("200 OK", [("Vary", "Cookie")]),
        ("200 OK", [("Cache-Control", "no-store")]),
        ("200 OK", [("Content-Type", "application/pdf")]),
    ],
    ids=str,
)
def test_what_must_not_be_kept_is_asked_for_each_time(cache, site, status, headers):
    site.status = status
    site.headers += headers
    heard = [ask(cache) for _visit in range(2)]

    assert len(site.seen) == site.closed == 2
    assert cache.entries == cache.building == {}
    assert [h.body for h in heard] == [b"page", b"page"]
    assert heard[0].raw_headers == [*site.headers, ("Content-Length", "4")]
    assert heard[0].status == int(status[:3])


def test_an_answer_that_is_not_kept_is_passed_on_piece_by_piece(cache, site):
    site.headers.append(("Set-Cookie", "a=b"))
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "wsgi.url_scheme": "http"}
    environ["HTTP_HOST"] = "testserver"

    chunks = cache(environ, lambda *_: None)

    assert site.closed == 0
    assert list(chunks) == [b"pa", b"ge"]
    chunks.close()
    assert site.closed == 1


@pytest.mark.parametrize("kept", [True, False])
def test_head_has_the_headers_of_get_and_no_body(cache, site, kept):
    if not kept:
        site.headers.append(("Vary", "Cookie"))
    head, get = ask(cache, method="HEAD"), ask(cache)

    assert head.body == b""
    assert head.raw_headers == get.raw_headers
    assert [seen["REQUEST_METHOD"] for seen in site.seen] == ["GET"] * (1 if kept else 2)


def test_an_entry_grows_old(cache, site, clock):
    ask(cache)
    clock.tick(timedelta(seconds=LIFETIME_SECONDS - 0.1))
    ask(cache)
    assert len(site.seen) == 1

    clock.tick(timedelta(seconds=0.1))
    site.body = b"newer"
    assert ask(cache).body == b"newer"


@pytest.mark.django_db(transaction=True)
def test_publishing_ends_an_entry_at_once(cache, site):
    ask(cache)
    site.body = b"newer"

    bump_public_version()

    assert ask(cache).body == b"newer"


def test_hosts_and_schemes_have_their_own_pages(cache, site, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ask(cache)
    ask(cache, HTTP_HOST="other.example")
    ask(cache, HTTP_X_FORWARDED_PROTO="https")

    assert set(cache.entries) == {
        ("http", "testserver", "/"),
        ("http", "other.example", "/"),
        ("https", "testserver", "/"),
    }


def test_an_invented_scheme_makes_no_page_of_its_own(cache, site, settings):
    for told in ("https", "gopher", "x" * 50):
        ask(cache, HTTP_X_FORWARDED_PROTO=told)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for told in ("http", "gopher", "x" * 50):
        ask(cache, HTTP_X_FORWARDED_PROTO=told)

    assert len(site.seen) == len(cache.entries) == 1


def test_a_host_that_is_not_ours_is_never_kept(cache, site, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    for host in ("evil.example", "testserver@evil.example", "testserver:x", ""):
        ask(cache, HTTP_HOST=host)
    ask(cache, HTTP_HOST="TestServer")

    assert set(cache.entries) == {("http", "testserver", "/")}


def test_the_oldest_entry_makes_room(cache):
    for number in range(CAPACITY + 1):
        ask(cache, path=f"/{number}/")
    ask(cache, path="/1/")

    assert len(cache.entries) == CAPACITY
    assert ("http", "testserver", "/0/") not in cache.entries
    assert ("http", "testserver", "/1/") in cache.entries


def test_unknown_addresses_leave_nothing_behind(cache, site):
    site.status = "404 Not Found"
    for number in range(50):
        ask(cache, path=f"/{number}/")

    assert cache.entries == cache.building == {}


@pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable"])
def test_what_it_has_is_given_while_django_fails(cache, site, clock, status):
    ask(cache)
    clock.tick(timedelta(hours=1))
    site.status, site.body = status, b"broken"
    site.headers[1] = ("Cache-Control", "no-store")

    heard = [ask(cache), ask(cache)]

    assert [(h.status, h.body) for h in heard] == [(200, b"page")] * 2
    assert len(site.seen) == 2, "a failed build is not repeated for each visitor"
    assert site.closed == 2


def test_a_failure_shows_when_there_is_nothing_to_give(cache, site):
    site.status, site.body = "503 Service Unavailable", b"broken"

    heard = ask(cache)

    assert (heard.status, heard.body) == (503, b"broken")


def test_a_page_taken_away_is_gone(cache, site, clock):
    ask(cache)
    clock.tick(timedelta(seconds=LIFETIME_SECONDS))
    site.status = "404 Not Found"

    assert ask(cache).status == 404
