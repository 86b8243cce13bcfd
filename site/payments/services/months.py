"""A month of the books is counted and closed; opening it again takes two people."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from evidence.services import record_event
from evidence.verifier import Fault
from privacy.dates import day_begins, month_of, next_month

from ..exceptions import (
    MonthClosedError,
    MonthHasObstaclesError,
    MonthNeedsNoteError,
    MonthNotOverError,
    MonthOpenError,
    OwnReopeningError,
)
from ..gateways.stripe_checkout import takes_cards
from ..models import Deposit, LedgerEntry, MonthClose
from .card_comparison import compare_with_company
from .comparison import find_faults
from .figures import FIGURES, Scope, first_month, sums_of, total_of, trial_balance

EVIDENCE_SUBJECT = "month_close"
BALANCE, COMPARISON, DEPOSITS = "balance", "comparison", "deposits"
CARDS_DIFFER, CARDS_AWAY = "cards_differ", "cards_away"
# What may be carried over to the next month, once somebody says why.
NOTED = (DEPOSITS, CARDS_DIFFER, CARDS_AWAY)
DUE_ON = 10  # the day by which last month is closed


@dataclass(frozen=True)
class Obstacle:
    """Why a month can't be closed, or only with a note."""

    kind: str
    number: int = 0
    amount_krw: int = 0

    @property
    def needs_note_only(self) -> bool:
        return self.kind in NOTED


def obstacles_of(month: date) -> list[Obstacle]:
    """What stands against closing a month. Asks the card company; changes nothing."""
    return [*_outside(), *_inside(month)]


def _outside() -> list[Obstacle]:
    """What is slow to ask: the whole comparison, and the card company."""
    found = []
    if faults := len(list(find_faults())):
        found.append(Obstacle(COMPARISON, faults))
    if takes_cards():
        told = compare_with_company()
        if told.is_away:
            found.append(Obstacle(CARDS_AWAY))
        elif told.difference_krw:
            found.append(Obstacle(CARDS_DIFFER, len(told.lines), told.difference_krw))
    return found


def _inside(month: date) -> Iterator[Obstacle]:
    if off := sum(line.closing_krw for line in trial_balance(Scope(month))):
        yield Obstacle(BALANCE, amount_krw=off)
    waiting = unmatched_in(month)
    if waiting:
        rest = sum(deposit.rest_krw for deposit in waiting)
        yield Obstacle(DEPOSITS, len(waiting), rest)


def unmatched_in(month: date) -> Sequence[Deposit]:
    """Deposits of a month that belong to nothing yet; amounts only."""
    rows = Deposit.objects.filter(state=Deposit.State.OPEN, occurred_at__gte=day_begins(month))
    rows = rows.filter(occurred_at__lt=day_begins(next_month(month)))
    return list(rows.only("amount_krw", "matched_krw"))


def close_month(month: date, *, user: User, note: str = "") -> MonthClose:
    """Count a month that is over and let nothing more be booked in it.

    Refuses with MonthNotOverError, MonthClosedError, MonthHasObstaclesError, and with
    MonthNeedsNoteError where something is carried over and nobody said why.
    """
    if month >= month_of(timezone.now()):
        raise MonthNotOverError
    outside = _outside()
    try:
        with transaction.atomic():
            _wait_for_bookings()
            return _close(month, [*outside, *_inside(month)], user, note)
    except IntegrityError as error:
        raise MonthClosedError from error


