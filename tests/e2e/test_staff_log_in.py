"""Staff set up a second factor at the first log-in, and use it from then on."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from accounts.defaults import MODERATOR
from tests.factories.accounts import PASSWORD, UserFactory, code_of, recovery_codes_of

from .axe import violations
from .conftest import PHONE
from .staff import OFFICE


@pytest.fixture(params=[PHONE, OFFICE], ids=["phone without JavaScript", "desk"])
def desk(request, open_page):
    return open_page(request.param, java_script_enabled=request.param is OFFICE)


def press(page):
    page.locator("main button[type=submit]").first.click()


def type_password(page, user):
    page.goto("/admin/signatures/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    press(page)


def test_newcomer_enrols_with_an_app_and_logs_in_again_with_it(desk, server_url):
    moderator = UserFactory(role=MODERATOR)
    type_password(desk, moderator)
    desk.locator("a[href$='/second-factor/app/']").click()
    secret = desk.locator("[data-copy-item]").inner_text().replace(" ", "")
    desk.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    press(desk)
    for code in recovery_codes_of(moderator):
        expect(desk.locator("main")).to_contain_text(code)

    desk.context.clear_cookies()
    type_password(desk, moderator)
    desk.fill("[name=code]", code_of(moderator, steps=1))
    press(desk)

    desk.wait_for_url("**/admin/signatures/")


@pytest.fixture
def localhost(browser):
    """A desk that calls this machine by its name: a passkey belongs to a name, not a number."""
    context = browser.new_context(viewport=OFFICE, locale="ko-KR")
    yield context.new_page()

    context.close()


def test_passkey_is_added_and_opens_the_admin(localhost, server_url):
    """The browser's own authenticator, made by its developer tools."""
    page = localhost
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})
    moderator = UserFactory(role=MODERATOR)
    home = server_url.replace("127.0.0.1", "localhost")
    page.goto(f"{home}/admin/login/")
    page.fill("[name=login]", moderator.email)
    page.fill("[name=password]", PASSWORD)
    press(page)
    page.locator("a[href$='/second-factor/passkey/']").click()
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/second-factor/codes/")

    page.context.clear_cookies()
    page.goto(f"{home}/admin/login/")
    page.fill("[name=login]", moderator.email)
    page.fill("[name=password]", PASSWORD)
    press(page)
    page.locator("form[data-passkey] button").click()

    page.wait_for_url("**/admin/")
    page.goto(f"{home}/admin/second-factor/")
    page.locator("a[href$='/remove/']").first.click()
    assert violations(page) == []


VIRTUAL_KEY = {
    **{"protocol": "ctap2", "transport": "internal", "hasUserVerification": True},
    **{"isUserVerified": True, "automaticPresenceSimulation": True, "hasResidentKey": True},
}


def test_screens_of_the_log_in_have_no_violation(screen, server_url):
    moderator = UserFactory(role=MODERATOR, factor=True)
    newcomer = UserFactory(role=MODERATOR)
    screen.goto("/admin/login/")
    found = {"login": violations(screen)}
    press(screen)
    found["nothing typed"] = violations(screen)
    type_password(screen, moderator)
    found["code"] = violations(screen)
    screen.fill("[name=code]", "000000")
    press(screen)
    found["wrong code"] = violations(screen)
    screen.context.clear_cookies()
    type_password(screen, newcomer)
    found["factors"] = violations(screen)
    for way in ("app", "passkey"):
        screen.goto(f"/admin/second-factor/{way}/")
        found[way] = violations(screen)

    assert found == dict.fromkeys(found, [])
