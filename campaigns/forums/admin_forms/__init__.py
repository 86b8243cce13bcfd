"""The editor of a forum: its tabs, and what may not go public."""

from .checks import Obstacle, obstacles_to_publishing, seats_at_risk, warnings_about
from .pages import ForumPageForm
from .steps import AddressForm, ChangeForm, CopyForm, GuestForm, InviteForm
from .tabs import forum_tabs

__all__ = [
    "AddressForm",
    "ChangeForm",
    "CopyForm",
    "GuestForm",
    "InviteForm",
    "ForumPageForm",
    "Obstacle",
    "forum_tabs",
    "obstacles_to_publishing",
    "seats_at_risk",
    "warnings_about",
]
