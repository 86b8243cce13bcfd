"""Every screen that we wrote for staff, as it opens and with what was left out: 0 axe violations."""

import pytest
from playwright.sync_api import expect

from tests.browser import StaffClient
from tests.crawl import has_view_of_ours, kind_of, our_screens
from tests.factories.accounts import UserFactory
from tests.factories.desk import BLOCKED, fill_desk

from .axe import violations
from .conftest import PHONE
from .staff import OFFICE

# Wagtail's own elements, which it would have to mend: (rule, selector).
WAGTAIL = [
    # The search in the menu and the one above a list carry no names to tell them apart.
    ("landmark-unique", "form[action$='/pages/search/'], form.w-slim-header__search-form"),
    # How many rows a filter found is a heading and an alert at once.
    ("aria-allowed-role", "h2[role=alert]"),
    # Filters that are set: their number stands on the button, not in its name.
    ("label-content-name-mismatch", "button.w-slim-header-action-button"),
    # The button that hides an editor's contents is 20 px wide.
    ("target-size", "#w-minimap-toggle"),
]


@pytest.fixture
def admin(petition_page):
    admin = UserFactory(administrator=True, factor=True, last_name="하")
    fill_desk(petition_page, admin)
    return admin


@pytest.fixture
def desk(open_page, server_url, admin):
    """A browser in which the administrator is logged in."""
    client = StaffClient()
    client.force_login(admin)
    page = open_page(OFFICE)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server_url}])
    return page


def test_no_screen_has_a_violation(desk, admin):
    client = StaffClient()
    client.force_login(admin)
    found, seen, pressed = {}, set(), set()

    for address in our_screens(client).addresses:
        kind = kind_of(address)
        small_too = has_view_of_ours(address) and kind not in seen
        seen.add(kind)
        desk.goto(address)
        found[address] = look(desk, (PHONE, OFFICE) if small_too else (OFFICE,))
        for target in asking_forms_on(desk):
            if kind_of(target) not in pressed and has_view_of_ours(target):
                pressed.add(kind_of(target))
                desk.goto(address)
                press_with_nothing_typed(desk, target)
                found[f"nothing typed: {target}"] = look(desk)

    assert found == dict.fromkeys(found, [])


def test_what_staff_get_shown_when_they_ask_has_no_violation(desk, petition_page):
    signer = petition_page.signatures.confirmed().first()
    desk.goto(f"/admin/signatures/{signer.pk}/")
    desk.select_option("[name=purpose]", "request")
    desk.fill("[action$='/full/'] [name=reason]", "서명자의 문의에 답하려고")
    desk.get_by_role("button", name="이름과 이메일 보기").click()
    expect(desk.locator("main")).to_contain_text(signer.email)
    found = {"full view": look(desk)}
    desk.goto("/admin/signatures/")
    desk.fill("[name=query]", BLOCKED)
    desk.locator(".find__form button").click()
    expect(desk.locator("[action*='/lift-block/']")).to_be_visible()
    found["blocked address"] = look(desk)
    desk.goto("/admin/access-log/")
    with desk.expect_navigation():
        desk.locator("[action$='/check/'] button").click()
    found["access log checked"] = look(desk)
    desk.goto("/admin/stopped-addresses/")
    desk.fill("[name=email]", BLOCKED)
    with desk.expect_navigation():
        desk.locator("[action$='/check/'] button").click()
    found["address checked"] = look(desk)

    assert found == dict.fromkeys(found, [])


# What Wagtail tells above a screen fades in.
STILL = """() => [...document.querySelectorAll(".messages > ul:not(:empty)")]
  .every(one => getComputedStyle(one).opacity === "1")"""


def look(page, sizes=(OFFICE,)):
    """Once nothing moves."""
    found = []
    for size in sizes:
        page.set_viewport_size(size)
        page.wait_for_function(STILL)
        found += violations(page, known=WAGTAIL)
    return found


BUTTONS = """[...document.querySelectorAll("main form[method=post i] button")]
  .filter(button => button.type === "submit" && button.form.querySelector(".w-required-mark"))
  .map(button => ({
    button,
    target: new URL(button.getAttribute("formaction") || button.form.action, location).pathname,
  }))"""


def asking_forms_on(page):
    """Where the forms are sent that something has to be typed into."""
    return list(dict.fromkeys(page.evaluate(f"{BUTTONS}.map(one => one.target)")))


def press_with_nothing_typed(page, target):
    with page.expect_navigation():
        page.evaluate(
            f"""target => {{
              const {{ button }} = {BUTTONS}.find(one => one.target === target);
              button.form.noValidate = true;
              button.click();
            }}""",
            target,
        )
