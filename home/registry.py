"""What rooms above this one can count, so that reports and the front page show it by themselves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Row = tuple[str, int, str]  # label, number, note


@dataclass(frozen=True)
class Counted:
    label: object  # A lazy translation.
    read: Callable[[int | None], object]


_figures: dict[str, Counted] = {}
_tables: dict[str, Counted] = {}


def register_figure(slug: str, *, label: object, read: Callable[[int | None], int]) -> None:
    """``read(year)`` gives one whole number; without a year, that of today."""
    _figures[slug] = Counted(label, read)


def register_table(
    slug: str, *, label: object, read: Callable[[int | None], Iterable[Row]]
) -> None:
    """``read(year)`` gives rows of label, number and note."""
    _tables[slug] = Counted(label, read)


def figure_choices() -> list[tuple[str, object]]:
    return [(slug, counted.label) for slug, counted in _figures.items()]


def table_choices() -> list[tuple[str, object]]:
    return [(slug, counted.label) for slug, counted in _tables.items()]


def read_figure(slug: str | None, year: int | None) -> int | None:
    """The number, or None where nobody counts ``slug``."""
    counted = _figures.get(slug or "")
    return counted.read(year) if counted else None


def read_table(slug: str | None, year: int | None) -> list[Row]:
    counted = _tables.get(slug or "")
    return list(counted.read(year)) if counted else []


NoteReader = Callable[[list], dict[int, str]]

_note_readers: list[NoteReader] = []


def register_action_notes(read: NoteReader) -> None:
    """``read(pages)`` gives, by key, one line for the cards of those pages that are its own."""
    _note_readers.append(read)


def action_notes(pages: list) -> dict[int, str]:
    """What stands on the cards of pages to take part with: how many signed, when it takes place."""
    return {key: note for read in _note_readers for key, note in read(pages).items()}


@dataclass(frozen=True)
class UpcomingEvent:
    """Something that takes place, as the front page announces it."""

    title: str
    url: str
    starts_at: datetime
    when: str
    place: str
    kind: str
    note: str = ""  # that it was put off or called off


EventReader = Callable[[Sequence[Any]], list[UpcomingEvent]]

_event_readers: list[EventReader] = []


def register_events(read: EventReader) -> None:
    """``read(pages)`` gives what is still to come among pages that everybody may see."""
    _event_readers.append(read)


def upcoming_events(pages: Sequence[Any]) -> list[UpcomingEvent]:
    """Those among these pages, the next first."""
    found = [event for read in _event_readers for event in read(pages)]
    return sorted(found, key=lambda event: event.starts_at)


ElectionDays = Callable[[], Iterable[date]]

_election_days: list[ElectionDays] = []


def register_election_days(read: ElectionDays) -> None:
    """``read()`` gives the days on which people vote that a room above knows of."""
    _election_days.append(read)


def known_election_days() -> list[date]:
    """The days that no one has to type into the site's settings."""
    return [day for read in _election_days for day in read()]
