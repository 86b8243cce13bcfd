"""Whose deposit is it? Pure rules: plain values in, proposals out; nothing is changed here."""

from .identity import row_identity
from .matcher import match_deposits
from .names import compact
from .proposals import Decision, DepositView, OpenPayment, Proposal, Reason, Suggestion

__all__ = [
    "Decision",
    "DepositView",
    "OpenPayment",
    "Proposal",
    "Reason",
    "Suggestion",
    "compact",
    "match_deposits",
    "row_identity",
]
