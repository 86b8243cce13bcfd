"""What is written down before staff see a participant, and which they may see at all."""

from collections.abc import Iterable

from wagtail.permissions import policy_registry

from privacy.masking import mask_email, mask_name
from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

from ..models import Order
from ..services.rules import ORDERS

READ = ("view", "change")
NOBODY = "—"


def readable_orders(user):
    """The registrations that this person may see masked; others do not exist for them."""
    policy = policy_registry.get_by_type(Order)
    return policy.instances_user_has_any_permission_for(user, READ)


def log_access(request, action: AccessAction, orders: Iterable[Order], reason="") -> None:
    """Raises AccessLogUnavailableError: then nothing may be shown, and a middleware says so."""
    if subjects := [str(order.public_id) for order in orders]:
        record_access(
            user=request.user,
            address=client_ip(request),
            action=action,
            data_set=ORDERS,
            subjects=subjects,
            reason=reason,
        )


def masked_name(row) -> str:
    """Of an order or of a ticket."""
    return mask_name(row.name) if row.name else NOBODY


def masked_email(order) -> str:
    return mask_email(order.email) if order.email else NOBODY
