"""A real SMTP server on loopback, and what it was given."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from tests.ports import free_port


class Mailbox:
    """Keeps every mail that comes in; the newest is the last."""

    def __init__(self):
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def newest_to(self, address: str) -> EmailMessage:
        return [mail for mail in self.mails if address in mail["To"]][-1]


def links_of(mail: EmailMessage) -> list[str]:
    """The addresses in a mail's plain text, in their order."""
    return re.findall(r"https?://\S+", mail.get_body(("plain",)).get_content())


def start_server(mailbox: Mailbox) -> Controller:
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    return controller
