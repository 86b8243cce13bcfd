"""Nothing is loaded of a video elsewhere before a visitor presses it."""

import pytest
from playwright.sync_api import expect

from tests.conftest import publish
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory

HOST = "https://www.youtube-nocookie.com"
PLAYER = f"{HOST}/embed/abcdefghijk?autoplay=1&rel=0"


@pytest.fixture
def news(server_url, home_page):
    video = {"title": "기본법 3분 설명", "url": "https://youtu.be/abcdefghijk", "minutes": 3}
    index = publish(NewsIndexPageFactory(parent=home_page))
    return publish(NewsPageFactory(parent=index, body=[("video", video)]))


def test_a_video_plays_in_its_place_once_it_is_pressed(open_page, news):
    visitor = open_page({"width": 360, "height": 740}, also=[HOST])
    asked = []

    def play(route):
        asked.append(route.request.url)
        route.fulfill(content_type="text/html; charset=utf-8", body="<p>재생 중</p>")

    visitor.route(f"{HOST}/**", play)
    visitor.goto(news.url)
    visitor.wait_for_load_state("networkidle")
    assert visitor.locator("iframe").count() == 0
    assert asked == []

    visitor.get_by_role("link", name="기본법 3분 설명").click()

    frame = visitor.locator("iframe")
    expect(frame).to_have_count(1)
    expect(frame).to_have_attribute("src", PLAYER)
    expect(frame).to_have_attribute("title", "기본법 3분 설명")
    expect(frame).to_be_focused()
    expect(visitor.frame_locator("iframe").locator("p")).to_have_text("재생 중")
    assert asked == [PLAYER]
    assert visitor.url.endswith(news.url)
