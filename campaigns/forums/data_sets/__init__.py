"""What this app keeps about people, for /my/, retention and the privacy policy."""

from .invitations import INVITATION_REQUESTS, INVITATIONS
from .orders import ORDERS
from .waiting import WAITING

__all__ = ["INVITATIONS", "INVITATION_REQUESTS", "ORDERS", "WAITING"]
