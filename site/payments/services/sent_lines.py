"""Refunds that the bank's own file says were sent: noted by themselves where no doubt is left."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from privacy.blind_index import blind_index

from ..exceptions import PaymentsError
from ..gateways.bank_statements import RowKind, StatementRow
from ..matching import compact, row_identity
from ..models import BankAccount, Refund
from .refunds import send_refund

State = Refund.State
# So long before the bank's line somebody may have noted the refund as sent.
NOTED_BEFORE = timedelta(days=14)
MINUTE = timedelta(minutes=1)  # Some banks print no seconds.


def note_sent_refunds(account: BankAccount, rows: Sequence[StatementRow], *, user: User) -> int:
    """Mark refunds as sent that these lines paid; returns how many. Safe to call twice.

    A line is a refund's where amount and holder are the same and no other refund could be meant.
    One that a person marked before takes its line and changes nothing else.
    """
    lines = _new_lines(account, rows)
    if not lines:
        return 0
    waiting = _waiting(min(row.occurred_at for row in lines.values()))
    noted = 0
    for key, row in sorted(lines.items(), key=lambda one: one[1].occurred_at):
        fits = [refund for refund in waiting if _is_paid_by(refund, row)]
        if marked := [refund for refund in fits if refund.state == State.SENT]:
            _attach(marked[0], key)
            waiting.remove(marked[0])
        elif len(fits) == 1:
            noted += _note(fits[0], row, key, user)
            waiting.remove(fits[0])
    return noted


def _new_lines(account: BankAccount, rows: Iterable[StatementRow]) -> Mapping[str, StatementRow]:
    """Transfers to others that no refund has taken yet, by a keyed digest of what was printed."""
    lines = {
        blind_index("payments.refund", row_identity(str(account.pk), row)).hex(): row
        for row in rows
        if row.withdrawal_krw > 0 and row.kind == RowKind.TRANSFER
    }
    taken = set(Refund.objects.filter(bank_line__in=lines).values_list("bank_line", flat=True))
    return {key: row for key, row in lines.items() if key not in taken}


def _waiting(since: datetime) -> list[Refund]:
    """What is to be sent to an account, and what was noted as sent lately, the oldest first."""
    lately = Q(state=State.SENT, card_refund="", decided_at__gte=since - NOTED_BEFORE)
    rows = Refund.objects.filter(Q(state=State.ASKED) | lately, account_holder__isnull=False)
    by_hand = rows.filter(Q(attempt=None) | ~Q(problem=""), bank_line="")
    return list(by_hand.order_by("asked_at", "pk"))


def _is_paid_by(refund: Refund, row: StatementRow) -> bool:
    holder = compact(refund.account_holder or "")
    names = {compact(row.name), compact(row.memo)}
    is_later = refund.asked_at <= row.occurred_at + MINUTE
    return refund.amount_krw == row.withdrawal_krw and bool(holder) and holder in names and is_later


def _attach(refund: Refund, key: str) -> None:
    """No other line will be taken for it."""
    Refund.objects.filter(pk=refund.pk, bank_line="").update(bank_line=key)


def _note(refund: Refund, row: StatementRow, key: str, user: User) -> bool:
    day = timezone.localdate(row.occurred_at)
    try:
        with transaction.atomic():
            sent = send_refund(refund, user=user, day=day)
            Refund.objects.filter(pk=sent.pk).update(bank_line=key)
    except (PaymentsError, IntegrityError):
        return False  # Somebody decided about it, or another reading of the file came first.
    return True
