"""What the petitions app refuses."""


class PetitionError(Exception):
    """Base of every refusal of this app."""


class PetitionNotFoundError(PetitionError):
    """No live petition stands at this address."""


class PetitionClosedError(PetitionError):
    """The petition takes no signatures now: not yet open, or closed."""


class PetitionNotReadyError(PetitionClosedError):
    """The form does not ask for what the law wants asked before a name is taken."""


class FormChangedError(PetitionError):
    """The form says something else by now than the one that the person read and filled in."""


class SignatureGoneError(PetitionError):
    """The signature was withdrawn, denied, invalidated or anonymised."""


class AddressBlockedError(PetitionError):
    """The owner of this address said that it must not be used to sign."""


class AddressTakenError(PetitionError):
    """This address has signed the petition itself."""


class ResendTooSoonError(PetitionError):
    """A minute has not passed since the last mail to this address."""


class StatusChangeError(PetitionError):
    """The signature is not in a status from which this step leads."""


class NotBlockedError(PetitionError):
    """There is no block on this address."""


class ReasonMissingError(PetitionError):
    """Staff took a step that must be explained without saying why."""


class ContinuationError(PetitionError):
    """Signers can't be asked, or can't go on."""


class ContinuationUnfitError(ContinuationError):
    """What is to be signed next is no other petition that takes signatures."""


class ContinuationRunningError(ContinuationError):
    """The signers of this petition are asked to go on with another one."""


class ContinuationOverError(ContinuationError):
    """Nobody is asked any more, or this signer was not."""
