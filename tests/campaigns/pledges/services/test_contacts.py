"""An address in use is changed by two people, a day after the old address was told."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.pledges.emails import CONTACT_CHANGES, INVITED, tell_contact_changes
from campaigns.pledges.exceptions import (
    ContactDecidedError,
    ContactTooEarlyError,
    TwoPeopleError,
)
from campaigns.pledges.models import ContactPoint, Invitation
from campaigns.pledges.services.contacts import (
    WAIT,
    address_in_use,
    decide_contact,
    enter_contact,
)
from campaigns.pledges.services.delegations import Named, name_delegate
from campaigns.pledges.services.invitations import refuse_contact_of
from campaigns.pledges.services.outreach import note_attempt, ready_to_ask
from campaigns.pledges.tokens import find_invitation, mint_token
from evidence.models import Event
from messaging.models import OutboxMessage
from privacy.tokens import TokenInvalidError
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import EMAIL, contact_of, invited, respondent_of

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
OTHER = "other@candidate.example"


@pytest.fixture
def invitation(election):
    return invited(respondent_of(election))


@pytest.fixture
def second(db):
    return UserFactory()


def entered(respondent, user, value=OTHER):
    return enter_contact(respondent, kind="email", value=value, source="전화", user=user)


def decide(contact, user, *, is_theirs=True):
    return decide_contact(contact, is_theirs=is_theirs, note="사무소에 전화함", user=user)


def a_day_later():
    ContactPoint.objects.exclude(proposed_at=None).update(proposed_at=timezone.now() - WAIT)


def test_the_old_address_is_told_and_stays_in_use(invitation, user):
    contact = entered(invitation.respondent, user)
    assert (contact.state, contact.proposed_by, contact.replaces.value) == ("waiting", user, EMAIL)
    assert address_in_use(invitation.respondent).value == EMAIL
    mail = tell_contact_changes(OutboxMessage.objects.get(purpose=CONTACT_CHANGES).subject)
    assert (mail.to, OTHER in mail.text, "한가람" in mail.text) == (EMAIL, False, True)
    assert Event.objects.filter(kind="contact_change_proposed").count() == 1


def test_neither_the_same_person_nor_another_within_the_day(invitation, user, second):
    contact = entered(invitation.respondent, user)
    with pytest.raises(ContactTooEarlyError):
        decide(contact, second)
    a_day_later()
    with pytest.raises(TwoPeopleError):
        decide(contact, user)
    assert ContactPoint.objects.get(pk=contact.pk).state == "waiting"


@pytest.mark.sqlite_smoke
def test_a_second_person_moves_the_invitation_and_kills_its_link(invitation, user, second):
    token = mint_token(invitation)
    contact = entered(invitation.respondent, user)
    a_day_later()
    decide(contact, second)
    states = dict(ContactPoint.objects.values_list("value_index", "state"))
    assert sorted(states.values()) == ["approved", "replaced"]
    invitation.refresh_from_db()
    assert invitation.contact == contact
    with pytest.raises(TokenInvalidError):
        find_invitation(token)
    again = OutboxMessage.objects.get(purpose=INVITED)
    assert again.subject == str(invitation.public_id)
    assert Event.objects.filter(kind="contact_changed").count() == 1
    assert tell_contact_changes(str(contact.pk)) is None


def test_the_database_refuses_one_person_alone(invitation, user):
    contact = entered(invitation.respondent, user)
    waiting = ContactPoint.objects.filter(pk=contact.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        waiting.update(state="approved", checked_by=user, checked_at=timezone.now())


def test_what_a_camp_enters_is_proposed_by_the_first_who_calls_back(invitation, user, second):
    contact = entered(invitation.respondent, None)
    assert not OutboxMessage.objects.exists()
    assert decide(contact, user).state == "waiting"
    assert OutboxMessage.objects.filter(purpose=CONTACT_CHANGES).count() == 1
    a_day_later()
    assert decide(contact, second).state == "approved"


def test_a_change_is_refused_by_anybody_at_once(invitation, user):
    contact = entered(invitation.respondent, user)
    assert decide(contact, user, is_theirs=False).state == "refused"
    with pytest.raises(ContactDecidedError):
        decide(contact, user)
    assert address_in_use(invitation.respondent).value == EMAIL


def test_an_address_in_use_is_not_put_out_of_use_by_one_person(invitation, user):
    with pytest.raises(ContactDecidedError):
        decide(address_in_use(invitation.respondent), user, is_theirs=False)


def test_to_stop_an_address_is_no_way_around(invitation, user):
    note_attempt(invitation.respondent, kind="call", result="wants_none", note="", user=user)
    contact = entered(invitation.respondent, user)
    assert contact.state == "waiting"
    assert tell_contact_changes(str(contact.pk)) is None


@pytest.mark.parametrize("state", ["bounced", "refused"])
def test_an_address_that_does_not_work_is_nobodys_place(invitation, user, state):
    ContactPoint.objects.update(state=state)
    assert entered(invitation.respondent, user).state == "approved"


def test_whoever_is_not_meant_is_no_way_to_the_candidate(invitation, user):
    refuse_contact_of(invitation)
    assert entered(invitation.respondent, user).state == "approved"


def test_a_number_is_no_way_for_a_link(invitation, user):
    rows = [
        enter_contact(invitation.respondent, kind="phone", value=number, source="명함", user=user)
        for number in ("010-0000-0001", "010-0000-0002")
    ]
    assert [row.state for row in rows] == ["approved", "approved"]


def test_the_address_of_a_delegate_is_not_the_candidates(election, user):
    invitation = invited(respondent_of(election))
    name_delegate(invitation, Named(name="라온제나", title="정책실장", email=OTHER))
    Invitation.objects.filter(pk=invitation.pk).update(state="bounced")
    ContactPoint.objects.filter(pk=invitation.contact_id).update(state="bounced")
    assert address_in_use(invitation.respondent) is None
    everybody = type(invitation.respondent).objects.all()
    Invitation.objects.filter(role="delegate").update(state="revoked")
    assert not ready_to_ask(everybody).exists()
    contact_of(invitation.respondent, "third@candidate.example")
    assert ready_to_ask(everybody).exists()


@pytest.mark.parametrize("state", ["refused", "replaced", "bounced"])
def test_an_address_that_was_given_up_can_be_entered_anew(election, user, state):
    respondent = respondent_of(election)
    contact_of(respondent, OTHER, state=state)

    row = entered(respondent, user)

    assert (row.state, row.source, row.checked_by) == ("approved", "전화", user)
    assert Event.objects.filter(kind="contact_entered").count() == 1
    assert address_in_use(respondent) == row


def test_whoever_wants_no_more_is_not_entered_anew(election, user):
    respondent = respondent_of(election)
    contact_of(respondent, OTHER, state="stopped")

    assert entered(respondent, user).state == "stopped"
    assert not Event.objects.filter(kind="contact_entered").exists()


def test_a_camp_cannot_bring_back_what_was_refused(election):
    respondent = respondent_of(election)
    contact_of(respondent, OTHER, state="refused")

    assert entered(respondent, None).state == "refused"
