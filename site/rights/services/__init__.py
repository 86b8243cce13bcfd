from .destruction import count_due, destroy_due, due_rows, is_overdue
from .holds import held_scopes, lift_hold, place_hold
from .ledger import LedgerCheck, check_ledger

__all__ = [
    "LedgerCheck",
    "check_ledger",
    "count_due",
    "destroy_due",
    "due_rows",
    "held_scopes",
    "is_overdue",
    "lift_hold",
    "place_hold",
]
