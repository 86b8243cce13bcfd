"""Mails and papers of registrations that are paid by card: no account, and how it was paid."""

import pytest

from campaigns.forums import emails, services
from campaigns.forums.models import Order
from campaigns.forums.presenters import numbers_of, order_calendar
from campaigns.forums.services.papers import Kind, issue_paper
from messaging.models import OutboxMessage
from messaging.services import deliver_due
from payments.models import Payment
from payments.services import ask_about, payments_of
from tests.campaigns.forums.card_payer import open_page, pay_by_card, sent_back
from tests.campaigns.forums.participant import asked
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

ACCOUNT = "000-12-345678"


@pytest.fixture
def order(state, company):
    return services.place_order(state, asked(state, pays_by_card=True))


def texts(builder, order):
    mail = builder(str(order.public_id))
    return mail.text, mail.html


@pytest.mark.parametrize("builder", [emails.answer_order, emails.remind_of_payment])
def test_a_mail_asks_for_the_card_and_names_no_account(order, builder):
    for text in texts(builder, order):
        assert "카드로 결제하거나 다른 방법을" in text
        assert "20,000" in text
        for words in (ACCOUNT, "입금자명", "은행"):
            assert words not in text


def test_who_changes_to_a_transfer_gets_the_account(order):
    Payment.objects.update(method=Payment.Method.BANK_TRANSFER)
    for text in texts(emails.remind_of_payment, order):
        assert ACCOUNT in text
        assert "카드" not in text


def test_whoever_pays_at_once_gets_one_mail(order, company, mailoutbox):
    pay_by_card(company, order)
    deliver_due()
    (mail,) = mailoutbox
    assert "20,000원 (카드)" in mail.body
    assert OutboxMessage.objects.filter(purpose=emails.ORDER_PLACED).count() == 1


def test_staff_send_the_confirmation_again_and_not_the_mail_before_it(order, company):
    pay_by_card(company, order)
    services.resend_mail(order, actor="1", reason="못 받았다고 함")
    newest = OutboxMessage.objects.order_by("-created_at").first()
    assert newest.purpose == emails.ORDER_CONFIRMED
    assert "(카드)" in emails.confirm_order(newest.subject).text


def test_a_lapse_says_that_nothing_was_charged(order):
    services.lapse_order(str(order.public_id))
    for text in texts(emails.tell_lapse, order):
        assert "카드에서 빠져나간 돈은 없습니다" in text
        assert "입금" not in text


def test_too_late_for_a_seat_it_goes_back_to_the_card(order, company):
    session = open_page(order)
    services.lapse_order(str(order.public_id))
    order.forum.pools.update(capacity=0, taken=0)
    company.books.pay(session)
    ask_about(Payment.objects.get())
    for text in texts(emails.tell_no_seat, order):
        assert "카드로 취소됩니다" in text
        assert "계좌" not in text


def test_a_refund_to_the_card_is_told_as_that(order, company):
    pay_by_card(company, order)
    services.cancel_order(order)
    for text in texts(emails.tell_cancellation, order):
        assert "카드로 취소" in text
    sent_back(company)
    for text in texts(emails.tell_refund, order):
        assert "카드로 취소" in text
        assert "영업일 기준 3~7일" in text
        assert "····" not in text


def test_a_forum_called_off_says_that_the_card_is_cancelled(order, company):
    pay_by_card(company, order)
    services.change_forum(order.forum, change="cancelled", reason="장소 사정", user=UserFactory())
    for text in texts(emails.tell_change, order):
        assert "카드 결제가 자동으로 취소됩니다" in text
        assert "계좌" not in text


def test_the_receipt_says_card(order, company):
    pay_by_card(company, order)
    rows = dict(issue_paper(Kind.RECEIPT, order).rows)
    assert "카드" in rows.values()


def test_the_calendar_names_no_account(order):
    payment = payments_of("forums.order", [order.public_id])[str(order.public_id)]
    told = order_calendar(order, [], payment).replace("\r\n ", "")
    assert "20\\,000" in told
    assert ACCOUNT not in told


def test_the_office_reads_how_much_came_by_card(order, company, state):
    assert numbers_of(state.page, Order.objects.all()).money.by_card == 0
    pay_by_card(company, order)
    assert numbers_of(state.page, Order.objects.all()).money.by_card == 20_000
