from .access import AccessAction, AccessDestruction, AccessEntry, AccessSubject
from .consents import ConsentDefinition, ConsentRecord, ConsentVersion, RenderedConsent
from .tokens import Token

__all__ = [
    "AccessAction",
    "AccessDestruction",
    "AccessEntry",
    "AccessSubject",
    "ConsentDefinition",
    "ConsentRecord",
    "ConsentVersion",
    "RenderedConsent",
    "Token",
]
