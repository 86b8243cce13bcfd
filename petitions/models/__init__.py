from .pages import PetitionConsent, PetitionPage
from .signatures import BlockedAddress, CountDelta, Signature, Tally

__all__ = [
    "BlockedAddress",
    "CountDelta",
    "PetitionConsent",
    "PetitionPage",
    "Signature",
    "Tally",
]
