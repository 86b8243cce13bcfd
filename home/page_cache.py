"""The public page cache: whole answers kept in front of Django, as bytes.

Holds what Django marks ``Cache-Control: public`` for visitors without a log-in. An entry lives
for ``LIFETIME_SECONDS`` (numbers in the page grow old) or until something is published.
"""

import gzip
import hashlib
import threading
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import connection

from .publishing import public_version

LIFETIME_SECONDS = 4.0
CAPACITY = 512
# Names that links from KakaoTalk, Naver and other places add; they never change a page.
TRACKING = ("utm_", "fbclid", "gclid", "igshid", "kakao", "n_", "NaPm", "ref")
PRIVATE_PREFIXES = ("/admin/", "/t/", "/static/", "/media/", "/healthz", "/readyz")


@dataclass(frozen=True)
class Entry:
    version: int
    made: float
    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    zipped: bytes
    etag: str

    def is_fresh(self, version: int) -> bool:
        return self.version == version and time.monotonic() - self.made < LIFETIME_SECONDS

    def answer(self, environ, start_response):
        headers = list(self.headers)
        if environ.get("HTTP_IF_NONE_MATCH", "").removeprefix("W/") == self.etag:
            start_response("304 Not Modified", headers)
            return [b""]
        body = self.body
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = self.zipped
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        start_response(self.status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


class PageCache:
    """WSGI application around Django's."""

    def __init__(self, application):
        self.application = application
        self.entries: dict[tuple[str, ...], Entry] = {}
        self.locks: dict[tuple[str, ...], threading.Lock] = {}

    def __call__(self, environ, start_response):
        key = cache_key(environ)
        if key is None:
            return self.application(environ, start_response)
        version = self._version()
        entry = self.entries.get(key)
        if entry and entry.is_fresh(version):
            return entry.answer(environ, start_response)
        return self._build(key, version, environ, start_response)

    @staticmethod
    def _version() -> int:
        try:
            return public_version()
        finally:
            if not connection.in_atomic_block:
                connection.close()

    def _build(self, key, version, environ, start_response):
        """One thread builds; while it does, others get the entry of before, if there is one."""
        lock = self.locks.setdefault(key, threading.Lock())
        stale = self.entries.get(key)
        if not lock.acquire(blocking=stale is None or stale.version != version):
            return stale.answer(environ, start_response)
        try:
            entry = self.entries.get(key)
            if entry and entry.is_fresh(version):
                return entry.answer(environ, start_response)
            return self._pass_on(key, version, environ, start_response)
        finally:
            lock.release()

    def _pass_on(self, key, version, environ, start_response):
        heard = {}

        def listen(status, headers, exc_info=None):
            heard.update(status=status, headers=headers)

        method = environ["REQUEST_METHOD"]
        chunks = self.application({**environ, "REQUEST_METHOD": "GET", "QUERY_STRING": ""}, listen)
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        if not is_storable(heard["status"], heard["headers"]):
            start_response(heard["status"], heard["headers"])
            return [b"" if method == "HEAD" else body]
        entry = make_entry(version, heard["status"], heard["headers"], body)
        if len(self.entries) >= CAPACITY:
            self.entries.clear()
            self.locks.clear()
        self.entries[key] = entry
        return entry.answer(environ, start_response)


def cache_key(environ) -> tuple[str, ...] | None:
    """Scheme, host and path of a request whose answer is the same for everybody, else None."""
    path = environ.get("PATH_INFO", "")
    cookies = environ.get("HTTP_COOKIE", "")
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or path.startswith(PRIVATE_PREFIXES)
        or settings.SESSION_COOKIE_NAME in cookies
        or "HTTP_AUTHORIZATION" in environ
        or not _only_tracking(environ.get("QUERY_STRING", ""))
    ):
        return None
    scheme = environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"])
    return (scheme, environ.get("HTTP_HOST", ""), path)


def _only_tracking(query: str) -> bool:
    return not query or all(
        name.startswith(TRACKING) for name, _ in parse_qsl(query, keep_blank_values=True)
    )


def is_storable(status: str, headers) -> bool:
    fields = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200")
        and fields.get("cache-control", "").startswith("public")
        and "set-cookie" not in fields
        and "cookie" not in fields.get("vary", "").lower()
    )


def make_entry(version: int, status: str, headers, body: bytes) -> Entry:
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    kept = [
        (name, value)
        for name, value in headers
        if name.lower() not in ("content-length", "etag", "vary", "content-encoding")
    ]
    kept += [("ETag", etag), ("Vary", "Accept-Encoding")]
    zipped = gzip.compress(body, compresslevel=6, mtime=0)
    return Entry(version, time.monotonic(), status, tuple(kept), body, zipped, etag)
