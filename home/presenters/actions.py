"""Pages to take part with, as cards on other pages."""

from dataclasses import dataclass

from ..models import BasePage
from ..registry import action_notes


@dataclass(frozen=True)
class ActionCard:
    page: BasePage
    note: str


def is_open(page: BasePage) -> bool:
    return getattr(page, "is_open", lambda: True)()


def make_cards(pages: list[BasePage]) -> list[ActionCard]:
    notes = action_notes(pages)
    return [ActionCard(page, notes.get(page.pk, "")) for page in pages]
