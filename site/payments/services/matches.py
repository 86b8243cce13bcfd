"""Deposits and what they pay: matched, undone, put aside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from accounts.models import User

from ..exceptions import AlreadyRefundedError, DepositTakenError, MatchUndoneError, NotOwedError
from ..models import Deposit, Match, Payment
from .ledger import Account, Booking, What, book
from .payments import lock_payments, reopening, settle, unsettle


@dataclass(frozen=True)
class Pairing:
    """A deposit with the payments, by id, that it pays, and how much of each."""

    deposit_id: int
    targets: tuple[tuple[int, int], ...]
    reason: str

    @property
    def total_krw(self) -> int:
        return sum(amount for _payment, amount in self.targets)


@transaction.atomic
def match_deposit(pairing: Pairing, *, user: User) -> list[Match]:
    """Take a deposit for payments because a person says so, and confirm what is paid.

    Refuses with DepositTakenError and NotOwedError where either changed since it was shown.
    """
    payments, deposits = _lock([pairing])
    _check(pairing, payments, deposits)
    return _write([pairing], payments, deposits, user)


@transaction.atomic
def match_all(pairings: Sequence[Pairing], *, user: User | None = None) -> list[Match]:
    """Match many deposits; what changed in the meantime is left for another time."""
    payments, deposits = _lock(pairings)
    return _write(list(_holding(pairings, payments, deposits)), payments, deposits, user)


@transaction.atomic
def undo_match(match: Match, *, user: User) -> Match:
    """Part a deposit from a payment; what it paid waits for its money again, or is over.

    Refuses with MatchUndoneError, and with AlreadyRefundedError where the money went back, of what
    was paid or of the deposit's rest: a deposit that is open again offers all of it once more.
    """
    payment = lock_payments([match.payment_id])[match.payment_id]
    deposit = Deposit.objects.select_for_update().get(pk=match.deposit_id)
    match = Match.objects.select_for_update().get(pk=match.pk)
    if match.undone_at is not None:
        raise MatchUndoneError
    new_krw = match.amount_krw - match.covered_krw
    if deposit.goes_back or payment.received_krw - new_krw < payment.refunded_krw:
        raise AlreadyRefundedError
    match.undone_by, match.undone_at = user, timezone.now()
    match.save(update_fields=["undone_by", "undone_at"])
    deposit.matched_krw, deposit.state = F("matched_krw") - match.amount_krw, Deposit.State.OPEN
    deposit.save(update_fields=["matched_krw", "state"])
    payment.received_krw -= new_krw
    payment.marked_krw += match.covered_krw
    back = What.UNMATCHED, Account.RECEIVABLE, Account.UNASSIGNED
    day = timezone.localdate(deposit.occurred_at)
    after = [Booking(*back, new_krw, payment.pk, user, day=day)]
    book([*after, *(unsettle(payment, new_krw) if new_krw else _keep(payment))])
    return match


@transaction.atomic
def set_aside(deposits: Sequence[int]) -> int:
    """Take open deposits off the list that have nothing to do with anything; returns how many."""
    chosen = Deposit.objects.filter(pk__in=deposits, state=Deposit.State.OPEN)
    return chosen.update(state=Deposit.State.SET_ASIDE)


@transaction.atomic
def take_back(deposit: Deposit) -> None:
    """Put a deposit that was set aside on the list again. Refuses with DepositTakenError."""
    aside = Deposit.objects.filter(pk=deposit.pk, state=Deposit.State.SET_ASIDE)
    if not aside.update(state=Deposit.State.OPEN):
        raise DepositTakenError


def _keep(payment: Payment) -> list[Booking]:
    """The match only stood for a person's word, which stands again."""
    payment.save(update_fields=["marked_krw"])
    return []


def _lock(pairings: Sequence[Pairing]) -> tuple[dict[int, Payment], dict[int, Deposit]]:
    payments = lock_payments({pk for pairing in pairings for pk, _amount in pairing.targets})
    ids = [pairing.deposit_id for pairing in pairings]
    deposits = Deposit.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return payments, {deposit.pk: deposit for deposit in deposits}


def _check(
    pairing: Pairing, payments: Mapping[int, Payment], deposits: Mapping[int, Deposit]
) -> None:
    deposit = deposits.get(pairing.deposit_id)
    if deposit is None or deposit.state != Deposit.State.OPEN:
        raise DepositTakenError
    if not 0 < pairing.total_krw <= deposit.rest_krw:
        raise DepositTakenError
    if len({pk for pk, _amount in pairing.targets}) != len(pairing.targets):
        raise NotOwedError
    for pk, amount in pairing.targets:
        if pk not in payments or not 0 < amount <= payments[pk].takes_krw:
            raise NotOwedError


