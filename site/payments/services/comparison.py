"""The nightly comparison: ledger, payments, deposits, refunds, and what was paid for."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..gateways.stripe_checkout import takes_cards
from ..models import Deposit, LedgerCheck, LedgerEntry, Match, Payment, Refund
from ..registry import purposes
from .card_comparison import compare_with_company
from .ledger import Account, What

logger = logging.getLogger(__name__)

MOST = 100  # Faults of one kind that are kept.
KEPT = timedelta(days=90)
CHUNK = 1000


def compare_ledger() -> LedgerCheck:
    """Write down what does not agree; the log gets the number of faults by kind, and no name."""
    faults = list(find_faults())
    now = timezone.now()
    LedgerCheck.objects.filter(checked_at__lt=now - KEPT).delete()
    check = LedgerCheck.objects.create(checked_at=now, faults=faults, **_card_balances())
    for kind in sorted({fault["kind"] for fault in faults}):
        number = sum(fault["kind"] == kind for fault in faults)
        logger.error("Ledger check: %s, %d rows", kind, number)
    return check


def _card_balances() -> dict[str, int]:
    """Both sides of the card company's balance, where cards are taken and it answers."""
    if not takes_cards():
        return {}
    told = compare_with_company()
    if told.is_away:
        return {}
    return {"card_company_krw": told.company_krw, "card_books_krw": told.books_krw}


def find_faults() -> Iterator[dict[str, str]]:
    """Each as the kind of fault and the id of the row, a few of each kind."""
    for kind, ids in _questions():
        yield from ({"kind": kind, "id": str(one)} for one in ids)


def _questions() -> Iterator[tuple[str, Iterable[Any]]]:
    bookings = LedgerEntry.objects.values("booking").annotate(total=Sum("amount_krw"))
    yield "booking", _first(bookings.exclude(total=0), "booking")
    for kind, condition in _faults_of_payments():
        yield kind, _first(_payments().filter(condition), "public_id")
    for kind, condition in _faults_of_deposits():
        yield kind, _first(_deposits().filter(condition), "public_id")
    yield "confirmed_unpaid", list(_confirmed_unpaid())[:MOST]
    yield "paid_and_lacking", list(_paid_and_lacking())[:MOST]


def _first(rows: "QuerySet[Any, Any]", field: str) -> list[Any]:
    return list(rows.order_by(field).values_list(field, flat=True)[:MOST])


def _sum(rows: "QuerySet[Any, Any]", by: str) -> Coalesce:
    totals = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(totals.annotate(total=Sum("amount_krw")).values("total")), 0)


def _payments() -> "QuerySet[Payment, Any]":
    def booked(*accounts: str) -> Coalesce:
        return _sum(LedgerEntry.objects.filter(account__in=accounts), "payment")

    asked = Refund.objects.filter(state=Refund.State.ASKED)
    cards = LedgerEntry.objects.filter(account=Account.CARD, what=What.CARD_PAID)
    waived = When(method=Payment.Method.WAIVED, then=Value(0))
    vouched = Case(waived, default=F("marked_krw"), output_field=IntegerField())
    return Payment.objects.annotate(
        came=booked(Account.UNASSIGNED, Account.CASH),
        by_card=_sum(cards, "payment"),
        owed=booked(Account.RECEIVABLE),
        going_back=booked(Account.REFUNDABLE),
        matched=_sum(Match.objects.filter(undone_at=None), "payment"),
        back=_sum(Refund.objects.exclude(state=Refund.State.DROPPED), "payment"),
        to_send=_sum(asked, "payment"),
        vouched=vouched,
    )


def _faults_of_payments() -> Iterable[tuple[str, Q]]:
    waits = Q(state=Payment.State.OPEN)
    return (
        ("received", ~Q(received_krw=F("came") + F("by_card"))),
        ("cards", ~Q(by_card=F("card_krw"))),
        ("matches", ~Q(received_krw=F("matched") + F("vouched") + F("card_krw"))),
        ("refunds", ~Q(refunded_krw=F("back")) | ~Q(going_back=0 - F("to_send"))),
        ("owed", waits & ~Q(owed=F("amount_krw") - F("received_krw"))),
        ("owed", ~waits & ~Q(owed=0)),
        ("open_but_paid", waits & Q(received_krw=F("amount_krw"))),
    )


def _deposits() -> "QuerySet[Deposit, Any]":
    booked = LedgerEntry.objects.filter(booking=OuterRef("public_id"), account=Account.BANK)
    sent = LedgerEntry.objects.filter(booking=OuterRef("payout"), account=Account.CARD)
    return Deposit.objects.annotate(
        booked=Coalesce(Subquery(booked.values("amount_krw")[:1]), 0),
        taken=_sum(Match.objects.filter(undone_at=None), "deposit"),
        back=_sum(Refund.objects.exclude(state=Refund.State.DROPPED), "deposit"),
        paid_out=Coalesce(Subquery(sent.values("amount_krw")[:1]), 0),
    )


def _faults_of_deposits() -> Iterable[tuple[str, Q]]:
    returned = Q(state=Deposit.State.TO_REFUND)
    return (
        ("deposit", ~Q(booked=F("amount_krw"))),
        ("deposit_matches", ~Q(taken=F("matched_krw"))),
        ("returned", returned & ~Q(back=F("amount_krw") - F("matched_krw"))),
        ("returned", ~returned & ~Q(back=0)),
        ("payout", Q(state=Deposit.State.PAYOUT) & ~Q(paid_out=0 - F("amount_krw"))),
    )


def _confirmed_unpaid() -> Iterator[str]:
    """What is had although its money is missing or has no seat."""
    for purpose in purposes():
        if purpose.confirmed is not None:
            payments = Payment.objects.filter(purpose=purpose.name)
            yield from _surely(purpose.confirmed, payments.exclude(state=Payment.State.PAID))


def _paid_and_lacking() -> Iterator[str]:
    """What is not had although its money was taken, and nobody gave it back."""
    for purpose in purposes():
        if purpose.lacking is not None:
            payments = Payment.objects.filter(purpose=purpose.name)
            yield from _surely(purpose.lacking, payments.filter(state=Payment.State.PAID))


def _surely(
    named: Callable[[Collection[str]], Collection[str]], payments: "QuerySet[Payment, Any]"
) -> Iterator[str]:
    """The things of these payments that are ``named`` too, asked for twice.

    Between two questions money may come or be parted again, which is no fault.
    """
    subjects = _subjects(payments)
    for start in range(0, len(subjects), CHUNK):
        if found := named(subjects[start : start + CHUNK]):
            yield from sorted(named(_subjects(payments.filter(subject__in=found))))


def _subjects(payments: "QuerySet[Payment, Any]") -> list[str]:
    return [str(subject) for subject in payments.values_list("subject", flat=True)]
