"""Names and accounts of payers: half a year at hand, then five years apart, then nowhere.

Amounts, days and bookings name nobody and stay.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rights.registry import ApartRow, DueRow, Fact, Outlook
from rights.services import set_apart

from ..models import Deposit, Payment, Refund

PAYMENTS, DEPOSITS = "payments.payments", "payments.deposits"
AT_HAND = timedelta(days=180)


def payments_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """Payments whose names are not at hand any more, unless money is still to go back."""
    rows = _over(_payments(), moment).filter(pk__gt=int(after or 0)).order_by("pk")
    return [_due_row(row) for row in rows[:limit]]


def put_payments_apart(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    """Hand over what a law wants kept of these, and empty them. Call it in a transaction."""
    chosen = _over(_payments(), moment).filter(pk__in=[int(key) for key in keys])
    rows = list(chosen.select_for_update(of=("self",), skip_locked=True))
    _empty_payments(rows, {})
    return [_due_row(row) for row in rows]


def keep_by_law(purpose: str, addresses: Mapping[str | UUID, str]) -> int:
    """Put payments of things apart whose own time is over; ``addresses`` are their owners'.

    Called in the transaction in which the things lose their people, so that the owner still finds
    the payment. What is still to go back stays at hand. Returns how many were put apart.
    """
    chosen = _payments().filter(purpose=purpose, subject__in=addresses)
    rows = list(chosen.select_for_update(of=("self",)))
    _empty_payments(rows, {str(subject): address for subject, address in addresses.items()})
    return len(rows)


def payments_outlook(end: date) -> Iterable[Outlook]:
    """How many go until ``end``, by day."""
    return _outlook(_payments(), end)


def deposits_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """The same for deposits, whatever they belong to."""
    rows = _over(_deposits(), moment).filter(pk__gt=int(after or 0)).order_by("pk")
    return [_due_row(row) for row in rows[:limit]]


def put_deposits_apart(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    chosen = _over(_deposits(), moment).filter(pk__in=[int(key) for key in keys])
    rows = list(chosen.select_for_update(of=("self",), skip_locked=True))
    refunds = _refunds_by("deposit_id", rows)
    set_apart(DEPOSITS, [_apart_deposit(row, refunds.get(row.pk, [])) for row in rows])
    Deposit.objects.filter(pk__in=[row.pk for row in rows]).update(name=None, memo=None)
    _empty_refunds(refunds)
    return [_due_row(row) for row in rows]


def deposits_outlook(end: date) -> Iterable[Outlook]:
    return _outlook(_deposits(), end)


def _payments() -> "QuerySet[Payment, Any]":
    named = Refund.objects.filter(payment=OuterRef("pk"), account_holder__isnull=False)
    rows = Payment.objects.filter(Q(depositor_name__isnull=False) | Exists(named))
    rows = rows.annotate(moment=Coalesce("paid_at", "due_at", "created_at"))
    return rows.exclude(Exists(Refund.objects.filter(payment=OuterRef("pk"), state="asked")))


def _deposits() -> "QuerySet[Deposit, Any]":
    rows = Deposit.objects.filter(Q(name__isnull=False) | Q(memo__isnull=False))
    rows = rows.annotate(moment=Coalesce("occurred_at", "occurred_at"))
    return rows.exclude(Exists(Refund.objects.filter(deposit=OuterRef("pk"), state="asked")))


def _over(rows: Any, moment: datetime) -> Any:
    return rows.filter(moment__lt=_start_of(timezone.localdate(moment) - AT_HAND))


def _outlook(rows: Any, end: date) -> Iterable[Outlook]:
    days = rows.annotate(day=TruncDate("moment")).order_by().values("day")
    for group in days.annotate(count=Count("pk")):
        gone_on = group["day"] + AT_HAND + timedelta(days=1)
        if gone_on <= end:
            yield Outlook(gone_on, group["count"])


def _due_row(row: Any) -> DueRow:
    day = timezone.localdate(row.moment) + AT_HAND + timedelta(days=1)
    return DueRow(str(row.pk), _start_of(day), reference=reference_of(row))


def reference_of(row: Payment | Deposit) -> str:
    """What staff call it; names nobody."""
    return str(row.public_id)[:8]


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _empty_payments(rows: Sequence[Any], addresses: Mapping[str, str]) -> None:
    """Where nothing was ever paid there is no payment to keep, and the name only goes."""
    refunds = _refunds_by("payment_id", rows)
    paid = [row for row in rows if row.received_krw]
    apart = [
        _apart_payment(row, refunds.get(row.pk, []), addresses.get(str(row.subject), ""))
        for row in paid
    ]
    set_apart(PAYMENTS, apart)
    Payment.objects.filter(pk__in=[row.pk for row in rows]).update(depositor_name=None)
    _empty_refunds(refunds)


def _refunds_by(field: str, rows: Sequence[Any]) -> dict[int, list[Refund]]:
    found: dict[int, list[Refund]] = {}
    for refund in Refund.objects.filter(**{f"{field}__in": [row.pk for row in rows]}):
        found.setdefault(getattr(refund, field), []).append(refund)
    return found


def _empty_refunds(refunds: Mapping[int, Sequence[Refund]]) -> None:
    ids = [refund.pk for many in refunds.values() for refund in many]
    chosen = Refund.objects.filter(pk__in=ids)
    chosen.update(bank=None, account_number=None, account_holder=None)


def _apart_payment(row: Any, refunds: Sequence[Refund], address: str) -> ApartRow:
    facts = [
        Fact("amount_krw", _("Amount"), won(row.received_krw)),
        Fact("paid_at", _("Paid"), _moment(row.paid_at)),
        Fact("method", _("Method"), row.get_method_display()),
        Fact("depositor_name", _("Depositor name"), row.depositor_name or ""),
    ]
    return _apart(row, _("Payment"), [*facts, *_refund_facts(refunds)], address)


def _apart_deposit(row: Any, refunds: Sequence[Refund]) -> ApartRow:
    facts = [
        Fact("amount_krw", _("Amount"), won(row.amount_krw)),
        Fact("occurred_at", _("Arrived"), _moment(row.occurred_at)),
        Fact("name", _("Depositor name"), row.name or ""),
        Fact("memo", _("Memo"), row.memo or ""),
    ]
    return _apart(row, _("Deposit"), [*facts, *_refund_facts(refunds)], "")


def _apart(row: Any, title: str, facts: Sequence[Fact], address: str) -> ApartRow:
    told = [fact for fact in facts if fact.value]
    return ApartRow(
        key=str(row.public_id),
        reference=reference_of(row),
        title=title,
        facts=told,
        since=row.moment,
        counted_from=timezone.localdate(row.moment),
        address=address,
    )


def _refund_facts(refunds: Sequence[Refund]) -> Iterable[Fact]:
    for number, refund in enumerate(refunds, 1):
        words = [won(refund.amount_krw), refund.get_state_display(), refund.bank]
        words += [refund.account_number, refund.account_holder, _moment(refund.decided_at)]
        told = " · ".join(word for word in words if word)
        yield Fact(f"refund_{number}", _("Refund"), told)


def won(amount_krw: int) -> str:
    """20,000원"""
    return _("%(amount)s won") % {"amount": f"{amount_krw:,}"}


def _moment(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else ""
