from .accounts import AccountChange, BankAccount
from .checks import LedgerCheck
from .deposits import Deposit, Match, StatementImport
from .ledger import LedgerEntry
from .payments import Payment, Refund

__all__ = [
    "AccountChange",
    "BankAccount",
    "Deposit",
    "LedgerCheck",
    "LedgerEntry",
    "Match",
    "Payment",
    "Refund",
    "StatementImport",
]
