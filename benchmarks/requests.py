"""The requests of a benchmark, as bytes: reads of one page, and a new person for each signature."""

import re
import time
import uuid
from collections.abc import Callable
from itertools import count, cycle
from typing import Any
from urllib.parse import quote_plus, urlencode

from benchmarks.server import HOST

ANSWERS = {
    "name": "홍길동",
    "region": "11",  # 서울특별시
    "name_display": "hidden",
    **{f"consent_{slug}": "yes" for slug in ("collection", "sensitive", "roll", "age")},
}
REGISTRATION = {"name": "홍길동", "phone": "010-0000-1234", "organisation": "나무 협동조합"}
SESSION = re.compile(r'name="sessions" value="(\d+)"')
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
    return _posts(path, {**ANSWERS, "form_version": form_version(page)})


def session_on(page: str) -> str:
    """The first session that the form on this page offers."""
    found = SESSION.search(page)
    if found is None:
        raise LookupError("There is no session to choose on the page.")
    return found[1]


def register(path: str, page: str) -> Callable[[], bytes]:
    """A person with an address, a form and a network of their own registers at ``path``."""
    return _posts(path, {**REGISTRATION, "sessions": session_on(page)}, with_key=True)


def scan(path: str, phone: dict[str, Any]) -> Callable[[], bytes]:
    """The next code is scanned by the phone with this cookie, over one of many networks."""
    codes = cycle(phone["codes"])

    def make_request() -> bytes:
        number = next(_people)
        fields = {"session": phone["session"], "code": next(codes), "nonce": uuid.uuid4()}
        body = urlencode(fields)
        return (
            f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nSec-Fetch-Site: same-origin\r\n"
            f"Cookie: door={phone['cookie']}\r\n"
            f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return make_request


def _posts(path: str, answers: dict[str, str], *, with_key: bool = False) -> Callable[[], bytes]:
    fields = urlencode(answers)

    def make_request() -> bytes:
        person = next(_people)
        body = f"{fields}&email={quote_plus(f'c{person}.{_run}@mail.example')}"
        if with_key:
            body += f"&form_key={uuid.uuid4()}"
        return (
            f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nSec-Fetch-Site: same-origin\r\n"
            f"X-Forwarded-For: 10.{person >> 16 & 255}.{person >> 8 & 255}.{person & 255}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return make_request
