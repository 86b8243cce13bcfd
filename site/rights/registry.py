"""What the site's tools keep about people. Each tool registers its data sets when it starts.

Whatever speaks of people's data reads this: /my/, retention, the privacy policy.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


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


@dataclass(frozen=True)
class Fact:
    """One thing that is stored, in the words of its owner's language.

    ``name`` is the field's name where the owner may correct it, ``choices`` what it may become.
    """

    label: object
    value: str
    name: str = ""
    choices: Sequence[tuple[str, object]] = ()


@dataclass(frozen=True)
class Holding:
    """Everything one row says about a person. ``key`` is the row's public id."""

    key: str
    title: str
    since: datetime
    facts: Sequence[Fact]
    subject: uuid.UUID | None = None  # whose consents are shown and changed with it
    url: str = ""  # the public page it belongs to
    can_withdraw: bool = False
    withdraw_label: object = ""


@dataclass(frozen=True)
class RetentionRule:
    """When rows go, and what stays.

    ``due(moment)`` names rows whose time was up at ``moment``, as (key, when it was up);
    ``destroy(keys)`` destroys them in one transaction, may be called twice, returns how many.
    """

    name: str
    label: object
    period: Callable[[], str]  # as told to people, from the settings that are in force
    legal_basis: object
    remains: object
    due: Callable[[datetime], Iterable[tuple[str, datetime]]]
    destroy: Callable[[Sequence[str]], int]


class NotTheirsError(Exception):
    """There is no such row of this address."""


@dataclass(frozen=True)
class DataSet:
    """One kind of row about people, and what its owner may do with it.

    ``find`` looks up all rows of an address (its canonical form is the tool's affair).
    ``correct``, ``withdraw`` and ``erase`` take the address and the key; they raise
    NotTheirsError unless the row is that address's, and ``correct`` a ValidationError whose
    messages are told to the owner.
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
    correct: Callable[[str, str, Mapping[str, str]], object] | None = None
    withdraw: Callable[[str, str], object] | None = None
    erase: Callable[[str, str], object] | None = None
    rules: Sequence[RetentionRule] = field(default_factory=tuple)


_data_sets: dict[str, DataSet] = {}


def register_data_set(data_set: DataSet) -> None:
    """Tell the site that a tool keeps data about people."""
    _data_sets[data_set.name] = data_set


def data_sets() -> list[DataSet]:
    """All data sets, in the order in which their tools registered them."""
    return list(_data_sets.values())


def data_set_named(name: str) -> DataSet:
    """Raises KeyError."""
    return _data_sets[name]


def retention_rules() -> list[tuple[DataSet, RetentionRule]]:
    """Each rule with the data set it belongs to."""
    return [(data_set, rule) for data_set in data_sets() for rule in data_set.rules]
