"""Owners of cards who say that it was not them: answered at the card company, shown here."""

from ..gateways.stripe_answers import CardDispute
from ..models import CardAttempt

Dispute = CardAttempt.Dispute
# As Stripe words them; a warning that was closed took no money.
ENDS = {
    "lost": Dispute.LOST,
    **dict.fromkeys(("won", "warning_closed", "prevented"), Dispute.WON),
}


def note_dispute(told: CardDispute) -> bool:
    """Write down that a card payment is disputed, or how that ended; whether it is one of ours.

    Safe to call twice and in any order: what has ended stays ended. The money that is taken or
    given is booked from the card company's own lines.
    """
    state = ENDS.get(told.status, Dispute.OPEN)
    rows = CardAttempt.objects.filter(intent=told.intent).exclude(intent="")
    if state == Dispute.OPEN:
        rows = rows.exclude(dispute__in=(Dispute.WON, Dispute.LOST))
    return bool(rows.update(dispute=state, dispute_due_at=told.due_at))