def _wait_for_bookings() -> None:
    """Until nobody books any more; whoever comes later sees that the month is closed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE payments_ledgerentry IN SHARE MODE")


def _close(month: date, obstacles: Sequence[Obstacle], user: User, note: str) -> MonthClose:
    if MonthClose.objects.filter(month=month, reopened_at=None).exists():
        raise MonthClosedError
    hard = [obstacle for obstacle in obstacles if not obstacle.needs_note_only]
    if hard:
        raise MonthHasObstaclesError(obstacles)
    if obstacles and not note:
        raise MonthNeedsNoteError(obstacles)
    entries, digest = digest_of(month)
    close = MonthClose.objects.create(
        month=month,
        totals=_totals(month, obstacles),
        entries=entries,
        digest=digest,
        note=note,
        closed_by=user,
        closed_at=timezone.now(),
    )
    _record(close, "closed", user, {"totals": close.totals, "note": note})
    return close


def _totals(month: date, obstacles: Sequence[Obstacle]) -> dict[str, Any]:
    """What the screen says of the month, as plain values."""
    scope = Scope(month)
    sums = sums_of(scope.entries())
    return {
        "figures": {figure.name: total_of(figure, sums) for figure in FIGURES},
        "accounts": {line.account: line.closing_krw for line in trial_balance(scope)},
        "carried_over": [asdict(obstacle) for obstacle in obstacles],
    }


def digest_of(month: date) -> tuple[int, str]:
    """How many entries a month has, and a digest of all of them."""
    digest, number = hashlib.sha256(), 0
    for row in _rows(month).iterator():
        digest.update(("|".join(str(value) for value in row) + "\n").encode())
        number += 1
    return number, digest.hexdigest()


def _rows(month: date) -> "QuerySet[LedgerEntry, Any]":
    fields = "pk", "booking", "account", "amount_krw", "payment_id", "what", "note", "day"
    return Scope(month).entries().order_by("pk").values_list(*fields)  # type: ignore[return-value]  # rows of values


@transaction.atomic
def ask_to_reopen(close: MonthClose, *, user: User, reason: str) -> MonthClose:
    """Ask for a closed month to be opened again; another person decides. Raises MonthOpenError."""
    close = _locked(close)
    if close.reopen_asked_by_id is not None:
        raise MonthClosedError
    close.reopen_asked_by, close.reopen_reason = user, reason
    close.reopen_asked_at = timezone.now()
    close.save(update_fields=["reopen_asked_by", "reopen_reason", "reopen_asked_at"])
    _record(close, "reopening_asked", user, {"reason": reason})
    return close


@transaction.atomic
def reopen_month(close: MonthClose, *, user: User) -> MonthClose:
    """Let a month be booked in again, as somebody else asked for.

    Refuses with MonthOpenError, and with OwnReopeningError.
    """
    close = _asked(close)
    if close.reopen_asked_by_id == user.pk:
        raise OwnReopeningError
    close.reopened_by, close.reopened_at = user, timezone.now()
    close.save(update_fields=["reopened_by", "reopened_at"])
    _record(close, "reopened", user, {"reason": close.reopen_reason})
    return close


@transaction.atomic
def keep_closed(close: MonthClose, *, user: User) -> MonthClose:
    """Say no to opening a month again; also who asked may. Raises MonthOpenError."""
    close = _asked(close)
    close.reopen_asked_by = close.reopen_asked_at = None
    close.reopen_reason = ""
    close.save(update_fields=["reopen_asked_by", "reopen_reason", "reopen_asked_at"])
    _record(close, "kept_closed", user, {})
    return close


def _locked(close: MonthClose) -> MonthClose:
    rows = MonthClose.objects.select_for_update(of=("self",))
    locked = rows.filter(pk=close.pk, reopened_at=None).first()
    if locked is None:
        raise MonthOpenError
    return locked


def _asked(close: MonthClose) -> MonthClose:
    locked = _locked(close)
    if locked.reopen_asked_by_id is None:
        raise MonthOpenError
    return locked


def _record(close: MonthClose, kind: str, user: User, values: dict[str, object]) -> None:
    counted = {"close": close.pk, "entries": close.entries, "digest": close.digest}
    record_event(
        subject_type=EVIDENCE_SUBJECT,
        subject_id=f"{close.month:%Y-%m}",
        kind=kind,
        actor=str(user.pk),
        values={**counted, **values},
    )


def months_to_close() -> list[date]:
    """The months that are over, since something was first booked, and not closed; oldest first."""
    month, this_month = first_month(), month_of(timezone.now())
    closed = set(MonthClose.objects.filter(reopened_at=None).values_list("month", flat=True))
    waiting = []
    while month and month < this_month:
        if month not in closed:
            waiting.append(month)
        month = next_month(month)
    return waiting


def months_overdue() -> list[date]:
    """Those that should have been closed by now; oldest first."""
    today = timezone.localdate()
    return [month for month in months_to_close() if next_month(month).replace(day=DUE_ON) <= today]


def find_month_faults() -> Iterator[Fault]:
    """Closed months whose entries are not those that were counted."""
    for close in MonthClose.objects.filter(reopened_at=None).order_by("month"):
        if digest_of(close.month) != (close.entries, close.digest):
            yield Fault(f"{EVIDENCE_SUBJECT} {close.month:%Y-%m}", "values changed")
