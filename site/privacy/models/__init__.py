from .access import YEARS_KEPT, AccessAction, AccessDestruction, AccessEntry, AccessSubject
from .consents import ConsentDefinition, ConsentRecord, ConsentVersion, RenderedConsent
from .keys import KeyInUse
from .throttling import ThrottleCount
from .tokens import Token

__all__ = [
    "AccessAction",
    "AccessDestruction",
    "AccessEntry",
    "AccessSubject",
    "ConsentDefinition",
    "ConsentRecord",
    "ConsentVersion",
    "KeyInUse",
    "RenderedConsent",
    "YEARS_KEPT",
    "ThrottleCount",
    "Token",
]
