"""The destruction log: written with the destruction itself, sealed on the chain of its year."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation

from evidence.services import record_event, verify_chain

from ..models import DestructionRecord
from ..registry import DueRow, RetentionRule, label_of

CHAIN = "destruction"
KIND = "destroyed"
ACTOR = "retention"
SEALED = (
    *("data_set", "rule", "scope", "data_set_label", "rule_label", "scope_label"),
    *("legal_basis", "method", "count"),
)


@dataclass(frozen=True)
class LedgerCheck:
    """How many lines the log of a year has, and what is wrong with it, if anything."""

    year: int
    length: int
    fault: str = ""

    @property
    def holds(self) -> bool:
        return not self.fault


def write_ledger(run: uuid.UUID, rule: RetentionRule, gone: Sequence[DueRow]) -> None:
    """One line per part of the data set. To be called in the transaction of the destruction."""
    parts = defaultdict(list)
    for row in gone:
        parts[row.scope].append(timezone.localdate(row.at))
    labels = rule.clock.scope_labels(list(parts)) if rule.clock else {}
    for scope, days in sorted(parts.items()):
        _write_line(
            DestructionRecord(
                **_words(rule),
                run=run,
                data_set=rule.data_set,
                rule=rule.name,
                scope=scope,
                scope_label=labels.get(scope, ""),
                count=len(days),
                due_from=min(days),
                due_to=max(days),
            )
        )


def _words(rule: RetentionRule) -> dict[str, str]:
    """What the rule says of itself, in the language of the site whoever started the job."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "data_set_label": str(label_of(rule)),
            "rule_label": str(rule.label),
            "legal_basis": str(rule.legal_basis),
            "method": str(rule.method),
        }


def _write_line(line: DestructionRecord) -> None:
    now = timezone.now()
    line.event = record_event(
        subject_type=CHAIN,
        subject_id=str(timezone.localtime(now).year),
        kind=KIND,
        actor=ACTOR,
        values=sealed_values(line),
    )
    line.destroyed_at = now
    line.save(force_insert=True)


def sealed_values(line: DestructionRecord) -> dict[str, object]:
    """What the digest on the chain is made of."""
    days = {"due_from": str(line.due_from), "due_to": str(line.due_to)}
    return {**{name: getattr(line, name) for name in SEALED}, **days, "run": str(line.run)}


def check_ledger(year: int) -> LedgerCheck:
    """Whether the log of a year is whole: every line sealed, every seal with its line."""
    chain = verify_chain(CHAIN, str(year))
    lines = DestructionRecord.objects.filter(
        event__subject_type=CHAIN, event__subject_id=str(year)
    ).select_related("event__payload")
    length = len(lines)
    if not chain.holds:
        return LedgerCheck(year, length, chain.reason)
    if length != chain.length:
        return LedgerCheck(year, length, "missing")
    if any(line.event.payload.values != sealed_values(line) for line in lines):
        return LedgerCheck(year, length, "changed")
    return LedgerCheck(year, length)
