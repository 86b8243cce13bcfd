"""Who works with people's data for the site as it is set up, without anybody having typed it in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class DeclaredProcessor:
    """수탁자 (PIPA art. 26), with what is told where data leaves the country (art. 28-8(2)).

    ``key`` is a word of its name: once the office enters one with that word, its own words count.
    """

    key: str
    name: str
    task: str
    items: str
    kept_until: str
    contact: str
    country: str
    how_transferred: str
    how_to_refuse: str


_processors: list[Callable[[], Iterable[DeclaredProcessor]]] = []


def register_processors(read: Callable[[], Iterable[DeclaredProcessor]]) -> None:
    """Tell the privacy policy who works for the site; it is asked anew each time."""
    _processors.append(read)


def declared_processors() -> list[DeclaredProcessor]:
    """Those of all tools, as the site is set up now."""
    return [one for read in _processors for one in read()]
