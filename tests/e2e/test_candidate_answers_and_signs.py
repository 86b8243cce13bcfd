"""A candidate, on a phone: from the mail to the signature, or to a plain no."""

import re

import pytest
from playwright.sync_api import expect

from campaigns.pledges.models import PledgeAgreement, Respondent
from campaigns.pledges.services.outreach import ask_all
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import EMAIL, contact_of, respondent_of
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledges import ElectionFactory

from .axe import violations
from .mailbox import links_of

DEMANDS, TAPS = 12, 14


@pytest.fixture
def respondent(transactional_db, work):
    """Asked by mail."""
    election = ElectionFactory()
    demand_set(election, count=DEMANDS)
    pledge_round(election)
    respondent = respondent_of(election)
    contact_of(respondent)
    ask_all(election, [respondent], user=UserFactory())
    work()
    return respondent


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def candidate(request, open_page):
    """A phone, with and without JavaScript."""
    return open_page(
        {"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=request.param,
    )


class Thumb:
    """Taps, and counts them."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, role, name):
        self.page.get_by_role(role, name=name).first.click()
        self.taps += 1

    def fill(self, label, text):
        self.page.get_by_label(label).first.fill(text)
        self.taps += 1


def code_in(mailbox):
    text = mailbox.newest_to(EMAIL).get_body(("plain",)).get_content()
    return re.search(r"^\d{6}\r?$", text, re.MULTILINE)[0].strip()


def come_in(candidate, mailbox, work):
    candidate.goto(links_of(mailbox.newest_to(EMAIL))[0])
    candidate.get_by_role("button", name="인증번호 받기").click()
    candidate.wait_for_url("**/code/")
    work()
    candidate.get_by_label("인증번호 6자리").fill(code_in(mailbox))
    candidate.get_by_role("button", name="계속").click()
    candidate.wait_for_url("**/answers/")


def test_all_is_read_accepted_and_signed_in_fourteen_taps(candidate, respondent, mailbox, work):
    come_in(candidate, mailbox, work)
    candidate.get_by_role("link", name="한 화면에서 모두 읽기").click()
    thumb = Thumb(candidate)
    thumb.tap("button", "요구 12건을 모두 수용합니다")
    candidate.wait_for_url("**/signature/")
    thumb.tap("button", "서명용 인증번호 받기")
    candidate.wait_for_url("**sent=1**")
    work()
    for box in candidate.locator("input[type=checkbox]").all():
        box.click()
        thumb.taps += 1
    thumb.fill("이름", respondent.name)
    thumb.fill("인증번호 6자리", code_in(mailbox))
    thumb.tap("button", "협약에 서명하기")
    candidate.wait_for_url("**/done/**")

    assert thumb.taps <= TAPS
    agreement = PledgeAgreement.objects.get()
    expect(candidate.locator("main")).to_contain_text(agreement.number)


def test_one_demand_after_the_other_is_kept_as_chosen(open_page, respondent, mailbox, work):
    phone = open_page({"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    come_in(phone, mailbox, work)
    assert violations(phone) == []
    phone.get_by_role("link", name="하나씩 답하기").click()
    phone.get_by_text("부분 수용", exact=True).click()
    phone.get_by_label("수용하는 범위 또는 까닭").fill("예산이 허락하는 범위에서 하겠습니다.")
    expect(phone.locator("[data-saved]")).to_contain_text("저장했습니다")
    assert violations(phone) == []

    phone.reload()
    expect(phone.get_by_label("수용하는 범위 또는 까닭")).to_have_value(
        "예산이 허락하는 범위에서 하겠습니다."
    )
    phone.get_by_role("button", name="다음 요구").click()
    phone.wait_for_url("**/answers/2/")


def test_who_signs_nothing_says_so_and_it_is_no_silence(candidate, respondent, mailbox, work):
    come_in(candidate, mailbox, work)
    candidate.get_by_role("link", name="협약에 서명하지 않겠습니다").click()
    candidate.get_by_label("하고 싶은 말씀").fill("어떤 협약에도 서명하지 않습니다.")
    candidate.get_by_role("button", name="이 답을 공개하기").click()
    candidate.wait_for_url("**/done/**")
    expect(candidate.locator("main")).to_contain_text("어떤 협약에도 서명하지 않습니다.")
    respondent.refresh_from_db()
    assert respondent.standing == Respondent.Standing.SIGNS_NONE


def test_a_signature_is_drawn_instead_of_typed(open_page, respondent, mailbox, work):
    page = open_page({"width": 360, "height": 740})
    come_in(page, mailbox, work)
    page.goto(page.url.replace("/answers/", "/all/"))
    page.get_by_role("button", name="요구 12건을 모두 수용합니다").click()
    page.get_by_role("button", name="서명용 인증번호 받기").click()
    page.wait_for_url("**sent=1**")
    work()
    for box in page.locator("input[name^=consent_]").all():
        box.check()
    draw(page, "canvas", [(20, 20), (120, 80), (220, 30)])
    page.get_by_role("button", name="지우고 다시 그리기").click()
    draw(page, "canvas", [(20, 80), (160, 20), (240, 90)])
    draw(page, "canvas", [(40, 40), (90, 60)])
    assert violations(page) == []
    page.get_by_label("인증번호 6자리").fill(code_in(mailbox))
    page.get_by_role("button", name="협약에 서명하기").click()
    page.wait_for_url("**/done/**")

    signature = PledgeAgreement.objects.get().signatures.get()
    assert signature.name == respondent.name
    assert re.fullmatch(r"(M\d+ \d+(L\d+ \d+)+){2}", signature.drawing)


def draw(page, selector, points):
    """One line with the mouse, within the element."""
    canvas = page.locator(selector)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    (first, *others) = [(box["x"] + x, box["y"] + y) for x, y in points]
    page.mouse.move(*first)
    page.mouse.down()
    for point in others:
        page.mouse.move(*point)
    page.mouse.up()
