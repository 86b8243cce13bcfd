"""What whoever got an invitation does with it. Loading its page does nothing; pressing does."""

from django.db import transaction

from messaging.services import enqueue

from ..emails import INVITED
from ..models import ContactPoint, Invitation
from ..tokens import revoke_invitation
from .chain import RESPONDENT, record_step_of

State = Invitation.State


@transaction.atomic
def note_opened(invitation: Invitation) -> None:
    """Somebody pressed the first button. Safe to call twice."""
    fresh = Invitation.objects.filter(pk=invitation.pk, state__in=[State.SENT, State.EXPIRED])
    if fresh.update(state=State.OPENED):
        invitation.state = State.OPENED
        said = {"invitation": str(invitation.public_id)}
        record_step_of(invitation.respondent, "invitation_opened", RESPONDENT, said)


@transaction.atomic
def ask_new_link(invitation: Invitation) -> None:
    """A new link goes to the address on file, and nowhere else."""
    record_step_of(
        invitation.respondent,
        "invitation_renewed",
        RESPONDENT,
        {"invitation": str(invitation.public_id)},
    )
    enqueue(INVITED, str(invitation.public_id))


@transaction.atomic
def refuse_contact_of(invitation: Invitation) -> None:
    """The address is not theirs, or they want no more: nothing goes there again; safe twice."""
    dead = Invitation.objects.filter(pk=invitation.pk).exclude(state__in=Invitation.DEAD)
    if not dead.update(state=State.WRONG_PERSON):
        return
    ContactPoint.objects.filter(invitations=invitation).update(state=ContactPoint.State.STOPPED)
    revoke_invitation(invitation)
    said = {"invitation": str(invitation.public_id)}
    record_step_of(invitation.respondent, "wrong_person", RESPONDENT, said)
