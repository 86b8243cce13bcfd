"""The treasurer closes a month: looks at the ledger, settles what waits, closes; two people reopen."""

import pytest
from playwright.sync_api import expect

from payments import registry
from payments.models import Deposit, MonthClose
from tests.factories.accounts import UserFactory
from tests.factories.books import date_back, fill_books, last_month
from tests.factories.payments import PURPOSE, DepositFactory, Things

from .axe import violations
from .staff import OFFICE, come_in


@pytest.fixture
def things(monkeypatch):
    things = Things()
    monkeypatch.setitem(registry._purposes, PURPOSE, things.purpose())
    return things


@pytest.fixture
def month(transactional_db, petition_page, things):
    """Last month, with everything in it and one deposit of nobody's."""
    treasurer = UserFactory(role="회계 담당", factor=True)
    fill_books(treasurer)
    DepositFactory(amount_krw=7_000, name="이름모름")
    date_back()
    return treasurer


def test_a_month_is_closed_and_two_people_open_it_again(open_page, month):
    desk = open_page(OFFICE)
    come_in(desk, month)

    desk.goto(f"/admin/payments/ledger/?month={last_month():%Y-%m}")
    expect(desk.locator("#money-section tbody tr").first).to_contain_text("100,000원")
    desk.get_by_role("link", name="계좌이체로 받음", exact=True).click()
    expect(desk.locator(".papers__lead")).to_contain_text("40,000원")
    desk.get_by_role("link", name="장부로 돌아가기").click()
    assert violations(desk, within="main") == []

    desk.get_by_role("link", name="월 마감", exact=True).click()
    desk.locator("main tbody a").nth(1).click()
    expect(desk.locator("main")).to_contain_text("이 달의 입금 1건(7,000원)")
    desk.get_by_role("button", name="이 달 마감하기").click()
    expect(desk.locator("main")).to_contain_text("그 까닭을 적어 주십시오")
    assert not MonthClose.objects.exists()

    desk.get_by_role("link", name="살펴보기").click()
    desk.get_by_role("link", name="이름모름").click()
    desk.get_by_role("button", name="관련 없음").click()
    assert Deposit.objects.filter(amount_krw=7_000).get().state == Deposit.State.SET_ASIDE
    desk.goto(f"/admin/payments/months/{last_month().year}-{last_month().month}/")
    expect(desk.locator("main")).to_contain_text("모두 맞습니다")
    desk.get_by_role("button", name="이 달 마감하기").click()
    expect(desk.locator("main")).to_contain_text("마감됨")

    desk.locator("main tbody a").nth(1).click()
    desk.get_by_label("사유").fill("영수증이 하나 빠졌습니다")
    desk.get_by_role("button", name="다시 열기 요청").click()
    expect(desk.locator("main")).to_contain_text("다른 사람이 허락해야")

    other = open_page(OFFICE)
    come_in(other, UserFactory(role="사무국장(승인자)", factor=True))
    other.goto("/admin/payments/months/")
    other.get_by_role("button", name="다시 열기", exact=True).click()
    expect(other.locator("main")).to_contain_text("다시 연 달")
    assert MonthClose.objects.get().reopened_at is not None
