from .breaches import BreachCase
from .mailboxes import AddressChange, Mailbox
from .requests import Request
from .retained import RetainedRecord
from .retention import DestructionRecord, RetentionHold

__all__ = [
    "AddressChange",
    "BreachCase",
    "DestructionRecord",
    "Mailbox",
    "Request",
    "RetainedRecord",
    "RetentionHold",
]
