import smtplib
import socket
import ssl

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from messaging.exceptions import MailServerDownError
from messaging.gateways.transport import Outcome, Result, Transport, result_of


@pytest.fixture
def mail():
    return EmailMessage("제목", "본문", "no-reply@yeondae.example", ["garam@mail.example"])


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.kr": (550, b"5.1.1 gone")}), "BOUNCED 550"),
        (smtplib.SMTPRecipientsRefused({"a@b.kr": (551, b"5.1.6 moved")}), "BOUNCED 551"),
        (smtplib.SMTPRecipientsRefused({"a@b.kr": (556, b"5.1.10 null MX")}), "BOUNCED 556"),
        (smtplib.SMTPRecipientsRefused({"a@b.kr": (550, "5.2.1 disabled")}), "BOUNCED 550"),
        (smtplib.SMTPRecipientsRefused({"a@b.kr": (552, b"5.2.2 full")}), "REFUSED 552"),
        (smtplib.SMTPRecipientsRefused({"a@b.kr": (550, b"5.1.11 odd")}), "REFUSED 550"),
        (
            smtplib.SMTPRecipientsRefused({"a@b.kr": (550, b"\xec\x97\x86\xec\x9d\x8c")}),
            "REFUSED 550",
        ),
        (smtplib.SMTPRecipientsRefused({"a@b.kr": (450, b"4.2.0 later")}), "DEFERRED 450"),
        (smtplib.SMTPSenderRefused(553, b"no", "x@y.kr"), "DEFERRED 553"),
        (smtplib.SMTPDataError(554, b"spam"), "REFUSED 554"),
        (smtplib.SMTPDataError(451, b"later"), "DEFERRED 451"),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), "REFUSED SMTPNotSupportedError"),
        (ValueError("a header"), "REFUSED ValueError"),
        (smtplib.SMTPServerDisconnected("gone"), "UNKNOWN SMTPServerDisconnected"),
        (TimeoutError(), "UNKNOWN TimeoutError"),
        (ConnectionResetError(), "UNKNOWN ConnectionResetError"),
        (ssl.SSLError(), "UNKNOWN SSLError"),
    ],
)
def test_what_an_answer_means(error, result):
    outcome, words = result.split()

    assert result_of(error) == Result(Outcome[outcome], words)


def test_an_error_tells_no_address():
    error = smtplib.SMTPRecipientsRefused({"garam@naver.com": (550, b"5.1.1 <garam@naver.com>")})

    assert result_of(error).error == "550"


def test_a_mail_is_taken(mail, mail_server):
    with Transport() as transport:
        transport.connect()
        transport.connect()

        assert transport.send(mail) == Result(Outcome.SENT)
    assert mail_server.mails[0]["To"] == "garam@mail.example"
    assert mail_server.sessions == 1


def test_after_a_refusal_the_connection_is_a_new_one(mail, mail_server):
    mail_server.data["garam@mail.example"] = "554 no"
    with Transport() as transport:
        transport.connect()
        assert transport.send(mail) == Result(Outcome.REFUSED, "554")

        mail_server.data.clear()
        transport.connect()
        assert transport.send(mail) == Result(Outcome.SENT)
    assert mail_server.sessions == 2


def test_a_connection_that_broke_meanwhile_is_closed_in_peace(mail, mail_server):
    with Transport() as transport:
        transport.connect()
        mail_server.stop()

    assert mail_server.mails == []


def test_a_mail_without_recipient_is_not_sent(mail, mail_server):
    mail.to = []

    with Transport() as transport:
        transport.connect()

        assert transport.send(mail) == Result(Outcome.DEFERRED)


def test_no_server_is_no_connection(mail, mail_server):
    mail_server.stop()

    with Transport() as transport, pytest.raises(MailServerDownError, match="ConnectionRefused"):
        transport.connect()


def test_a_server_that_never_greets_is_no_connection(settings, mail_server):
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]

        with Transport() as transport, pytest.raises(MailServerDownError):
            transport.connect()


class BrokenAtTheEnd(BaseEmailBackend):
    def close(self):
        raise smtplib.SMTPServerDisconnected


def test_what_cannot_be_closed_is_closed(settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenAtTheEnd"

    with Transport() as transport:
        transport.connect()
