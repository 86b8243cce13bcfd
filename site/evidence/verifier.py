"""Recomputes evidence with Python's standard library alone: the site's own check, and anybody's.

    python verifier.py evidence.jsonl [--heads heads.json] [--head 2026-11-24=3f5a…]

The file comes from `manage.py export_evidence`, the heads from an earlier visit to /verify/log/.
Ends with 0 if everything holds, 1 if something does not, 2 if the file can't be read.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TextIO

FORMAT = 1
# Clocks of servers differ, and a long transaction is written when it ends.
TOLERANCE = timedelta(days=1)
MOST_FAULTS = 100

SAYS = {
    "missing": "a link before this one is missing / 앞의 고리가 없습니다",
    "changed": "this link, or its place, was changed / 이 고리나 그 자리가 바뀌었습니다",
    "values changed": "the words behind it were changed / 이 고리에 담긴 내용이 바뀌었습니다",
    "values missing": "the words behind it are gone / 이 고리에 담긴 내용이 사라졌습니다",
    "unreadable": "its words can't be read with our keys / 가진 열쇠로 내용을 읽을 수 없습니다",
    "backdated": "it is dated before an earlier head / 앞선 봉인값보다 이른 때를 적었습니다",
    "head changed": "this head was changed / 이 봉인값이 바뀌었습니다",
    "head missing": "a head before this one is missing / 앞의 봉인값이 없습니다",
    "root differs": "events of this day or before were changed, added or taken out / "
    "이날까지의 기록이 바뀌었거나, 끼어들었거나, 빠졌습니다",
    "cut off": "events that this head counted are gone / 이 봉인값이 센 기록이 사라졌습니다",
    "not as noted": "this is not the head that was noted / 적어 둔 봉인값과 다릅니다",
}


class Link(NamedTuple):
    """An event on the chain of its subject. The hash covers everything before it in this tuple."""

    subject_type: str
    subject_id: str
    sequence: int
    kind: str
    actor: str
    occurred_at: str
    values_digest: str
    previous_hash: str
    hash: str


class Head(NamedTuple):
    """All events up to the end of a day in one number: the Merkle root over their hashes."""

    date: str
    count: int
    root: str
    made_at: str
    previous_hash: str
    hash: str


class Payload(NamedTuple):
    """What stands behind a link's digest, as long as it is kept."""

    salt: str
    values: Mapping[str, object]


class Fault(NamedTuple):
    """``where`` names a chain and link, or the day of a head; ``reason`` is a key of SAYS."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {SAYS[self.reason]}"


def canonical(value: object) -> str:
    """JSON with sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_values(salt: str, values: Mapping[str, object]) -> str:
    """SHA-256 over the salt and the values in canonical JSON."""
    return _sha256(salt + canonical(values))


