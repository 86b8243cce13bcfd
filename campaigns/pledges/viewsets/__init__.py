from .candidacies import CandidacyViewSet
from .elections import ElectionViewSet

__all__ = ["CandidacyViewSet", "ElectionViewSet"]
