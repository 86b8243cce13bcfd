class ReviewError(Exception):
    """A decision on a text that was refused."""


class NotWaitingError(ReviewError):
    """Somebody decided before, or the text was taken back."""


class NotReviewerError(ReviewError):
    """This person decides on other texts, or on none."""


class TextChangedError(ReviewError):
    """The text is not the one any more that this person read."""


class TooManyAttemptsError(Exception):
    """A password or a code was tried wrongly too often; nothing is checked for some minutes."""


class CodeUsedError(Exception):
    """The code of an authenticator app was used before."""


class AccountClosedError(Exception):
    """The account's person left."""


class GrantError(Exception):
    """A right that was not given, or not taken back."""


class AlreadyHasRoleError(GrantError):
    """The person has this role already, in the same extent."""


class ScopeMissingError(GrantError):
    """The role is made for a limit (a region, a body) and was to be given without one."""


class UnknownScopeError(GrantError):
    """There is nothing of this kind and key that a right could be limited to."""


class GrantOverError(GrantError):
    """The grant was over before."""


class InvitationError(Exception):
    """An invitation that was refused."""


class AlreadyStaffError(InvitationError):
    """The address has an account."""


class AlreadyInvitedError(InvitationError):
    """The address was invited and has not answered."""


class InvitationOverError(InvitationError):
    """It was taken up, or taken back."""


class StaffError(Exception):
    """A change to a person's account that was refused."""


class OwnAccountError(StaffError):
    """Nobody does this to the own account."""


class LastAdministratorError(StaffError):
    """Nobody would be left who may do everything."""
