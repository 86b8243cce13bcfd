import http.server
import threading

import pytest

from benchmarks.client import BadAnswerError, drive
from benchmarks.requests import get

pytestmark = pytest.mark.unit

BODY = b"x" * 300_000  # Comes in more than one piece.


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.server.answered += 1
        self.wfile.write(BODY)

    def log_message(self, *_arguments):
        return


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.answered = 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_drive_counts_every_answer(server):
    load = drive(server.server_port, get("/"), 200, seconds=0.1, connections=3)

    assert load.answers == server.answered >= 3
    assert load.seconds >= 0.1
    assert all(0 < wait <= load.seconds for wait in load.waits)


def test_drive_refuses_another_status(server):
    with pytest.raises(BadAnswerError, match="200"):
        drive(server.server_port, get("/"), 303, seconds=0.1, connections=1)
