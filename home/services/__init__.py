from .loading import load_content, pictures_of
from .offered import is_offered
from .policy_versions import record_changed_practice, record_policy_version
from .renditions import find_pictures, make_all_missing, make_missing
from .search import search_pages
from .search_index import index_what_is_missing
from .share_cards import (
    draw_missing_cards,
    draw_share_card,
    redraw_old_cards,
    remove_unused_cards,
)
from .short_links import draw_qr_png, draw_qr_svg, find_target
from .together import read_together, revive

__all__ = [
    "draw_missing_cards",
    "draw_qr_png",
    "draw_qr_svg",
    "draw_share_card",
    "find_pictures",
    "find_target",
    "index_what_is_missing",
    "is_offered",
    "load_content",
    "make_all_missing",
    "make_missing",
    "pictures_of",
    "record_changed_practice",
    "record_policy_version",
    "read_together",
    "redraw_old_cards",
    "remove_unused_cards",
    "revive",
    "search_pages",
]