def _holding(
    pairings: Iterable[Pairing], payments: Mapping[int, Payment], deposits: Mapping[int, Deposit]
) -> Iterable[Pairing]:
    """Those that hold and touch nothing that one before them touches."""
    touched: set[tuple[str, int]] = set()
    for pairing in pairings:
        touches = {("payment", pk) for pk, _amount in pairing.targets}
        touches.add(("deposit", pairing.deposit_id))
        try:
            _check(pairing, payments, deposits)
        except (DepositTakenError, NotOwedError):
            continue
        if not touches & touched:
            touched |= touches
            yield pairing


def _write(
    pairings: Sequence[Pairing],
    payments: Mapping[int, Payment],
    deposits: Mapping[int, Deposit],
    user: User | None,
) -> list[Match]:
    """What was checked: rows in bulk, then each payment that is complete is settled."""
    matches, bookings = [], []
    for pairing in pairings:
        _take(deposits[pairing.deposit_id], pairing.total_krw)
        for pk, amount in pairing.targets:
            day = timezone.localdate(deposits[pairing.deposit_id].occurred_at)
            match, booked = _pair(pairing, payments[pk], amount, user, day)
            matches.append(match)
            bookings.append(booked)
    Match.objects.bulk_create(matches)
    book(chain.from_iterable(bookings))
    _save_deposits([deposits[pairing.deposit_id] for pairing in pairings])
    _save_payments(matches)
    for match in matches:
        if match.payment.state == Payment.State.PAID and match.covered_krw < match.amount_krw:
            settle(match.payment)
    return matches


def _save_deposits(deposits: Iterable[Deposit]) -> None:
    """One statement for all that are used up; they are locked."""
    used_up = []
    for deposit in deposits:
        if deposit.rest_krw:
            deposit.save(update_fields=["matched_krw"])
        else:
            used_up.append(deposit.pk)
    if used_up:
        rows = Deposit.objects.filter(pk__in=used_up)
        rows.update(matched_krw=F("amount_krw"), state=Deposit.State.MATCHED)


def _save_payments(matches: Iterable[Match]) -> None:
    """One statement for all that are complete by deposits alone; they are locked."""
    complete: list[Payment] = []
    for match in matches:
        payment = match.payment
        if match.covered_krw or payment.marked_krw or payment.open_krw:
            payment.save(update_fields=["received_krw", "marked_krw", "state", "paid_at", "method"])
        else:
            complete.append(payment)
    if complete:
        rows = Payment.objects.filter(pk__in=[payment.pk for payment in complete])
        paid_at = complete[0].paid_at
        # Whoever chose the card and sent a transfer paid by transfer.
        sent = When(card_krw=0, then=Value(Payment.Method.BANK_TRANSFER))
        rows.update(
            received_krw=F("amount_krw"),
            state=Payment.State.PAID,
            paid_at=paid_at,
            method=Case(sent, default=F("method")),
        )


def _take(deposit: Deposit, amount_krw: int) -> None:
    deposit.matched_krw += amount_krw
    if not deposit.rest_krw:
        deposit.state = Deposit.State.MATCHED


def _pair(
    pairing: Pairing, payment: Payment, amount_krw: int, user: User | None, day: date
) -> tuple[Match, list[Booking]]:
    """A match, with what it changes in the payment, and its bookings.

    The part that a person vouched for is on the books; the deposit only takes its place. What is
    new counts for the day of the deposit.
    """
    covered = min(amount_krw, payment.vouched_krw)
    new = amount_krw - covered
    bookings = reopening(payment)
    matched = What.MATCHED, Account.UNASSIGNED, Account.RECEIVABLE
    bookings.append(Booking(*matched, new, payment.pk, user, day=day))
    payment.marked_krw -= covered
    payment.received_krw += new
    if payment.method == Payment.Method.CARD and not payment.card_krw:
        payment.method = Payment.Method.BANK_TRANSFER
    if new and payment.state == Payment.State.CLOSED:
        payment.state = Payment.State.OPEN
    if new and not payment.open_krw:
        payment.state, payment.paid_at = Payment.State.PAID, timezone.now()
    match = Match(
        deposit_id=pairing.deposit_id,
        payment=payment,
        amount_krw=amount_krw,
        covered_krw=covered,
        source=Match.Source.HAND if user else Match.Source.RULE,
        reason=pairing.reason,
        matched_by=user,
        matched_at=timezone.now(),
    )
    return match, bookings
