import re
from datetime import timedelta

import pytest

from campaigns.forums import emails, services
from campaigns.forums.models import ForumPage, InvitationRequest, Order
from campaigns.forums.services.retention import empty_orders
from home.dates import korean_deadline
from messaging.models import OutboxMessage
from messaging.services import deliver_due
from payments.models import Payment, Refund
from payments.services import (
    ask_refund,
    drop_refund,
    mark_paid,
    payments_of,
    send_refund,
    unmark_paid,
)
from privacy.tokens import TokenExpiredError, read_token
from tests.campaigns.forums.participant import EMAIL, NAME, asked, payment_of
from tests.factories.accounts import UserFactory
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

WAITING = [emails.answer_order, emails.remind_of_payment, emails.tell_unsettled]


@pytest.fixture
def order(state):
    return services.place_order(state, asked(state, people=[NAME, "두나래"]))


def build(builder, order):
    return builder(str(order.public_id))


def token_in(mail, letter="o"):
    return re.search(rf"/t/{letter}/([\w-]+)/", mail.text)[1]


@pytest.mark.sqlite_smoke
def test_the_mail_says_where_to_send_what(order):
    mail = build(emails.answer_order, order)

    assert mail.to == EMAIL
    for part in (mail.text, mail.html):
        for words in ("000-12-345678", "40,000", "토론회한가람", order.reference, "두나래"):
            assert words in part
    assert NAME not in mail.subject
    assert read_token(emails.ORDER_TOKEN, token_in(mail)) == str(order.public_id)


def test_the_outbox_names_nobody_and_the_worker_sends(order, mailoutbox):
    message = OutboxMessage.objects.get()
    assert message.subject == str(order.public_id)

    deliver_due()

    assert [mail.to for mail in mailoutbox] == [[EMAIL]]
    assert NAME in mailoutbox[0].body


def test_a_free_order_is_answered_by_its_confirmation(free_state):
    ForumPage.objects.update(online_url="https://meet.example/abc")
    order = services.place_order(free_state, asked(free_state))

    mail = build(emails.answer_order, order)

    assert "000-12-345678" not in mail.text
    assert "https://meet.example/abc" in mail.text


def test_who_registers_twice_is_told_by_mail(order, state):
    second = services.place_order(state, asked(state, people=["이가온"]))

    assert order.reference in build(emails.answer_order, second).text
    services.cancel_order(order)
    assert order.reference not in build(emails.answer_order, second).text


def test_the_answer_to_an_order_that_is_gone_is_not_sent(order):
    services.cancel_order(order)

    assert build(emails.answer_order, order) is None


@pytest.mark.parametrize(
    "builder",
    [emails.confirm_order, emails.tell_lapse, emails.tell_no_seat],
    ids=["confirmed", "lapsed", "no seat"],
)
def test_a_mail_that_is_not_true_any_more_is_not_sent(order, builder):
    assert build(builder, order) is None


@pytest.mark.parametrize("builder", WAITING)
def test_who_pays_while_a_mail_is_written_is_not_asked_for_money(order, builder, monkeypatch):
    """The order was read as waiting; its payment is read after the money came."""

    def pay_and_read(*asked):
        mark_paid(payment_of(order), method="bank_transfer", user=UserFactory(), note="확인")
        return payments_of(*asked)

    monkeypatch.setattr("campaigns.forums.emails.orders.payments_of", pay_and_read)

    assert build(builder, order) is None


def plain(words):
    """Without what keeps words together on a line."""
    return words.replace("\u2060", "").replace("\xa0", " ")


def part_from_money(order):
    payment = payment_of(order)
    mark_paid(payment, method="bank_transfer", user=UserFactory(), note="확인")
    unmark_paid(payment, user=UserFactory(), note="다른 사람")


def test_whose_deposit_was_somebody_elses_is_told_what_is_to_be_paid(order, mailoutbox):
    deliver_due()
    Payment.objects.update(due_at=order.created_at + timedelta(days=3))
    part_from_money(order)

    deliver_due()

    assert len(mailoutbox) == 2  # "Confirmed" was not true any more.
    mail = build(emails.tell_unsettled, order)
    assert mailoutbox[1].subject == mail.subject
    assert mail.subject.endswith("입금을 다시 확인합니다")
    due = plain(korean_deadline(payment_of(order).due_at))
    for part in (mail.text, mail.html):
        for words in ("40,000", "000-12-345678", due, order.forum.title, "두나래", "답장"):
            assert words in plain(part)
        assert "기한이 지났" not in part


