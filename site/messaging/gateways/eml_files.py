"""Mail of a demo or a laptop: one file per mail, which any mail program opens."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

UNSAFE = re.compile(r"[^0-9A-Za-z]")


class EmailBackend(BaseEmailBackend):
    """Writes each mail to ``EMAIL_FILE_PATH`` as an ``.eml``; never a half one."""

    def __init__(self, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._write(message)
        return len(email_messages)

    def _write(self, message: EmailMessage) -> None:
        mail = message.message()
        unfinished = self.folder / f".{self._name(mail['Message-ID'])}.tmp"
        unfinished.write_bytes(mail.as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django adds it
        unfinished.replace(self.folder / unfinished.name[1:-4])

    @staticmethod
    def _name(message_id: str) -> str:
        """Sorts by time, and names the mail: 20260721-090000-123456-1f2e3d4c.eml."""
        moment = timezone.localtime().strftime("%Y%m%d-%H%M%S-%f")
        return f"{moment}-{UNSAFE.sub('', message_id)[:8]}.eml"
