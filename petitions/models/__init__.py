from .continuations import Continuation, Invitation
from .counts import CountDelta, Tally
from .pages import PetitionConsent, PetitionPage
from .signatures import BlockedAddress, Signature

__all__ = [
    "BlockedAddress",
    "Continuation",
    "CountDelta",
    "Invitation",
    "PetitionConsent",
    "PetitionPage",
    "Signature",
    "Tally",
]
