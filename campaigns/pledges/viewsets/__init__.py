from .agreements import AgreementViewSet
from .candidacies import CandidacyViewSet
from .delegations import DelegationViewSet
from .demands import DemandSetViewSet
from .elections import ElectionViewSet
from .responses import ResponseViewSet

__all__ = [
    "AgreementViewSet",
    "CandidacyViewSet",
    "DelegationViewSet",
    "DemandSetViewSet",
    "ElectionViewSet",
    "ResponseViewSet",
]
