"""What the page of a registration says first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from payments.models import Refund

from .card_way import CardWay


@dataclass(frozen=True)
class Headline:
    """``tone`` is a kind of alert."""

    kicker: str
    title: str
    text: str
    tone: str


def card_headline(way: CardWay, *, is_overdue: bool) -> Headline:
    """Where the fee is waited for, and the card is one way to pay it, or the chosen one."""
    kicker = pgettext("order", "Waiting for the fee")
    if is_overdue:
        text = _("Your seats go to others.")
        if way.until:
            text = _("Your seats stay reserved as long as your page to pay on is open.")
        return Headline(kicker, _("The deadline is over"), text, "warning")
    if way.is_chosen:
        kicker = pgettext("order", "Waiting for the card")
    text = _("Once the fee is paid, your place is certain.")
    return Headline(kicker, _("We have your registration"), text, "info")


def refund_words(asked: Sequence[Refund]) -> str:
    """How what is on its way back comes."""
    to_card = [refund for refund in asked if refund.attempt_id and not refund.problem]
    if len(to_card) == len(asked):
        return _("The card payment is being cancelled. It shows on the card within a few days.")
    if to_card:
        return _("One part goes back to the card by itself, the other to the account you named.")
    if any(refund.attempt_id for refund in asked):
        return _("The card does not take it back. The office asks you for an account.")
    return _("The refund is on the list of the office. We send it to the account you named.")
