"""What this room refuses."""


class AccessLogUnavailableError(Exception):
    """The access log can't be written, so no personal data may be shown."""


class KeysMissingError(Exception):
    """The database holds what was encrypted under keys that this site does not have."""


class TooEarlyError(Exception):
    """This year of the access log must be kept longer."""


class MonthNotOverError(Exception):
    """A month that still runs can't be signed off."""


class AlreadySignedOffError(Exception):
    """Somebody signed this month off before."""
