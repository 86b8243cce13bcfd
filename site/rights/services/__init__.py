from .calendar import Entry, Month, retention_calendar
from .destruction import COUNTED, count_due, destroy_due, due_rows, is_overdue
from .holds import held_scopes, lift_hold, place_hold
from .ledger import LedgerCheck, check_ledger

__all__ = [
    "COUNTED",
    "Entry",
    "LedgerCheck",
    "Month",
    "check_ledger",
    "count_due",
    "destroy_due",
    "due_rows",
    "held_scopes",
    "is_overdue",
    "lift_hold",
    "place_hold",
    "retention_calendar",
]
