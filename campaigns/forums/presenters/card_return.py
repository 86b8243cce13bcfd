"""What the page of a registration says to whoever comes back from the card company."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from home.dates import korean_deadline

from .card_way import MOST_CHECKS
from .orders import OrderPresenter

SECONDS = (1, 4, 8)  # until it is asked again by itself


@dataclass(frozen=True)
class Notice:
    """``kind`` is a kind of alert."""

    kind: str
    title: str
    text: str


class CardReturn:
    """Reads the page's address: it says where somebody comes from, and proves nothing."""

    def __init__(self, shown: OrderPresenter, query: Mapping[str, str]) -> None:
        self.shown = shown
        self.told = query.get("told", "")
        self.came_from = query.get("card", "")
        typed = query.get("checks", "")
        self.checks = min(int(typed), MOST_CHECKS) if typed.isdecimal() and len(typed) < 3 else 0

    @cached_property
    def is_checking(self) -> bool:
        """Whether somebody says to have paid, and it is not known yet."""
        way = self.shown.card
        return self.came_from == "done" and way is not None and way.is_unheard

    @property
    def seconds(self) -> int | None:
        """After how long a script asks; None where only a person does."""
        return SECONDS[self.checks] if self.checks < MOST_CHECKS else None

    @property
    def notice(self) -> Notice | None:
        """One line about what was done last, where it is still so."""
        if self.shown.card is None or self.is_checking:
            return None
        named = {
            "card-away": self._away,
            "card-unpaid": self._unpaid,
            "transfer": self._changed,
            "card-open": self._left_open,
        }
        told = named.get(self.told) or (self._unpaid if self.came_from else None)
        return told() if told else None

    def _away(self) -> Notice:
        title = _("The card company does not answer at the moment")
        text = _("Nothing was charged. Your registration stands; please press again in a while.")
        if self.shown.payment and self.shown.payment.account_id:
            text += " " + _("You can also pay by bank transfer.")
        return Notice("danger", title, text)

    def _unpaid(self) -> Notice:
        return Notice("warning", _("Nothing has been paid yet"), self._held)

    @property
    def _held(self) -> str:
        due = self.shown.payment.due_at if self.shown.payment else None
        if due is None or self.shown.is_overdue:
            return _("Please try once more.")
        words = _("Your seats stay reserved until %(due)s. Until then you can try once more.")
        return words % {"due": korean_deadline(due)}

    def _changed(self) -> Notice | None:
        if self.shown.card is None or self.shown.card.is_chosen:
            return None
        title = _("You pay by bank transfer now")
        return Notice("success", title, _("No page to pay by card on is open any more."))

    def _left_open(self) -> Notice:
        return Notice(
            "warning",
            _("You pay by bank transfer now"),
            _(
                "The card company does not answer, so its page may still be open. Please do not "
                "pay on it. Should you pay twice, the card is refunded by itself."
            ),
        )
