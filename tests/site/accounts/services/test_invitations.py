"""Invited by mail, taken up once, sent again, taken back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from accounts import services
from accounts.defaults import EDITOR, MODERATOR
from accounts.exceptions import AlreadyInvitedError, AlreadyStaffError, InvitationOverError
from accounts.models import Invitation, User
from messaging.models import OutboxMessage
from messaging.registry import purpose_named
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

ADDRESS, NEW = "new@yeondae.example", "아침 안개와 종이배"


def invite(by, email=ADDRESS, **options):
    groups = Group.objects.filter(name__in=[EDITOR, MODERATOR])
    return services.invite(name="한이음", email=email, groups=groups, by=by, **options)


def accept(invitation):
    return services.accept_invitation(str(invitation.public_id), name="한이음", password=NEW)


@pytest.mark.sqlite_smoke
def test_who_takes_it_up_has_an_account_with_the_roles(administrator):
    invitation = invite(administrator)

    user = accept(invitation)

    assert (user.email, user.get_full_name(), user.check_password(NEW)) == (ADDRESS, "한이음", True)
    assert {group.name for group in user.groups.all()} == {EDITOR, MODERATOR}
    assert (user.is_superuser, user.is_active) == (False, True)
    invitation.refresh_from_db()
    assert (invitation.user, invitation.state) == (user, Invitation.State.ACCEPTED)


def test_an_administrator_may_invite_another(administrator):
    user = accept(invite(administrator, administrator=True))

    assert user.is_superuser


def test_it_is_taken_up_once(administrator):
    invitation = invite(administrator)
    accept(invitation)

    with pytest.raises(InvitationOverError):
        accept(invitation)
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_one_that_was_taken_back_or_never_sent_is_none(administrator):
    invitation = invite(administrator)
    services.revoke_invitation(invitation.pk)

    for act in (services.resend_invitation, services.revoke_invitation):
        with pytest.raises(InvitationOverError):
            act(invitation.pk)
        with pytest.raises(InvitationOverError):
            act(0)
    with pytest.raises(InvitationOverError):
        accept(invitation)
    row = OutboxMessage.objects.get()
    assert purpose_named(row.purpose).build(row.subject) is None


def test_an_address_is_invited_once_at_a_time_and_no_staff_is(administrator):
    invitation = invite(administrator)
    with pytest.raises(AlreadyInvitedError):
        invite(administrator, email=ADDRESS.upper())
    with pytest.raises(AlreadyStaffError):
        invite(administrator, email=administrator.email.upper())

    services.revoke_invitation(invitation.pk)
    assert invite(administrator).is_open


def test_who_got_an_account_meanwhile_can_not_take_it_up(administrator):
    invitation = invite(administrator)
    UserFactory(email=ADDRESS)

    with pytest.raises(InvitationOverError):
        accept(invitation)


def test_the_link_is_too_old_after_seven_days_until_it_is_sent_again(clock, administrator):
    invitation = invite(administrator)
    assert invitation.state == Invitation.State.SENT
    clock.tick(timedelta(days=7))
    assert invitation.state == Invitation.State.EXPIRED

    services.resend_invitation(invitation.pk)

    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.SENT
    assert str(invitation) == "한이음"
