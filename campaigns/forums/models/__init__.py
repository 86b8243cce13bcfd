from .door import CheckIn, Door
from .invitations import Invitation
from .orders import Order, Seat, Ticket
from .pages import ForumIndexPage, ForumPage
from .parts import ForumHost, ForumSession, ProgrammeItem, RefundTier, Speaker
from .seats import SeatPool

__all__ = [
    "CheckIn",
    "Door",
    "ForumHost",
    "ForumIndexPage",
    "ForumPage",
    "ForumSession",
    "Invitation",
    "Order",
    "ProgrammeItem",
    "RefundTier",
    "Seat",
    "SeatPool",
    "Speaker",
    "Ticket",
]
