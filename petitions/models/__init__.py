from .counts import CountDelta, Tally
from .pages import PetitionConsent, PetitionPage
from .signatures import BlockedAddress, Signature

__all__ = [
    "BlockedAddress",
    "CountDelta",
    "PetitionConsent",
    "PetitionPage",
    "Signature",
    "Tally",
]
