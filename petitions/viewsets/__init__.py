from .bulk import ConfirmSelected, InvalidateSelected, UndoSelected
from .signatures import SignatureViewSet

__all__ = ["ConfirmSelected", "InvalidateSelected", "SignatureViewSet", "UndoSelected"]
