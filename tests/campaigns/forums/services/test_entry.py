from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.exceptions import NotInvitedError
from campaigns.forums.models import InvitationRequest
from messaging.models import OutboxMessage
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_a_code_is_found_however_it_is_typed(state, invitation):
    typed = f" {invitation.code.lower().replace('-', ' ')} "

    assert services.invitation_by_code(state, typed) == invitation


def test_a_code_of_another_forum_opens_nothing(state):
    foreign = InvitationFactory()

    with pytest.raises(NotInvitedError):
        services.invitation_by_code(state, foreign.code)


@pytest.mark.parametrize(
    ("known", "typed", "found"),
    [
        ({"email_domain": "gaon.example"}, "someone@GAON.example", True),
        ({"email_domain": "@gaon.example"}, "someone@gaon.example", True),
        ({"email_domain": "gaon.example"}, "someone@notgaon.example", False),
        ({"email": "Rep@gaon.example"}, "rep@gaon.example", True),
        ({"email": "rep@gaon.example"}, "other@gaon.example", False),
        ({"email_domain": "gaon.example", "revoked_at": timezone.now()}, "a@gaon.example", False),
    ],
)
def test_a_link_goes_to_addresses_of_the_organisation(state, known, typed, found):
    InvitationFactory(forum=state.page, **known)

    services.ask_for_link(state, typed)

    assert InvitationRequest.objects.exists() is found
    assert OutboxMessage.objects.exists() is found


def test_a_persons_own_invitation_comes_before_the_organisations(state):
    InvitationFactory(forum=state.page, email_domain="gaon.example")
    own = InvitationFactory(forum=state.page, email="rep@gaon.example")

    services.ask_for_link(state, "rep@gaon.example")

    assert InvitationRequest.objects.get().invitation == own


def test_requests_are_forgotten_after_a_day(state, invitation, clock):
    InvitationRequest.objects.create(
        invitation=invitation, email="a@gaon.example", asked_at=timezone.now()
    )
    assert services.purge_invitation_requests() == 0

    clock.tick(timedelta(days=1, seconds=1))

    assert services.purge_invitation_requests() == 1
