"""A stand-in for Stripe on this machine: as strict as the real one where money could go wrong.

It knows what this site uses of Stripe's interface, refuses every parameter that the installed
stripe-python does not know, keeps its books, honours idempotency keys, shows a page on which one
pays or is declined, and tells the site by signed events: once, five times, shuffled, late, never,
or forged. Nothing here ever reached Stripe itself.
"""

from .books import Books
from .events import Sender
from .journal import Refusal
from .server import StandIn

__all__ = ["Books", "Refusal", "Sender", "StandIn"]
