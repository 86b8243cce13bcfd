from .accounts import AccountChange, BankAccount
from .checks import LedgerCheck
from .deposits import Deposit, Match, StatementImport
from .ledger import LedgerEntry
from .papers import OfficePaper
from .payments import Payment, Refund

__all__ = [
    "AccountChange",
    "BankAccount",
    "Deposit",
    "LedgerCheck",
    "LedgerEntry",
    "Match",
    "OfficePaper",
    "Payment",
    "Refund",
    "StatementImport",
]
