"""A member organisation's representative: the code opens part 2, two come, a third is refused."""

import pytest
from playwright.sync_api import expect

from campaigns.forums.models import Order, SeatPool
from tests.factories.forums import ForumPageFactory, InvitationFactory
from tests.factories.network import OrganisationFactory
from tests.factories.tree import publish

from .axe import violations
from .mailbox import links_of

FORUM = "/campaigns/basic-act/forum/"
EMAIL = "nara@mail.example"
SIZE = {"width": 360, "height": 740}


@pytest.fixture
def invitation(campaign_page):
    forum = publish(ForumPageFactory(parent=campaign_page, slug="forum"))
    return InvitationFactory(
        forum=forum, organisation=OrganisationFactory(name="가온협동조합연합회"), seats=2
    )


def make_phone(open_page):
    """360 px wide, without JavaScript."""
    return open_page(SIZE, has_touch=True, is_mobile=True, java_script_enabled=False)


def open_code(page, invitation):
    page.goto(f"{FORUM}apply/")
    expect(page.locator("#id_sessions input")).to_have_count(1)
    page.fill("#id_code", invitation.code.replace("-", " ").lower())
    page.click("button[name=open]")


def open_part_two(page, invitation, name, email=EMAIL):
    open_code(page, invitation)
    page.fill("#id_name", name)
    page.fill("#id_phone", "010-0000-1234")
    page.fill("#id_email", email)
    first, second = page.locator("#id_sessions input").all()
    first.uncheck()
    second.check()


def test_representative_registers_two_and_a_third_is_refused(open_page, invitation, mailbox, work):
    phone, other = make_phone(open_page), make_phone(open_page)
    open_part_two(other, invitation, "서라온", "raon@mail.example")
    open_part_two(phone, invitation, "한나라")
    phone.click("button[name=add]")
    phone.fill("#id_name_2", "두나래")
    phone.click("#apply .btn-act")
    phone.wait_for_url("**/t/o/**")
    work()
    links = links_of(mailbox.newest_to(EMAIL))
    order_link = next(link for link in links if "/t/o/" in link)
    phone.goto(order_link)
    expect(phone.locator("main")).to_contain_text("가온협동조합연합회")
    phone.locator("form[action*='/tickets/1/'] button").click()
    phone.wait_for_url("**/t/e/**")
    expect(phone.locator(".ticket__name")).to_have_text("한나라")

    other.click("#apply .btn-act")

    told = other.locator("main")
    expect(told).to_contain_text("단체 자리가 모두 찼습니다. 신청하신 분: 한*라, 두*래")
    expect(other.locator("#id_name")).to_have_value("서라온")
    assert Order.objects.count() == 1
    pool = SeatPool.objects.get(invitation=invitation)
    assert (pool.taken, pool.capacity) == (2, 2)
    open_code(other, invitation)
    expect(other.locator("#id_sessions input").nth(1)).to_be_disabled()
    reader = open_page(SIZE)  # axe is a script
    reader.goto(order_link)
    assert violations(reader) == []
    open_code(reader, invitation)
    assert violations(reader) == []
