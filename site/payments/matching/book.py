"""Open payments, found by name and by amount."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from .names import compact, readings
from .proposals import OpenPayment

# So many digits may be of a phone number: its end, or all of it. Others are a day, or how many.
PHONE_DIGITS = (2, 3, 4, 8, 10, 11)
MOST_REMEMBERED = 512
Place = int  # of a payment in the book


class Role(IntEnum):
    """Whose name it is; the greater says more."""

    ORGANISATION = 1
    PERSON = 2
    DEPOSITOR = 3


class Mark(IntEnum):
    """What digits beside the name say of the payment's phone number."""

    DIFFERENT = 0
    NONE = 1
    SAME = 2


class Hit(NamedTuple):
    role: Role
    mark: Mark


class Book:
    def __init__(self, payments: Iterable[OpenPayment]) -> None:
        self.payments: Sequence[OpenPayment] = tuple(payments)
        self.tails = [re.sub(r"\D", "", payment.phone_tail) for payment in self.payments]
        self.organisations = [compact(payment.organisation) for payment in self.payments]
        self.surnames = [{compact(name)[:1] for name in one.names} for one in self.payments]
        # Payments with the same words beside names are looked up together.
        self.word_sets: dict[tuple[str, ...], int] = {}
        self.named: defaultdict[tuple[int, str], list[tuple[Place, Role]]] = defaultdict(list)
        for place, payment in enumerate(self.payments):
            self._add(place, payment)
        self.keys = sorted({key for _, key in self.named})
        # One deposit's name is asked for several times in a row.
        self.readings = lru_cache(maxsize=MOST_REMEMBERED)(self._read)

    def hits(self, name: str) -> dict[Place, Hit]:
        """Payments of which a name is the deposit's, word for word."""
        found: dict[Place, Hit] = {}
        for number, reading, digits in self.readings(name):
            for place, role in self.named.get((number, reading), ()):
                hit = Hit(role, _mark(digits, self.tails[place]))
                found[place] = max(found.get(place, hit), hit, key=lambda hit: hit[::-1])
        return found

    def hits_of_key(self, key: str) -> dict[Place, Hit]:
        """Payments with this very name, whatever words people write beside it."""
        return {
            place: Hit(role, Mark.NONE)
            for number in self.word_sets.values()
            for place, role in self.named.get((number, key), ())
        }

    def longer_keys(self, beginning: str, most: int) -> list[str]:
        """Names that begin so, in order; not more than ``most``."""
        start = bisect_left(self.keys, beginning)
        following = self.keys[start : start + most + 1]
        longer = [key for key in following if key != beginning and key.startswith(beginning)]
        return longer[:most]

    def all_readings(self, name: str) -> set[str]:
        """What the name may be, under any payment's words."""
        return {reading for _, reading, _ in self.readings(name)}

    def _add(self, place: Place, payment: OpenPayment) -> None:
        words = tuple(sorted(filter(None, map(compact, payment.prefix_words))))
        number = self.word_sets.setdefault(words, len(self.word_sets))
        keys: dict[str, Role] = {self.organisations[place]: Role.ORGANISATION}
        keys |= {compact(name): Role.PERSON for name in payment.names}
        announced = readings(compact(payment.depositor_name), words)
        keys |= {key: Role.DEPOSITOR for key, digits in announced.items() if not digits}
        for key, role in keys.items():
            if len(key) > 1:
                self.named[number, key].append((place, role))

    def _read(self, name: str) -> tuple[tuple[int, str, str], ...]:
        key = compact(name)
        plain = readings(key, ())
        return tuple(
            (number, reading, digits)
            for words, number in self.word_sets.items()
            for reading, digits in (
                readings(key, words) if any(word in key for word in words) else plain
            ).items()
        )


def _mark(digits: str, tail: str) -> Mark:
    if len(digits) not in PHONE_DIGITS or not tail:
        return Mark.NONE
    return Mark.SAME if tail.endswith(digits) or digits.endswith(tail) else Mark.DIFFERENT
