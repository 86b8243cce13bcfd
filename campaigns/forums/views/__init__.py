from .applying import apply, ask_for_link, open_invitation
from .forum import calendar, seats, show_forum, show_index
from .order_pages import cancel, change_depositor, show_order

__all__ = [
    "apply",
    "ask_for_link",
    "calendar",
    "cancel",
    "change_depositor",
    "open_invitation",
    "seats",
    "show_forum",
    "show_index",
    "show_order",
]
