"""When rows go, and how."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from .law import LegalRetention


@dataclass(frozen=True)
class DueRow:
    """A row whose time is up.

    ``at`` is the moment from which it must be gone, ``scope`` the part of the data set that it
    belongs to (a petition), ``reference`` what staff may call it: never a name.
    """

    key: str
    at: datetime
    scope: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Outlook:
    """How many rows of one part of a data set go on a day."""

    day: date
    count: int
    scope: str = ""


class FindDue(Protocol):
    """Rows whose time was up at ``moment``, by rising key after ``after``, at most ``limit``.

    Rows of the parts ``held`` are left out.
    """

    def __call__(
        self, moment: datetime, *, held: Collection[str], after: str, limit: int
    ) -> Sequence[DueRow]: ...


@dataclass(frozen=True)
class Clock:
    """How rows of a rule are found and destroyed when their time is up.

    ``destroy(keys, moment)`` runs in the caller's transaction, locks the rows, destroys those that
    are still due and returns them; it may be called twice. ``outlook(end)`` says what goes until a
    day, overdue rows included; ``scope_labels`` names parts of the data set, all of them for None.
    """

    due: FindDue
    destroy: Callable[[Sequence[str], datetime], Sequence[DueRow]]
    outlook: Callable[[date], Iterable[Outlook]]
    scope_labels: Callable[[Collection[str] | None], Mapping[str, str]] = lambda _scopes: {}
    batch: int = 500


@dataclass(frozen=True)
class RetentionRule:
    """How long rows of a data set are kept, why, and what stays afterwards.

    Without a ``clock`` they have no fixed end; ``period`` says what ends them. ``by_law`` marks the
    rule for rows that were set apart; it is made by the registry and never by a tool.
    """

    name: str
    data_set: str
    label: object
    period: Callable[[], str]  # as told to people, from the settings that are in force
    legal_basis: object
    method: object
    remains: object
    clock: Clock | None = None
    by_law: LegalRetention | None = None
