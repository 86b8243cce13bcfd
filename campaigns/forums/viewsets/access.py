"""What is written down before staff see a participant, and which they may see at all."""

from collections.abc import Iterable

from wagtail.permissions import policy_registry

from privacy.masking import mask_email, mask_name
from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

from ..models import Order, WaitingEntry
from ..services.rules import ORDERS, WAITING

READ = ("view", "change")
NOBODY = "—"


def readable_orders(user):
    """The registrations that this person may see masked; others do not exist for them."""
    policy = policy_registry.get_by_type(Order)
    return policy.instances_user_has_any_permission_for(user, READ)


def log_access(request, action: AccessAction, orders: Iterable[Order], reason="") -> None:
    """Raises AccessLogUnavailableError: then nothing may be shown, and a middleware says so."""
    _log(request, action, ORDERS, [str(order.public_id) for order in orders], reason)


def log_waiting_access(
    request, action: AccessAction, entries: Iterable[WaitingEntry], reason=""
) -> None:
    """The same of who waits."""
    _log(request, action, WAITING, [str(entry.public_id) for entry in entries], reason)


def _log(request, action, data_set, subjects, reason) -> None:
    if subjects:
        record_access(
            user=request.user,
            address=client_ip(request),
            action=action,
            data_set=data_set,
            subjects=subjects,
            reason=reason,
        )


def masked_name(row) -> str:
    """Of an order or of a ticket."""
    return mask_name(row.name) if row.name else NOBODY


def masked_email(order) -> str:
    return mask_email(order.email) if order.email else NOBODY
