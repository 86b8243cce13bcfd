"""A lost factor, leaving, coming back, accounts that nobody uses."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts import services
from accounts.defaults import EDITOR, MODERATOR
from accounts.exceptions import LastAdministratorError, OwnAccountError
from accounts.models import User
from messaging.models import OutboxMessage
from messaging.registry import purpose_named
from tests.factories.accounts import PASSWORD, UserFactory, limit_to

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def administrator(db):
    return UserFactory(administrator=True, last_login=timezone.now())


@pytest.fixture
def moderator(db):
    return UserFactory(role=MODERATOR, factor=True, last_login=timezone.now())


def built_mails():
    rows = OutboxMessage.objects.order_by("created_at", "pk")
    return [purpose_named(row.purpose).build(row.subject) for row in rows]


def recorded():
    return [
        (entry.action, entry.user, entry.data.get("reason"))
        for entry in ModelLogEntry.objects.filter(action__startswith="accounts.")
    ]


def is_logged_in(client):
    return client.get("/admin/").status_code == 200


def test_a_reset_factor_ends_log_ins_and_tells_the_person(
    home_page, client, moderator, administrator
):
    client.force_login(moderator)

    services.reset_factor(moderator.pk, by=administrator, reason="휴대전화 분실")

    assert not Authenticator.objects.filter(user=moderator).exists()
    assert not is_logged_in(client)
    assert [mail.to for mail in built_mails()] == [moderator.email]
    assert recorded() == [("accounts.reset_factor", administrator, "휴대전화 분실")]
    client.post("/admin/login/", {"login": moderator.email, "password": PASSWORD})
    assert client.get("/admin/")["Location"].startswith("/admin/second-factor/")


@pytest.mark.parametrize("act", [services.reset_factor, services.close_account])
def test_nobody_does_it_to_the_own_account(administrator, act):
    with pytest.raises(OwnAccountError):
        act(administrator.pk, by=administrator, reason="x")


@pytest.mark.sqlite_smoke
def test_who_leaves_is_out_at_once_and_has_no_role(home_page, client, moderator, administrator):
    client.force_login(moderator)
    assert is_logged_in(client)

    services.close_account(moderator.pk, by=administrator, reason="퇴사")
    services.close_account(moderator.pk, by=administrator, reason="두 번째")

    moderator.refresh_from_db()
    assert not is_logged_in(client)
    assert (moderator.is_active, moderator.closed_because) == (False, "퇴사")
    assert list(moderator.groups.all()) == []
    assert not Authenticator.objects.filter(user=moderator).exists()
    assert recorded() == [("accounts.close", administrator, "퇴사")]


def test_an_administrator_who_leaves_is_none_any_more(administrator):
    other = UserFactory(administrator=True)

    services.close_account(other.pk, by=administrator, reason="퇴사")

    other.refresh_from_db()
    assert (other.is_superuser, other.is_staff) == (False, False)


def test_the_last_administrator_stays(administrator, moderator):
    with pytest.raises(LastAdministratorError):
        services.close_account(administrator.pk, by=moderator, reason="x")

    administrator.refresh_from_db()
    assert administrator.is_active


def test_who_comes_back_has_no_role_and_no_old_password_or_log_in(
    home_page, client, moderator, administrator
):
    client.force_login(moderator)
    services.close_account(moderator.pk, by=administrator, reason="휴직")

    services.reopen_account(moderator.pk, by=administrator, reason="복직")
    services.reopen_account(moderator.pk, by=administrator, reason="두 번째")

    moderator.refresh_from_db()
    assert (moderator.is_active, moderator.closed_at) == (True, None)
    assert not moderator.check_password(PASSWORD)
    assert list(moderator.groups.all()) == []
    assert not is_logged_in(client)
    assert [mail.to for mail in built_mails()] == [moderator.email]
    assert "/t/p/" in built_mails()[0].text


def test_an_account_that_nobody_used_for_90_days_is_closed(administrator, moderator):
    now = timezone.now()
    unused = UserFactory(last_login=now - timedelta(days=90, minutes=1))
    never = UserFactory(date_joined=now - timedelta(days=91), last_login=None)
    UserFactory(last_login=now - timedelta(days=89))

    assert services.close_idle_accounts() == 2
    assert services.close_idle_accounts() == 0

    closed = User.objects.filter(is_active=False)
    assert set(closed) == {unused, never}
    mails = built_mails()
    assert [mail.to for mail in mails] == [administrator.email] * 2
    assert all(unused.get_full_name() in mail.text for mail in mails)


def test_of_unused_administrators_the_last_seen_one_stays(db):
    long_ago = timezone.now() - timedelta(days=200)
    first = UserFactory(administrator=True, last_login=long_ago)
    last = UserFactory(administrator=True, last_login=long_ago + timedelta(days=1))

    assert services.close_idle_accounts() == 1

    assert list(User.objects.filter(is_active=True)) == [last]
    assert not User.objects.get(pk=first.pk).is_active


def test_no_notice_of_an_idle_account_to_who_left_meanwhile(administrator):
    unused = UserFactory(last_login=timezone.now() - timedelta(days=91))
    services.close_idle_accounts()
    User.objects.filter(pk=administrator.pk).update(is_active=False)

    assert built_mails() == [None]
    assert not User.objects.get(pk=unused.pk).is_active


def test_rights_for_a_time_end_with_the_account(administrator, moderator):
    services.give_role(
        moderator,
        Group.objects.get(name=EDITOR),
        granted_by=administrator,
        reason="휴가 대신",
        ends_at=timezone.now() + timedelta(days=7),
    )

    services.close_account(moderator.pk, by=administrator, reason="퇴사")

    assert not services.open_grants(User.objects.get(pk=moderator.pk))
    assert list(User.objects.get(pk=moderator.pk).groups.all()) == []


def test_a_role_given_for_a_time_ends_with_the_account(moderator, administrator, region):
    grant = limit_to(moderator, MODERATOR, region)

    services.close_account(moderator.pk, by=administrator, reason="그만둠")

    grant.refresh_from_db()
    assert grant.ended_at
