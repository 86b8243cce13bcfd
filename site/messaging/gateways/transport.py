"""The mail server: one connection, and what each of its answers means for a mail."""

import re
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from ..exceptions import MailServerDownError

# RFC 3463 and 7505: no such mailbox, moved, null MX, disabled. Every other refusal may be about
# us (a block list, a policy), and must not stop the mail to everybody for a month.
NO_MAILBOX = re.compile(r"5\.(1\.([1236]|10)|2\.1)\b")


class Outcome(Enum):
    SENT = auto()
    DEFERRED = auto()  # Not taken this time.
    BOUNCED = auto()  # The mailbox does not exist or takes no mail.
    REFUSED = auto()  # This mail will never be taken; the mailbox may be fine.
    UNKNOWN = auto()  # The connection broke: the server may have taken it.


@dataclass(frozen=True)
class Result:
    """``error`` is an exception's class or the server's code, never its words or an address."""

    outcome: Outcome
    error: str = ""


class Transport:
    """A connection that is opened when first needed and opened anew after any failure."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def __enter__(self) -> "Transport":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._close()

    def connect(self) -> None:
        """Have a connection. Raises MailServerDownError; nothing is lost by calling it again."""
        if self._connection is not None:
            return
        connection = get_connection()
        try:
            connection.open()
        except OSError as error:  # With all of smtplib: a refused log-in is no mail's fault.
            _close_quietly(connection)  # A refused log-in leaves its socket open.
            raise MailServerDownError(type(error).__name__) from error
        self._connection = connection

    def send(self, mail: EmailMessage) -> Result:
        """Hand over one mail to the server. Never raises for what the server says."""
        assert self._connection is not None
        try:
            count = self._connection.send_messages([mail])
        except (OSError, ValueError) as error:
            self._close()
            return result_of(error)
        return Result(Outcome.SENT if count else Outcome.DEFERRED)

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            _close_quietly(connection)


def _close_quietly(connection: BaseEmailBackend) -> None:
    with suppress(OSError):  # It was broken; that is why it is closed.
        connection.close()


def result_of(error: Exception) -> Result:
    """What an exception of the mail server's client means. ValueError: no such header can be."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()))
            return Result(_refused_recipient(code, words), str(code))
        case smtplib.SMTPSenderRefused():
            return Result(Outcome.DEFERRED, str(error.smtp_code))  # Ours to mend, so it waits.
        case smtplib.SMTPResponseException():
            refused = 500 <= error.smtp_code < 600
            return Result(Outcome.REFUSED if refused else Outcome.DEFERRED, str(error.smtp_code))
        case smtplib.SMTPNotSupportedError() | ValueError():
            return Result(Outcome.REFUSED, type(error).__name__)
        case _:
            return Result(Outcome.UNKNOWN, type(error).__name__)


def _refused_recipient(code: int, words: bytes | str) -> Outcome:
    if not 500 <= code < 600:
        return Outcome.DEFERRED
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    return Outcome.BOUNCED if NO_MAILBOX.match(text) else Outcome.REFUSED
