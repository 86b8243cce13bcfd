from .candidacies import CandidacyViewSet
from .demands import DemandSetViewSet
from .elections import ElectionViewSet

__all__ = ["CandidacyViewSet", "DemandSetViewSet", "ElectionViewSet"]
