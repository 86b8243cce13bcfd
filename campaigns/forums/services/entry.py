"""Who gets into sessions that are not public: by a code, or by an address that is proven."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from messaging.services import enqueue
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index

from ..emails import INVITATION_LINK
from ..exceptions import NotInvitedError
from ..models import Invitation, InvitationRequest
from .state import ForumState

ASKED_KEPT = timedelta(days=1)


def invitation_by_code(state: ForumState, code: str) -> Invitation:
    """The invitation behind a code, however it was typed. Raises NotInvitedError."""
    index = invitation_code_index(code)
    found = _valid(state).filter(code_index=index).first()
    if found is None:
        raise NotInvitedError
    return found


def invitation_code_index(code: str) -> bytes:
    """By which a code is found."""
    signs = "".join(filter(str.isalnum, code)).upper()
    return blind_index("forums.invitation_code", signs)


@transaction.atomic
def ask_for_link(state: ForumState, email: str) -> None:
    """Mail a link that opens the sessions of an organisation, if the address belongs to one.

    What comes back tells nobody whether it does.
    """
    invitation = _invitation_of(state, email)
    if invitation is None:
        return
    asked = InvitationRequest.objects.create(
        invitation=invitation, email=email, asked_at=timezone.now()
    )
    enqueue(INVITATION_LINK, str(asked.public_id))


def purge_invitation_requests() -> int:
    """Delete what was asked for more than a day ago; returns how many."""
    old = timezone.now() - ASKED_KEPT
    deleted, _ = InvitationRequest.objects.filter(asked_at__lt=old).delete()
    return int(deleted)


def _invitation_of(state: ForumState, email: str) -> Invitation | None:
    """By the whole address, else by its domain. There are tens of invitations, not thousands."""
    address = canonical_email(email)
    domain = address.rpartition("@")[2]
    invitations = list(_valid(state).order_by("pk"))
    by_address = (i for i in invitations if i.email and canonical_email(i.email) == address)
    by_domain = (i for i in invitations if i.email_domain.lower().lstrip("@") == domain)
    return next(by_address, None) or next(by_domain, None)


def _valid(state: ForumState):  # type: ignore[no-untyped-def]  # a queryset
    return Invitation.objects.filter(forum=state.page, revoked_at=None)
