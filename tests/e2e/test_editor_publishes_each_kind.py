"""Each kind of text goes from its button through the approver to the public, in a browser."""

import re

import pytest
from playwright.sync_api import expect
from wagtail.models import Page

from tests.conftest import publish
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignIndexPageFactory, CampaignPageFactory
from tests.factories.home import (
    OpEdIndexPageFactory,
    ReportIndexPageFactory,
    ResourceIndexPageFactory,
    StatementIndexPageFactory,
)
from tests.factories.pledges import ElectionFactory

from .staff import OFFICE, choose_action, come_in, log_in, write_in_place_of_hints

TITLE = "현장에서 쓴 글"
# The button's words, the list it belongs to, and what this kind cannot do without.
KINDS = {
    "statement": ("성명", StatementIndexPageFactory, {"#id_number": "2026-14"}),
    "op-ed": ("기고", OpEdIndexPageFactory, {"#id_outlet": "한빛일보", "#id_author": "나슬기"}),
    "report": ("활동보고", ReportIndexPageFactory, {"#id_year": "2024"}),
    "resource": ("자료", ResourceIndexPageFactory, {}),
}

ADDRESSES = {"statement": "/statements/2026-14/", "report": "/reports/2024/"}
PARTS = [
    *("기조", "숫자로 본 한 해", "총평", "주요 활동", "세부사업"),
    *("회의 현황", "요구 반영 현황", "재정 요약", "남은 과제", "사업계획"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_written_approved_and_read(open_page, home_page, kind):
    button, index_factory, needed = KINDS[kind]
    publish(index_factory(parent=home_page))
    editor, director = UserFactory(role="편집자"), UserFactory(role="사무국장(승인자)")
    office = open_page(OFFICE)
    log_in(office, editor)
    office.locator(".new-texts a", has_text=button).click()
    for field, value in {"#id_title": TITLE, **needed}.items():
        office.fill(field, value)
    write_in_place_of_hints(office)
    choose_action(office, re.compile("사무국장 승인"))
    expect(office.locator(".messages")).to_contain_text(TITLE)
    assert not Page.objects.live().filter(title=TITLE).exists()

    desk = open_page(OFFICE)
    log_in(desk, director)
    desk.get_by_role("link", name=re.compile(TITLE)).first.click()
    expect(desk.frame_locator(".review__preview").locator("h1")).to_contain_text(TITLE)
    desk.click("button[value=approve]")
    expect(desk.locator(".messages")).to_contain_text(TITLE)

    desk.wait_for_timeout(2000)  # The promise itself: public within two seconds.
    visitor = open_page({"width": 360, "height": 740})
    address = Page.objects.live().get(title=TITLE).get_url()
    assert address == ADDRESSES.get(kind, address)
    visitor.goto(address)
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(visitor.locator("main")).not_to_contain_text("undefined")
    if kind == "report":
        expect(visitor.locator(".report-part > h2")).to_have_text(PARTS)
        expect(visitor.locator(".report-part > .claim")).to_have_count(0)


# Pages that stand: by the address of their parent, what they are, and the parent's page.
STANDING = {
    "standard": ("home/standardpage", None),
    "campaign": ("campaigns/campaignpage", CampaignIndexPageFactory),
    "news list": ("home/newsindexpage", None),
    "campaign list": ("campaigns/campaignindexpage", None),
    "forum list": ("forums/forumindexpage", None),
    "board": ("pledges/pledgeboardpage", CampaignPageFactory),
    "petition": ("petitions/petitionpage", CampaignPageFactory),
    "forum": ("forums/forumpage", CampaignPageFactory),
}
# What else two of them cannot do without, by tab.
NEEDED = {
    "petition": {
        "글": {"#id_addressees": "국회의장"},
        "전달과 보유": {"#id_roll_recipients": "국회의장실"},
    },
    "forum": {
        "일시": {
            "#id_sessions-0-title": "열린 토론",
            "#id_sessions-0-starts_at": "2030-05-02 14:00",
            "#id_sessions-0-ends_at": "2030-05-02 16:00",
        },
    },
}


def fill_in(office, needed):
    for field, value in needed.items():
        if field.startswith("#id_sessions-0") and not office.locator(field).count():
            office.get_by_role("button", name="세션 추가").click()
        office.fill(field, value)
        office.keyboard.press("Escape")


@pytest.mark.parametrize("kind", STANDING)
def test_page_that_stands_is_made_approved_and_read(open_page, home_page, kind):
    model, parent_factory = STANDING[kind]
    parent = (
        publish(parent_factory(**below(parent_factory, home_page))) if parent_factory else home_page
    )
    ElectionFactory()
    editor, director = UserFactory(role="편집자"), UserFactory(role="사무국장(승인자)")
    office = open_page(OFFICE)
    come_in(office, editor)
    office.goto(f"/admin/pages/add/{model}/{parent.pk}/")
    office.fill("#id_title", TITLE)
    if kind == "board":
        office.select_option("#id_election", index=1)
    for tab, needed in NEEDED.get(kind, {}).items():
        office.get_by_role("tab", name=tab).click()
        fill_in(office, needed)
    write_in_place_of_hints(office)
    choose_action(office, re.compile("사무국장 승인"))
    expect(office.locator(".messages")).to_contain_text(TITLE)
    assert not Page.objects.live().filter(title=TITLE).exists()

    desk = open_page(OFFICE)
    come_in(desk, director)
    desk.goto("/admin/")
    desk.get_by_role("link", name=re.compile(TITLE)).first.click()
    desk.click("button[value=approve]")
    expect(desk.locator(".messages")).to_contain_text(TITLE)

    visitor = open_page({"width": 360, "height": 740})
    visitor.goto(Page.objects.live().get(title=TITLE).get_url())
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)


def below(factory, home_page):
    """Where a page of this kind stands: right below the front page, or below its list."""
    if factory is CampaignPageFactory:
        return {"parent": publish(CampaignIndexPageFactory(parent=home_page))}
    return {"parent": home_page}
