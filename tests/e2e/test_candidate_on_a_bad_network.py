"""A candidate whose network comes and goes: nothing is said to be saved that is not."""

import pytest
from playwright.sync_api import expect

from campaigns.pledges.models import DemandAnswer
from tests.factories.pledge_agreements import invited, respondent_of
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledge_pages import last_code, pages_of
from tests.factories.pledges import ElectionFactory

WORDS = "예산이 허락하는 범위에서"


@pytest.fixture
def at(transactional_db):
    election = ElectionFactory()
    demand_set(election)
    pledge_round(election)
    return pages_of(invited(respondent_of(election)))


@pytest.fixture
def phone(open_page, at, server_url):
    """At the first demand."""
    page = open_page({"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(server_url + at("open-invitation"))
    page.get_by_role("button", name="인증번호 받기").click()
    page.wait_for_url("**/code/")
    page.get_by_label("인증번호 6자리").fill(last_code())
    page.get_by_role("button", name="계속").click()
    page.wait_for_url("**/answers/")
    page.goto(server_url + at("answer", 1))
    return page


def comment(page):
    return page.get_by_label("수용하는 범위 또는 까닭")


def said(page):
    return page.locator("[data-saved]")


def test_part_without_which_part_is_not_said_to_be_saved(phone):
    phone.get_by_text("수용", exact=True).first.click()
    expect(said(phone)).to_contain_text("저장했습니다")
    phone.get_by_text("부분 수용", exact=True).click()
    expect(said(phone)).to_contain_text("아직 저장하지 않았습니다")
    comment(phone).fill(WORDS)
    expect(said(phone)).to_contain_text("저장했습니다")


def test_a_lost_network_is_told_and_what_was_typed_is_saved_when_it_is_back(phone):
    phone.get_by_text("부분 수용", exact=True).click()
    phone.context.set_offline(True)
    comment(phone).fill(WORDS)
    expect(said(phone)).to_contain_text("저장하지 못했습니다")
    expect(said(phone)).to_be_in_viewport()
    phone.get_by_role("button", name="다음 요구").click()
    expect(comment(phone)).to_have_value(WORDS)
    phone.context.set_offline(False)
    expect(said(phone)).to_contain_text("저장했습니다")
    assert DemandAnswer.objects.get().comment == WORDS
    phone.get_by_role("button", name="다음 요구").click()
    phone.wait_for_url("**/answers/2/")


SLOW = """() => {
  const send = window.fetch;
  window.fetch = async (...sent) => {
    const answer = await send(...sent);
    await new Promise((done) => setTimeout(done, 1500));
    return answer;
  };
}"""


def test_the_button_waits_for_the_own_answer_that_is_on_its_way(phone):
    phone.evaluate(SLOW)
    phone.get_by_text("부분 수용", exact=True).click()
    with phone.expect_response("**/answers/1/"):
        comment(phone).press_sequentially("예산")
    comment(phone).press_sequentially(" 안에서")
    phone.get_by_role("button", name="다음 요구").click()
    phone.wait_for_url("**/answers/2/")
    assert DemandAnswer.objects.get().comment == "예산 안에서"
