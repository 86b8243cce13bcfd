"""Codes that open what is not for everybody: made, sent, revoked."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from home.network.models import Organisation
from messaging.services import enqueue
from privacy.tokens import random_signs

from ..emails import INVITATION_SENT
from ..exceptions import NoAddressError
from ..models import ForumPage, Invitation
from .entry import invitation_code_index
from .lists import close_for
from .pools import sync_pools
from .seats import lock_forum

CODE_LENGTH = 8  # of 31 signs: one in 10¹² guesses


def make_code() -> str:
    """Two groups of four signs, none of which looks like another."""
    signs = random_signs(CODE_LENGTH)
    return f"{signs[:4]}-{signs[4:]}"


@transaction.atomic
def invite_organisations(
    forum: ForumPage, organisations: Collection[Organisation], *, seats: int, user: User
) -> list[Invitation]:
    """Give each member organisation a code of its own for so many seats.

    Whoever has one that is not revoked keeps it. Safe to call twice.
    """
    # Two people may press at once: the second sees what the first one made.
    lock_forum(forum.pk)
    valid = Invitation.objects.filter(forum=forum, revoked_at=None)
    invited = set(valid.exclude(organisation=None).values_list("organisation_id", flat=True))
    new = [organisation for organisation in organisations if organisation.pk not in invited]
    addresses = _addresses_of(new)
    made = [_make(forum, seats, user, organisation=one, email=addresses.get(one.pk)) for one in new]
    sync_pools(forum)
    return made


@transaction.atomic
def invite_guest(forum: ForumPage, *, label: str, email: str, seats: int, user: User) -> Invitation:
    """Give somebody who is no member organisation a code for the sessions of invited people."""
    invitation = _make(forum, seats, user, label=label, email=email or None)
    sync_pools(forum)
    return invitation


def _addresses_of(organisations: Collection[Organisation]) -> dict[int, str]:
    """Where the last invitation of each went."""
    before = Invitation.objects.filter(organisation__in=organisations, email__isnull=False)
    rows = before.order_by("pk")
    return {one.organisation_id: one.email for one in rows if one.organisation_id and one.email}


def _make(forum: ForumPage, seats: int, user: User, **fields: object) -> Invitation:
    code = make_code()
    return Invitation.objects.create(
        forum=forum,
        code=code,
        code_index=invitation_code_index(code),
        seats=seats,
        made_by=user,
        made_at=timezone.now(),
        **fields,
    )


@transaction.atomic
def change_invitation(invitation: Invitation, *, email: str, email_domain: str, seats: int) -> None:
    """Write down address, domain and seats. Refuses with SeatsTakenError."""
    invitation.email = email or None
    invitation.email_domain = email_domain
    invitation.seats = seats
    invitation.save(update_fields=["email", "email_domain", "seats"])
    sync_pools(invitation.forum)


@transaction.atomic
def mail_invitation(invitation: Invitation) -> None:
    """Have the code sent to the address. Refuses with NoAddressError; may be sent again."""
    if not invitation.email or invitation.revoked_at:
        raise NoAddressError
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
    enqueue(INVITATION_SENT, str(invitation.pk))


@transaction.atomic
def revoke_invitation(invitation: Invitation) -> None:
    """From now on the code opens nothing; who registered with it keeps the seat. Safe twice.

    Who waits with it waits no more, and is told.
    """
    rows = Invitation.objects.filter(pk=invitation.pk, revoked_at=None)
    if rows.update(revoked_at=timezone.now()):
        close_for(invitation)
