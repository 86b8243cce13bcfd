"""A forum as its templates show it: to everybody, so nothing of what is not for everybody."""

from .calendar import forum_calendar, order_calendar
from .cards import card_notes, upcoming_events
from .forum import ForumPresenter, present_forum
from .index import ForumListPresenter
from .orders import OrderPresenter, session_choices
from .seats import seats_as_json
from .structured import structured_event

__all__ = [
    "ForumListPresenter",
    "ForumPresenter",
    "OrderPresenter",
    "card_notes",
    "forum_calendar",
    "order_calendar",
    "present_forum",
    "seats_as_json",
    "session_choices",
    "structured_event",
    "upcoming_events",
]
