from .consents import ConsentDefinition, ConsentRecord, ConsentVersion, RenderedConsent
from .tokens import Token

__all__ = ["ConsentDefinition", "ConsentRecord", "ConsentVersion", "RenderedConsent", "Token"]
