from .accounts import AccountChange, BankAccount
from .cards import CardAttempt, CardEvent
from .checks import LedgerCheck
from .deposits import Deposit, Match, StatementImport
from .ledger import LedgerEntry
from .papers import OfficePaper
from .payments import Payment, Refund

__all__ = [
    "AccountChange",
    "BankAccount",
    "CardAttempt",
    "CardEvent",
    "Deposit",
    "LedgerCheck",
    "LedgerEntry",
    "Match",
    "OfficePaper",
    "Payment",
    "Refund",
    "StatementImport",
]
