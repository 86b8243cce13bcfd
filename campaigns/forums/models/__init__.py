from .door import CheckIn, Door, DoorIncident
from .indexes import ForumIndexPage
from .invitations import Invitation, InvitationRequest
from .letters import Letter, LetterRecipient
from .orders import PAYMENT_PURPOSE, Order, Seat, Ticket
from .pages import ForumPage
from .parts import ForumHost, ForumSession, ProgrammeItem, RefundTier, Speaker
from .seats import SeatPool
from .waiting import WaitingEntry

__all__ = [
    "PAYMENT_PURPOSE",
    "CheckIn",
    "Door",
    "DoorIncident",
    "ForumHost",
    "ForumIndexPage",
    "ForumPage",
    "ForumSession",
    "Invitation",
    "InvitationRequest",
    "Letter",
    "LetterRecipient",
    "Order",
    "ProgrammeItem",
    "RefundTier",
    "Seat",
    "SeatPool",
    "Speaker",
    "Ticket",
    "WaitingEntry",
]
