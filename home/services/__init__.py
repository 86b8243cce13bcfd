from .renditions import make_all_missing, make_missing
from .search import search_pages
from .search_index import index_what_is_missing
from .share_cards import (
    draw_missing_cards,
    draw_share_card,
    redraw_old_cards,
    remove_unused_cards,
)

__all__ = [
    "draw_missing_cards",
    "draw_share_card",
    "index_what_is_missing",
    "make_all_missing",
    "make_missing",
    "redraw_old_cards",
    "remove_unused_cards",
    "search_pages",
]
