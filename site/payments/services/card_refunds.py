"""Money that goes back to the card it came from, by itself."""

from django.db import transaction
from django.utils import timezone

from ..exceptions import CardRefusedError, CardsAwayError
from ..gateways import stripe_checkout as stripe
from ..models import Refund
from ..registry import purpose_named
from .ledger import Account, Booking, What, book
from .payments import lock_payments


def send_card_refunds() -> int:
    """Send back by card what waits for it; each once, however many workers. Returns how many."""
    waiting = Refund.objects.filter(state=Refund.State.ASKED, attempt__isnull=False, problem="")
    return sum(_send_one(pk) for pk in list(waiting.values_list("pk", flat=True).order_by("pk")))


@transaction.atomic
def _send_one(pk: int) -> bool:
    found = Refund.objects.select_related("payment").get(pk=pk)
    payment = lock_payments([found.payment_id])[found.payment_id] if found.payment_id else None
    rows = Refund.objects.select_for_update(of=("self",), skip_locked=True)
    refund = rows.filter(pk=pk, state=Refund.State.ASKED, problem="").first()
    if refund is None or refund.attempt is None:
        return False
    try:
        sent = stripe.refund_card(
            intent=refund.attempt.intent,
            amount_krw=refund.amount_krw,
            refund=str(refund.public_id),
        )
    except CardsAwayError:
        return False
    except CardRefusedError as refusal:
        refund.problem = refusal.code or "refused"
        refund.save(update_fields=["problem"])
        return False
    refund.state, refund.decided_at, refund.card_refund = Refund.State.SENT, timezone.now(), sent.id
    refund.save(update_fields=["state", "decided_at", "card_refund"])
    book(
        [
            Booking(
                What.REFUND_SENT,
                Account.REFUNDABLE,
                Account.CARD,
                refund.amount_krw,
                refund.payment_id,
            )
        ]
    )
    if payment:
        purpose_named(payment.purpose).refunded(str(payment.subject), str(refund.public_id))
    return True
