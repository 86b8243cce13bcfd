"""A camp says itself where it can be reached; the office calls back before it is used."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..exceptions import AnswersClosedError, TooManyContactsError
from ..models import ContactPoint, PledgeRound, Respondent
from .contacts import ANEW_BY_CAMP, contact_index, enter_contact

WAITING = ContactPoint.State.WAITING
MOST_WAITING = 5


def takes_contacts(respondent: Respondent) -> bool:
    """Whether it is still any use to be reached: the round is open, the candidacy stands."""
    living = respondent.standing != Respondent.Standing.LEFT
    rounds = PledgeRound.objects.filter(election=respondent.election_id)
    return living and rounds.filter(answers_until__gt=timezone.now()).exists()


@transaction.atomic
def enter_own_contact(
    respondent: Respondent, *, kind: str, value: str, holder: str
) -> ContactPoint:
    """What a camp typed, waiting for a call-back; the same again is the same row.

    One that waits or is in use stays as it is; one that did not arrive is called about anew.

    Raises AnswersClosedError after the last moment, TooManyContactsError where several wait.
    """
    respondent = Respondent.objects.select_for_update(of=("self",)).get(pk=respondent.pk)
    if not takes_contacts(respondent):
        raise AnswersClosedError
    known = respondent.contacts.filter(kind=kind, value_index=contact_index(kind, value)).first()
    if known is not None and known.state not in ANEW_BY_CAMP:
        return known
    if respondent.contacts.filter(state=WAITING).count() >= MOST_WAITING:
        raise TooManyContactsError
    source = _("The camp itself, on our page")
    row = enter_contact(respondent, kind=kind, value=value, source=source, user=None)
    row.holder = holder
    row.save(update_fields=["holder"])
    return row
