"""Cancelling what was paid by card: shown before, to the card by itself, no account asked for."""

import pytest
from django.urls import reverse

from campaigns.forums import services
from campaigns.forums.emails import order_path
from campaigns.forums.exceptions import RefundAccountNeededError
from campaigns.forums.models import Order
from payments.models import CardAttempt, Payment, Refund
from payments.services import match_deposit
from payments.services.comparison import find_faults
from payments.services.matches import Pairing
from tests.campaigns.forums.card_payer import open_page, pay_by_card, sent_back
from tests.campaigns.forums.participant import NAME, payment_of
from tests.factories.accounts import UserFactory
from tests.factories.payments import DepositFactory

from .order_reading import said

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ACCOUNT = {"bank": "가온은행", "account_number": "000-98-765432", "account_holder": NAME}
SAME = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def paid(company, order):
    pay_by_card(company, order)
    return order


@pytest.fixture
def mixed(company, order):
    """30,000 won by card and 10,000 by transfer."""
    payment = payment_of(order)
    deposit = DepositFactory(account=payment.account, amount_krw=10_000)
    pairing = Pairing(deposit.pk, ((payment.pk, 10_000),), "by_hand")
    match_deposit(pairing, user=UserFactory(role="회계 담당"))
    pay_by_card(company, order)
    return order


def cancel(client, address, who, **typed):
    return client.post(f"{address}cancel/", {"who": who, **typed}, headers=SAME)


def test_all_goes_to_the_card_and_no_account_is_asked(client, company, paid, address):
    page = client.get(f"{address}cancel/")
    assert "40,000원 카드로 취소" in said(page)
    assert b'name="bank"' not in page.content

    answer = cancel(client, address, "all-40000")

    told = said(client.get(answer.url))
    assert "카드 결제를 취소하고 있습니다" in told
    assert "취소하는 중" in told
    assert sent_back(company) == [40_000]
    told = said(client.get(address))
    assert "환불 완료" in told or "보냄" in told
    assert list(find_faults()) == []


def test_one_person_after_the_other(client, company, paid, address):
    cancel(client, address, "2-20000")
    assert Order.objects.get().status == Order.Status.CONFIRMED
    cancel(client, address, "all-20000")
    assert sent_back(company) == [20_000, 20_000]
    assert not Payment.objects.get().refundable_krw


def test_of_both_ways_each_gets_its_part(client, company, mixed, address):
    page = client.get(f"{address}cancel/")
    assert "카드로 30,000원 취소, 계좌로 10,000원 환불" in said(page)
    assert "20,000원 카드로 취소" in said(page)
    assert cancel(client, address, "all-40000").status_code == 422

    answer = cancel(client, address, "all-40000", **ACCOUNT)

    assert "한 부분은 카드로 자동 취소되고" in said(client.get(answer.url))
    card, account = Refund.objects.order_by("pk")
    assert (card.amount_krw, card.attempt is None, card.bank) == (30_000, False, None)
    assert (account.amount_krw, account.attempt, account.bank) == (10_000, None, "가온은행")
    assert sent_back(company) == [30_000]
    assert list(find_faults()) == []


def test_the_first_person_of_both_ways_needs_no_account(client, company, mixed, address):
    assert cancel(client, address, "2-20000").status_code == 303
    assert "카드로 10,000원 취소, 계좌로 10,000원 환불" in said(client.get(f"{address}cancel/"))


def test_the_service_asks_for_an_account_of_the_rest_only(mixed):
    with pytest.raises(RefundAccountNeededError):
        services.cancel_order(mixed)
    services.cancel_order(mixed, actor="1")
    assert Refund.objects.count() == 2


def test_a_card_that_takes_nothing_back_is_told(client, company, paid, address):
    cancel(client, address, "all-40000")
    (intent,) = company.books.intents
    company.books.create_refund({"payment_intent": intent})
    sent_back(company)
    assert Refund.objects.get().problem
    assert "사무국이 받으실 계좌를 여쭙겠습니다" in said(client.get(address))


def test_cancelling_closes_the_page_on_which_one_could_still_pay(
    client, company, order, address, django_capture_on_commit_callbacks
):
    session = open_page(order)
    with django_capture_on_commit_callbacks(execute=True):
        cancel(client, address, "all-0")
    assert company.books.session(session)["status"] == "expired"
    assert CardAttempt.objects.get().state == CardAttempt.State.EXPIRED


def test_who_cancels_what_was_paid_unheard_is_shown_the_refund_first(
    client, company, order, address
):
    company.books.pay(open_page(order))

    answer = cancel(client, address, "all-0")

    assert answer.status_code == 422
    assert "40,000원 카드로 취소" in said(answer)
    assert Order.objects.get().status == Order.Status.CONFIRMED
    assert cancel(client, address, "all-40000").status_code == 303
    assert sent_back(company) == [40_000]


def test_a_forum_that_is_called_off_gives_all_back_to_the_cards(client, company, paid):
    user = UserFactory()
    services.change_forum(paid.forum, change="cancelled", reason="장소를 쓸 수 없음", user=user)
    assert sent_back(company) == [40_000]
    assert "카드 결제를 취소" not in said(client.get(order_path(paid)))
    assert Refund.objects.get().state == Refund.State.SENT


def test_staff_see_that_it_goes_to_the_card_and_are_asked_for_no_account(client, company, paid):
    client.force_login(UserFactory(role="행사 담당"))
    page = client.get(reverse("registrations:inspect", args=[paid.pk]))
    told = said(page)
    assert "카드로 자동 취소되므로 계좌를 적지 않아도 됩니다" in told
    assert b"id_cancel_bank" not in page.content

    cancelled = reverse("registrations:step", args=[paid.pk, "cancel"])
    client.post(cancelled, {"reason": "전화로 취소"})

    assert sent_back(company) == [40_000]
    assert "카드로 취소" in said(client.get(reverse("registrations:inspect", args=[paid.pk])))


def test_staff_see_both_parts_and_who_is_paying_just_now(client, company, mixed, state):
    client.force_login(UserFactory(role="행사 담당"))
    told = said(client.get(reverse("registrations:inspect", args=[mixed.pk])))
    assert "30,000원은 카드로 자동 취소되고 10,000원은 계좌로" in told
    assert "카드 30,000원, 계좌이체 10,000원" in told


def test_staff_who_cancel_what_was_paid_unheard_send_it_back(client, company, order):
    company.books.pay(open_page(order))
    client.force_login(UserFactory(role="행사 담당"))
    client.post(reverse("registrations:step", args=[order.pk, "cancel"]), {"reason": "전화"})
    assert sent_back(company) == [40_000]


def test_staff_see_that_somebody_is_paying(client, company, order):
    open_page(order)
    client.force_login(UserFactory(role="행사 담당"))
    assert "결제하는 중" in said(client.get(reverse("registrations:inspect", args=[order.pk])))
