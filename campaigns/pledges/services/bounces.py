"""Mail that did not arrive: its address is used no more, and another can be looked for."""

from django.db import transaction

from messaging.models import OutboxMessage
from messaging.services import is_suppressed
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index

from ..emails import INVITED, REMINDED
from ..models import ContactPoint, Invitation
from ..tokens import revoke_invitation
from .chain import SYSTEM, record_step_of

State = Invitation.State
ON_THE_WAY = (State.SENT, State.OPENED, State.VERIFIED)


def note_bounces() -> int:
    """Take note of invitations whose address takes no mail; how many. Safe to call twice.

    A mail that failed for another reason waits in the outbox, where staff send it again.
    """
    states = (OutboxMessage.State.FAILED, OutboxMessage.State.DROPPED)
    mails = OutboxMessage.objects.filter(purpose__in=[INVITED, REMINDED], state__in=states)
    rows = Invitation.objects.filter(
        public_id__in=set(mails.values_list("subject", flat=True)),
        state__in=ON_THE_WAY,
        contact__state=ContactPoint.State.APPROVED,
    ).select_related("respondent__election", "contact")
    return sum(_note(row) for row in rows if _takes_no_mail(row.contact))


def _takes_no_mail(contact: ContactPoint | None) -> bool:
    assert contact is not None
    index = blind_index("email", canonical_email(contact.value))
    return is_suppressed(index, bulk=False)


@transaction.atomic
def _note(invitation: Invitation) -> bool:
    fresh = Invitation.objects.filter(pk=invitation.pk, state__in=ON_THE_WAY)
    if not fresh.update(state=State.BOUNCED):
        return False
    contacts = ContactPoint.objects.filter(invitations=invitation)
    contacts.update(state=ContactPoint.State.BOUNCED)
    revoke_invitation(invitation)
    said = {"invitation": str(invitation.public_id)}
    record_step_of(invitation.respondent, "invitation_bounced", SYSTEM, said)
    return True
