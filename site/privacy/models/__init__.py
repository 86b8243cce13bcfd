from .access import (
    ENCRYPTED,
    MANY,
    YEARS_KEPT,
    AccessAction,
    AccessDestruction,
    AccessEntry,
    AccessReview,
    AccessSubject,
)
from .consents import ConsentDefinition, ConsentRecord, ConsentVersion, RenderedConsent
from .keys import KeyInUse
from .throttling import ThrottleCount
from .tokens import Token

__all__ = [
    "AccessAction",
    "AccessDestruction",
    "AccessEntry",
    "AccessReview",
    "AccessSubject",
    "ConsentDefinition",
    "ConsentRecord",
    "ConsentVersion",
    "KeyInUse",
    "RenderedConsent",
    "ENCRYPTED",
    "MANY",
    "YEARS_KEPT",
    "ThrottleCount",
    "Token",
]
