"""Adding, replacing and removing one's own second factor."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from bs4 import BeautifulSoup

from accounts.defaults import EDITOR, MODERATOR
from messaging.models import OutboxMessage
from messaging.registry import purpose_named
from tests.factories.accounts import PASSWORD, UserFactory, code_of, give_factor, recovery_codes_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOME, APP, CODES = (
    "/admin/second-factor/",
    "/admin/second-factor/app/",
    "/admin/second-factor/codes/",
)


@pytest.fixture
def moderator(home_page):
    return UserFactory(role=MODERATOR)


@pytest.fixture
def newcomer(client, moderator):
    """A browser in which who needs a factor has typed the password."""
    client.post("/admin/login/", {"login": moderator.email, "password": PASSWORD})
    return client


def secret_on(page):
    shown = BeautifulSoup(page.content, "html.parser").select_one("[data-copy-item]")
    return shown.text.replace(" ", "")


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enrol(client):
    page = client.get(APP)
    return client.post(APP, {"code": code_for(secret_on(page))})


@pytest.mark.sqlite_smoke
def test_who_enrols_gets_recovery_codes_and_is_inside(
    newcomer, moderator, django_capture_on_commit_callbacks
):
    page = newcomer.get(APP)
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        after = newcomer.post(APP, {"code": code_for(secret_on(page))})

    assert after["Location"] == CODES
    printed = newcomer.get(CODES).content.decode()
    assert len(recovery_codes_of(moderator)) == 10
    assert all(code in printed for code in recovery_codes_of(moderator))
    assert newcomer.get("/admin/").status_code == 200
    mail = OutboxMessage.objects.get(purpose="accounts.factor_changed")
    assert purpose_named(mail.purpose).build(mail.subject).to == moderator.email


def test_a_wrong_code_adds_nothing(newcomer, moderator):
    newcomer.get(APP)

    answer = newcomer.post(APP, {"code": "000000"})

    assert answer.status_code == 200
    assert "code" in answer.context["form"].errors
    assert not Authenticator.objects.filter(user=moderator).exists()


def test_the_secret_is_not_readable_in_the_database(newcomer, moderator):
    page = newcomer.get(APP)
    newcomer.post(APP, {"code": code_for(secret_on(page))})

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert "secret" in stored
    assert "seed" in stored
    assert secret_on(page) not in stored
    assert not any(code in stored for code in recovery_codes_of(moderator))


def test_who_needs_a_factor_keeps_the_last_one(newcomer, moderator):
    enrol(newcomer)

    newcomer.post(f"{APP}remove/")

    assert Authenticator.objects.filter(user=moderator, type="totp").exists()


def test_who_needs_none_may_add_and_remove_one(client, home_page):
    editor = UserFactory(role=EDITOR)
    client.post("/admin/login/", {"login": editor.email, "password": PASSWORD})
    assert client.get(HOME).status_code == 200
    enrol(client)

    assert client.post(f"{APP}remove/")["Location"] == HOME

    assert not Authenticator.objects.filter(user=editor).exists()


def test_a_change_long_after_the_log_in_asks_for_the_password_again(clock, newcomer, moderator):
    enrol(newcomer)
    clock.tick(timedelta(minutes=6))

    asked = newcomer.get(f"{CODES}new/")["Location"]
    assert asked.startswith("/admin/login/again/?next=")
    wrong = newcomer.post(asked, {"password": "틀린 비밀번호"})
    assert "password" in wrong.context["form"].errors

    before = recovery_codes_of(moderator)
    newcomer.post(asked, {"password": PASSWORD})
    assert newcomer.post(f"{CODES}new/")["Location"] == CODES
    assert recovery_codes_of(moderator) != before


def test_the_password_again_is_counted_too(clock, newcomer, moderator):
    enrol(newcomer)
    clock.tick(timedelta(minutes=6))
    for _try in range(5):
        newcomer.post("/admin/login/again/", {"password": "틀린 비밀번호"})

    newcomer.post("/admin/login/again/", {"password": PASSWORD})

    assert newcomer.get(f"{CODES}new/")["Location"].startswith("/admin/login/again/")


def test_a_code_again_is_counted_too(newcomer, moderator):
    give_factor(moderator)
    again = "/admin/login/again/code/"
    for _try in range(5):
        newcomer.post(again, {"code": "000000"})

    newcomer.post(again, {"code": code_of(moderator)})

    assert newcomer.get("/admin/")["Location"].startswith(again)


def test_the_passkey_form_waits_for_its_script_and_carries_its_options(newcomer):
    page = BeautifulSoup(newcomer.get("/admin/second-factor/passkey/").content, "html.parser")

    form = page.select_one("form[data-passkey=create]")
    assert form.has_attr("hidden")
    assert '"challenge"' in page.select_one("#passkey-options").string
    assert page.select_one("script[src*='js/passkey.js']")


def test_a_made_up_passkey_adds_nothing(newcomer, moderator):
    newcomer.get("/admin/second-factor/passkey/")

    answer = newcomer.post("/admin/second-factor/passkey/", {"name": "x", "credential": "{}"})

    assert answer.status_code == 200
    assert not Authenticator.objects.filter(user=moderator).exists()


@pytest.mark.parametrize("screen", ["/admin/", "/admin/account/"])
def test_the_own_second_factor_is_a_link_away(home_page, client, screen):
    client.force_login(UserFactory(role=MODERATOR, factor=True))

    soup = BeautifulSoup(client.get(screen).content, "html.parser")

    (link,) = soup.select("main a[href='/admin/second-factor/']")
    assert link.get_text(strip=True) == "두 번째 인증"
