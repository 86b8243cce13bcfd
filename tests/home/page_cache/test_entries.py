import gzip

import brotli
import pytest

from home.page_cache.entries import choose_encoding, is_storable, make_entry

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


UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip, deflate", "gzip")]
)
def test_a_page_is_packed_for_whom_it_may(entry, accepted, encoding):
    _status, plain, _body = answer(entry)
    _status, headers, body = answer(entry, HTTP_ACCEPT_ENCODING=accepted)

    assert UNPACK[encoding](body) == b"page" * 99
    assert headers["Content-Encoding"] == encoding
    assert headers["Content-Length"] == str(len(body))
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["ETag"] == plain["ETag"]
    assert headers["ETag"].startswith('W/"')
    again = answer(entry, HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (again[0], "Content-Encoding" in again[1]) == ("304 Not Modified", False)


def test_a_few_bytes_are_sent_as_they_are():
    entry = make_entry(1, "200 OK", PUBLIC, b'{"confirmed": 12345}')

    _status, headers, body = answer(entry, HTTP_ACCEPT_ENCODING="br, gzip")

    assert (body, "Content-Encoding" in headers) == (b'{"confirmed": 12345}', False)


def test_what_a_server_does_with_the_headers_is_its_own_affair(entry):
    """Each answer has a list of its own."""
    heard = []
    for _visit in range(2):
        entry.answer({"REQUEST_METHOD": "GET"}, lambda _status, headers: heard.append(headers))
        heard[-1].append(("Server", "granian"))

    assert [name for name, _value in heard[1]].count("Server") == 1


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("deflate, GZIP;q=0.5", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("", ""),
        ("identity", ""),
        ("gzip;q=0", ""),
        ("gzip; q=0.000, deflate", ""),
        ("x-gzip-not", ""),
    ],
)
def test_packing_follows_the_browser(accepted, encoding):
    assert choose_encoding(accepted) == encoding


def test_equal_pages_have_equal_bytes_and_tags():
    first, second = (make_entry(n, "200 OK", PUBLIC, b"page" * 99) for n in (1, 2))
    other = make_entry(1, "200 OK", PUBLIC, b"other")

    for accepted in ("br", "gzip", ""):
        packed = [answer(entry, HTTP_ACCEPT_ENCODING=accepted) for entry in (first, second)]
        assert packed[0] == packed[1]
    assert first.etag == second.etag != other.etag


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
