"""A text that waits for its hour; two editors at the same text."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from freezegun import freeze_time
from playwright.sync_api import expect

from home.models import NewsPage
from schedule.jobs import publish_scheduled
from tests.conftest import publish
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory

from .staff import OFFICE, choose_action, log_in

TITLE = "내일 아침에 나갈 소식"


@pytest.fixture
def news_list(home_page):
    return publish(NewsIndexPageFactory(parent=home_page, slug="news"))


@pytest.fixture
def director(db):
    return UserFactory(role="사무국장(승인자)", email="director@yeondae.example")


def test_a_text_waits_for_its_hour_and_then_is_public(open_page, director, news_list):
    page = NewsPageFactory(parent=news_list, slug="later", title=TITLE, body=[], live=False)
    page.save_revision()
    hour = timezone.localtime() + timedelta(days=1)
    office = open_page(OFFICE)
    log_in(office, director, f"/admin/pages/{page.pk}/edit/")

    office.get_by_role("button", name=re.compile("상태")).first.click()
    office.get_by_role("button", name=re.compile("일정")).first.click()
    dialog = office.get_by_role("dialog")
    dialog.locator("[name=go_live_at]").fill(hour.strftime("%Y-%m-%d %H:%M"))
    calendar = office.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_have_count(1)  # It opens a moment after the field is reached,
    dialog.get_by_role("heading").first.click()
    expect(calendar).to_have_count(0)  # and lies over the buttons until it is left.
    dialog.get_by_role("button", name=re.compile("저장")).click()
    choose_action(office, re.compile("게시|예약"))
    expect(office.locator(".messages")).to_contain_text(TITLE)

    visitor = open_page({"width": 360, "height": 740})
    assert visitor.goto(page.get_url()).status == 404
    publish_scheduled()
    assert not NewsPage.objects.live().filter(pk=page.pk).exists(), "its hour has not come"

    with freeze_time(hour + timedelta(minutes=1)):
        publish_scheduled()
    visitor.wait_for_timeout(2000)  # The promise itself: public within two seconds.
    assert visitor.goto(page.get_url()).status == 200
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_two_editors_at_once_hear_of_each_other(open_page, director, news_list, settings):
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 1000
    page = publish(NewsPageFactory(parent=news_list, slug="both", title="처음 제목", body=[]))
    other = UserFactory(role="사무국장(승인자)", last_name="박", first_name="하늘")
    first, second = open_page(OFFICE), open_page(OFFICE)
    log_in(first, director, f"/admin/pages/{page.pk}/edit/")
    log_in(second, other, f"/admin/pages/{page.pk}/edit/")

    other_one = first.locator(".w-editing-sessions__session").first
    expect(other_one).to_be_visible(timeout=30_000)
    other_one.hover()
    expect(first.locator("[data-tippy-root]", has_text="박하늘").first).to_be_visible()

    second.fill("#id_title", "나중에 고친 제목")
    choose_action(second, re.compile("게시"))
    expect(second.locator(".messages")).to_contain_text("나중에 고친 제목")
    for _ in range(2):  # The first to come may have been asked for before.
        with first.expect_response(re.compile("editing-sessions/ping")):
            pass
    first.fill("#id_title", "먼저 열었던 제목")
    warning = first.get_by_role("dialog")
    choose_action(first, re.compile("게시"))
    expect(warning).to_contain_text("박하늘")
    page.refresh_from_db()
    assert page.title == "나중에 고친 제목", "nothing is overwritten without being asked"
