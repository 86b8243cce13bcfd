"""No token or address in a log; names never get there."""

import contextvars
import logging
import re

from pythonjsonlogger.json import JsonFormatter

__all__ = ["AddRequestId", "JsonFormatter", "MaskTokens", "current_request_id", "mask"]

# Which request a line belongs to; a worker's lines belong to none.
current_request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")

TOKEN = re.compile(r"(/t/[a-z]/)[\w\-]{8,}")
EMAIL = re.compile(r"[\w.+\-]+(@|%40)[\w\-]+(\.[\w\-]+)+")


def mask(text: str) -> str:
    """The text with tokens and e-mail addresses struck out."""
    return EMAIL.sub("***@***", TOKEN.sub(r"\1***", text))


class MaskTokens(logging.Filter):
    """Rewrites a record before any handler sees it; never stops one."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            record.msg, record.args = mask(record.getMessage()), None
        except (TypeError, ValueError, KeyError):
            record.msg, record.args = mask(str(record.msg)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info))
        if record.stack_info:
            record.stack_info = mask(record.stack_info)
        return True


class AddRequestId(logging.Filter):
    """Names the request in each line, so that its lines can be found by one number."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id.get()
        return True
