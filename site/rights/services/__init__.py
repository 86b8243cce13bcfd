from .answers import letter_of, print_answer
from .apart import clock_for, retained_of, set_apart
from .breaches import close_case, publish_notice, start_telling, tell_people, withdraw_notice
from .calendar import Entry, Month, reminders_by_month, retention_calendar
from .changes import change_consent, erase_everything
from .destruction import COUNTED, count_due, destroy_due, due_rows, overdue_rules
from .holdings import Everything, Held, ShownConsent, find_held, gather_everything
from .holds import held_scopes, lift_hold, place_hold
from .ledger import LedgerCheck, check_ledger
from .mailboxes import (
    ask_for_address_change,
    ask_for_link,
    change_address,
    index_of,
    remember_mailbox,
)
from .requests import (
    Notice,
    Wish,
    enter_request,
    extend_request,
    finish_request,
    identify_request,
    lodge_request,
    refuse_request,
    start_request,
)

__all__ = [
    "letter_of",
    "print_answer",
    "set_apart",
    "retained_of",
    "clock_for",
    "close_case",
    "publish_notice",
    "start_telling",
    "tell_people",
    "withdraw_notice",
    "COUNTED",
    "Entry",
    "Everything",
    "Held",
    "LedgerCheck",
    "Month",
    "ShownConsent",
    "Notice",
    "Wish",
    "ask_for_address_change",
    "ask_for_link",
    "change_address",
    "change_consent",
    "check_ledger",
    "count_due",
    "destroy_due",
    "due_rows",
    "erase_everything",
    "enter_request",
    "extend_request",
    "find_held",
    "finish_request",
    "gather_everything",
    "held_scopes",
    "identify_request",
    "index_of",
    "lift_hold",
    "lodge_request",
    "overdue_rules",
    "place_hold",
    "refuse_request",
    "remember_mailbox",
    "reminders_by_month",
    "retention_calendar",
    "start_request",
]
