"""A forgotten password: a link by mail, no word about who has an account, nobody logged in."""

import re
from datetime import timedelta

import pytest

from accounts.defaults import MODERATOR
from messaging.models import OutboxMessage
from messaging.registry import purpose_named
from tests.browser import StaffClient
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FORGOTTEN = "/admin/password_reset/"
NEW = "아침 안개와 종이배"


@pytest.fixture
def moderator(home_page):
    return UserFactory(role=MODERATOR, factor=True)


def ask(client, email):
    return client.post(FORGOTTEN, {"email": email})


def newest_mail():
    row = OutboxMessage.objects.order_by("-created_at").first()
    return purpose_named(row.purpose).build(row.subject)


def link_in(mail):
    return re.search(r"https?://[^/\s]+(/t/p/\S+)", mail.text)[1]


def test_the_link_sets_a_password_and_logs_nobody_in(client, moderator):
    ask(client, moderator.email.upper())
    mail = newest_mail()
    assert mail.to == moderator.email
    link = link_in(mail)
    assert client.get(link).status_code == 200

    after = client.post(link, {"password": NEW})

    assert after["Location"] == "/admin/login/?password=set"
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    moderator.refresh_from_db()
    assert moderator.check_password(NEW)
    assert newest_mail().to == moderator.email
    login = client.post("/admin/login/", {"login": moderator.email, "password": NEW})
    assert login["Location"] == "/admin/login/code/"


def test_the_page_does_not_tell_who_has_an_account(client, moderator):
    known = ask(client, moderator.email).content
    unknown = ask(StaffClient(), "nobody@yeondae.example").content

    assert known == unknown
    assert OutboxMessage.objects.count() == 2
    assert newest_mail() is None


def test_a_link_works_once_and_for_an_hour(clock, client, moderator):
    ask(client, moderator.email)
    first, second = link_in(newest_mail()), link_in(newest_mail())
    client.post(first, {"password": NEW})
    assert client.post(first, {"password": PASSWORD}).status_code == 404
    assert client.post(second, {"password": PASSWORD}).status_code == 404

    clock.tick(timedelta(minutes=2))
    ask(client, moderator.email)
    third = link_in(newest_mail())
    clock.tick(timedelta(hours=1))

    assert client.post(third, {"password": PASSWORD}).status_code == 410
    moderator.refresh_from_db()
    assert moderator.check_password(NEW)


def test_log_ins_with_the_old_password_end_and_a_lock_is_lifted(client, moderator):
    client.force_login(moderator)
    for _try in range(5):
        StaffClient().post("/admin/login/", {"login": moderator.email, "password": "틀림"})
    ask(StaffClient(), moderator.email)

    StaffClient().post(link_in(newest_mail()), {"password": NEW})

    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    login = client.post("/admin/login/", {"login": moderator.email, "password": NEW})
    assert login["Location"] == "/admin/login/code/"


@pytest.mark.parametrize("bad", ["", "짧은 글", "password1234", "1234567890", "정다솜"])
def test_a_weak_password_is_refused_and_the_link_stays(client, moderator, bad):
    ask(client, moderator.email)
    link = link_in(newest_mail())

    assert "password" in client.post(link, {"password": bad}).context["form"].errors
    assert client.post(link, {"password": NEW}).status_code == 302


def test_one_mail_a_minute_and_five_a_day(clock, client, moderator):
    for _try in range(3):
        ask(client, moderator.email)
    assert OutboxMessage.objects.count() == 1

    for _try in range(8):
        clock.tick(timedelta(minutes=2))
        ask(client, moderator.email)

    assert OutboxMessage.objects.count() == 5


def test_who_left_gets_no_link_and_can_use_none(client, moderator):
    ask(client, moderator.email)
    link = link_in(newest_mail())
    moderator.is_active = False
    moderator.save()

    assert newest_mail() is None
    assert client.post(link, {"password": NEW}).status_code == 404


def test_many_tries_from_one_place_are_turned_away(client, home_page):
    for number in range(20):
        ask(client, f"x{number}@yeondae.example")

    assert ask(client, "y@yeondae.example").status_code == 429


def test_a_made_up_link_is_explained(client, home_page):
    answer = client.get("/t/p/no-such-token/")

    assert answer.status_code == 404
    assert answer.templates[0].name == "accounts/link_unknown.html"
    assert "no-store" in answer["Cache-Control"]
