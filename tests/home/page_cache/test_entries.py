import gzip

import pytest

from home.page_cache.entries import is_storable, make_entry, takes_gzip

pytestmark = pytest.mark.unit

PUBLIC = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "public, max-age=0")]


@pytest.fixture
def entry():
    return make_entry(1, "200 OK", [*PUBLIC, ("ETag", '"theirs"'), ("Vary", "x")], b"page" * 99)


def answer(entry, **environ):
    heard = []
    [body] = entry.answer(
        {"REQUEST_METHOD": "GET", **environ},
        lambda status, headers: heard.append((status, headers)),
    )
    [(status, headers)] = heard
    return status, dict(headers), body


def test_a_known_page_is_not_sent_again(entry):
    _status, headers, _body = answer(entry)

    for tag in (
        headers["ETag"],
        headers["ETag"].removeprefix("W/"),
        f'"x", {headers["ETag"]}',
        "*",
    ):
        status, again, body = answer(entry, HTTP_IF_NONE_MATCH=tag)

        assert (status, body) == ("304 Not Modified", b"")
        assert (again["ETag"], "Content-Length" in again) == (headers["ETag"], False)


def test_an_older_page_is_replaced(entry):
    status, _headers, body = answer(entry, HTTP_IF_NONE_MATCH='W/"older"')

    assert (status, body) == ("200 OK", b"page" * 99)


def test_a_page_is_zipped_for_whom_it_may(entry):
    _status, headers, body = answer(entry, HTTP_ACCEPT_ENCODING="gzip, deflate, br")

    assert gzip.decompress(body) == b"page" * 99
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Content-Length"] == str(len(body))
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["ETag"].startswith('W/"')


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5", True),
        ("", False),
        ("br, identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("x-gzip-not", False),
    ],
)
def test_zipping_follows_the_browser(accepted, takes):
    assert takes_gzip(accepted) is takes


def test_equal_pages_have_equal_bytes_and_tags():
    first, second = (make_entry(n, "200 OK", PUBLIC, b"page") for n in (1, 2))

    assert (first.etag, first.zipped) == (second.etag, second.zipped)
    assert make_entry(1, "200 OK", PUBLIC, b"other").etag != first.etag


@pytest.mark.parametrize(
    ("status", "headers", "storable"),
    [
        ("200 OK", PUBLIC, True),
        ("200 OK", [PUBLIC[1], ("content-type", "application/json")], True),
        ("200 OK", PUBLIC[:1], False),
        ("200 OK", PUBLIC[1:], False),
        ("206 Partial Content", PUBLIC, False),
        ("200 OK", [PUBLIC[1], ("Content-Type", "application/pdf")], False),
        ("200 OK", [*PUBLIC, ("set-cookie", "a=b")], False),
        ("200 OK", [*PUBLIC, ("vary", "Accept, Cookie")], False),
        ("200 OK", [PUBLIC[0], ("Cache-Control", "private")], False),
    ],
)
def test_only_whole_public_pages_are_kept(status, headers, storable):
    assert is_storable(status, headers) is storable
