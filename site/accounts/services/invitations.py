"""Becoming staff: invited by mail, taken up by the person."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone

from messaging.services import enqueue

from ..emails import INVITATION
from ..exceptions import AlreadyInvitedError, AlreadyStaffError, InvitationOverError
from ..models import Invitation, User
from ..tokens import revoke_invitation_tokens


def invite(
    *, name: str, email: str, groups: Iterable[Group], by: User, administrator: bool = False
) -> Invitation:
    """Ask a person by mail to become staff.

    Refuses with AlreadyStaffError and AlreadyInvitedError.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise AlreadyStaffError
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                name=name, email=email, invited_by=by, is_administrator=administrator
            )
            invitation.groups.set(groups)
            enqueue(INVITATION, str(invitation.public_id))
    except IntegrityError as error:
        raise AlreadyInvitedError from error
    return invitation


def resend_invitation(invitation_id: int) -> None:
    """Mail a new link, which works for seven days; earlier ones stop working.

    Refuses with InvitationOverError.
    """
    with transaction.atomic():
        invitation = _open(pk=invitation_id)
        revoke_invitation_tokens(invitation)
        invitation.sent_at = timezone.now()
        invitation.save(update_fields=["sent_at"])
        enqueue(INVITATION, str(invitation.public_id))


def revoke_invitation(invitation_id: int) -> None:
    """Take an invitation back: its link stops working. Refuses with InvitationOverError."""
    with transaction.atomic():
        invitation = _open(pk=invitation_id)
        revoke_invitation_tokens(invitation)
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])


def accept_invitation(public_id: str, *, name: str, password: str) -> User:
    """Make the account of an invited person, with the roles that were chosen for it.

    Refuses with InvitationOverError, also if it was taken up a moment ago.
    """
    with transaction.atomic():
        invitation = _open(public_id=public_id)
        user = _make_account(invitation, name, password)
        user.groups.set(invitation.groups.all())
        revoke_invitation_tokens(invitation)
        invitation.user, invitation.accepted_at = user, timezone.now()
        invitation.save(update_fields=["user", "accepted_at"])
    return user


def _make_account(invitation: Invitation, name: str, password: str) -> User:
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise InvitationOverError
    admin = invitation.is_administrator
    return User.objects.create_user(
        invitation.email, password, first_name=name, is_staff=admin, is_superuser=admin
    )


def _open(**key: object) -> Invitation:
    invitation = Invitation.objects.select_for_update().filter(**key).first()
    if invitation is None or not invitation.is_open:
        raise InvitationOverError
    return invitation
