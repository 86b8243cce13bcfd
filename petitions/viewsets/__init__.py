from .bulk import ConfirmSelected, InvalidateSelected, UndoSelected
from .continuations import ContinuationViewSet
from .signatures import SignatureViewSet

__all__ = [
    "ConfirmSelected",
    "ContinuationViewSet",
    "InvalidateSelected",
    "SignatureViewSet",
    "UndoSelected",
]
