"""What goes to somebody else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Provision:
    """Data that goes to somebody else, by the consent of whom it is about (PIPA art. 17)."""

    occasion: str
    recipients: str
    purpose: str
    items: str
    kept_by_them: str


_provisions: list[Callable[[], Iterable[Provision]]] = []


def register_provisions(read: Callable[[], Iterable[Provision]]) -> None:
    """Tell the privacy policy what a tool hands on at this time; it is asked anew each time."""
    _provisions.append(read)


def provisions() -> list[Provision]:
    """What is handed on, of all tools."""
    return [provision for read in _provisions for provision in read()]
