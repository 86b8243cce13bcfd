"""The card company beside the books, its payouts at the bank, and refunds that did not go."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from payments.models import CardAttempt, Deposit, Refund
from payments.panels import todo_items
from payments.services import ask_refund
from payments.services.card_refunds import send_card_refunds
from payments.services.comparison import compare_ledger
from payments.services.months import close_month
from tests.factories.books import date_back, last_month
from tests.factories.cards import card_company
from tests.factories.payments import DepositFactory, PaymentFactory
from tests.site.payments.services.test_card_comparison import pay, pay_out, take_over

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
BOOKS = "/admin/payments/card-books/"


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


@pytest.fixture
def paid(company, things):
    payment = pay(company)
    things.name(payment, "남궁민수")
    return payment


def main_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main")


def labels(user):
    return [str(item.label) for item in todo_items(user)]


def test_both_balances_stand_beside_each_other(desk, company, paid):
    soup = main_of(desk, BOOKS)
    assert "장부가 700원 다릅니다" in soup.text
    assert "수수료" in soup.select_one("#differences-section").text
    take_over()

    soup = main_of(desk, BOOKS)
    assert "맞습니다" in soup.text
    assert not soup.select_one("#differences-section")
    assert "19,300원" in soup.select_one("#balances-section").text
    assert "남궁민수" not in soup.text


def test_a_payout_that_came_back_says_what_to_do(desk, company, paid):
    company.books.pay_out()
    take_over()
    [key] = company.books.payouts
    assert "19,300원" in main_of(desk, BOOKS).select_one("#on-the-way-section").text
    company.books.fail_payout(key)
    assert "되돌아온 지급금" in main_of(desk, BOOKS).select_one("#differences-section").text
    take_over()

    soup = main_of(desk, BOOKS)

    lost = soup.select_one("#lost-section").text
    for words in ("19,300원", "은행이 받지 않았습니다", "계좌번호가 맞는지", key):
        assert words in lost
    assert "19,300원" not in soup.select_one("#on-the-way-section").text
    assert "19,300원" in soup.select_one("#balances-section").text


def test_where_it_is_away_the_books_are_shown(desk, company, paid):
    company.fault = "500"

    soup = main_of(desk, BOOKS)
    assert "응답하지 않습니다" in soup.text
    assert "20,000원" in soup.select_one("#balances-section").text


def test_a_payout_is_taken_at_its_deposit(desk, press, company, paid):
    payout = pay_out(company, 19_300)
    assert "19,300원" in main_of(desk, BOOKS).select_one("#on-the-way-section").text
    deposit = DepositFactory(amount_krw=19_300, name="스트라이프")
    one = reverse("payments_deposit", args=[deposit.public_id])
    assert main_of(desk, one).select_one("#payout-section form")

    assert "카드사 입금으로" in press("payments_from_company", deposit.public_id, payout.booking)
    deposit.refresh_from_db()
    assert deposit.state == Deposit.State.PAYOUT
    assert "이미 다른 것에" in press("payments_from_company", deposit.public_id, payout.booking)
    assert "오는 중인 돈이 없습니다" in main_of(desk, BOOKS).text
    press("payments_not_from_company", deposit.public_id)
    deposit.refresh_from_db()
    assert deposit.state == Deposit.State.OPEN
    assert "카드사 입금이 아닙니다" in press("payments_not_from_company", deposit.public_id)


def test_the_ledger_tells_of_cards_once_they_are_taken(desk, company, paid):
    take_over()
    pay_out(company, 19_300)
    text = main_of(desk, reverse("payments_ledger")).text

    for words in (
        "카드로 받음",
        "카드 회사 수수료",
        "카드 회사 지급",
        "카드 회사에서 통장으로 오는 중",
    ):
        assert words in text


def test_refunds_to_cards_stand_apart_and_a_problem_says_what_to_do(desk, press, paid, company):
    refund = ask_refund(paid, amount_krw=14_000, reason="취소")
    soup = main_of(desk, reverse("payments_refunds"))
    assert "14,000원" in soup.select_one("#by-card-section").text
    assert not soup.select("li.refund")
    assert "14,000" not in desk.get(reverse("payments_print_refunds")).content.decode()

    intent = CardAttempt.objects.get().intent
    company.books.create_refund({"payment_intent": intent, "amount": "15000"})
    send_card_refunds()
    soup = main_of(desk, reverse("payments_refunds"))
    assert "이미 카드로 돌아갔습니다" in soup.select_one("li.refund").text
    assert "다시 시도합니다" in press("payments_retry_refund", refund.public_id)
    assert Refund.objects.get(state="asked").problem == ""  # Another one in its place.
    assert "이미" in press("payments_retry_refund", refund.public_id)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("balance_insufficient", "우리 돈이 모자랍니다"),
        ("expired_or_canceled_card", "환불받을 계좌를 물어"),
    ],
)
def test_each_problem_has_its_advice(desk, paid, problem, words):
    ask_refund(paid, amount_krw=1_000, reason="취소")
    Refund.objects.update(problem=problem)

    assert words in main_of(desk, reverse("payments_refunds")).text


def test_what_was_paid_twice_is_named_and_breaks_nothing(desk, company, paid):
    attempt = CardAttempt.objects.get()
    now = timezone.now()
    Refund.objects.create(attempt=attempt, amount_krw=2_000, reason="paid_twice", asked_at=now)
    Refund.objects.update(problem="charge_already_refunded")

    soup = main_of(desk, reverse("payments_refunds"))
    assert "이중 결제" in soup.text
    assert "남궁민수" in soup.text


def test_the_first_screen_tells_of_differences_and_stuck_refunds(keeper, director, company, paid):
    ask_refund(paid, amount_krw=1_000, reason="취소")
    assert labels(keeper) == ["보낼 환불"]
    Refund.objects.update(problem="refused")
    compare_ledger()

    assert labels(keeper)[1:] == ["카드 회사 잔액과 장부가 다릅니다", "카드로 가지 못한 환불"]
    assert labels(director) == []


def test_a_month_with_a_difference_says_where_to_look(desk, keeper, company, paid):
    date_back()
    month = last_month().year, last_month().month
    address = reverse("payments_month", args=month)
    assert main_of(desk, address).find("a", href=BOOKS)
    company.fault = "500"
    assert "응답하지 않습니다" in main_of(desk, address).text
    take_over()
    PaymentFactory()
    assert close_month(last_month(), user=keeper).pk
