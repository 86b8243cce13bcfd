import re

import pytest
from django.urls import reverse

from campaigns.forums.emails import INVITATION_SENT, send_invitation
from campaigns.forums.models import Invitation, SeatPool
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.forums import ForumPageFactory, InvitationFactory
from tests.factories.network import OrganisationFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address(name, forum, *more):
    return reverse(f"forum_{name}", args=[forum.pk, *more])


@pytest.fixture
def organisations(db):
    OrganisationFactory(partner=True, name="협력단체")
    OrganisationFactory(gone=True, name="떠난단체")
    return [OrganisationFactory(name=name) for name in ("가온연합회", "나눔연합회", "두레연합회")]


def test_a_code_for_all_member_organisations(admin_client, forum, organisations):
    answer = admin_client.post(address("invite", forum), {"all": "1", "seats": 2}, follow=True)

    invitations = Invitation.objects.filter(forum=forum)
    assert {one.organisation for one in invitations} == set(organisations)
    assert len({one.code for one in invitations}) == 3
    for one in invitations:
        assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", one.code)
        assert one.code not in answer.content.decode()
    pools = SeatPool.objects.filter(invitation__in=invitations)
    assert list(pools.values_list("session__part", "capacity")) == [("2부", 2)] * 3


def test_a_second_press_makes_no_second_code(admin_client, forum, organisations):
    for _turn in range(2):
        admin_client.post(address("invite", forum), {"all": "1", "seats": 2})

    assert Invitation.objects.count() == 3


def test_only_the_chosen_ones(admin_client, forum, organisations):
    chosen = {"organisations": [organisations[1].pk], "seats": 3}

    admin_client.post(address("invite", forum), chosen)

    assert [one.organisation for one in Invitation.objects.all()] == [organisations[1]]


def test_nobody_chosen_is_told(admin_client, forum, organisations):
    answer = admin_client.post(address("invite", forum), {"seats": 2})

    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_somebody_who_is_no_member(admin_client, campaign_page):
    forum = ForumPageFactory(
        parent=campaign_page, second={"audience": "invited", "seats_per_organisation": None}
    )
    guest = {"label": "토론자 초대", "email": "guest@mail.example", "seats": 1}

    answer = admin_client.post(address("invite_guest", forum), guest, follow=True)

    [one] = Invitation.objects.all()
    assert (one.label, one.email, one.organisation) == ("토론자 초대", "guest@mail.example", None)
    assert "guest@mail.example" not in answer.content.decode()
    assert admin_client.post(address("invite_guest", forum), {}).status_code == 422


def test_it_is_sent_to_the_address(admin_client, forum):
    invitation = InvitationFactory(forum=forum)
    key = invitation.pk
    admin_client.post(address("send", forum, key))
    assert not OutboxMessage.objects.exists()  # Nobody knows where to.
    told = {"email": "office@hanbit.example", "email_domain": "@hanbit.example", "seats": 2}
    admin_client.post(address("invitation", forum, key), told)

    admin_client.post(address("send", forum, key))

    [message] = OutboxMessage.objects.filter(purpose=INVITATION_SENT)
    mail = send_invitation(message.subject)
    assert mail.to == "office@hanbit.example"
    assert invitation.code in mail.text
    assert f"{forum.public_url}apply/" in mail.text
    assert Invitation.objects.get().email_domain == "hanbit.example"


@pytest.mark.parametrize("domain", ["naver.com", "hanbit", "a@b.example"])
def test_no_domain_that_lets_everybody_in(admin_client, forum, domain):
    invitation = InvitationFactory(forum=forum)
    told = {"email": "", "email_domain": domain, "seats": 2}

    answer = admin_client.post(address("invitation", forum, invitation.pk), told)

    assert answer.context["form"].errors["email_domain"]


def test_no_fewer_seats_than_are_taken(admin_client, forum):
    invitation = InvitationFactory(forum=forum)
    SeatPool.objects.filter(invitation=invitation).update(taken=2)

    answer = admin_client.post(address("invitation", forum, invitation.pk), {"seats": 1})

    assert answer.context["form"].errors["seats"]
    invitation.refresh_from_db()
    assert invitation.seats == 2


def test_all_that_wait_are_sent_once(admin_client, forum):
    InvitationFactory.create_batch(2, forum=forum, email="office@hanbit.example")
    InvitationFactory(forum=forum)

    for _turn in range(2):
        admin_client.post(address("send_all", forum))

    assert OutboxMessage.objects.filter(purpose=INVITATION_SENT).count() == 2


def test_a_revoked_code_is_sent_to_nobody(admin_client, forum):
    invitation = InvitationFactory(forum=forum, email="office@hanbit.example")

    admin_client.post(address("revoke", forum, invitation.pk))

    assert Invitation.objects.get().revoked_at
    assert send_invitation(str(invitation.pk)) is None
    admin_client.post(address("send", forum, invitation.pk))
    assert not OutboxMessage.objects.exists()


def test_whoever_was_revoked_can_be_invited_anew(admin_client, forum, organisations):
    InvitationFactory(
        forum=forum, organisation=organisations[0], revoked=True, email="office@hanbit.example"
    )

    admin_client.post(address("invite", forum), {"all": "1", "seats": 2})

    again = Invitation.objects.get(organisation=organisations[0], revoked_at=None)
    assert again.email == "office@hanbit.example"


def test_the_list_to_print_has_the_codes(admin_client, forum):
    invitation = InvitationFactory(forum=forum)

    assert invitation.code in admin_client.get(address("print", forum)).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_for_many_codes(admin_client, forum, number, django_assert_max_num_queries):
    InvitationFactory.create_batch(number, forum=forum)
    admin_client.get(address("invitations", forum))

    with django_assert_max_num_queries(20):
        admin_client.get(address("invitations", forum))


@pytest.mark.parametrize("name", ["invitations", "print"])
def test_whoever_has_no_right_sees_no_codes(client, forum, name):
    client.force_login(UserFactory(role="편집자"))

    answer = client.get(address(name, forum))

    assert answer.status_code == 302
    assert "invitations" not in answer["Location"]


def test_event_staff_may_invite(client, forum, organisations):
    client.force_login(UserFactory(role="행사 담당"))

    client.post(address("invite", forum), {"all": "1", "seats": 2})

    assert Invitation.objects.count() == 3


def test_a_code_of_another_forum_is_not_found(admin_client, forum, campaign_page):
    other = InvitationFactory(forum=ForumPageFactory(parent=campaign_page))

    assert admin_client.get(address("invitation", forum, other.pk)).status_code == 404
