"""The requests of a benchmark, as bytes: reads of one page, and a new person for each signature."""

import re
import time
from collections.abc import Callable
from itertools import count
from urllib.parse import quote_plus, urlencode

from benchmarks.server import HOST

ANSWERS = {
    "name": "홍길동",
    "region": "11",  # 서울특별시
    "name_display": "hidden",
    **{f"consent_{slug}": "yes" for slug in ("collection", "sensitive", "roll", "age")},
}
FORM_VERSION = re.compile(r'name="form_version" value="(\w+)"')
_people = count(1)
_run = f"{time.time_ns():x}"  # Addresses of another run are other addresses.


def get(path: str) -> Callable[[], bytes]:
    """As a browser asks: packed."""
    head = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n"
    request = head.encode()
    return lambda: request


def form_version(page: str) -> str:
    """What the sign form on this page says about the texts beside it."""
    found = FORM_VERSION.search(page)
    if found is None:
        raise LookupError("There is no sign form on the page.")
    return found[1]


def sign(path: str, page: str) -> Callable[[], bytes]:
    """A person with an address and a network of their own who read ``page`` signs at ``path``."""
    fields = urlencode({**ANSWERS, "form_version": form_version(page)})

    def make_request() -> bytes:
        person = next(_people)
        body = f"{fields}&email={quote_plus(f'c{person}.{_run}@mail.example')}"
        return (
            f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nSec-Fetch-Site: same-origin\r\n"
            f"X-Forwarded-For: 10.{person >> 16 & 255}.{person >> 8 & 255}.{person & 255}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return make_request
