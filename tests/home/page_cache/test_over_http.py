"""The cache in front of the real site, behind a real server, in processes of their own."""

import gzip
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from tests.server import Server

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

PAGE = "/campaigns/basic-act/petition/"
PUBLISH_SECONDS = 2


@pytest.fixture
def server(process_environment, petition_page, tmp_path):
    server = Server(process_environment, tmp_path)
    yield server.start()
    server.stop()


def plain(answer):
    return [(name, value) for name, value in answer.headers if name.lower() != "date"]


@pytest.mark.parametrize(
    "path", ["/", "/campaigns/", "/campaigns/basic-act/", PAGE, f"{PAGE}count.json"]
)
def test_two_visitors_get_the_same_bytes(server, path):
    first = server.get(path, **{"User-Agent": "one", "Accept-Language": "ko"})
    second = server.get(path, **{"User-Agent": "two", "Accept-Language": "en", "Cookie": "a=b"})

    assert first.status == 200
    assert (first.body, plain(first)) == (second.body, plain(second))
    assert first.header("Set-Cookie") is None
    assert first.header("Vary") == "Accept-Encoding"
    assert first.header("Cache-Control").startswith("public")
    assert b"csrf" not in first.body.lower()


def test_the_second_reading_is_short(server):
    first = server.get(PAGE)

    known = server.get(PAGE, **{"If-None-Match": first.header("ETag")})
    zipped = server.get(PAGE, **{"Accept-Encoding": "gzip"})
    head = server._ask("HEAD", PAGE, None, {}, "127.0.0.1")

    assert (known.status, known.body) == (304, b"")
    assert zipped.header("Content-Encoding") == "gzip"
    assert gzip.decompress(zipped.body) == first.body
    assert len(zipped.body) < len(first.body) / 2
    assert (head.status, head.body) == (200, b"")
    assert head.header("Content-Length") == str(len(first.body))


def test_what_is_published_is_public_in_every_process_within_two_seconds(
    server, process_environment
):
    assert "다시 쓴 제목" not in server.get(PAGE).body.decode()
    script = (
        "import django; django.setup()\n"
        "from petitions.models import PetitionPage\n"
        "page = PetitionPage.objects.get(slug='petition')\n"
        "page.title = '다시 쓴 제목'\n"
        "page.save_revision().publish()\n"
    )

    subprocess.run([sys.executable, "-c", script], env=process_environment, check=True, timeout=60)
    published = time.monotonic()

    while "다시 쓴 제목" not in server.get(PAGE).body.decode():
        assert time.monotonic() - published < PUBLISH_SECONDS
        time.sleep(0.05)


class Wire:
    """What lies between the site and its database; it can be cut and mended."""

    def __init__(self, host, port):
        self.target = (host, port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.ends = []
        self.is_cut = False
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    def _accept(self):
        with suppress(OSError):
            while True:
                near, _address = self.listener.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(self.target)
                self.ends += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    @staticmethod
    def _carry(source, sink):
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            end.close()

    def cut(self):
        self.is_cut = True
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self):
        self.is_cut = False

    def close(self):
        self.cut()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)


@pytest.fixture
def wire(process_environment):
    settings = connection.settings_dict
    wire = Wire(settings["HOST"], int(settings["PORT"] or 5432))
    yield wire
    wire.close()


def test_while_the_database_is_away_visitors_read_what_there_is(
    wire, process_environment, petition_page, tmp_path
):
    address = urlsplit(process_environment["DATABASE_URL"])
    user = address.netloc.rpartition("@")[0]
    through_wire = urlunsplit(address._replace(netloc=f"{user}@127.0.0.1:{wire.port}"))
    server = Server({**process_environment, "DATABASE_URL": through_wire}, tmp_path).start()
    try:
        before = server.get(PAGE)
        assert before.status == 200, server.log

        wire.cut()
        deadline = time.monotonic() + 7  # longer than an entry lives
        while time.monotonic() < deadline:
            during = server.get(PAGE)
            assert (during.status, during.body) == (200, before.body), server.log
            time.sleep(0.2)
        unseen = server.get("/campaigns/")
        typed = server.post(f"{PAGE}sign/", {"name": "한가람", "email": "garam@mail.example"})
        assert (unseen.status, typed.status) == (503, 503), server.log
        assert "한가람" in typed.body.decode()

        wire.mend()
        assert server.get("/campaigns/").status == 200, server.log
    finally:
        server.stop()
