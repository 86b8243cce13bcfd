from .continuing import continue_signing
from .petition import count, share, show_petition
from .signing import check_mail, correct, resend, sign
from .token_pages import (
    confirm,
    deny,
    deny_own,
    discard,
    show_certificate,
    show_signature,
    withdraw,
)

__all__ = [
    "check_mail",
    "confirm",
    "continue_signing",
    "correct",
    "count",
    "deny",
    "deny_own",
    "discard",
    "resend",
    "share",
    "show_certificate",
    "show_petition",
    "show_signature",
    "sign",
    "withdraw",
]
