"""What a list of contacts would do: looked at before, and found anew when it is done."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from messaging.services import suppressed_among
from privacy.addresses import canonical_phone
from privacy.blind_index import address_index

from ..gateways.contact_list import ContactProblem, ContactRow, is_mobile
from ..models import ContactList, ContactPoint, Election, Respondent
from .contacts import addresses_in_use, contact_index
from .directory import Directory, UnclearError

Kind, State = ContactPoint.Kind, ContactPoint.State


class LeftOut(TextChoices):
    """Why a contact is left as it is, while the rest of the list is taken over."""

    STOPPED = State.STOPPED, gettext_lazy("Whoever reads it wants no more. It stays so.")
    REFUSED = (
        State.REFUSED,
        gettext_lazy("It was found not to be theirs. If it is now, enter it by hand."),
    )
    REPLACED = (
        State.REPLACED,
        gettext_lazy("Another one took its place. If it is right again, enter it by hand."),
    )
    BOUNCED = (
        State.BOUNCED,
        gettext_lazy("Mail did not arrive there. If it does now, enter it by hand."),
    )
    SUPPRESSED = "suppressed", gettext_lazy("This address takes no mail from us. Find another one.")
    LANDLINE = "landline", gettext_lazy("No mobile phone: a text message does not reach it.")
    ENDED = "ended", gettext_lazy("The candidacy ended.")


IN_PLACE = (State.APPROVED, State.WAITING)


@dataclass(frozen=True)
class Entry:
    """A contact of the list; ``before`` is the address in use that it would replace."""

    line: ContactRow
    respondent: Respondent
    kind: str
    value: str
    index: bytes
    before: ContactPoint | None = None
    left_out: str = ""

    @property
    def mark(self) -> Sequence[object]:
        before = self.before.pk if self.before else None
        return [self.respondent.pk, self.kind, self.index.hex(), before, self.line.source]


@dataclass
class ContactPlan:
    added: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    left_out: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def does_nothing(self) -> bool:
        return not (self.added or self.changed)

    @property
    def digest(self) -> str:
        """Equal for plans that do the same; says nothing of an address."""
        told = [
            [one.mark for one in self.added],
            [one.mark for one in self.changed],
            [[*one.mark, one.left_out] for one in self.left_out],
            sorted(self.problems),
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True)
class _Known:
    """A contact that is entered already, whoever's it is."""

    respondent: int
    kind: str
    mark: object
    state: str


def plan_contacts(job: ContactList, reach: set[int]) -> ContactPlan:
    """What this list would do today. A few queries, however long it is.

    ``reach`` are the keys of the respondents whose contacts this person may enter.
    """
    kept: Mapping[str, Any] = json.loads(job.content or '{"rows": [], "problems": [], "empty": 0}')
    lines = [ContactRow(**row) for row in kept["rows"]]
    found = ContactPlan(
        problems=[(line, code) for line, code in kept["problems"]], empty=kept["empty"]
    )
    return _Planner(job.election, lines, reach).fill(found)


class _Planner:
    def __init__(self, election: Election, lines: Sequence[ContactRow], reach: set[int]) -> None:
        self.lines, self.reach = lines, reach
        self.directory = Directory(election)
        rows = ContactPoint.objects.filter(respondent__election=election, kind__in=_Marks)
        fields = ("respondent", "kind", "value", "value_index", "state")
        self.known = {
            (one.respondent, one.kind, one.mark): one
            for one in (
                _Known(respondent, kind, _Marks[kind](value, bytes(index)), state)
                for respondent, kind, value, index, state in rows.values_list(*fields)
            )
        }
        self.holders = {
            one.mark
            for one in self.known.values()
            if one.kind == Kind.EMAIL and one.state in IN_PLACE
        }
        self.stopped = suppressed_among(
            [address_index(line.email) for line in lines if line.email], bulk=False
        )

    def fill(self, plan: ContactPlan) -> ContactPlan:
        meant = dict(self._meant(plan))
        self._refuse_twice(plan, meant)
        held = addresses_in_use([row.pk for row in meant.values()])
        for line in self.lines:
            if (row := meant.get(line.line)) is not None:
                for entry in self._entries(line, row, held.get(row.pk)):
                    self._sort_in(plan, entry)
        plan.problems.sort()
        return plan

    def _meant(self, plan: ContactPlan) -> Iterator[tuple[int, Respondent]]:
        for line in self.lines:
            try:
                row = self.directory.find(line)
            except UnclearError as error:
                plan.problems.append((line.line, error.code))
            else:
                if row.pk in self.reach:
                    yield line.line, row
                else:
                    plan.problems.append((line.line, ContactProblem.NOT_YOURS))

    def _refuse_twice(self, plan: ContactPlan, meant: dict[int, Respondent]) -> None:
        people = Counter(row.pk for row in meant.values())
        addresses = Counter(address_index(line.email) for line in self.lines if line.email)
        for line in self.lines:
            row = meant.get(line.line)
            if row is None:
                continue
            if people[row.pk] > 1:
                plan.problems.append((line.line, ContactProblem.TWICE))
            elif line.email and addresses[address_index(line.email)] > 1:
                plan.problems.append((line.line, ContactProblem.SHARED))
            else:
                continue
            del meant[line.line]

    def _entries(
        self, line: ContactRow, row: Respondent, before: ContactPoint | None
    ) -> Iterator[Entry]:
        if line.email:
            index = contact_index(Kind.EMAIL, line.email)
            yield Entry(line, row, Kind.EMAIL, line.email, index, before)
        if line.phone:
            index = contact_index(Kind.PHONE, line.phone)
            yield Entry(line, row, Kind.PHONE, line.phone, index)

    def _sort_in(self, plan: ContactPlan, entry: Entry) -> None:
        known = self.known.get(
            (entry.respondent.pk, entry.kind, _Marks[entry.kind](entry.value, entry.index))
        )
        if known is not None and known.state in IN_PLACE:
            plan.unchanged += 1
        elif why := self._why_left_out(entry, known):
            plan.left_out.append(_left(entry, why))
        elif entry.kind == Kind.EMAIL and entry.index in self.holders:
            plan.problems.append((entry.line.line, ContactProblem.TAKEN))
        elif entry.before is not None:
            plan.changed.append(entry)
        else:
            plan.added.append(entry)

    def _why_left_out(self, entry: Entry, known: _Known | None) -> str:
        if entry.respondent.standing == Respondent.Standing.LEFT:
            return LeftOut.ENDED
        if known is not None:
            return LeftOut(known.state)
        if entry.kind == Kind.PHONE:
            return "" if is_mobile(entry.value) else LeftOut.LANDLINE
        return LeftOut.SUPPRESSED if address_index(entry.value) in self.stopped else ""


def _left(entry: Entry, why: str) -> Entry:
    return Entry(entry.line, entry.respondent, entry.kind, entry.value, entry.index, None, why)


def _same_telephone(value: str, _index: bytes) -> object:
    """However somebody wrote it by hand."""
    try:
        return canonical_phone(value)
    except ValueError:
        return value


def _same_address(_value: str, index: bytes) -> object:
    return index


_Marks: Mapping[str, Callable[[str, bytes], object]] = {
    Kind.EMAIL: _same_address,
    Kind.PHONE: _same_telephone,
}
