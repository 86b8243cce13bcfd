"""An address that takes no mail is used no more, and the respondent can be asked anew."""

import pytest

from campaigns.pledges.emails import INVITED
from campaigns.pledges.models import ContactPoint, Invitation
from campaigns.pledges.services import bounces
from campaigns.pledges.services.bounces import note_bounces
from campaigns.pledges.services.outreach import ready_to_ask
from evidence.models import Event
from messaging.models import OutboxMessage, Suppression
from messaging.services import suppress
from privacy.blind_index import blind_index
from tests.factories.pledge_agreements import EMAIL, contact_of, invited, respondent_of

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def failed(election):
    invitation = invited(respondent_of(election))
    key = str(invitation.public_id)
    OutboxMessage.objects.create(purpose=INVITED, subject=key, state="failed")
    return invitation


def stop_mail():
    suppress(blind_index("email", EMAIL), Suppression.Scope.ALL, Suppression.Reason.BOUNCED, None)


@pytest.mark.sqlite_smoke
def test_an_address_that_takes_no_mail_is_used_no_more(failed):
    stop_mail()
    assert (note_bounces(), note_bounces()) == (1, 0)
    assert Invitation.objects.get().state == "bounced"
    assert ContactPoint.objects.get().state == "bounced"
    assert Event.objects.filter(kind="invitation_bounced").count() == 1
    contact_of(failed.respondent, "other@candidate.example")
    assert ready_to_ask(type(failed.respondent).objects.all()).get() == failed.respondent


def test_a_mail_that_failed_for_another_reason_can_be_sent_again(failed):
    assert note_bounces() == 0
    assert Invitation.objects.get().state == "sent"


def test_who_answered_meanwhile_stays_answered(failed):
    stop_mail()
    Invitation.objects.update(state="answered")
    assert note_bounces() == 0
    assert ContactPoint.objects.get().state == "approved"


def test_two_workers_note_it_once(failed):
    assert (bounces._note(failed), bounces._note(failed)) == (True, False)
    assert Event.objects.filter(kind="invitation_bounced").count() == 1
