"""What is written down before staff see a signer, and which signers they may see at all."""

from collections.abc import Iterable

from wagtail.permissions import policy_registry

from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

from ..data_sets import SIGNATURES
from ..models import Signature

READ = ("view", "change")


def readable_signatures(user):
    """The signatures that this person may see masked; others do not exist for them."""
    policy = policy_registry.get_by_type(Signature)
    return policy.instances_user_has_any_permission_for(user, READ)


def log_access(request, action: AccessAction, signatures: Iterable[Signature], reason="") -> None:
    """Raises AccessLogUnavailableError: then nothing may be shown, and a middleware says so."""
    if subjects := [str(signature.public_id) for signature in signatures]:
        record_access(
            user=request.user,
            address=client_ip(request),
            action=action,
            data_set=SIGNATURES.name,
            subjects=subjects,
            reason=reason,
        )
