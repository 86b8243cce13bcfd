from .petition import count, show_petition
from .signing import check_mail, correct, resend, sign
from .token_pages import confirm, deny, show_certificate, show_signature, withdraw

__all__ = [
    "check_mail",
    "confirm",
    "correct",
    "count",
    "deny",
    "resend",
    "show_certificate",
    "show_petition",
    "show_signature",
    "sign",
    "withdraw",
]
