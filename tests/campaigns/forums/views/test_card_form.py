"""Registering where the site takes cards: whoever wants the card goes on with one press."""

import pytest

from campaigns.forums import emails
from campaigns.forums.models import ForumPage, Order
from home.publishing import forget_everything
from payments.models import Payment
from tests.campaigns.forums.participant import payment_of

from .conftest import APPLY
from .order_reading import page_of, said

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Method = Payment.Method


def choices(client):
    return [one["value"] for one in page_of(client.get(APPLY)).select("input[name=pay]")]


def test_the_card_leads_to_the_page_to_pay_on(client, company, register):
    assert choices(client) == ["transfer", "card"]

    answer = register(pay="card")

    assert answer.status_code == 303
    assert answer.url.startswith(f"{company.url}/pay/")
    order = Order.objects.get()
    assert payment_of(order).method == Method.CARD
    mail = emails.answer_order(str(order.public_id))
    assert "카드 결제를 마치면" in mail.text
    assert "000-12-345678" not in mail.text + mail.html


@pytest.mark.parametrize("pay", ["transfer", None])
def test_the_transfer_is_as_before(client, company, register, pay):
    answer = register(pay=pay)
    assert "/t/o/" in answer.url
    assert payment_of(Order.objects.get()).method == Method.BANK_TRANSFER
    assert company.calls == []


def test_another_word_is_refused(client, company, register):
    assert register(pay="gold").status_code == 422
    assert not Order.objects.exists()


def test_pressing_twice_is_one_registration_and_one_page(client, company, register):
    first, second = register(pay="card"), register(pay="card")
    assert first.url.startswith(company.url)
    assert second.url.startswith(company.url)
    assert Order.objects.count() == 1


def test_a_card_company_that_is_away_keeps_the_registration(client, company, register, settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    answer = register(pay="card")
    assert answer.url.endswith("?told=card-away")
    assert "지금은 카드 결제 화면에 연결할 수 없습니다" in said(client.get(answer.url))
    assert Order.objects.get().status == Order.Status.WAITING


def test_a_sum_that_no_card_takes_is_for_the_bank(client, company, register, state):
    state.page.sessions.update(fee_krw=50)
    forget_everything()
    answer = register(pay="card")
    assert payment_of(Order.objects.get()).method == Method.BANK_TRANSFER
    assert "000-12-345678" in said(client.get(answer.url))


def test_without_an_account_nobody_is_asked_how(client, company, register, state):
    ForumPage.objects.update(account=None)
    forget_everything()
    assert choices(client) == []
    assert "바로 카드 결제 화면으로 이어집니다" in said(client.get(APPLY))
    assert register().url.startswith(company.url)


def test_what_is_sent_abroad_is_told_before(client, company, state):
    forget_everything()
    told = said(client.get(APPLY))
    assert "행사 이름, 금액, 이메일 주소를 스트라이프에 보냅니다" in told
    assert "원하지 않으시면 계좌이체로" in told


def test_typing_again_keeps_the_choice(client, company, register):
    page = page_of(register(pay="card", name=""))
    assert page.select_one("input[name=pay][checked]")["value"] == "card"
    page = page_of(register(pay="card", add="1"))
    assert page.select_one("input[name=pay][checked]")["value"] == "card"
