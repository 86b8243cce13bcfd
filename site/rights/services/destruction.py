"""What is due goes, in batches; each batch and its line in the log are one transaction."""

import logging
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from schedule.registry import stopping

from ..exceptions import RetentionFailedError
from ..registry import Clock, DueRow, RetentionRule, clocked_rules
from .holds import ALL_OF_IT, all_held_scopes, held_scopes, wait_for_holds
from .ledger import write_ledger

logger = logging.getLogger(__name__)

LONGEST_SECONDS = 60 * 60
PAGE = 1000
COUNTED = 20_000
OVERDUE = timedelta(days=2)


def destroy_due() -> int:
    """Destroy all rows whose time is up; returns how many. Safe to kill, safe to call twice.

    Each rule is on its own: the failure of one is raised as RetentionFailedError after the others.
    Ends after an hour or when the worker is told to end; what is left goes with the next run.
    """
    run, now, end = uuid.uuid4(), timezone.now(), time.monotonic() + LONGEST_SECONDS
    destroyed, failed = 0, []
    for rule, clock in clocked_rules():
        try:
            destroyed += sum(_batches(run, rule, clock, now, end))
        except Exception:  # The others are still to be carried out.
            logger.exception("Retention rule %s could not be carried out", rule.name)
            failed.append(rule.name)
    if failed:
        raise RetentionFailedError(", ".join(failed))
    return destroyed


def _batches(
    run: uuid.UUID, rule: RetentionRule, clock: Clock, now: datetime, end: float
) -> Iterator[int]:
    after = ""
    while not stopping.is_set() and time.monotonic() < end:
        with transaction.atomic():
            wait_for_holds()
            due = _due(rule, clock, now, after=after, limit=clock.batch)
            if not due:
                return
            gone = clock.destroy([row.key for row in due], now)
            write_ledger(run, rule, gone)
        yield len(gone)
        after = due[-1].key


def _due(
    rule: RetentionRule, clock: Clock, moment: datetime, *, after: str = "", limit: int
) -> list[DueRow]:
    held = held_scopes(rule.data_set)
    return _unheld(clock, moment, held, after=after, limit=limit)


def _unheld(
    clock: Clock, moment: datetime, held: frozenset[str], *, after: str = "", limit: int
) -> list[DueRow]:
    if ALL_OF_IT in held:
        return []
    return list(clock.due(moment, held=held, after=after, limit=limit))


def due_rows(rule: RetentionRule, moment: datetime, limit: int) -> list[DueRow]:
    """The dry run: what would go at ``moment``, without touching it."""
    return _due(rule, rule.clock, moment, limit=limit) if rule.clock else []


def count_due(rule: RetentionRule, moment: datetime) -> int:
    """How many rows would go at ``moment``; counts no further than COUNTED."""
    total, after = 0, ""
    while rule.clock and total < COUNTED:
        page = _due(rule, rule.clock, moment, after=after, limit=PAGE)
        total += len(page)
        if len(page) < PAGE:
            break
        after = page[-1].key
    return total


def overdue_rules(moment: datetime) -> list[RetentionRule]:
    """By which something should have gone two days before ``moment`` and is still there."""
    held, since = all_held_scopes(), moment - OVERDUE
    return [
        rule
        for rule, clock in clocked_rules()
        if _unheld(clock, since, held.get(rule.data_set, frozenset()), limit=1)
    ]
