"""Why nothing can be read of a file, in words for the person who sent it."""


class TableError(Exception):
    """Base of both."""


class UnknownTableError(TableError):
    """It is no table."""


class DamagedTableError(TableError):
    """It is one, and empty or broken."""
