"""A log-in that ends while somebody writes: a warning, a way to go on, and no word is lost."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from accounts.defaults import EDITOR
from accounts.requests import LAST_INPUT
from home.models import NewsPage
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory

from .axe import violations
from .staff import OFFICE, log_in

TITLE = "끊긴 뒤에도 남아 있는 제목"


@pytest.fixture
def news(home_page):
    return NewsPageFactory(parent=NewsIndexPageFactory(parent=home_page, slug="news"))


def let_pass(page, time):
    """For the server and for the page; nobody touches anything."""
    for row in Session.objects.all():
        session = SessionStore(session_key=row.session_key)
        session[LAST_INPUT] -= time.total_seconds()
        session.save()
    page.clock.fast_forward(int(time.total_seconds() * 1000))


def test_editor_goes_on_where_the_log_in_ended(open_page, news):
    """korea.md 3.10, test 20."""
    desk, editor = open_page(OFFICE), UserFactory(role=EDITOR)
    desk.clock.install()
    log_in(desk, editor, f"/admin/pages/{news.pk}/edit/")
    warning = desk.locator("dialog.idle")
    desk.wait_for_load_state("networkidle")

    let_pass(desk, timedelta(minutes=28, seconds=30))
    expect(warning).to_be_visible()
    assert [found for found in violations(desk) if "idle" in found] == []
    desk.keyboard.press("Enter")  # The button to prolong has the focus.
    expect(warning).not_to_be_visible()

    desk.fill("#id_title", TITLE)
    let_pass(desk, timedelta(minutes=31))
    expect(warning.locator("a")).to_be_visible()
    expect(desk.locator("main")).not_to_be_visible()
    again = desk.context.new_page()
    log_in(again, editor, warning.locator("a").get_attribute("href"))

    desk.bring_to_front()
    expect(warning).not_to_be_visible()
    expect(desk.locator("#id_title")).to_have_value(TITLE)
    desk.get_by_role("button", name="초안 저장").first.click()
    expect(desk.locator(".messages")).to_contain_text("페이지를 수정했습니다.")
    assert NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object().title == TITLE