def hash_of(entry: Link | Head) -> str:
    """SHA-256 over everything a link or head says; the last thing is the hash before it."""
    return _sha256(canonical(entry[:-1]))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class MerkleTree:
    """The tree of RFC 9162, 2.1.1, grown leaf by leaf. Only its peaks are kept."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        height, node = 0, hashlib.sha256(b"\x00" + leaf).digest()
        while self._peaks and self._peaks[-1][0] == height:
            node = _parent(self._peaks.pop()[1], node)
            height += 1
        self._peaks.append((height, node))
        self.size += 1

    def root(self) -> str:
        if not self._peaks:
            return hashlib.sha256().hexdigest()
        node = self._peaks[-1][1]
        for _height, peak in reversed(self._peaks[:-1]):
            node = _parent(peak, node)
        return node.hex()


def _parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Report:
    """How much was looked at, and the first faults of all that were found."""

    events: int = 0
    chains: int = 0
    heads: int = 0
    payloads: int = 0
    found: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.found

    def tell(self, where: str, reason: str) -> None:
        self.found += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(where, reason))


class Verifier:
    """Takes the heads, then all events in the order in which they were written.

    What was erased is no fault: a link without its payload still proves its place. ``noted`` are
    heads that somebody wrote down elsewhere, day → hash.
    """

    def __init__(self, heads: Iterable[Head] = (), noted: Mapping[str, str] | None = None) -> None:
        self.report = Report()
        self._tree = MerkleTree()
        self._last: dict[str, tuple[int, str]] = {}
        self._earliest = ""
        self._compares = True
        self._heads = list(heads)
        self._check_heads(noted or {})
        self._waiting = self._heads[::-1]

    def _check_heads(self, noted: Mapping[str, str]) -> None:
        before = Head("", 0, "", "", "", "")
        for head in self._heads:
            if head.hash != hash_of(head):
                self.report.tell(head.date, "head changed")
            elif head.previous_hash != before.hash or not _follows(head, before):
                self.report.tell(head.date, "head missing")
            before = head
        known = {head.date: head.hash for head in self._heads}
        for date, told in noted.items():
            if known.get(date) != told:
                self.report.tell(date, "not as noted")
        self.report.heads = len(self._heads)

    def add(self, link: Link, payload: Payload | None = None) -> None:
        self._pass_heads()
        reason = self._fault(link, payload)
        if reason:
            self.report.tell(f"{link.subject_type} {link.subject_id} #{link.sequence}", reason)
        self._last[_chain(link)] = (link.sequence, link.hash)
        self._tree.add(link.hash.encode())
        self.report.payloads += payload is not None

    def _fault(self, link: Link, payload: Payload | None) -> str:
        sequence, previous = self._last.get(_chain(link), (0, ""))
        if link.sequence != sequence + 1:
            return "missing"
        if link.previous_hash != previous or link.hash != hash_of(link):
            return "changed"
        if payload and digest_values(*payload) != link.values_digest:
            return "values changed"
        return "backdated" if link.occurred_at < self._earliest else ""

    def _pass_heads(self) -> None:
        """Compare the root wherever a head was made after as many events as were added."""
        while self._waiting and self._waiting[-1].count <= self._tree.size:
            head = self._waiting.pop()
            self._earliest = _earlier(head.made_at)
            if self._compares and head.root != self._tree.root():
                self.report.tell(head.date, "root differs")
                self._compares = False  # All later ones differ with it.

    def finish(self) -> Report:
        self._pass_heads()
        if self._waiting:
            self.report.tell(self._waiting[-1].date, "cut off")
        self.report.events, self.report.chains = self._tree.size, len(self._last)
        return self.report


def _chain(link: Link) -> str:
    return f"{link.subject_type}\0{link.subject_id}"


def _follows(head: Head, before: Head) -> bool:
    return head.date > before.date and head.count >= before.count


def _earlier(moment: str) -> str:
    try:
        return (datetime.fromisoformat(moment) - TOLERANCE).isoformat(timespec="microseconds")
    except ValueError:  # The head was changed, and is told of as such.
        return ""


class BadFileError(Exception):
    """The file is not what was exported, or not all of it."""


def read_heads(lines: Iterable[object]) -> tuple[list[Head], object]:
    """The heads with which a file begins, and the first entry after them."""
    heads: list[Head] = []
    for entry in lines:
        if "head" not in entry:
            return heads, entry
        heads.append(Head(**entry["head"]))
    raise BadFileError("it ends too early / 파일이 중간에 끝났습니다")


def verify_file(file: TextIO, noted: Mapping[str, str] | None = None) -> Report:
    """Check what `export_evidence` wrote. Raises BadFileError."""
    number = 0
    try:
        entries = (json.loads(line) for line in file)
        if next(entries, {}).get("evidence") != FORMAT:
            raise BadFileError("it is no evidence file of this version / 증거 파일이 아닙니다")
        heads, entry = read_heads(entries)
        verifier = Verifier(heads, noted)
        while "event" in entry:
            number += 1
            payload = Payload(**entry["payload"]) if "payload" in entry else None
            verifier.add(Link(**entry["event"]), payload)
            entry = next(entries, {})
        if entry.get("end") != {"events": number, "heads": len(heads)}:
            raise BadFileError("it ends too early / 파일이 중간에 끝났습니다")
        return verifier.finish()
    except (ValueError, TypeError, AttributeError) as error:
        raise BadFileError(f"after event {number} / {number}번째 기록 다음: {error}") from error


def read_noted(path: str, told: Sequence[str]) -> dict[str, str]:
    """Heads that were noted: those of a saved heads.json, and those told as DAY=HASH."""
    saved = json.loads(Path(path).read_text(encoding="utf-8"))["heads"] if path else []
    pairs = (text.partition("=") for text in told)
    return {h["date"]: h["hash"] for h in saved} | {day: value for day, _, value in pairs}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks evidence / 증거 사슬을 다시 계산합니다")
    parser.add_argument("file")
    parser.add_argument("--heads", default="", metavar="heads.json")
    parser.add_argument("--head", action="append", default=[], metavar="DAY=HASH")
    options = parser.parse_args(arguments)
    try:
        noted = read_noted(options.heads, options.head)
        with Path(options.file).open(encoding="utf-8") as file:
            report = verify_file(file, noted)
    except (OSError, ValueError, KeyError, TypeError, BadFileError) as error:
        print(f"This file can't be read / 파일을 읽을 수 없습니다: {error}")
        return 2
    counted = f"{report.events} events / 기록, {report.chains} chains / 사슬"
    print(f"{counted}, {report.heads} heads / 봉인값, {report.payloads} payloads / 내용")
    for fault in report.faults:
        print(f"✗ {fault}")
    print("Everything holds / 온전합니다" if report.holds else f"✗ {report.found}")
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main())
