"""What everybody who holds seats is told when a meeting does not take place as planned."""

import uuid

from django.utils.translation import gettext as _

from home.dates import korean_date, korean_time
from messaging.emails import render_email
from messaging.registry import Email
from payments.services import goes_to_card, payments_of

from ..models import PAYMENT_PURPOSE, ForumPage, Order

FORUM_CHANGED = "forums.forum_changed"

Change = ForumPage.Change


def tell_change(subject: str) -> Email | None:
    """What is true when it is sent: a forum may be postponed and called off within a minute."""
    order = Order.objects.select_related("forum").filter(public_id=uuid.UUID(subject)).first()
    if order is None or not order.email or not order.name or order.forum.changed_at is None:
        return None
    forum = order.forum
    payment = payments_of(PAYMENT_PURPOSE, [order.public_id]).get(str(order.public_id))
    when = f"{korean_date(forum.starts_at)} {korean_time(forum.starts_at)}"
    return render_email(
        "forums/emails/forum_changed",
        to=order.email,
        context={
            "name": order.name,
            "forum": forum,
            "is_cancelled": forum.change == Change.CANCELLED,
            "is_postponed": forum.change == Change.POSTPONED,
            "when": when,
            "place": forum.place,
            "forum_url": forum.public_url,
            "is_paid": bool(order.amount_krw),
            "goes_to_card": bool(payment and goes_to_card(payment)),
            "reference": order.reference,
        },
        reason=_("You get this mail because you registered for this meeting."),
    )
