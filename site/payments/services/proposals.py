"""What the rules of ``matching`` say about the deposits and payments of an account."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ..matching import Decision, DepositView, OpenPayment, Proposal, match_deposits
from ..models import BankAccount, Deposit, Match, Payment
from ..registry import Payer, purpose_named
from .matches import Pairing, match_all

BATCH = 100
CHUNK = 1000
SHOWN = ("occurred_at", "amount_krw", "matched_krw", "name", "memo")
# So long money may come for a registration that was given up.
LATE = timedelta(days=60)


@dataclass(frozen=True)
class Candidate:
    """A payment that waits for money, with who owes it."""

    payment: Payment
    payer: Payer


def match_automatically(account: BankAccount) -> int:
    """Match what leaves no doubt; returns how many matches there were. Safe to call twice.

    What a person parted is not brought together again by a rule; it stays a suggestion.
    """
    parted = parted_pairs(waiting_deposits(account))
    sure = (
        as_pairing(proposal)
        for proposal in propose(account, waiting_deposits(account))
        if proposal.decision == Decision.AUTOMATIC and parted.isdisjoint(_pairs(proposal))
    )
    matched = 0
    while batch := list(islice(sure, BATCH)):
        matched += len(match_all(batch))
    return matched


def parted_pairs(deposits: "QuerySet[Deposit, Any] | Sequence[Deposit]") -> set[tuple[int, int]]:
    """These deposits and payments, by id, that belonged together until somebody undid it."""
    undone = Match.objects.filter(deposit__in=deposits, undone_at__isnull=False)
    return set(undone.values_list("deposit", "payment"))


def _pairs(proposal: Proposal) -> set[tuple[int, int]]:
    return {(int(proposal.deposit_key), int(key)) for key, _amount in proposal.targets}


def waiting_deposits(account: BankAccount) -> "QuerySet[Deposit, Any]":
    """Those that belong to nothing yet, oldest first."""
    rows = Deposit.objects.filter(account=account, state=Deposit.State.OPEN)
    return rows.order_by("occurred_at", "pk")


def propose(account: BankAccount, deposits: "QuerySet[Deposit, Any]") -> Iterator[Proposal]:
    """What each deposit may be for, in their order."""
    views = [
        DepositView(str(row.pk), row.occurred_at, row.rest_krw, row.name or "", row.memo or "")
        for row in deposits.only(*SHOWN).iterator()
    ]
    if not views:
        return iter(())
    return iter(match_deposits(views, [_view(one) for one in candidates(account).values()]))


def as_pairing(proposal: Proposal) -> Pairing:
    """The proposal's own choice, as it is written."""
    return pairing_for(proposal.deposit_key, proposal.targets, proposal.reason)


def pairing_for(deposit_key: str, targets: Sequence[tuple[str, int]], reason: str) -> Pairing:
    pairs = tuple((int(key), amount) for key, amount in targets)
    return Pairing(int(deposit_key), pairs, str(reason))


def candidates(account: BankAccount | None = None) -> dict[str, Candidate]:
    """Payments that a deposit may be for, by key, with their payers.

    Also those that were given up when their time was over: their money may be on its way.
    """
    now = timezone.now()
    given_up = Q(state=Payment.State.CLOSED, due_at__lt=now, due_at__gt=now - LATE)
    seen_by_staff = Q(method=Payment.Method.BANK_TRANSFER, marked_krw__gt=0)
    open_ones = Q(state=Payment.State.OPEN)
    payments = Payment.objects.filter(open_ones | given_up | seen_by_staff)
    payments = payments.filter(received_krw__lt=F("amount_krw") + F("marked_krw"))
    if account is not None:
        payments = payments.filter(account=account)
    rows = list(payments.order_by("pk"))
    payers = payers_of(rows)
    known = ((str(row.pk), row, payers.get(row.pk)) for row in rows)
    return {key: Candidate(row, payer) for key, row, payer in known if payer is not None}


def payers_of(payments: Sequence[Payment]) -> dict[int, Payer]:
    """Who owes each of these, by its id; a fixed number of queries per thousand and purpose."""
    found: dict[int, Payer] = {}
    for purpose in sorted({payment.purpose for payment in payments}):
        rows = [payment for payment in payments if payment.purpose == purpose]
        read = purpose_named(purpose).payers
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            payers = read([str(row.subject) for row in chunk])
            known = ((row.pk, payers.get(str(row.subject))) for row in chunk)
            found.update({pk: payer for pk, payer in known if payer is not None})
    return found


def _view(one: Candidate) -> OpenPayment:
    payment, payer = one.payment, one.payer
    return OpenPayment(
        key=str(payment.pk),
        amount_krw=payment.takes_krw,
        names=payer.names,
        organisation=payer.organisation,
        depositor_name=payment.depositor_name or "",
        prefix_words=payer.words,
        phone_tail=payer.phone_tail,
        opened_at=payment.created_at,
        due_at=payment.due_at,
        group=payer.group,
    )
