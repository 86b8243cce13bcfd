from collections.abc import Sequence


class ForumError(Exception):
    """Something that a forum refuses."""


class SeatsTakenError(ForumError):
    """Fewer of something were to be offered than people have taken of it."""

    def __init__(self, name: str, taken: int) -> None:
        super().__init__(f"{taken} are taken")
        self.name = name
        self.taken = taken


class LetterSentError(ForumError):
    """It went out: its words stand as they were read."""


class NobodyToWriteToError(ForumError):
    """No registration of the chosen group has an address that takes mail."""


class ForumNotFoundError(ForumError):
    """No live forum stands at this address."""


class RegistrationClosedError(ForumError):
    """Nobody can register now: not yet, no more, or not for this session."""


class NotInvitedError(ForumError):
    """The code opens nothing here, or not the session that was asked for."""


class SoldOutError(ForumError):
    """Not so many seats of these sessions are left."""

    def __init__(self, sessions: Sequence[str]) -> None:
        super().__init__(f"{len(sessions)} sessions are full")
        self.sessions = sessions


class MealsGoneError(ForumError):
    """There are seats, but not so many meals."""

    def __init__(self, sessions: Sequence[str]) -> None:
        super().__init__(f"the meals of {len(sessions)} sessions are gone")
        self.sessions = sessions


class OrganisationSeatsGoneError(ForumError):
    """The organisation's seats are taken; ``holders`` are the masked names of those who come."""

    def __init__(self, holders: Sequence[str]) -> None:
        super().__init__(f"{len(holders)} hold the seats")
        self.holders = holders


class OtherOrganisationError(ForumError):
    """This address or telephone holds seats of another organisation in the forum."""


class OrderGoneError(ForumError):
    """The order is cancelled or has lapsed."""


class RefundChangedError(ForumError):
    """Another sum would go back by now than the one that was shown."""


class RefundAccountNeededError(ForumError):
    """Money goes back, and nobody said where to."""


class ChangeNotPossibleError(ForumError):
    """The forum is over or called off, or is as asked already."""


class NoAddressError(ForumError):
    """Nobody knows where this invitation can be sent."""


class MoneyToReturnError(ForumError):
    """Money may have to go back first, and for that an account is needed."""


class AttendeeFixedError(ForumError):
    """It is too late to send somebody else: the forum has begun, or the ticket is void."""


class PaperNotIssuedError(ForumError):
    """What the paper would say is not so: no money came, nobody came in, or it is cancelled."""


class DoorClosedError(ForumError):
    """No phone stands there any more, or its QR let another one in."""


class PartyTooLargeError(ForumError):
    """More people than the session has seats in all, or their organisation."""


class OfferGoneError(ForumError):
    """The seats are not held any more: the time is over, or the entry left the list."""


class AlreadyWaitingError(ForumError):
    """This address stands in the same line already."""
