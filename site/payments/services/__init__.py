from .marks import mark_paid, retry_settling, unmark_paid
from .matches import match_all, match_deposit, set_aside, take_back, undo_match
from .papers import find_office_paper, papers_for
from .payments import change_depositor_name, close_payment, draft_payment, lower_amount, payments_of
from .refunds import (
    ask_refund,
    drop_refund,
    retry_card,
    return_deposit,
    send_refund,
    set_refund_account,
)

__all__ = [
    "ask_refund",
    "change_depositor_name",
    "close_payment",
    "draft_payment",
    "drop_refund",
    "find_office_paper",
    "lower_amount",
    "mark_paid",
    "match_all",
    "match_deposit",
    "papers_for",
    "payments_of",
    "retry_card",
    "retry_settling",
    "return_deposit",
    "send_refund",
    "set_aside",
    "set_refund_account",
    "take_back",
    "undo_match",
    "unmark_paid",
]
