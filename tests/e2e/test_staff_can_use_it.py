"""Every screen that we wrote for staff, as it opens and with what was left out: 0 axe violations."""

import pytest
from playwright.sync_api import expect

from campaigns.pledges.models import CountersignBatch
from tests.browser import StaffClient
from tests.crawl import AREAS, THE_REST, has_view_of_ours, kind_of, our_screens
from tests.factories.accounts import UserFactory
from tests.factories.desk import BLOCKED, fill_desk

from .axe import TAGS, violations
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


# What may be another answer where the window is narrow; the words are the same.
LAYOUT = ["target-size", "color-contrast", "scrollable-region-focusable", "link-in-text-block"]


@pytest.fixture
def admin(petition_page):
    return UserFactory(administrator=True, factor=True, last_name="하")


@pytest.fixture
def pages(petition_page, admin):
    return fill_desk(petition_page, admin)


@pytest.fixture
def desk(open_page, server_url, admin):
    """A browser in which the administrator is logged in."""
    client = StaffClient()
    client.force_login(admin)
    page = open_page(OFFICE)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server_url}])
    return page


@pytest.mark.parametrize("area", [*AREAS, THE_REST])
def test_no_screen_has_a_violation(desk, admin, pages, area):
    client = StaffClient()
    client.force_login(admin)
    found, seen, pressed = {}, set(), set()

    for address in our_screens(client, pages, area).addresses:
        kind = kind_of(address)
        small_too = has_view_of_ours(address) and kind not in seen
        seen.add(kind)
        desk.goto(address)
        found[address] = look(desk, within=None if address == "/admin/" else "main")
        for target in asking_forms_on(desk):
            if kind_of(target) not in pressed and has_view_of_ours(target):
                pressed.add(kind_of(target))
                press_with_nothing_typed(desk, target)
                found[f"nothing typed: {target}"] = look(desk)
                desk.goto(address)
        if small_too:
            found[f"small: {address}"] = look_on_a_phone(desk)

    assert len(found) > 5
    assert {name: told for name, told in found.items() if told} == {}


def test_what_staff_get_shown_when_they_ask_has_no_violation(desk, pages, petition_page):
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
    found["access log checked"] = look_at_what_answers(desk, "[action$='/check/'] button")
    desk.goto("/admin/stopped-addresses/")
    desk.fill("[name=email]", BLOCKED)
    found["address checked"] = look_at_what_answers(desk, "[action$='/check/'] button")

    assert {name: told for name, told in found.items() if told} == {}


def test_what_the_events_office_gets_shown_has_no_violation(desk, pages):
    forum = pages[0]
    order = forum.orders.filter(status="waiting").order_by("pk").first()
    desk.goto(f"/admin/registrations/{order.pk}/")
    desk.fill("[action$='/full/'] [name=reason]", "자리를 바꿔 달라는 전화를 받아서")
    found = {"full view": look_at_what_answers(desk, "[action$='/full/'] button")}
    expect(desk.locator("main")).to_contain_text(order.email)
    desk.goto(f"/admin/forums/{forum.pk}/doors/")
    desk.fill("[name=label]", "2층")
    found["code for a phone"] = look_at_what_answers(desk, "[action$='/make/'] button")
    desk.goto(f"/admin/payments/deposits/{forum.account.deposits.first().public_id}/")
    desk.fill("[name=query]", order.reference)
    found["who may have paid"] = look_at_what_answers(desk, "[action$='/search/'] button")
    expect(desk.locator("[action$='/split/']")).to_be_visible()

    assert {name: told for name, told in found.items() if told} == {}


def test_what_is_chosen_to_be_countersigned_has_no_violation(desk, pages):
    desk.goto("/admin/agreements/countersign/")
    desk.locator("main [type=checkbox]").last.check()
    with desk.expect_navigation():
        desk.locator("main form button").click()
    desk.goto(f"/admin/agreements/batches/{CountersignBatch.objects.latest('pk').public_id}/")
    expect(desk.locator("main")).to_contain_text("한별")
    assert look(desk) == []


def look_at_what_answers(page, button):
    with page.expect_navigation():
        page.locator(f"main {button}").click()
    return look(page)


# What Wagtail tells above a screen fades in.
STILL = """() => [...document.querySelectorAll(".messages > ul:not(:empty)")]
  .every(one => getComputedStyle(one).opacity === "1")"""


def look(page, within="main", rules=TAGS):
    """Once nothing moves."""
    page.wait_for_function(STILL)
    return violations(page, WAGTAIL, within, rules)


def look_on_a_phone(page):
    page.set_viewport_size(PHONE)
    found = look(page, rules=LAYOUT)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the window")
    page.set_viewport_size(OFFICE)
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
