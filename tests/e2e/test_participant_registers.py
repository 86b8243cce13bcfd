"""A participant goes from a forum's page to the account, changes the depositor and cancels."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.forums.emails.orders import order_path, ticket_path
from campaigns.forums.models import Order
from campaigns.forums.services.papers import Kind, paper_number
from privacy.models import Token
from tests.factories.forums import ForumPageFactory, InvitationFactory
from tests.factories.orders import make_confirmed_order
from tests.factories.tree import publish

from .axe import violations
from .mailbox import links_of

FORUM = "/campaigns/basic-act/forum/"
EMAIL = "garam@mail.example"
PICTURES = os.environ.get("PICTURES")  # A folder, for whoever wants to look.


@pytest.fixture
def forum(campaign_page):
    return publish(ForumPageFactory(parent=campaign_page, slug="forum"))


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def participant(request, open_page):
    """A phone, with and without JavaScript."""
    return open_page(
        {"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=request.param,
    )


def keep(page, name):
    if PICTURES:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def fill_in(page, name="한가람"):
    page.fill("#id_name", name)
    page.fill("#id_phone", "010-0000-1234")
    page.fill("#id_email", EMAIL)


def press_register(page):
    page.click("#apply .btn-act")
    page.wait_for_url("**/t/o/**")


def test_participant_registers_two_people_and_cancels_one(participant, forum, mailbox, work):
    participant.goto(FORUM)
    participant.locator(f'a[href="{FORUM}apply/"]').first.click()
    fill_in(participant)
    participant.click("button[name=add]")
    expect(participant.locator("#id_email")).to_have_value(EMAIL)
    participant.fill("#id_name_2", "두나래")
    keep(participant, "form-two")
    press_register(participant)
    expect(participant.locator("main")).to_contain_text("000-12-345678")
    expect(participant.locator("main")).to_contain_text("40,000")

    work()
    participant.goto(links_of(mailbox.newest_to(EMAIL))[0])
    participant.click(".account-card__other summary")
    participant.fill("#id_depositor", "가온상사")
    participant.click(".account-card__other button")
    expect(participant.locator(".account-card")).to_contain_text("가온상사")

    participant.click(".btn-danger-outline")
    keep(participant, "cancel")
    participant.click("label[for=id_who_2]")
    participant.click("main form .btn-danger-outline")
    expect(participant.locator(".account-card")).to_contain_text("20,000")
    assert Order.objects.get().tickets.filter(cancelled_at=None).get().name == "한가람"


def test_who_goes_back_and_presses_again_is_registered_once(participant, forum, mailbox):
    participant.goto(f"{FORUM}apply/")
    fill_in(participant)
    press_register(participant)

    participant.go_back()
    fill_in(participant)
    press_register(participant)

    expect(participant.locator("main")).to_contain_text("000-12-345678")
    assert Order.objects.get().tickets.get().name == "한가람"


def test_representative_opens_the_members_session(participant, forum, mailbox):
    invitation = InvitationFactory(forum=forum)
    participant.goto(f"{FORUM}apply/")
    expect(participant.locator("main")).not_to_contain_text("2부 대표자 워크숍")
    fill_in(participant)
    participant.fill("#id_code", invitation.code.lower())
    participant.click("button[name=open]")
    expect(participant.locator("#id_email")).to_have_value(EMAIL)
    participant.locator("#id_sessions label").nth(1).click()
    keep(participant, "form-opened")
    press_register(participant)

    expect(participant.locator("main")).to_contain_text(invitation.organisation.name)
    assert Order.objects.get().invitation == invitation


def test_copying_puts_the_depositor_on_the_clipboard(open_page, forum, mailbox):
    page = open_page(
        {"width": 360, "height": 740}, permissions=["clipboard-read", "clipboard-write"]
    )
    page.goto(f"{FORUM}apply/")
    fill_in(page)
    press_register(page)

    tool = page.locator(".account-card__tool").last
    tool.locator("button").click()
    expect(tool.locator(".copy-said")).not_to_be_empty()

    assert page.evaluate("navigator.clipboard.readText()") == "토론회한가람"


def test_the_way_has_no_violation(screen, forum, mailbox):
    InvitationFactory(forum=forum)
    screen.goto(f"{FORUM}apply/")
    keep(screen, "form")
    found = {"form": violations(screen)}
    screen.click("#apply .btn-act")
    keep(screen, "errors")
    found["errors"] = violations(screen)
    screen.fill("#id_code", "XXXX-XXXX")
    screen.click("button[name=open]")
    keep(screen, "wrong-code")
    found["wrong code"] = violations(screen)
    screen.fill("#id_code", "")
    fill_in(screen)
    press_register(screen)
    keep(screen, "order")
    found["order"] = violations(screen)
    Order.objects.get().forum.pools.update(capacity=1)
    screen.goto(f"{FORUM}apply/")
    keep(screen, "full")
    found["full"] = violations(screen)
    screen.go_back()
    screen.click(".btn-danger-outline")
    found["cancel"] = violations(screen)

    assert not any(found.values()), found


def test_what_lies_behind_a_ticket_has_no_violation(screen, forum, mailbox):
    """The ticket, another person in its place, a paper checked, links that are over or wrong."""
    order = make_confirmed_order(forum)
    order_page, ticket_page = order_path(order), ticket_path(order.tickets.get())
    found = {}
    for name, address in {
        "order": order_page,
        "another attendee": f"{order_page}attendees/1/",
        "ticket": ticket_page,
        "paper": f"/verify/?number={paper_number(Kind.REGISTRATION, order)}",
        "no such paper": "/verify/?number=7K3D-92QF-8XQ2-M4TT",
        "wrong link": "/t/o/0123456789abcdef0123456789abcdef/",
    }.items():
        screen.goto(address)
        keep(screen, name)
        found[name] = violations(screen)
    Token.objects.update(expires_at=timezone.now())
    for name, address in {"old order": order_page, "old ticket": ticket_page}.items():
        screen.goto(address)
        found[name] = violations(screen)

    assert found == dict.fromkeys(found, [])
