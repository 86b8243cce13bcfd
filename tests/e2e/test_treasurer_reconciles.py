"""The treasurer and a month of the bank: the file as it came, one key for what is doubtful."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from payments import registry
from payments.models import Deposit, Match, Payment
from tests.browser import StaffClient
from tests.factories.accounts import UserFactory
from tests.factories.payments import (
    PURPOSE,
    BankAccountFactory,
    PaymentFactory,
    Things,
)
from tests.site.payments.kb import kb_file

from .staff import OFFICE


@pytest.fixture
def desk(open_page, server_url):
    """A browser in which the treasurer is logged in."""
    client = StaffClient()
    client.force_login(UserFactory(role="회계 담당", factor=True))
    page = open_page(OFFICE)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server_url}])
    return page


@pytest.fixture
def things(monkeypatch):
    things = Things()
    monkeypatch.setitem(registry._purposes, PURPOSE, things.purpose())
    return things


@pytest.fixture
def month(transactional_db, things):
    """(account, deposits): one that matches by itself, two that a person must look at."""
    account = BankAccountFactory()
    for name in ("홍길동", "이영희", "박민수"):
        payment = PaymentFactory(account=account, depositor_name=f"토론회{name}")
        things.name(payment, name, words=("토론회",))
    Payment.objects.update(created_at=timezone.now() - timedelta(days=3))
    return account, [("토론회홍길동", 20_000), ("토론회이영희", 15_000), ("박민수", 25_000)]


def test_a_month_is_reconciled_with_the_keyboard(desk, server_url, month, tmp_path):
    account, deposits = month
    file = tmp_path / "KB_거래내역.csv"
    file.write_bytes(kb_file(account, *deposits, encoding="cp949"))

    desk.goto(f"{server_url}/admin/payments/statements/")
    desk.locator("input[type=file]").set_input_files(file)
    desk.locator("main form[enctype] button").click()
    expect(desk.locator("main a.button").first).to_be_focused()
    desk.keyboard.press("Enter")
    first = desk.locator("[data-deposit] button[name=accept]").first
    expect(first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-deposit]")).to_have_count(1)
    desk.keyboard.press("1")
    expect(desk.locator(".messages")).to_be_visible()

    assert Match.objects.filter(source="rule").count() == 1
    assert Match.objects.filter(source="hand").count() == 2
    over = Deposit.objects.get(state=Deposit.State.OPEN)
    assert over.rest_krw == 5_000
