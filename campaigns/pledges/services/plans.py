"""What taking over a list would do: looked at before it is done, and found anew when it is."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..gateways.commission_list import RowProblem
from ..models import Candidacy, CandidateImport, Contest
from .candidacies import can_become

Status = Candidacy.Status
Stage = CandidateImport.Stage
# What the commission writes; anything else it writes is a remark beside a registration.
WRITTEN = {
    "사퇴": Status.WITHDRAWN,
    "사망": Status.DIED,
    "등록무효": Status.INVALIDATED,
    "무효": Status.INVALIDATED,
}
LISTED = {Stage.PRELIMINARY: Status.PRELIMINARY, Stage.REGISTERED: Status.REGISTERED}
# The second list says less of who was on the first.
FURTHER = (Status.REGISTERED, Status.ELECTED, Status.NOT_ELECTED)
COMPARED = ("name", "hanja", "party_name", "ballot_number", "commission_number", "birth_year")


@dataclass(frozen=True)
class Line:
    """A candidate of the list, as it is kept until somebody decides."""

    line: int
    key: str  # of the post
    number: str
    name: str
    hanja: str
    party_name: str
    ballot_number: str
    birth_year: int | None
    identity: str
    status: str  # as written

    def value(self, name: str) -> Any:
        return self.number if name == "commission_number" else getattr(self, name)


@dataclass(frozen=True)
class Change:
    candidacy: Candidacy
    line: Line
    values: Mapping[str, tuple[Any, Any]]  # field: before, after


@dataclass
class Plan:
    added: list[Line] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    found_again: list[Candidacy] = field(default_factory=list)
    missing: list[Candidacy] = field(default_factory=list)
    unchanged: int = 0
    new_keys: list[str] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    namesakes: set[int] = field(default_factory=set)  # lines of new ones with a name that is there

    @property
    def does_nothing(self) -> bool:
        return not (self.added or self.changed or self.found_again or self.newly_missing)

    @property
    def newly_missing(self) -> list[Candidacy]:
        return [one for one in self.missing if one.missing_since is None]

    @property
    def may_lapse(self) -> list[Candidacy]:
        return [one for one in self.missing if one.status == Status.PRELIMINARY]

    @property
    def digest(self) -> str:
        """Equal for plans that do the same."""
        told = [
            sorted((one.key, one.number, one.name) for one in self.added),
            sorted(
                (one.candidacy.pk, sorted((k, str(v)) for k, v in one.values.items()))
                for one in self.changed
            ),
            sorted(one.pk for one in self.missing),
            sorted(one.pk for one in self.found_again),
            sorted(self.problems),
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def plan_import(job: CandidateImport) -> Plan:
    """What this list would do today. A few queries, however long the list is."""
    lines = [Line(**row) for row in job.rows or []]
    return _Planner(job, lines).plan()


class _Planner:
    def __init__(self, job: CandidateImport, lines: Sequence[Line]) -> None:
        self.job, self.lines = job, lines
        self.result = Plan(problems=[(one["line"], one["code"]) for one in job.problems])
        contests = Contest.objects.filter(election=job.election).select_related("post__region")
        self.keys = {contest.post.key: contest for contest in contests}
        self.rows = list(
            Candidacy.objects.filter(contest__in=contests).select_related("contest__post__region")
        )
        self.by_number = {
            (row.contest.post.key, row.commission_number): row
            for row in self.rows
            if row.commission_number
        }
        self.by_person = {
            (row.contest.post.key, bytes(row.identity).hex()): row for row in self.rows
        }
        self.by_name: dict[tuple[str, str], list[Candidacy]] = {}
        for row in self.rows:
            self.by_name.setdefault((row.contest.post.key, row.name), []).append(row)

    def plan(self) -> Plan:
        seen: set[int] = set()
        twice = self._twice()
        for line in self.lines:
            if line.line in twice:
                self.result.problems.append((line.line, twice[line.line]))
                continue
            row = self._known(line)
            if row is None:
                self.result.added.append(line)
                if (line.key, line.name) in self.by_name:
                    self.result.namesakes.add(line.line)
            elif row.pk in seen:
                self.result.problems.append((line.line, RowProblem.TWICE))
            else:
                seen.add(row.pk)
                self._compare(row, line)
        keys = dict.fromkeys(line.key for line in self.lines)
        self.result.new_keys = [key for key in keys if key not in self.keys]
        self.result.missing = list(self._missing(seen))
        self.result.problems.sort()
        return self.result

    def _known(self, line: Line) -> Candidacy | None:
        """By the commission's number; without one, by name and birth date, as far as known."""
        found = self.by_number.get((line.key, line.number)) if line.number else None
        found = found or self.by_person.get((line.key, line.identity))
        return found or self._by_name(line)

    def _by_name(self, line: Line) -> Candidacy | None:
        """The only one of this name, where either side has neither number nor birth date."""
        named = self.by_name.get((line.key, line.name), [])
        if len(named) != 1:
            return None
        says_less = not line.number and line.birth_year is None
        knows_less = not named[0].commission_number and named[0].birth_year is None
        return named[0] if says_less or knows_less else None

    def _twice(self) -> Mapping[int, str]:
        numbers = Counter((one.key, one.number) for one in self.lines if one.number)
        people = Counter((one.key, one.identity) for one in self.lines)
        found = {}
        for one in self.lines:
            if numbers[one.key, one.number] > 1:
                found[one.line] = RowProblem.TWICE
            elif people[one.key, one.identity] > 1:
                known = one.birth_year is not None
                found[one.line] = RowProblem.TWICE if known else RowProblem.NAMESAKE
        return found

    def _compare(self, row: Candidacy, line: Line) -> None:
        values = {
            name: (getattr(row, name), line.value(name))
            for name in COMPARED
            if getattr(row, name) != line.value(name) and _says_something(name, line)
        }
        if (status := self.status_of(line, row.status)) != row.status:
            if not can_become(row.status, status):
                self.result.problems.append((line.line, RowProblem.MOVE))
                return
            values["status"] = (row.status, status)
        if values:
            self.result.changed.append(Change(row, line, values))
        elif row.missing_since:
            self.result.found_again.append(row)
        else:
            self.result.unchanged += 1

    def status_of(self, line: Line, before: str = "") -> str:
        written = WRITTEN.get(line.status)
        if written:
            return written
        if self.job.stage == Stage.PRELIMINARY and before in FURTHER:
            return before
        return LISTED[Stage(self.job.stage)]

    def _missing(self, seen: set[int]) -> Iterator[Candidacy]:
        """Who stands where the list speaks of, and is not in it any more."""
        spoken_of = {_area(key) for key in (line.key for line in self.lines)}
        for row in self.rows:
            stands = row.status in (Status.PRELIMINARY, Status.REGISTERED)
            if row.pk not in seen and stands and _area(row.contest.post.key) in spoken_of:
                yield row


def status_of(job: CandidateImport, line: Line) -> str:
    """Of somebody who is new."""
    return WRITTEN.get(line.status) or LISTED[Stage(job.stage)]


def _says_something(name: str, line: Line) -> bool:
    """A list that lacks a column takes nothing away."""
    return name in ("name", "party_name") or line.value(name) not in ("", None)


def _area(key: str) -> str:
    """Office and province: a file speaks of these as a whole."""
    office, region, _district = key.split(":", 2)
    return f"{office}:{region[:2]}"
