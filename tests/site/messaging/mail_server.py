"""A real SMTP server on loopback that answers as a test tells it to."""

import asyncio
import logging
import threading
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.ports import free_port

SECONDS = 30
logging.getLogger("mail.log").setLevel(logging.WARNING)


class MailServer:
    """``mails`` are those it took. Each hook may be set to what a test wants to happen.

    ``rcpt`` and ``data``: the answer, by recipient. ``drop``: break the connection at the end of a
    mail, "before" or "after" it is taken. ``hold``: wait at "RCPT" or "DATA" until let go.
    """

    def __init__(self):
        self.mails = []
        self.sessions = 0
        self.rcpt, self.data = {}, {}
        self.drop = self.hold = ""
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.port = free_port()
        self.controller = None

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def message_ids(self):
        return [mail["Message-ID"] for mail in self.mails]

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        self.go_on.set()
        if self.controller:
            self.controller.stop()
            self.controller = None

    def wait_until_reached(self):
        assert self.reached.wait(SECONDS)

    def let_go(self):
        self.hold = ""
        self.go_on.set()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 (aiosmtpd's name)
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd's name)
        await self._hold("RCPT")
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session, envelope):  # noqa: N802 (aiosmtpd's name)
        if self.drop == "before":
            server.transport.abort()
            return "250 too late"
        answer = self.data.get(envelope.rcpt_tos[0], "250 OK")
        if answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.drop == "after":
            server.transport.abort()
        await self._hold("DATA")
        return answer

    async def _hold(self, where):
        if self.hold == where:
            self.reached.set()
            await asyncio.get_running_loop().run_in_executor(None, self.go_on.wait, SECONDS)
