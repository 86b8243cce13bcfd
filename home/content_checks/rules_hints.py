from django.utils.translation import gettext_lazy as _

from ..defaults import HINT
from .findings import Finding, Level


def check_hints(contents):
    """What a new page said to its editor must not reach readers."""
    for piece in contents.pieces:
        if HINT.search(piece.text):
            message = _("A hint in 〔 〕 is still here. Write the text in its place, or delete it.")
            yield Finding(Level.STOP, message, piece.where)
