from .consents import consents_of, forget_subject, sync_default_consents, withdraw_consent
from .secrets import purge_expired_tokens

__all__ = [
    "consents_of",
    "forget_subject",
    "purge_expired_tokens",
    "sync_default_consents",
    "withdraw_consent",
]
