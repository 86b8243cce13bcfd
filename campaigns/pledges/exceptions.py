"""What the pledges app refuses."""

from collections.abc import Sequence


class PledgesError(Exception):
    """Base of every refusal of this app."""


class UnknownListError(PledgesError):
    """Nothing of the file can be read as a list of candidates; the words say what to do."""


class ListDecidedError(PledgesError):
    """The list was taken over or discarded already."""


class ListFaultyError(PledgesError):
    """Lines of the list can't be taken over, so none is."""


class ListChangedError(PledgesError):
    """Since the list was looked at, taking it over would do something else."""


class MoveRefusedError(PledgesError):
    """From this state there is no way to that one."""


class DemandsFrozenError(PledgesError):
    """A text that was sent to review or published is not written on."""


class DemandsIncompleteError(PledgesError):
    """There is no demand, or a new version does not say what changed."""


class DemandsChangedError(PledgesError):
    """The text is no longer the one that was looked at before publishing."""


class NotMinorError(PledgesError):
    """A small correction neither adds nor takes away a demand."""


class RoundFixedError(PledgesError):
    """Somebody was asked already: what holds for all alike stands."""


class RespondentAskedError(PledgesError):
    """Whoever was asked is not taken out."""


class AnswersClosedError(PledgesError):
    """The answers were handed in, or the last moment to answer is over."""


class AnswersIncompleteError(PledgesError):
    """A demand still waits for its answer."""


class CommentMissingError(PledgesError):
    """An acceptance in part says which part."""


class DemandGoneError(PledgesError):
    """The demand reads differently, or is not asked, by now."""


class AnswerElsewhereError(PledgesError):
    """Another device answered otherwise meanwhile."""


class CodeExpiredError(PledgesError):
    """There is no code that could be right: too old, tried too often, or of another browser."""


class TooManyCodesError(PledgesError):
    """No more codes are sent today."""


class IdentityStaleError(PledgesError):
    """To sign needs a code of just now."""


class TextChangedError(PledgesError):
    """The text is no longer the one that was read."""


class ConsentMissingError(PledgesError):
    """Without both consents there is no agreement."""


class TooFewAcceptedError(PledgesError):
    """Fewer demands are accepted than an agreement needs."""


class DelegationUnprovedError(PledgesError):
    """Nobody has checked yet that the delegate may sign."""


class AgreementStandsError(PledgesError):
    """There is an agreement already."""


class CodeWrongError(PledgesError):
    """Not this code; ``left`` says how many more tries there are."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class InquiryWaitsError(PledgesError):
    """The election commission was asked already and has not answered."""


class InquiryAnsweredError(PledgesError):
    """The answer of the election commission is entered already."""


class CommissionObjectsError(PledgesError):
    """Against its word nobody publishes: what it objects to is changed, and it is asked anew."""


class ReleaseBlockedError(PledgesError):
    """The board can't be published yet; ``reasons`` say why, and what to do."""

    def __init__(self, reasons: Sequence[object] = ()) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons


class ApprovalDecidedError(PledgesError):
    """Somebody asked for the same already, or decided about it."""


class OrganisationBarredError(PledgesError):
    """The law bars this organisation from elections."""


class NothingToTakeDownError(PledgesError):
    """What somebody wants off the site is not on it."""


class ObjectionLateError(PledgesError):
    """The three days in which somebody can object are over."""


class TakedownDecidedError(PledgesError):
    """It was decided already what becomes of what was taken down."""


class AgreementGoneError(PledgesError):
    """The agreement is in another state now, so this step does not fit any more."""


class ProofMissingError(PledgesError):
    """A batch is signed only with a second factor that was proved for it, just now, once."""


class BatchRefusedError(PledgesError):
    """None, or more than a hundred agreements at once, or by somebody who may not."""


class TwoPeopleError(PledgesError):
    """What one person entered another one checks."""


class ResponseBusyError(PledgesError):
    """The answers can't be opened again: they are open, or a signed agreement waits."""


class PaperIncompleteError(PledgesError):
    """The answers on paper do not fit the demands that are asked."""


class SigningKeysMissingError(PledgesError):
    """There are no keys to seal with: ``manage.py create_signing_keys`` makes them."""


class NotReadyToAskError(PledgesError):
    """There is no round, no published demand, or nobody who can be reached; or time is over."""


class LateReasonMissingError(PledgesError):
    """Others of a contest were asked on an earlier day: why not these?"""


class TooManyContactsError(PledgesError):
    """Several contacts of this respondent wait for a call-back already."""


class FileCheckError(PledgesError):
    """A file that somebody dropped could not be examined."""


class UnreadableFileError(FileCheckError):
    """It is damaged, or no PDF inside."""


class WastefulFileError(FileCheckError):
    """Reading it takes more memory or time than any file of ours."""


class ExaminerBusyError(FileCheckError):
    """Others are having files examined; a place may be free in a moment."""


class DelegateNamedError(PledgesError):
    """There is a delegate already; only one answers for a respondent."""


class ContactRefusedError(PledgesError):
    """This address wants no mail, or is not theirs."""


class DocumentUnreadableError(PledgesError):
    """Neither a whole PDF without programs nor a picture."""


class ContactDecidedError(PledgesError):
    """Nothing waits to be decided about this contact."""


class ContactTooEarlyError(PledgesError):
    """Whoever reads the old address has a day to object to another one."""


class TooManyLettersError(PledgesError):
    """More letters than one print takes."""
