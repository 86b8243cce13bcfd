"""Which answers are kept, and how they are given again."""

import gzip
import hashlib
import time
from dataclasses import dataclass

LIFETIME_SECONDS = 4.0
# Not documents: they may be large, and Django streams them.
STORED_TYPES = (
    *("text/html", "application/json", "application/xml"),
    *("application/rss+xml", "application/atom+xml"),
)


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
        return self.version >= version and time.monotonic() - self.made < LIFETIME_SECONDS

    def answer(self, environ, start_response):
        headers = list(self.headers)
        if self._is_known(environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response("304 Not Modified", headers)
            return [b""]
        body = self.body
        if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            body = self.zipped
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        start_response(self.status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _is_known(self, tags: str) -> bool:
        known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return "*" in known or self.etag.removeprefix("W/") in known


def takes_gzip(accepted: str) -> bool:
    choices = [choice.replace(" ", "").lower() for choice in accepted.split(",")]
    return any(
        choice.partition(";")[0] == "gzip" and not choice.rstrip("0").endswith((";q=", ";q=0."))
        for choice in choices
    )


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
    """The answer with a weak ETag: plain and zipped, it is the same page in different bytes."""
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    kept = [
        (name, value)
        for name, value in headers
        if name.lower() not in ("content-length", "etag", "vary", "content-encoding")
    ]
    kept += [("ETag", etag), ("Vary", "Accept-Encoding")]
    zipped = gzip.compress(body, compresslevel=6, mtime=0)
    return Entry(version, time.monotonic(), status, tuple(kept), body, zipped, etag)
