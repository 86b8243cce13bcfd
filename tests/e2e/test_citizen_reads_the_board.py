"""A citizen looks who answered what: on the map, in the table, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.home import RegionFactory
from tests.factories.pledge_board import board_of, everybody, placed
from tests.factories.pledges import contest_of

from .axe import violations

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def board(server_url, campaign_page):
    """Somebody in each state in Seoul, and one in Busan."""
    board = board_of(campaign_page)
    everybody(board.election)
    busan = RegionFactory(code="26", name="부산광역시", short_name="부산")
    placed(board.election, "바닷가", "asked", contest=contest_of(board.election, region=busan))
    return board


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def citizen(request, open_page):
    return open_page(PHONE, has_touch=True, is_mobile=True, java_script_enabled=request.param)


def test_citizen_finds_the_candidates_of_a_region(citizen, board):
    citizen.goto(board.url)

    citizen.get_by_role("navigation", name="지역 지도").get_by_role("link", name="서울 8명").tap()

    expect(citizen).to_have_url(re.compile(r"region=11#answers$"))
    answers = citizen.locator("#answers")
    expect(answers.get_by_role("heading", level=2).first).to_have_text("서울특별시")
    expect(answers.get_by_role("row")).to_have_count(9)
    expect(answers.get_by_text("바닷가")).to_have_count(0)
    assert citizen.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_list_leads_where_the_map_does(citizen, board):
    citizen.goto(board.url)

    citizen.get_by_label("지역", exact=True).select_option("부산광역시")
    citizen.locator(".board-region button").tap()

    expect(citizen.locator("#answers").get_by_role("row")).to_have_count(2)
    expect(citizen.locator("#answers").get_by_role("link", name="바닷가")).to_be_visible()


def test_citizen_reads_what_one_of_them_said(citizen, board):
    citizen.goto(board.url)
    citizen.get_by_role("link", name="후보6", exact=True).tap()

    expect(citizen.get_by_role("heading", level=1)).to_contain_text("후보6")
    expect(citizen.get_by_text("예산이 되는 만큼 하겠습니다.")).to_be_visible()
    citizen.get_by_text("요구 내용 보기").first.tap()
    expect(citizen.get_by_text("1번째로 요구하는 내용입니다.").first).to_be_visible()
    citizen.get_by_role("link", name="이 선거의 후보 답을 나란히 보기").tap()
    expect(citizen.get_by_role("table").get_by_role("columnheader")).to_have_count(9)


def test_citizen_walks_with_the_keyboard(open_page, board):
    page = open_page(DESK)
    page.goto(board.url)
    tile = page.get_by_role("link", name="부산 1명")
    tile.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("region=26"))
    page.get_by_role("link", name="가나다순").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="가나다순")).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_no_page_of_the_board_has_a_violation(open_page, board, viewport):
    page = open_page(viewport)
    page.goto(board.url)
    links = page.locator("#answers a").evaluate_all("all => all.map(one => one.pathname)")
    one = next(link for link in links if "respondents" in link)
    contest = next(link for link in links if "contests" in link)
    found = {}
    for address in (
        *(board.url, f"{board.url}?region=11&demand=2", one, contest),
        *(f"{board.url}log/", f"{board.url}demands/"),
    ):
        page.goto(address)
        found[address] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address

    assert found == dict.fromkeys(found, [])


def test_on_paper_nobody_is_named_before_an_approval(open_page, board):
    page = open_page(DESK)
    page.goto(board.url)
    page.emulate_media(media="print")

    expect(page.get_by_text("승인받은 뒤에만 찍습니다")).to_be_visible()
    expect(page.get_by_text("후보6").first).to_be_hidden()
