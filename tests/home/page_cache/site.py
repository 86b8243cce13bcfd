"""A site behind the page cache, and visitors in front of it."""

from wsgiref.util import setup_testing_defaults


class Answers:
    """WSGI application that answers with ``status``, ``headers`` and ``body`` and notes requests."""

    def __init__(self, body=b"page", status="200 OK", headers=()):
        self.body = body
        self.status = status
        self.headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Cache-Control", "public, max-age=0"),
            *headers,
        ]
        self.seen = []
        self.closed = 0

    def __call__(self, environ, start_response):
        self.seen.append(environ)
        body = self.body() if callable(self.body) else self.body
        start_response(self.status, [*self.headers, ("Content-Length", str(len(body)))])
        return Chunks(self, body)


class Chunks:
    def __init__(self, answers, body):
        self.answers = answers
        self.parts = iter([body[:2], body[2:]])

    def __iter__(self):
        return self.parts

    def close(self):
        self.answers.closed += 1


class Heard:
    def __init__(self, status, headers, body):
        self.status = int(status.split()[0])
        self.raw_headers = headers
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body


def ask(application, path="/", method="GET", **environ):
    """One request as a server hands it over; header names as in WSGI (HTTP_HOST …)."""
    request = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "testserver", **environ}
    setup_testing_defaults(request)
    heard = {}

    def start_response(status, headers, exc_info=None):
        heard.update(status=status, headers=headers)

    chunks = application(request, start_response)
    body = b"".join(chunks)
    getattr(chunks, "close", lambda: None)()
    return Heard(heard["status"], heard["headers"], body)
