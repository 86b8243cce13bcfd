from .breaches import BreachCase
from .mailboxes import AddressChange, Mailbox
from .requests import Request
from .retention import DestructionRecord, RetentionHold

__all__ = [
    "AddressChange",
    "BreachCase",
    "DestructionRecord",
    "Mailbox",
    "Request",
    "RetentionHold",
]
