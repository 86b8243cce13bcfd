"""What this room refuses."""


class RightsError(Exception):
    """Base of every refusal of this app."""


class HoldError(RightsError):
    """The hold is there already, or was lifted before."""


class HoldReasonMissingError(HoldError):
    """Staff held back or let go data without saying why."""


class RetentionFailedError(RightsError):
    """Some rules could not be carried out; the others were. Says which."""
