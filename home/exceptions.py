"""What every room may have to live with."""

from django.db import InterfaceError, InternalError, OperationalError

# No connection, no disk, locked for too long, or a database that takes no writes.
DATABASE_AWAY = (OperationalError, InterfaceError, InternalError)


class ShortLinkNotFoundError(Exception):
    """Nobody made this short address, or what it leads to is not public."""
