"""Which answers are kept, and how they are given again."""

import gzip
import hashlib
import time
from dataclasses import dataclass, field
from functools import lru_cache

try:
    import brotli
except ImportError:  # pragma: no cover (a machine that has no wheel of it)
    brotli = None

LIFETIME_SECONDS = 4.0
SHORT = 256  # A body of so few bytes does not shrink.
BROTLI_QUALITY = 5  # The best ones take a hundred times as long for a tenth.
# Not documents: they may be large, and Django streams them.
STORED_TYPES = (
    *("text/html", "application/json", "application/xml"),
    *("application/rss+xml", "application/atom+xml"),
)
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    version: int
    made: float
    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str
    # Headers and body by encoding, each made when the first visitor takes it.
    forms: dict[str, tuple[Headers, bytes]] = field(default_factory=dict, compare=False)

    def is_fresh(self, version: int, now: float | None = None) -> bool:
        age = (time.monotonic() if now is None else now) - self.made
        return self.version >= version and age < LIFETIME_SECONDS

    def answer(self, environ, start_response):
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and self._is_known(known):
            start_response("304 Not Modified", list(self.headers))
            return [b""]
        encoding = choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        form = self.forms.get(encoding)
        if form is None:
            form = self.forms[encoding] = self._make_form(encoding)
        headers, body = form
        start_response(self.status, headers[:])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _make_form(self, encoding: str) -> tuple[Headers, bytes]:
        headers, body = list(self.headers), self.body
        if encoding and len(body) > SHORT:
            body = COMPRESSORS[encoding](body)
            headers.append(("Content-Encoding", encoding))
        headers.append(("Content-Length", str(len(body))))
        return headers, body

    def _is_known(self, tags: str) -> bool:
        known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return "*" in known or self.etag.removeprefix("W/") in known


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


def _brotli(body: bytes) -> bytes:
    return brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)


COMPRESSORS = {**({"br": _brotli} if brotli else {}), "gzip": _gzip}


@lru_cache(maxsize=128)
def choose_encoding(accepted: str) -> str:
    """The shortest that a browser takes; empty for none."""
    choices = [choice.replace(" ", "").lower() for choice in accepted.split(",")]
    taken = {
        choice.partition(";")[0]
        for choice in choices
        if not choice.rstrip("0").endswith((";q=", ";q=0."))
    }
    return next((name for name in COMPRESSORS if name in taken), "")


def is_storable(status: str, headers) -> bool:
    fields = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200")
        and fields.get("cache-control", "").startswith("public")
        and fields.get("content-type", "").startswith(STORED_TYPES)
        and "set-cookie" not in fields
        and "cookie" not in fields.get("vary", "").lower()
    )


def make_entry(version: int, status: str, headers, body: bytes) -> Entry:
    """The answer with a weak ETag: in every encoding it is the same page in different bytes."""
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    kept = [
        (name, value)
        for name, value in headers
        if name.lower() not in ("content-length", "etag", "vary", "content-encoding")
    ]
    kept += [("ETag", etag), ("Vary", "Accept-Encoding")]
    return Entry(version, time.monotonic(), status, tuple(kept), body, etag)
