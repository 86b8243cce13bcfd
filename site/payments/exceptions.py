"""What the payments app refuses."""

from collections.abc import Sequence


class PaymentsError(Exception):
    """Base of every refusal of this app."""


class AlreadyPaidError(PaymentsError):
    """Nothing is owed any more."""


class NotMarkedError(PaymentsError):
    """No person marked this payment, or a deposit has taken the mark's place."""


class NoSeatError(PaymentsError):
    """What would be paid for is gone; nothing was written."""


class AlreadyRefundedError(PaymentsError):
    """What would be taken back has been promised or sent back to the payer."""


class RefundTooLargeError(PaymentsError):
    """More would go back than came."""

    def __init__(self, refundable_krw: int) -> None:
        super().__init__()
        self.refundable_krw = refundable_krw


class RefundDecidedError(PaymentsError):
    """The refund was sent or dropped already."""


class RefundAccountMissingError(PaymentsError):
    """It is not known where the money should go."""


class DepositTakenError(PaymentsError):
    """The deposit, or the part of it, belongs to something already."""


class NotOwedError(PaymentsError):
    """So much is not owed for this payment."""


class MatchUndoneError(PaymentsError):
    """The match was undone already."""


class ChangeDecidedError(PaymentsError):
    """Somebody decided about the change of the account already."""


class ChangeWaitsError(PaymentsError):
    """A change of this account waits for approval already."""


class OwnChangeError(PaymentsError):
    """Who asked for a change of the account can't approve it."""


class AccountExistsError(PaymentsError):
    """This account is on the list already."""


class PaperUnreadableError(PaymentsError):
    """The file is neither a picture nor a PDF of nothing but pages."""


class PaperWaitsError(PaymentsError):
    """Another such paper waits for approval already."""


class PaperDecidedError(PaymentsError):
    """The paper was approved or taken back already."""


class OwnPaperError(PaymentsError):
    """Who sent a paper in can't approve it."""


class UnknownStatementError(PaymentsError):
    """The file is no bank's list of transactions that this site reads. Says what to do."""


class DamagedStatementError(PaymentsError):
    """The file was cut off or changed so that nothing in it can be read. Says what to do."""


class WrongAccountError(PaymentsError):
    """The file is of another account than the one that was chosen."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class CardsAwayError(PaymentsError):
    """Stripe does not answer; whether something was done there is not known."""


class CardRefusedError(PaymentsError):
    """Stripe answered that it will not do it; ``code`` is its own word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ForgedEventError(PaymentsError):
    """What came was not signed by Stripe, or too long ago."""


class NotPayableError(PaymentsError):
    """Nothing is owed, or cards are not taken."""


class MonthNotOverError(PaymentsError):
    """Only a month that is over can be closed."""


class MonthClosedError(PaymentsError):
    """Somebody closed the month already, or asked already for it to be opened again."""


class MonthOpenError(PaymentsError):
    """The month is open, or nobody asked for it to be opened again."""


class OwnReopeningError(PaymentsError):
    """Who asked for a month to be opened again can't allow it."""


class MonthHasObstaclesError(PaymentsError):
    """The books of the month do not agree; ``obstacles`` says in what."""

    def __init__(self, obstacles: Sequence[object]) -> None:
        super().__init__()
        self.obstacles = obstacles


class MonthNeedsNoteError(MonthHasObstaclesError):
    """Something is carried over, and a note must say why."""


class NoPayoutError(PaymentsError):
    """No payout of the card company of this amount is on its way."""
