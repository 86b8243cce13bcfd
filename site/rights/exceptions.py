"""What this room refuses."""


class RightsError(Exception):
    """Base of every refusal of this app."""


class HoldError(RightsError):
    """The hold is there already, or was lifted before."""


class HoldReasonMissingError(HoldError):
    """Staff held back or let go data without saying why."""


class RetentionFailedError(RightsError):
    """Some rules could not be carried out; the others were. Says which."""


class RequestClosedError(RightsError):
    """The request has been answered; nothing changes any more."""


class NotAnsweredError(RightsError):
    """There is nothing yet that a letter could tell."""


class AlreadyExtendedError(RightsError):
    """The time for an answer can be extended only once."""


class WordsMissingError(RightsError):
    """Staff took a step that must be explained to the person without saying why."""


class NoticeMissingError(RightsError):
    """There is no mailbox, and nobody has said how and when the person was told."""


class ConsentChangedError(RightsError):
    """The text is another by now than the one that was read."""


class ConsentFixedError(RightsError):
    """This consent is no choice by itself: taking part stands and falls with it."""


class TooManyChangesError(RightsError):
    """This address has asked often enough today; each wish mails somebody who has not."""


class ChangeGoneError(RightsError):
    """The change of address was made, or nobody confirmed it in time."""


class BreachIncompleteError(RightsError):
    """People can't be told, or the case not closed: something the law wants told is missing."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class BreachClosedError(RightsError):
    """The case is closed; nothing changes any more."""


class NoticeStaysError(RightsError):
    """A public notice stays for thirty days."""


class NotKeptByLawError(RightsError):
    """A tool set rows apart that no law wants kept. Says of which data set."""
