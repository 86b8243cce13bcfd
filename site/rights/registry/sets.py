"""Kinds of rows, and the rules by which they go."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy.registry import name_data_set

from .clocks import Clock, RetentionRule
from .holdings import Holding
from .law import LegalRetention


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
    MoveRefusedError. For ``kept_by_law`` and ``set_apart`` see the top of the registry.
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
    kept_by_law: LegalRetention | None = None
    set_apart: Callable[[str, str], object] | None = None
    # For telling everybody, as after a breach: keys of rows with an address, rising, after one;
    # and the address of a row, if it still has one.
    members: Callable[[str, int], Sequence[str]] | None = None
    address_of: Callable[[str], str | None] | None = None

    @property
    def rules(self) -> list[RetentionRule]:
        """When rows of this set go; what a law wants kept longer comes last."""
        own = [rule for rule in _rules.values() if rule.data_set == self.name]
        return [*own, *_rules_by_law([self])]


_data_sets: dict[str, DataSet] = {}
_rules: dict[str, RetentionRule] = {}
_clocks_apart: list[Callable[[str], Clock]] = []


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


def keep_apart_with(make_clock: Callable[[str], Clock]) -> None:
    """Say how rows of a data set that were set apart are found and destroyed."""
    _clocks_apart[:] = [make_clock]


def _rules_by_law(sets: Iterable[DataSet]) -> list[RetentionRule]:
    return [_rule_by_law(one.name, one.kept_by_law) for one in sets if one.kept_by_law]


def _rule_by_law(data_set: str, law: LegalRetention) -> RetentionRule:
    return RetentionRule(
        name=f"{data_set}.by_law",
        data_set=data_set,
        label=law.records,
        period=lambda: _told(law),
        legal_basis=law.law,
        method=_("The rows are deleted from the database; they cannot be restored."),
        remains=_("Nothing"),
        clock=_clocks_apart[0](data_set),
        by_law=law,
    )


def _told(law: LegalRetention) -> str:
    values = {"period": law.period, "day": law.counted_from}
    return gettext("%(period)s, counted from %(day)s") % values


def all_rules() -> list[RetentionRule]:
    """Every rule, in the order of registration; then those for what laws want kept."""
    return [*_rules.values(), *_rules_by_law(_data_sets.values())]


def retention_rules() -> list[tuple[DataSet, RetentionRule]]:
    """Each rule with the data set it belongs to, in the order of the sets."""
    return [(data_set, rule) for data_set in data_sets() for rule in data_set.rules]


def clocked_rules() -> list[tuple[RetentionRule, Clock]]:
    """The rules that the daily job carries out, whether their data set is known here or not."""
    return [(rule, rule.clock) for rule in all_rules() if rule.clock]


def label_of(rule: RetentionRule) -> object:
    """What the data of this rule is called."""
    data_set = _data_sets.get(rule.data_set)
    return data_set.label if data_set else rule.data_set
