"""What nobody paid for in time is given up, once no deposit for it can be on its way."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from ..gateways.stripe_checkout import takes_cards
from ..models import CardAttempt, Deposit, Payment
from ..registry import purpose_named
from .payments import close_payment, lock_payments

logger = logging.getLogger(__name__)

# What was paid in the last moment of a card page is known by then, told or asked for.
TOLD_BY = timedelta(hours=1)


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
    """Unpaid after their deadline, and nothing that came before it can still be unknown.

    Whoever pays by transfer: all deposits of the account until then are dealt with. Whoever chose
    the card: no page to pay on is open. A page that was opened in time keeps its seat until it
    ends, at most three quarters of an hour beyond the deadline.
    """
    now = timezone.now()
    in_question = Deposit.objects.filter(
        account=OuterRef("account"),
        state=Deposit.State.OPEN,
        occurred_at__gte=OuterRef("created_at"),
        occurred_at__lte=OuterRef("due_at"),
    )
    being_paid = CardAttempt.objects.filter(
        payment=OuterRef("pk"), state=CardAttempt.State.OPEN, expires_at__gt=now - TOLD_BY
    )
    known = Q(account__covered_until__gte=F("due_at"))
    if takes_cards():
        known |= Q(method=Payment.Method.CARD)
    unpaid = Payment.objects.open().filter(known, received_krw=0, due_at__lt=now)
    return unpaid.exclude(Exists(in_question)).exclude(Exists(being_paid))


@transaction.atomic
def _lapse(pk: int) -> bool:
    payment = lock_payments([pk])[pk]
    if not overdue().filter(pk=pk).exists():
        return False
    purpose_named(payment.purpose).lapse(str(payment.subject))
    close_payment(payment.purpose, payment.subject)
    return True
