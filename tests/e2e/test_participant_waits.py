"""A participant finds the forum full, waits, is offered the seat that another gives up, and comes."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from campaigns.forums import services
from campaigns.forums.emails import order_path, waiting_path
from campaigns.forums.models import ForumPage, Order, WaitingEntry
from tests.campaigns.forums.waiter import State, fill, join
from tests.factories.accounts import UserFactory
from tests.factories.forums import ForumPageFactory
from tests.factories.tree import publish

from .axe import violations
from .mailbox import links_of
from .staff import come_in

FORUM = "/campaigns/basic-act/forum/"
EMAIL = "narae@mail.example"
PICTURES = os.environ.get("PICTURES")  # A folder, for whoever wants to look.


@pytest.fixture
def state(campaign_page):
    """One seat, free of charge, which somebody has."""
    told = {"first": {"fee_krw": 0, "capacity": 1}, "alone": True}
    page = publish(ForumPageFactory(parent=campaign_page, slug="forum", **told))
    return services.state_of(page)


@pytest.fixture
def sitting(state):
    [order] = fill(state)
    return order


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


def cancel(page, order):
    """As somebody does who cannot come."""
    page.goto(f"{order_path(order)}cancel/")
    page.click("main form .btn-danger-outline")
    page.wait_for_url("**told=cancelled")


def wait_in_line(page):
    page.goto(FORUM)
    page.locator("#apply .btn-act").click()
    page.fill("#id_name", "두나래")
    page.fill("#id_phone", "010-0000-5678")
    page.fill("#id_email", EMAIL)
    page.click("#wait .btn-act")
    expect(page.locator("main")).to_contain_text(EMAIL)


def test_from_the_line_to_the_ticket(participant, sitting, mailbox, work):
    wait_in_line(participant)
    work()
    participant.goto(links_of(mailbox.newest_to(EMAIL))[0])
    expect(participant.locator("h1")).to_contain_text("1번째")

    cancel(participant, sitting)
    work()

    offer = mailbox.newest_to(EMAIL)
    assert "자리가 났습니다" in offer["Subject"]
    participant.goto(links_of(offer)[0])
    participant.click("#accept .btn-act")
    participant.wait_for_url("**/t/o/**")
    expect(participant.locator("main")).to_contain_text("두나래")
    assert Order.objects.confirmed().get().name == "두나래"


def test_what_is_declined_goes_to_the_next(participant, state, sitting, mailbox, work):
    wait_in_line(participant)
    behind = join(state, number=2)
    cancel(participant, sitting)
    work()
    participant.goto(links_of(mailbox.newest_to(EMAIL))[0])

    participant.click(".withdraw .btn-danger-outline")

    expect(participant.locator("h1")).to_contain_text("사양")
    work()
    assert "자리가 났습니다" in mailbox.newest_to(behind.email)["Subject"]
    participant.goto(links_of(mailbox.newest_to(behind.email))[0])
    expect(participant.locator("#accept .btn-act")).to_be_visible()


def test_who_is_late_types_nothing_again(participant, state, mailbox):
    """The seat goes while somebody fills in the form of registration."""
    participant.goto(f"{FORUM}apply/")
    participant.fill("#id_name", "두나래")
    participant.fill("#id_phone", "010-0000-5678")
    participant.fill("#id_email", EMAIL)
    fill(state)
    participant.click("#apply .btn-act")
    keep(participant, "sold-out")

    participant.click("button[name=wait]")
    expect(participant.locator("#id_email")).to_have_value(EMAIL)
    participant.click("#wait .btn-act")

    expect(participant.locator("main")).to_contain_text(EMAIL)
    assert WaitingEntry.objects.get().name == "두나래"


def test_nobody_stumbles(screen, state, sitting, mailbox):
    found = {}

    def look(name, address=None):
        if address:
            screen.goto(address)
        keep(screen, name)
        found[name] = violations(screen)
        wide = screen.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, name

    look("full", FORUM)
    look("wait", f"{FORUM}wait/")
    screen.click("#wait .btn-act")
    look("wait errors")
    entry, behind = join(state, number=1), join(state, number=2)
    screen.fill("#id_name", "두나래")
    screen.fill("#id_phone", "010-0000-5678")
    screen.fill("#id_email", EMAIL)
    screen.click("#wait .btn-act")
    look("joined")
    look("line", waiting_path(behind))
    services.cancel_order(sitting)
    look("offer", waiting_path(entry))
    services.decline_offer(entry)
    look("declined", waiting_path(entry))
    ForumPage.objects.update(change=ForumPage.Change.POSTPONED)
    look("postponed", waiting_path(behind))

    assert found == dict.fromkeys(found, [])


def test_the_office_finds_its_way(screen, state, sitting):
    entry = join(state, number=1)
    come_in(screen, UserFactory(role="행사 담당"))
    found = {}
    screen.goto(f"/admin/registrations/waiting/{state.page.pk}/")
    found["list"] = violations(screen)
    screen.click("table.listing a")
    found["entry"] = violations(screen)
    keep(screen, "office")
    screen.fill("#id_remove_reason", "본인 전화")
    screen.click("button.serious")

    expect(screen.locator(".messages")).to_contain_text("대기 명단에서 뺐습니다")
    entry.refresh_from_db()
    assert entry.state == State.LEFT
    assert found == dict.fromkeys(found, [])
