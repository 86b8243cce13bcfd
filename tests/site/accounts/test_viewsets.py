"""Staff in the admin: inviting, a lost factor, leaving."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Workflow

from accounts.defaults import EDITOR, MODERATOR
from accounts.models import Invitation, User
from messaging.models import OutboxMessage
from messaging.registry import purpose_named
from tests.browser import StaffClient
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

STAFF, INVITATIONS = "/admin/users/", "/admin/invitations/"
NEW = "아침 안개와 종이배"


@pytest.fixture
def moderator(home_page):
    return UserFactory(role=MODERATOR, factor=True)


def invite(client, **changed):
    groups = [Group.objects.get(name=MODERATOR).pk]
    typed = {"name": "한이음", "email": "new@yeondae.example", "groups": groups, **changed}
    return client.post(f"{STAFF}new/", typed)


def newest_link():
    row = OutboxMessage.objects.order_by("-created_at").first()
    mail = purpose_named(row.purpose).build(row.subject)
    return re.search(r"https?://[^/\s]+(/t/\w/\S+)", mail.text)[1]


def test_an_invited_person_begins_and_is_led_to_a_second_factor(home_page, admin_client):
    assert admin_client.get(f"{STAFF}new/").status_code == 200
    assert invite(admin_client)["Location"] == INVITATIONS
    person, link = StaffClient(), newest_link()
    assert "new@yeondae.example" in person.get(link).content.decode()
    weak = person.post(link, {"name": "한이음", "password": "짧다"})
    assert list(weak.context["form"].errors) == ["password"]

    assert person.post(link, {"name": "한이음", "password": NEW})["Location"] == "/admin/"

    assert person.get("/admin/")["Location"].startswith("/admin/second-factor/")
    assert User.objects.get(email="new@yeondae.example").check_password(NEW)
    assert StaffClient().get(link).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_invitations_are_listed_with_their_state(
    home_page, admin_client, rows, django_assert_num_queries
):
    for number in range(rows):
        invite(admin_client, email=f"new{number}@yeondae.example")
    admin_client.get(INVITATIONS)

    with django_assert_num_queries(10):
        listed = admin_client.get(INVITATIONS).content.decode()

    assert all(f"new{number}@yeondae.example" in listed for number in range(rows))
    assert listed.count("/again/") == rows


def test_an_invitation_is_sent_again_and_taken_back(home_page, admin_client):
    invite(admin_client)
    first, row = newest_link(), Invitation.objects.get()
    admin_client.post(f"{INVITATIONS}{row.pk}/again/")
    second = newest_link()
    assert StaffClient().get(first).status_code == 404
    assert StaffClient().get(second).status_code == 200

    admin_client.post(f"{INVITATIONS}{row.pk}/revoke/")
    assert StaffClient().get(second).status_code == 404
    told = admin_client.post(f"{INVITATIONS}{row.pk}/again/", follow=True)
    assert list(told.context["messages"])[-1].level_tag == "error"
    assert Invitation.objects.get().revoked_at


@pytest.mark.parametrize("again", [True, False], ids=["invited", "on the staff"])
def test_an_address_that_is_known_is_refused_with_the_reason(
    home_page, admin_client, administrator, again
):
    invite(admin_client)
    email = "new@yeondae.example" if again else administrator.email

    answer = invite(admin_client, email=email)

    assert list(answer.context["form"].errors) == ["email"]
    assert Invitation.objects.count() == 1


def test_only_administrators_make_administrators(home_page, client):
    keeper = UserFactory(role=EDITOR, factor=True)
    keeper.user_permissions.add(*Permission.objects.filter(codename__endswith="_user"))
    client.force_login(keeper)

    invite(client, is_administrator="on")

    assert not Invitation.objects.get().is_administrator


def test_who_may_not_add_staff_sees_no_invitation(moderator, client):
    client.force_login(moderator)

    for address in (INVITATIONS, f"{STAFF}new/", STAFF):
        assert client.get(address)["Location"] == "/admin/"
    assert client.post(f"{STAFF}close/{moderator.pk}/")["Location"] == "/admin/"


def test_a_factor_is_reset_after_checking_who_asks(moderator, admin_client):
    address = f"{STAFF}reset-factor/{moderator.pk}/"
    assert admin_client.get(address).status_code == 200
    refused = admin_client.post(address, {"reason": "휴대전화 분실"})
    assert list(refused.context["form"].errors) == ["identity_checked"]

    admin_client.post(address, {"reason": "휴대전화 분실", "identity_checked": "on"})

    assert OutboxMessage.objects.get().purpose == "accounts.factor_reset"


def test_who_leaves_is_closed_and_what_waits_for_them_is_listed(moderator, admin_client, home_page):
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=home_page), title="남은 글")
    news.locked, news.locked_by = True, moderator
    news.save()
    sent = NewsPageFactory(parent=news.get_parent(), title="보낸 글", live=False)
    sent.save_revision()
    Workflow.objects.get().start(sent, moderator)
    address = f"{STAFF}close/{moderator.pk}/"
    page = admin_client.get(address)
    assert [text.title for text in page.context["left_behind"]] == ["남은 글", "보낸 글"]

    admin_client.post(address, {"reason": "퇴사"})
    moderator.refresh_from_db()
    assert not moderator.is_active

    admin_client.post(f"{STAFF}reopen/{moderator.pk}/", {"reason": "복직"})
    moderator.refresh_from_db()
    assert moderator.is_active


def test_refusals_are_told(admin_client, administrator, home_page):
    answer = admin_client.post(f"{STAFF}close/{administrator.pk}/", {"reason": "x"}, follow=True)

    assert len(list(answer.context["messages"])) == 1
    administrator.refresh_from_db()
    assert administrator.is_active


def test_buttons_stand_on_the_person_and_not_on_oneself(moderator, administrator, admin_client):
    other = admin_client.get(f"{STAFF}edit/{moderator.pk}/").content.decode()
    own = admin_client.get(f"{STAFF}edit/{administrator.pk}/").content.decode()

    assert f"{STAFF}close/{moderator.pk}/" in other
    assert f"{STAFF}reset-factor/{moderator.pk}/" in other
    assert "/close/" not in own
    assert 'name="is_active"' not in other
    assert 'name="password1"' not in other


def test_an_account_is_deleted_by_no_way(moderator, admin_client):
    admin_client.post(f"{STAFF}delete/{moderator.pk}/")
    for act in ("delete", "set_active_state", "assign_role"):
        admin_client.post(f"/admin/bulk/accounts/user/{act}/?id={moderator.pk}", {})

    moderator.refresh_from_db()
    assert moderator.is_active
    assert "/bulk/" not in admin_client.get(STAFF).content.decode()


def test_only_an_administrator_touches_an_administrator(administrator, client, home_page):
    keeper = UserFactory(role=EDITOR, factor=True)
    keeper.user_permissions.add(*Permission.objects.filter(codename__endswith="_user"))
    UserFactory(administrator=True)
    client.force_login(keeper)

    client.post(f"{STAFF}close/{administrator.pk}/", {"reason": "x"})

    administrator.refresh_from_db()
    assert administrator.is_active


def test_each_field_of_an_invitation_can_be_filled_in(home_page, admin_client):
    response = admin_client.get("/admin/users/new/")

    shown = set(re.findall(r'name="(\w+)"', response.content.decode()))
    assert set(response.context["form"].fields) <= shown
