from .renditions import make_all_missing, make_missing
from .share_cards import (
    draw_missing_cards,
    draw_share_card,
    redraw_old_cards,
    remove_unused_cards,
)

__all__ = [
    "draw_missing_cards",
    "draw_share_card",
    "make_all_missing",
    "make_missing",
    "redraw_old_cards",
    "remove_unused_cards",
]
