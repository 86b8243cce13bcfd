"""Where cards are taken: balances beside each other, a payout at the bank, a refund that stuck."""

import pytest
from playwright.sync_api import expect

from payments import registry
from payments.models import Deposit, Refund
from payments.services import ask_refund
from tests.factories.accounts import UserFactory
from tests.factories.cards import card_company
from tests.factories.payments import PURPOSE, DepositFactory, Things
from tests.site.payments.services.test_card_comparison import pay, pay_out, take_over

from .axe import violations
from .conftest import PHONE
from .staff import OFFICE, come_in


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


@pytest.fixture
def paid(transactional_db, petition_page, company, monkeypatch):
    """Two payments by card; of one a refund did not go, a payout of the other is at the bank."""
    things = Things()
    monkeypatch.setitem(registry._purposes, PURPOSE, things.purpose())
    first, second = pay(company), pay(company)
    for payment, name in ((first, "한가람"), (second, "두나래")):
        things.name(payment, name)
    take_over()
    stuck = ask_refund(first, amount_krw=14_000, reason="취소")
    Refund.objects.filter(pk=stuck.pk).update(problem="charge_already_refunded")
    ask_refund(second, amount_krw=1_000, reason="점심 없음")
    pay_out(company, 19_300)
    company.books.note_line("adjustment", None, -1_500, 0)
    return DepositFactory(amount_krw=19_300, name="스트라이프")


def test_the_treasurer_works_with_the_card_company(open_page, paid):
    desk = open_page(OFFICE)
    come_in(desk, UserFactory(role="회계 담당", factor=True))

    desk.goto("/admin/payments/card-books/")
    expect(desk.locator("main")).to_contain_text("1,500원 다릅니다")
    expect(desk.locator("#differences-section")).to_contain_text("이의 제기 등")
    sound(desk)
    desk.goto(f"/admin/payments/deposits/{paid.public_id}/")
    sound(desk)
    desk.get_by_role("button", name="카드사 입금").click()
    expect(desk.locator(".messages")).to_contain_text("카드사 입금으로")
    assert Deposit.objects.get().state == Deposit.State.PAYOUT
    desk.goto(f"/admin/payments/deposits/{paid.public_id}/")
    sound(desk)

    desk.goto("/admin/payments/refunds/")
    expect(desk.locator("#by-card-section")).to_contain_text("1,000원")
    expect(desk.locator("li.refund")).to_contain_text("이미 카드로 돌아갔습니다")
    sound(desk)
    desk.get_by_role("button", name="카드로 다시 시도").click()
    expect(desk.locator("#by-card-section li")).to_have_count(2)
    assert not Refund.objects.filter(state="asked").exclude(problem="").exists()
    desk.goto("/admin/payments/ledger/")
    expect(desk.locator("#money-section")).to_contain_text("카드로 받음")
    sound(desk)


def sound(page):
    """Nothing for axe to object to, and nothing wider than a telephone."""
    assert violations(page, within="main") == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(OFFICE)
