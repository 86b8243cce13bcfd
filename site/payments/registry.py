"""What other rooms tell this one: what a payment is for, and what follows from it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db.models.expressions import Combinable


@dataclass(frozen=True)
class Payer:
    """What is known of a payment's subject: enough to find its deposit and to speak of it.

    ``names`` are those of buyer and participants, ``words`` what people write beside a name
    (토론회), ``group`` is equal for subjects that one deposit may pay together. None of it is
    shown to staff without the right to see it.
    """

    reference: str
    title: str
    names: tuple[str, ...]
    organisation: str = ""
    words: tuple[str, ...] = ()
    phone_tail: str = ""
    group: str = ""
    url: str = ""  # of the staff's screen


@dataclass(frozen=True)
class Purpose:
    """A kind of thing that is paid for. Subjects are public ids.

    ``payers`` reads many subjects in a fixed number of queries. ``settle`` is called in the
    transaction in which a payment is complete (or waived) and says whether the subject could still
    have what was paid for; it may be called twice. ``unsettle`` takes that back after an undone
    match or mark, also of a part of the money, and says whether the subject waits for it; else
    nothing more is owed. ``lapse`` is called when the deadline is over and no deposit can be on its
    way; it closes the payment, or leaves it. ``lock`` locks subjects in the order of their ids, and
    is called before a payment of theirs is locked: whoever locks a subject and then its payment can
    then wait for nobody who waits for it. ``confirmed`` says which of these subjects are had, and
    ``lacking`` which are neither had nor given back by whoever had them, although they are paid
    for; the nightly comparison asks both. ``refunded`` is called, the subject locked, in the
    transaction in which a refund (by its public id) is marked as sent.

    The ledger adds up what belongs together, such as one forum's: ``groups`` takes the name of the
    column with the subject and gives the key of its group as text, for the database to reckon
    with; ``titles`` names groups. Neither names a person.
    """

    name: str
    label: object
    payers: Callable[[Collection[str]], Mapping[str, Payer]]
    settle: Callable[[str], bool]
    unsettle: Callable[[str], bool]
    lapse: Callable[[str], object]
    lock: Callable[[Collection[str]], object] = lambda _subjects: None
    confirmed: Callable[[Collection[str]], Collection[str]] | None = None
    lacking: Callable[[Collection[str]], Collection[str]] | None = None
    refunded: Callable[[str, str], object] = lambda _subject, _refund: None
    groups: Callable[[str], Combinable] | None = None
    titles: Callable[[Collection[str]], Mapping[str, str]] = lambda _groups: {}


_purposes: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    """Let things of this kind be paid for."""
    _purposes[purpose.name] = purpose


def purpose_named(name: str) -> Purpose:
    """Raises KeyError."""
    return _purposes[name]


def purposes() -> list[Purpose]:
    """All, in the order of registration."""
    return list(_purposes.values())
