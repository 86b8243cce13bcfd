from .mailboxes import AddressChange, Mailbox
from .requests import Request
from .retention import DestructionRecord, RetentionHold

__all__ = ["AddressChange", "DestructionRecord", "Mailbox", "Request", "RetentionHold"]