@pytest.mark.parametrize("days", [None, -1])
def test_a_deadline_that_is_over_is_no_deadline(order, days):
    due = days and order.created_at + timedelta(days=days)
    Payment.objects.update(due_at=due)
    part_from_money(order)

    mail = build(emails.tell_unsettled, order)

    for part in (mail.text, mail.html):
        assert ("기한이 지났" in part) == bool(days)
        assert "까지" not in part.replace("마칠 때까지", "")


def test_what_was_settled_again_is_not_said_to_wait(order, mailoutbox):
    deliver_due()
    part_from_money(order)
    mark_paid(payment_of(order), method="bank_transfer", user=UserFactory(), note="확인")

    deliver_due()

    assert build(emails.tell_unsettled, order) is None
    confirmed = build(emails.confirm_order, order).subject
    assert {mail.subject for mail in mailoutbox[1:]} == {confirmed}


def test_each_step_has_its_mail(order):
    subject = str(order.public_id)
    services.settle_order(subject)
    told = [build(emails.confirm_order, order).subject]
    services.unsettle_order(subject)
    services.lapse_order(subject)
    told += [build(builder, order).subject for builder in (emails.tell_lapse, emails.tell_no_seat)]
    assert len(set(told)) == 3


def test_the_mail_after_cancelling_says_what_goes_back(order):
    Payment.objects.update(received_krw=40_000, state=Payment.State.PAID, paid_at=order.created_at)
    services.settle_order(str(order.public_id))
    account = services.RefundAccount("가온은행", "000-98-765432", NAME)
    gone = list(order.tickets.filter(number=2).values_list("pk", flat=True))
    services.cancel_order(order, tickets=gone, account=account)

    mail = build(emails.tell_cancellation, order)
    assert "두나래" in mail.text
    assert "20,000" in mail.text
    assert "000-98-765432" not in mail.text + mail.html
    drop_refund(Refund.objects.get(), user=UserFactory(), note="계좌를 다시 묻습니다")
    services.cancel_order(order, account=account)
    all_gone = build(emails.tell_cancellation, order)
    assert all_gone.subject != mail.subject
    assert re.findall(r"환불: ([\d,]+)", all_gone.text) == ["40,000"]


def test_nobody_is_written_to_without_an_address(state):
    told = {"email": "", "channel": Order.Channel.STAFF}
    order = services.place_order(state, asked(state, **told))

    assert build(emails.answer_order, order) is None
    assert build(emails.tell_cancellation, order) is None


def test_a_mail_without_an_account_says_the_rest(order):
    Payment.objects.update(account=None, due_at=None)

    assert "토론회한가람" in build(emails.answer_order, order).text
    assert payment_of(order).account is None


def test_the_link_of_an_organisation_works_for_a_day(state, clock):
    invitation = InvitationFactory(forum=state.page, email_domain="gaon.example")
    services.ask_for_link(state, "someone@gaon.example")
    wanted = str(InvitationRequest.objects.get().public_id)

    mail = emails.send_invitation_link(wanted)

    assert mail.to == "someone@gaon.example"
    token = token_in(mail, "f")
    assert read_token(emails.INVITATION_TOKEN, token) == str(invitation.pk)
    clock.tick(timedelta(days=1))
    with pytest.raises(TokenExpiredError):
        read_token(emails.INVITATION_TOKEN, token)
    services.purge_invitation_requests()
    InvitationRequest.objects.all().delete()
    assert emails.send_invitation_link(wanted) is None


def test_a_refund_is_told_with_no_more_of_the_account_than_its_end(order):
    treasurer = UserFactory(administrator=True)
    method = Payment.Method.BANK_TRANSFER
    payment = mark_paid(payment_of(order), method=method, user=treasurer, note="통장 확인")
    account = {"bank": "가온은행", "account_number": "000-98-765432", "account_holder": NAME}
    refund = ask_refund(payment, amount_krw=10_000, reason="취소", **account)
    assert build(emails.tell_refund, order) is None

    send_refund(refund, user=treasurer)

    mail = build(emails.tell_refund, order)
    for part in (mail.text, mail.html):
        for words in ("10,000", "가온은행", "5432", order.forum.title):
            assert words in part
        assert "765432" not in part
    assert NAME not in mail.subject
    empty_orders([order])
    assert build(emails.tell_refund, order) is None
