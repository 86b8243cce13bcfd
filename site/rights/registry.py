"""What the site's tools keep about people. Each tool registers its data sets when it starts.

Whatever speaks of people's data reads this: /my/, retention, the privacy policy.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from privacy.registry import name_data_set


class Basis(StrEnum):
    """Why data may be processed (PIPA art. 15(1))."""

    CONSENT = "consent"
    LAW = "law"
    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate_interest"

    @property
    def label(self) -> object:
        return BASIS_LABELS[self]


BASIS_LABELS = {
    Basis.CONSENT: _("Consent (Personal Information Protection Act, article 15(1)1)"),
    Basis.LAW: _("Duty by law (Personal Information Protection Act, article 15(1)2)"),
    Basis.CONTRACT: _("Contract (Personal Information Protection Act, article 15(1)4)"),
    Basis.LEGITIMATE_INTEREST: _(
        "Legitimate interest (Personal Information Protection Act, article 15(1)6)"
    ),
}


class Erasure(StrEnum):
    """What becomes of a row whose owner asks for its deletion."""

    NOW = "now"
    BY_STAFF = "by_staff"  # Something must be kept, so somebody looks at it.
    KEPT_BY_LAW = "kept_by_law"


@dataclass(frozen=True)
class Fact:
    """One thing that is stored, in the words of its owner's language.

    ``name`` is the field's name, as it stands in a file made for programs.
    """

    name: str
    label: object
    value: str


@dataclass(frozen=True)
class Step:
    """What somebody did with a row, as far as its owner may know: a role, never a person."""

    what: str
    at: datetime
    who: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """Taking part in something ends at its owner's word: the words of the button, what follows."""

    label: object
    follows: Sequence[object] = ()


@dataclass(frozen=True)
class Holding:
    """Everything one row says about a person. ``key`` is the row's public id.

    ``subject`` is whose consents are shown and changed with it; ``words_then`` and ``words_now``
    fill the places in their texts as they were when they were given, and as they are today.
    ``mail_keys`` are the outbox keys of mails about it, ``access_keys`` what the access log calls
    it.
    """

    key: str
    title: str
    since: datetime
    facts: Sequence[Fact]
    kept_until: str = ""
    url: str = ""
    subject: uuid.UUID | None = None
    words_then: Mapping[str, str] = field(default_factory=dict)
    words_now: Mapping[str, str] = field(default_factory=dict)
    mail_keys: Sequence[str] = ()
    access_keys: Sequence[str] = ()
    steps: Sequence[Step] = ()
    can_correct: bool = False
    withdrawal: Withdrawal | None = None
    erasure: Erasure = Erasure.NOW


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

    Without a ``clock`` they have no fixed end; ``period`` says what ends them. What a law wants
    kept longer goes to a table of its own by ``destroy``, under a rule of its own.
    """

    name: str
    data_set: str
    label: object
    period: Callable[[], str]  # as told to people, from the settings that are in force
    legal_basis: object
    method: object
    remains: object
    clock: Clock | None = None


class NotTheirsError(Exception):
    """There is no such row of this address."""


class MoveRefusedError(Exception):
    """A row can't go to this address. The message is told to its owner."""


@dataclass(frozen=True)
class DataSet:
    """One kind of row about people, and what its owner may do with it.

    ``find`` looks up all rows of an address (its canonical form is the tool's affair) in a fixed
    number of queries. The others take the address and the key, and raise NotTheirsError unless
    the row is that address's. ``correction_form`` makes a Django form from what is stored and what
    was typed, if anything; a field may carry as ``consent`` the text of the consent it chooses.
    ``correct`` gets its cleaned data and may be called twice, as may ``withdraw`` and ``erase``.
    ``move`` puts the row under another address, whose owner has confirmed it, or raises
    MoveRefusedError.
    """

    name: str
    label: object
    purpose: object
    items: object
    basis: Basis
    people: object  # whose data: signers, participants
    source: object = ""
    sensitive: bool = False  # PIPA art. 23
    find: Callable[[str], Sequence[Holding]] | None = None
    correction_form: Callable[[str, str, Mapping[str, str] | None], Any] | None = None
    correct: Callable[[str, str, Mapping[str, Any]], object] | None = None
    withdraw: Callable[[str, str], object] | None = None
    erase: Callable[[str, str], object] | None = None
    move: Callable[[str, str, str], object] | None = None
    # For telling everybody, as after a breach: keys of rows with an address, rising, after one;
    # and the address of a row, if it still has one.
    members: Callable[[str, int], Sequence[str]] | None = None
    address_of: Callable[[str], str | None] | None = None

    @property
    def rules(self) -> list[RetentionRule]:
        """When rows of this set go."""
        return [rule for rule in _rules.values() if rule.data_set == self.name]


_data_sets: dict[str, DataSet] = {}
_rules: dict[str, RetentionRule] = {}


def register_data_set(data_set: DataSet) -> None:
    """Tell the site that a tool keeps data about people."""
    _data_sets[data_set.name] = data_set
    name_data_set(data_set.name, data_set.label)  # As the access log calls it.


def data_sets() -> list[DataSet]:
    """All data sets, in the order in which their tools registered them."""
    return list(_data_sets.values())


def data_set_named(name: str) -> DataSet:
    """Raises KeyError."""
    return _data_sets[name]


def register_rule(rule: RetentionRule) -> None:
    """Tell the site when rows of a data set go; the set itself may be registered later.

    Two rules of one name are a mistake: the second would silently end the first.
    """
    if _rules.get(rule.name, rule) is not rule:
        raise ValueError(f"Two retention rules are called {rule.name}.")
    _rules[rule.name] = rule


def all_rules() -> list[RetentionRule]:
    """Every rule, in the order of registration."""
    return list(_rules.values())


def retention_rules() -> list[tuple[DataSet, RetentionRule]]:
    """Each rule with the data set it belongs to, in the order of the sets."""
    return [(data_set, rule) for data_set in data_sets() for rule in data_set.rules]


def clocked_rules() -> list[tuple[RetentionRule, Clock]]:
    """The rules that the daily job carries out, whether their data set is known here or not."""
    return [(rule, rule.clock) for rule in _rules.values() if rule.clock]


def label_of(rule: RetentionRule) -> object:
    """What the data of this rule is called."""
    data_set = _data_sets.get(rule.data_set)
    return data_set.label if data_set else rule.data_set


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
