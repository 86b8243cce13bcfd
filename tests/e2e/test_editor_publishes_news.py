"""A text's whole way: an editor writes it, an approver reads and approves it, a visitor sees it."""

import re

import pytest
from playwright.sync_api import expect

from home.models import NewsPage
from tests.conftest import publish
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory

from .mailbox import links_of
from .staff import OFFICE, choose_action, log_in, write_in_place_of_hints

TITLE = "지역 토론회를 열었습니다"


@pytest.fixture
def news_list(home_page):
    return publish(NewsIndexPageFactory(parent=home_page, slug="news"))


@pytest.fixture
def editor(db):
    return UserFactory(role="편집자", email="editor@yeondae.example")


@pytest.fixture
def director(db):
    return UserFactory(role="사무국장(승인자)", email="director@yeondae.example")


def test_from_the_first_button_to_the_public_page(
    open_page, editor, director, news_list, mailbox, work
):
    office = open_page(OFFICE)
    log_in(office, editor)
    office.locator(".new-texts a", has_text="소식").click()
    expect(office.locator("#id_slug")).to_have_value(re.compile(r"^\d{4}-\d\d-\d\d$"))
    office.fill("#id_title", TITLE)
    write_in_place_of_hints(office)
    choose_action(office, re.compile("사무국장 승인"))
    expect(office.locator(".messages")).to_contain_text(TITLE)
    assert not NewsPage.objects.live().exists()

    work()
    mail = mailbox.newest_to(director.email)
    assert TITLE in mail["Subject"]
    link = next(link for link in links_of(mail) if "/admin/review/" in link)

    desk = open_page(OFFICE)
    log_in(desk, director, link)
    expect(desk.frame_locator(".review__preview").locator("h1")).to_contain_text(TITLE)
    desk.click("button[value=approve]")
    expect(desk.locator(".messages")).to_contain_text(TITLE)

    desk.wait_for_timeout(2000)  # The promise itself: public within two seconds.
    page = NewsPage.objects.live().get()
    assert page.slug.isascii()
    visitor = open_page({"width": 360, "height": 740})
    visitor.goto(page.get_url())
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)

    work()
    assert any(link.endswith(page.get_url()) for link in links_of(mailbox.newest_to(editor.email)))


def test_a_changed_address_leads_on_and_an_old_version_comes_back(open_page, director, news_list):
    page = publish(NewsPageFactory(parent=news_list, slug="old", title="처음 제목", body=[]))
    first = page.latest_revision_id
    office = open_page(OFFICE)
    log_in(office, director)
    office.goto(f"/admin/pages/{page.pk}/edit/")
    office.fill("#id_title", "고친 제목")
    office.locator("[role=tab][href='#tab-search_and_sharing'], [role=tab]").nth(2).click()
    office.fill("#id_slug", "new")
    choose_action(office, re.compile("게시"))
    expect(office.locator(".messages")).to_contain_text("/new/")

    office.wait_for_timeout(2000)
    visitor = open_page({"width": 360, "height": 740})
    visitor.goto("/news/old/")
    expect(visitor).to_have_url(re.compile(r"/news/new/$"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text("고친 제목")

    office.goto(f"/admin/pages/{page.pk}/revisions/{first}/revert/")
    expect(office.locator("#id_title")).to_have_value("처음 제목")
    choose_action(office, re.compile("게시"))
    expect(office.locator(".messages")).to_contain_text("처음 제목")
    office.wait_for_timeout(2000)
    visitor.goto("/news/")
    expect(visitor.locator("main")).to_contain_text("처음 제목")
