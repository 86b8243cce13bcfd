"""What one row says about a person."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Erasure(StrEnum):
    """What becomes of a row whose owner asks for its deletion."""

    NOW = "now"
    BY_STAFF = "by_staff"  # Something must be kept, so somebody looks at it.
    KEPT_BY_LAW = "kept_by_law"  # Refused; the owner is told which law, and until when.


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
    it. ``law_counts_from`` is the day from which a law wants the row kept, where one does;
    ``is_apart`` is said by this room only.
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
    law_counts_from: date | None = None
    is_apart: bool = False


@dataclass(frozen=True)
class ApartRow:
    """What a tool hands over when only a law still wants a row kept.

    ``key`` is the row's public id, ``reference`` what staff may call it, never a name; ``since`` is
    when the row came to be, ``counted_from`` the day from which the law's time runs; ``scope`` the
    part of the data set that it belongs to, as in DueRow. ``facts`` holds what the law wants kept
    and no more. Without an ``address`` its owner does not find it on /my/.
    """

    key: str
    reference: str
    title: str
    facts: Sequence[Fact]
    since: datetime
    counted_from: date
    address: str = ""
    scope: str = ""
