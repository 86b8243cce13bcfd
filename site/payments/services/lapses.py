"""What nobody paid for in time is given up, once no deposit for it can be on its way."""

import logging
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from ..models import Deposit, Payment
from ..registry import purpose_named
from .payments import close_payment, lock_payments

logger = logging.getLogger(__name__)


def lapse_overdue() -> int:
    """Give up what is unpaid although all deposits through its deadline are known and matched.

    One that fails stops no other; the failure is raised in the end. Returns how many lapsed.
    """
    lapsed = failed = 0
    for pk in overdue().values_list("pk", flat=True).order_by("pk"):
        try:
            lapsed += _lapse(pk)
        except Exception:  # The others are due all the same.
            logger.exception("Payment %s could not lapse", pk)
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} payments could not lapse")
    return lapsed


def overdue() -> "QuerySet[Payment, Any]":
    """Unpaid after their deadline, of accounts whose deposits until then are all dealt with."""
    in_question = Deposit.objects.filter(
        account=OuterRef("account"),
        state=Deposit.State.OPEN,
        occurred_at__gte=OuterRef("created_at"),
        occurred_at__lte=OuterRef("due_at"),
    )
    unpaid = Payment.objects.open().filter(received_krw=0, due_at__lt=timezone.now())
    known = unpaid.filter(account__covered_until__gte=F("due_at"))
    return known.exclude(Exists(in_question))


@transaction.atomic
def _lapse(pk: int) -> bool:
    payment = lock_payments([pk])[pk]
    if not overdue().filter(pk=pk).exists():
        return False
    purpose_named(payment.purpose).lapse(str(payment.subject))
    close_payment(payment.purpose, payment.subject)
    return True
