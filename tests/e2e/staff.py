"""What staff do in the admin, as in a browser."""

from django.conf import settings
from playwright.sync_api import expect

from tests.browser import StaffClient
from tests.factories.accounts import PASSWORD, code_of, give_factor

OFFICE = {"width": 1280, "height": 900}
HINT = "〔"


def log_in(page, user, address="/admin/"):
    """Follow a link of the admin; it asks for password and code, and leads on."""
    give_factor(user)
    page.goto(address)
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/login/code/")
    page.fill("input[name=code]", code_of(user))
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/login/" not in url)


def come_in(page, user):
    """Be logged in already: for stories that are about something else."""
    client = StaffClient()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": settings.SITE_URL}])


def choose_action(page, name):
    """One of the actions behind the arrow at the foot of the editor."""
    page.locator("footer .w-dropdown__toggle-icon").last.click()
    page.get_by_role("button", name=name).first.click()


def write_in_place_of_hints(page):
    """Replace every hint with which a new text begins."""
    page.wait_for_load_state("networkidle")
    texts = page.locator(".public-DraftEditor-content")
    for text in texts.all():
        if HINT not in text.inner_text():
            continue
        text.click()
        expect(text).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("여러 지역의 활동가가 모였습니다.")
        expect(text).not_to_contain_text(HINT)
    fields = "#page-edit-form input:not([type=hidden]), #page-edit-form textarea"
    for field in page.locator(fields).all():
        if HINT in field.input_value():
            field.fill("함께 정한 일")
    # Draftail hands its text to the form a moment after the last key.
    expect(page.locator(f"#page-edit-form [name][value*='{HINT}']")).to_have_count(0)
