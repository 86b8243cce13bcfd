"""The page of a registration where the site takes cards: what it offers, says and asks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.emails import order_path
from campaigns.forums.models import ForumPage, ForumSession, Order
from payments.models import BankAccount, CardAttempt, LedgerEntry, Payment
from payments.services import close_payment
from tests.campaigns.forums.card_payer import open_page, pay_by_card
from tests.campaigns.forums.participant import asked, payment_of
from tests.queries import read

from .conftest import is_private
from .order_reading import page_of, said

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SAME = {"sec-fetch-site": "same-origin"}
ACCOUNT = "000-12-345678"
NOWHERE = "http://127.0.0.1:9"
Method = Payment.Method


def post(client, address, **typed):
    return client.post(address, typed, headers=SAME)


def kicker_of(client, address):
    return page_of(client.get(address)).select_one("h1").find_previous("p").get_text()


@pytest.mark.sqlite_smoke
def test_both_ways_are_offered_and_one_press_leads_to_the_card(client, company, order, address):
    told = said(client.get(address))
    assert "카드와 계좌이체 가운데 한 가지로" in told
    assert "40,000" in told
    assert ACCOUNT in told

    answer = post(client, f"{address}card/")

    assert answer.status_code == 303
    assert answer.url.startswith(f"{company.url}/pay/")
    assert is_private(answer)
    sent = next(iter(company.books.sessions.values()))
    assert sent["success_url"].endswith(f"{address}?card=done")
    assert sent["cancel_url"].endswith(f"{address}?card=back")


def test_no_get_changes_or_asks_anything(client, company, order, address):
    open_page(order)
    company.books.pay(next(iter(company.books.sessions)))
    calls = list(company.calls)

    for page in (
        "card/",
        "card/check/",
        "card/transfer/",
        "?card=done",
        "?card=back&told=transfer",
    ):
        assert client.get(f"{address}{page}").status_code in (200, 303)

    assert company.calls == calls
    assert payment_of(order).state == Payment.State.OPEN
    assert CardAttempt.objects.get().state == CardAttempt.State.OPEN


def test_who_comes_back_is_asked_to_wait_and_reads_the_truth(client, company, order, address):
    company.books.pay(open_page(order))
    page = client.get(f"{address}?card=done")
    assert "결제를 확인하고 있습니다" in said(page)
    assert ACCOUNT not in said(page)
    assert page_of(page).select_one("form[data-press-after]")["data-press-after"] == "1"

    answer = post(client, f"{address}card/check/", checks="0")

    assert (answer.status_code, answer.url) == (303, address)
    assert kicker_of(client, address) == "카드 결제 완료"
    assert "결제를 확인하고 있습니다" not in said(client.get(f"{address}?card=done"))
    assert LedgerEntry.objects.filter(what="card_paid", account="card").count() == 1


def test_what_was_paid_in_the_last_moment_is_asked_about_too(client, company, order, address):
    company.books.pay(open_page(order))
    CardAttempt.objects.update(expires_at=timezone.now())
    assert "결제를 확인하고 있습니다" in said(client.get(f"{address}?card=done"))
    post(client, f"{address}card/check/")
    assert kicker_of(client, address) == "카드 결제 완료"


@pytest.mark.parametrize(
    ("checks", "then"), [("0", 1), ("1", 2), ("2", 3), ("3", 4), ("99", 4), ("x", 1)]
)
def test_where_stripe_is_away_it_is_asked_a_few_times_more(
    client, company, order, address, settings, checks, then
):
    open_page(order)
    settings.STRIPE_API_BASE = NOWHERE

    answer = post(client, f"{address}card/check/", checks=checks)

    assert answer.url == f"{address}?card=done&checks={then}"
    form = page_of(client.get(answer.url)).select_one("form[action$='card/check/']")
    assert form.has_attr("data-press-after") == (then < 3)


def test_who_did_not_pay_reads_that_and_until_when_the_seat_is_kept(
    client, company, order, address
):
    open_page(order)
    answer = post(client, f"{address}card/check/")
    told = said(client.get(answer.url))
    assert "아직 결제되지 않았습니다" in told
    assert "까지 자리를 잡아 둡니다" in told
    assert "이어서 결제하기" in told
    assert said(client.get(f"{address}?card=back")).count("아직 결제되지 않았습니다") == 1


def test_the_way_can_be_changed_and_changed_back(client, company, order, address):
    session = open_page(order)
    assert ACCOUNT not in said(client.get(address))

    answer = post(client, f"{address}card/transfer/")

    told = said(client.get(answer.url))
    assert "계좌이체로 바꾸었습니다" in told
    assert ACCOUNT in told
    assert company.books.session(session)["status"] == "expired"
    assert post(client, f"{address}card/").url.startswith(company.url)
    assert "계좌이체로 바꾸었습니다" not in said(client.get(answer.url))


def test_a_page_that_could_not_be_closed_is_told(client, company, order, address, settings):
    open_page(order)
    settings.STRIPE_API_BASE = NOWHERE
    answer = post(client, f"{address}card/transfer/")
    told = said(client.get(answer.url))
    assert "그 화면에서는 결제하지 마십시오" in told
    assert ACCOUNT in told


def test_a_card_company_that_is_away_costs_nobody_the_registration(
    client, company, order, address, settings
):
    settings.STRIPE_API_BASE = NOWHERE
    answer = post(client, f"{address}card/")
    told = said(client.get(answer.url))
    assert "지금은 카드 결제 화면에 연결할 수 없습니다" in told
    assert "계좌이체로 내셔도 됩니다" in told
    assert Order.objects.get().status == Order.Status.WAITING


def test_what_is_over_or_gone_is_not_payable(client, company, order, address, state):
    Payment.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert "카드로 결제" not in said(client.get(address))
    assert post(client, f"{address}card/").url == address
    services.cancel_order(order)
    for page in ("card/", "card/check/"):
        answer = post(client, f"{address}{page}")
        assert said(client.get(answer.url)).count("카드") == 0
    assert company.calls == []


@pytest.mark.parametrize("is_open", [True, False])
def test_after_the_deadline_the_words_are_of_the_card(client, company, order, address, is_open):
    open_page(order)
    Payment.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    if not is_open:
        CardAttempt.objects.update(state=CardAttempt.State.EXPIRED)
    told = said(client.get(address))
    words = "열어 두신 결제 화면이 닫힐 때까지" if is_open else "잡아 두었던 자리가 곧 풀립니다"
    assert words in told
    assert "은행 거래 내역" not in told
    assert ("이어서 결제하기" in told) == is_open
    assert "다시 시도해 주십시오" in said(client.get(f"{address}?card=back"))


def test_a_card_paid_after_the_seats_were_gone_looks_for_a_seat(client, company, order, address):
    session = open_page(order)
    services.lapse_order(str(order.public_id))
    order.forum.pools.update(capacity=0, taken=0)
    company.books.pay(session)
    post(client, f"{address}card/check/")

    assert payment_of(order).state == Payment.State.NO_SEAT
    told = said(client.get(address))
    assert "지금 돌려받으시려면 아래에서 환불을 신청해 주십시오. 카드로 취소됩니다" in told


def test_a_card_paid_after_it_lapsed_gets_a_free_seat(client, company, order, address):
    session = open_page(order)
    services.lapse_order(str(order.public_id))
    company.books.pay(session)
    post(client, f"{address}card/check/")
    assert kicker_of(client, address) == "카드 결제 완료"


def test_a_sum_below_the_least_is_for_the_bank(client, company, order, address):
    ForumSession.objects.update(fee_krw=0)
    Payment.objects.update(amount_krw=99)
    told = said(client.get(address))
    assert "카드로 결제" not in told
    assert ACCOUNT in told


def test_without_an_account_the_card_is_the_only_way(client, company, order, address):
    Payment.objects.update(account=None)
    told = said(client.get(address))
    assert "카드로 결제" in told
    assert "입금자명" not in told
    open_page(order)
    assert "계좌이체로 바꾸기" not in said(client.get(address))
    assert post(client, f"{address}card/transfer/").url == address
    assert payment_of(order).method == Method.CARD
    assert "계좌이체로 내셔도" not in said(client.get(f"{address}?told=card-away"))


@pytest.mark.parametrize("number", [1, 3])
def test_what_the_page_and_the_press_cost(client, company, state, number):
    people = ["한가람", "두나래", "이가온"][:number]
    address = order_path(services.place_order(state, asked(state, people=people)))
    client.get(address)
    _html, queries = read(client, address)
    assert queries <= 11
    with CaptureQueriesContext(connection) as counted:
        post(client, f"{address}card/")
    assert len([one for one in counted if "SAVEPOINT" not in one["sql"]]) <= 14


def test_a_free_registration_knows_no_card(client, company, free_state):
    order = services.place_order(free_state, asked(free_state))
    address = order_path(order)
    assert "카드" not in said(client.get(address))
    assert post(client, f"{address}card/").url == address


def test_a_closed_payment_shows_no_way(client, company, order, address):
    close_payment("forums.order", order.public_id)
    assert "카드로 결제" not in said(client.get(address))


def test_on_the_page_it_is_said_how_it_was_paid(client, company, order, address):
    pay_by_card(company, order)
    fee = page_of(client.get(address)).find("dt", string="참가비").find_next("dd")
    assert fee.get_text(" ") == "40,000원 카드"
    assert "입금확인증" not in said(client.get(address))


def test_the_forums_page_tells_that_cards_are_taken(client, company, state):
    told = said(client.get(state.path))
    assert "카드 결제를 고르실 수도 있습니다" in told
    assert BankAccount.objects.get().number in told
    assert ForumPage.objects.get().account
