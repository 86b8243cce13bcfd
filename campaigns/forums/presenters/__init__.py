"""A forum as its templates show it: to everybody, so nothing of what is not for everybody."""

from .calendar import coming_calendar, forum_calendar, order_calendar
from .card_return import CardReturn
from .cards import card_notes, upcoming_events
from .door import DoorPresenter
from .door_list import list_in_json
from .entering import refusal_to_staff, registration_of
from .forum import ForumPresenter, present_forum
from .incidents import incident_lines
from .index import ForumListPresenter
from .numbers import numbers_of
from .office import office_of, offices_of
from .orders import OrderPresenter, session_choices
from .papers import make_any, make_paper, papers_of, prove_paper
from .seats import seats_as_json
from .sheets import make_badges, make_list, people_to_print
from .structured import structured_event
from .tickets import TicketPresenter
from .waiting import ListPresenter, ListRow, WaitingPresenter, wait_choices

__all__ = [
    "ListPresenter",
    "ListRow",
    "WaitingPresenter",
    "wait_choices",
    "numbers_of",
    "CardReturn",
    "DoorPresenter",
    "incident_lines",
    "list_in_json",
    "office_of",
    "offices_of",
    "refusal_to_staff",
    "registration_of",
    "ForumListPresenter",
    "ForumPresenter",
    "OrderPresenter",
    "TicketPresenter",
    "card_notes",
    "coming_calendar",
    "forum_calendar",
    "order_calendar",
    "make_any",
    "make_badges",
    "make_list",
    "people_to_print",
    "make_paper",
    "papers_of",
    "present_forum",
    "prove_paper",
    "seats_as_json",
    "session_choices",
    "structured_event",
    "upcoming_events",
]
