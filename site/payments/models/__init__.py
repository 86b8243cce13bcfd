from .accounts import AccountChange, BankAccount
from .cards import CardAttempt, CardEvent
from .checks import LedgerCheck
from .deposits import Deposit, Match, StatementImport
from .ledger import LedgerEntry
from .months import MonthClose
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
    "MonthClose",
    "OfficePaper",
    "Payment",
    "Refund",
    "StatementImport",
]
