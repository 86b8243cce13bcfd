from .agreements import AgreementViewSet
from .candidacies import CandidacyViewSet
from .demands import DemandSetViewSet
from .elections import ElectionViewSet

__all__ = [
    "AgreementViewSet",
    "CandidacyViewSet",
    "DemandSetViewSet",
    "ElectionViewSet",
]
