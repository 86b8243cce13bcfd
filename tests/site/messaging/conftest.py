import pytest

from messaging.registry import Email, purposes, register

from .mail_server import MailServer


@pytest.fixture
def letters():
    """Two purposes, personal and bulk: subject "7" is a letter to citizen7@mail.example.

    The dictionary says what a subject is instead: another mail, nothing (None), or an exception.
    """
    written = {}

    def build(subject):
        letter = written.get(subject, Email(f"citizen{subject}@mail.example", "제목", "본문\n"))
        if isinstance(letter, Exception):
            raise letter
        return letter

    register("tests.letter", build, label="편지")
    register("tests.news", build, bulk=True)
    yield written

    del purposes["tests.letter"], purposes["tests.news"]


@pytest.fixture
def mail_server(settings):
    """A real mail server, to which the site sends."""
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 20
    yield server

    server.stop()
