"""The hub of a campaign with all that belongs to it, and what campaigns count for reports."""

from .counts import register_counts
from .events import Event, read_events
from .hub import Hub, present_hub

__all__ = ["Event", "Hub", "present_hub", "read_events", "register_counts"]
