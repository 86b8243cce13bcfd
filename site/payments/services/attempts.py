"""One card page's row, and the order in which it is locked."""

from ..models import CardAttempt
from ..registry import purpose_named


def lock_attempt(found: CardAttempt) -> CardAttempt:
    """The page with its payment as they are now, both locked, and what is paid for before them.

    One statement for both rows: after waiting for a lock only rows that are locked are read anew.
    The payment is named first, as everywhere.
    """
    purpose_named(found.payment.purpose).lock([str(found.payment.subject)])
    rows = CardAttempt.objects.select_for_update(of=("payment", "self"))
    return rows.select_related("payment").get(pk=found.pk)
