from .candidacies import Candidacy, CandidacyChange
from .elections import Contest, Election, Office, Post
from .imports import CandidateImport

__all__ = [
    "Candidacy",
    "CandidacyChange",
    "CandidateImport",
    "Contest",
    "Election",
    "Office",
    "Post",
]
