from .card_pages import (
    Heard,
    ask_about,
    close_card_page,
    goes_to_card,
    latest_attempt,
    methods_for,
    pay_by_transfer,
    takes_by_card,
    takes_cards,
    waits_for_card,
    ways_in_words,
)
from .cards import begin_attempt
from .marks import mark_paid, retry_settling, unmark_paid
from .matches import match_all, match_deposit, set_aside, take_back, undo_match
from .papers import find_office_paper, papers_for
from .payments import change_depositor_name, close_payment, draft_payment, lower_amount, payments_of
from .refunds import (
    ask_refund,
    card_part,
    drop_refund,
    retry_card,
    return_deposit,
    send_refund,
    set_refund_account,
)

__all__ = [
    "Heard",
    "ask_about",
    "ask_refund",
    "begin_attempt",
    "card_part",
    "change_depositor_name",
    "close_card_page",
    "close_payment",
    "draft_payment",
    "drop_refund",
    "find_office_paper",
    "goes_to_card",
    "latest_attempt",
    "lower_amount",
    "mark_paid",
    "match_all",
    "match_deposit",
    "methods_for",
    "papers_for",
    "pay_by_transfer",
    "payments_of",
    "retry_card",
    "retry_settling",
    "return_deposit",
    "send_refund",
    "set_aside",
    "set_refund_account",
    "take_back",
    "takes_by_card",
    "takes_cards",
    "undo_match",
    "unmark_paid",
    "waits_for_card",
    "ways_in_words",
]
