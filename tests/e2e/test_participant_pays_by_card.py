"""A participant pays by card on the stand-in's page: paid, declined, left, told late or never."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from campaigns.forums.emails import order_path
from campaigns.forums.models import Order
from messaging.services import deliver_due
from payments.models import CardAttempt, LedgerEntry, Payment, Refund
from payments.services.cards import look_after_cards
from tests.factories.cards import card_company
from tests.factories.forums import ForumPageFactory
from tests.factories.orders import make_order
from tests.factories.tree import publish
from tests.waiting import until

from .axe import violations
from .mailbox import links_of

FORUM = "/campaigns/basic-act/forum/"
EMAIL = "garam@mail.example"
PHONE = {"width": 360, "height": 740}
ACCOUNT = "000-12-345678"
NOWHERE = "http://127.0.0.1:9"  # where nobody answers
PICTURES = os.environ.get("PICTURES")  # A folder, for whoever wants to look.

both_ways = pytest.mark.parametrize("script", [True, False], ids=["javascript", "no-javascript"])


@pytest.fixture
def forum(campaign_page):
    return publish(ForumPageFactory(parent=campaign_page, slug="forum"))


@pytest.fixture
def company(server_url):
    """The card company. It tells the site of what happened, unless a test says otherwise."""
    with card_company(f"{server_url}/webhooks/stripe/", "once") as stand_in:
        yield stand_in


@pytest.fixture
def visit(open_page, company):
    """``visit(path)``: a phone that looks at a page of the site."""

    def go(path, *, script=True, viewport=PHONE):
        page = open_page(viewport, also=[company.url], java_script_enabled=script)
        page.goto(path)
        return page

    return go


def keep(page, name):
    if PICTURES:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(PICTURES) / f"card-{name}-{width}.png", full_page=True)


def fill_in(page, pay="card"):
    page.fill("#id_name", "한가람")
    page.fill("#id_phone", "010-0000-1234")
    page.fill("#id_email", EMAIL)
    page.check(f"input[name=pay][value={pay}]")


def is_said(page, words):
    expect(page.locator("main")).to_contain_text(words)


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def come_back(page, script=True):
    """Pay, and see it. The event comes a moment after; without a script one looks again."""
    press(page, "결제 성공")
    page.wait_for_url("**/t/o/**")
    if not script:
        until(Payment.objects.filter(state=Payment.State.PAID).exists)
        page.reload()
    is_said(page, "카드 결제 완료")


def paid_once():
    assert Payment.objects.get().state == Payment.State.PAID
    assert LedgerEntry.objects.filter(what="card_paid", account="card").count() == 1


def tell_late(company):
    """What the card company kept to itself until now."""
    company.sender.mode, company.sender.sent = "once", 0
    company.sender.flush()
    assert set(company.sender.answers) == {204}


@both_ways
def test_from_the_form_to_the_ticket_in_three_presses(visit, forum, company, mailbox, work, script):
    page = visit(f"{FORUM}apply/", script=script)
    fill_in(page)
    keep(page, "form")
    page.click("#apply .btn-act")
    page.wait_for_url(f"{company.url}/pay/**")
    come_back(page, script)

    expect(page.get_by_role("heading", level=1)).to_have_text("참가가 확정되었습니다")
    expect(page.locator(".account-card")).to_have_count(0)
    paid_once()
    work()
    (mail,) = mailbox.mails
    text = mail.get_body(("plain",)).get_content()
    assert "20,000원 (카드)" in text
    assert ACCOUNT not in text
    assert any("/t/e/" in link for link in links_of(mail))


@both_ways
def test_a_declined_card_is_tried_again(visit, forum, company, script):
    page = visit(order_path(make_order(forum)), script=script)
    press(page, "카드로 결제")
    press(page, "결제 실패")
    page.get_by_text("그만두고 돌아가기").click()
    page.wait_for_url("**/t/o/**")
    is_said(page, "아직 결제되지 않았습니다")
    is_said(page, "까지 자리를 잡아 둡니다")
    assert Order.objects.get().status == Order.Status.WAITING

    press(page, "이어서 결제하기")
    come_back(page, script)
    assert CardAttempt.objects.count() == 1
    paid_once()


@both_ways
def test_who_leaves_changes_to_a_transfer_and_cannot_pay_twice(visit, forum, company, script):
    page = visit(order_path(make_order(forum)), script=script)
    press(page, "카드로 결제")
    page.wait_for_url(f"{company.url}/pay/**")
    checkout = page.url
    page.get_by_text("그만두고 돌아가기").click()
    expect(page.locator("main")).not_to_contain_text(ACCOUNT)
    press(page, "계좌이체로 바꾸기")

    is_said(page, "계좌이체로 바꾸었습니다")
    is_said(page, ACCOUNT)
    assert Payment.objects.get().method == Payment.Method.BANK_TRANSFER
    page.goto(checkout)
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_page_asks_by_itself_and_a_late_event_books_nothing_twice(visit, forum, company):
    company.sender.mode = "never"
    page = visit(order_path(make_order(forum)))
    press(page, "카드로 결제")
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    press(page, "결제 성공")
    is_said(page, "결제를 확인하고 있습니다")

    page.clock.resume()
    is_said(page, "카드 결제 완료")
    tell_late(company)
    paid_once()


def test_without_a_script_the_late_event_is_seen_by_looking_again(visit, forum, company):
    company.sender.mode = "never"
    page = visit(order_path(make_order(forum)), script=False)
    press(page, "카드로 결제")
    press(page, "결제 성공")
    is_said(page, "결제를 확인하고 있습니다")
    tell_late(company)
    page.reload()

    is_said(page, "카드 결제 완료")
    paid_once()


@both_ways
def test_the_page_tells_the_truth_though_no_event_comes(visit, forum, company, script):
    company.sender.mode = "never"
    page = visit(order_path(make_order(forum)), script=script)
    press(page, "카드로 결제")
    press(page, "결제 성공")
    page.wait_for_url("**card=done**")
    if not script:
        assert Payment.objects.get().state == Payment.State.OPEN
        press(page, "지금 확인하기")

    is_said(page, "카드 결제 완료")
    paid_once()


def test_after_a_while_it_asks_no_more_and_says_that_a_mail_comes(visit, forum, company, settings):
    company.sender.mode = "never"
    page = visit(order_path(make_order(forum)))
    press(page, "카드로 결제")
    press(page, "결제 성공")
    page.wait_for_url("**card=done**")
    settings.STRIPE_API_BASE = NOWHERE
    is_said(page, "확인되는 대로 메일로")
    assert "checks=3" in page.url
    asked = len(company.calls)
    page.wait_for_timeout(1500)
    assert len(company.calls) == asked

    settings.STRIPE_API_BASE = company.url
    press(page, "지금 확인하기")
    is_said(page, "카드 결제 완료")


@both_ways
def test_cancelling_gives_the_money_back_to_the_card(visit, forum, company, mailbox, script):
    order = make_order(forum, people=("한가람", "두나래"))
    page = visit(order_path(order), script=script)
    press(page, "카드로 결제")
    come_back(page, script)
    page.locator(".btn-danger-outline").first.click()
    is_said(page, "20,000원 카드로 취소")
    expect(page.locator("#id_account_number")).to_have_count(0)
    page.click("label[for=id_who_2]")
    press(page, "신청 취소하기")

    is_said(page, "20,000원")
    is_said(page, "취소하는 중")
    look_after_cards()
    assert [row["amount"] for row in company.books.refunds.values()] == [20_000]
    assert Refund.objects.get().state == Refund.State.SENT
    deliver_due()
    told = mailbox.newest_to(EMAIL).get_body(("plain",)).get_content()
    assert "카드로 취소" in told
    assert ACCOUNT not in told


def test_a_card_company_that_is_away_takes_nothing(visit, forum, company, settings):
    page = visit(order_path(make_order(forum)))
    settings.STRIPE_API_BASE = NOWHERE
    press(page, "카드로 결제")

    is_said(page, "지금은 카드 결제 화면에 연결할 수 없습니다")
    is_said(page, "계좌이체로 바꾸기")
    assert Order.objects.get().status == Order.Status.WAITING
    press(page, "계좌이체로 바꾸기")
    is_said(page, ACCOUNT)


def test_the_keyboard_alone_pays(visit, forum, company):
    page = visit(order_path(make_order(forum)))
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "카드로 결제":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{company.url}/pay/**")


@pytest.mark.parametrize("width", [360, 1280])
def test_no_state_has_a_violation(visit, forum, company, settings, width):
    company.sender.mode = "never"
    page = visit(f"{FORUM}apply/", viewport={"width": width, "height": 800}, script=True)
    found = {}

    def look(name):
        keep(page, name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        found[name] = violations(page)

    look("form")
    fill_in(page, pay="transfer")
    page.click("#apply .btn-act")
    page.wait_for_url("**/t/o/**")
    look("both ways")
    order = page.url
    press(page, "카드로 결제")
    page.wait_for_url(f"{company.url}/pay/**")
    look("the stand-in")
    for name, query in {"left": "?card=back", "checking": "?card=done&checks=3"}.items():
        page.goto(order + query)
        look(name)
    settings.STRIPE_API_BASE = NOWHERE
    page.goto(order)
    press(page, "계좌이체로 바꾸기")
    is_said(page, "카드 결제 화면에 연결할 수 없어")
    look("left open")
    page.goto(f"{order}?told=card-away")
    look("away")
    settings.STRIPE_API_BASE = company.url
    press(page, "이어서 결제하기")
    press(page, "결제 성공")
    is_said(page, "카드 결제 완료")
    look("paid")
    page.locator(".btn-danger-outline").first.click()
    look("cancel")
    press(page, "신청 취소하기")
    look("cancelled")

    assert found == dict.fromkeys(found, [])
