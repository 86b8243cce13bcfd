from datetime import timedelta

import pytest

from campaigns.forums import emails, services
from campaigns.forums.exceptions import (
    OrderGoneError,
    RefundAccountNeededError,
    RefundChangedError,
)
from campaigns.forums.models import ForumPage, Order, RefundTier, SeatPool
from campaigns.forums.presenters.door import paid_or_not
from campaigns.forums.services.papers import Kind, issue_paper
from evidence.models import Event, EventValues
from messaging.models import OutboxMessage
from payments.models import Payment, Refund
from payments.services import lower_amount, mark_paid
from tests.campaigns.forums.participant import asked, payment_of, taken
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

ACCOUNT = services.RefundAccount(bank="가온은행", number="000-98-765432", holder="한가람")
PEOPLE = ["한가람", "두나래", "이가온"]


@pytest.fixture
def order(state):
    return services.place_order(state, asked(state, people=PEOPLE))


@pytest.fixture
def paid(order):
    told = {"user": UserFactory(administrator=True), "note": "통장 확인"}
    mark_paid(payment_of(order), method=Payment.Method.BANK_TRANSFER, **told)
    order.refresh_from_db()
    return order


def receive(order, amount):
    """As a deposit that covers a part does."""
    Payment.objects.filter(pk=payment_of(order).pk).update(received_krw=amount)


def tickets(order, *numbers):
    return list(order.tickets.filter(number__in=numbers).values_list("pk", flat=True))


@pytest.mark.sqlite_smoke
def test_an_unpaid_order_gives_its_seats_back(order, state):
    services.cancel_order(order, shown_krw=0)

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert taken(state) == taken(state, kind=SeatPool.Kind.MEAL) == 0
    assert payment_of(order).state == Payment.State.CLOSED
    assert not Refund.objects.exists()
    assert OutboxMessage.objects.latest("created_at").purpose == emails.ORDER_CANCELLED
    assert Event.objects.filter(subject_id=str(order.public_id), kind="order_cancelled").exists()


@pytest.mark.sqlite_smoke
def test_a_paid_order_is_put_on_the_list_of_refunds(paid, state):
    services.cancel_order(paid, shown_krw=60_000, account=ACCOUNT)

    refund = Refund.objects.get()
    assert (refund.amount_krw, refund.bank, refund.account_number, refund.account_holder) == (
        60_000,
        ACCOUNT.bank,
        ACCOUNT.number,
        ACCOUNT.holder,
    )
    assert taken(state) == 0
    assert "한가람" not in str(EventValues.objects.values_list("values", flat=True))


def test_an_order_is_cancelled_once(paid):
    services.cancel_order(paid, account=ACCOUNT)

    with pytest.raises(OrderGoneError):
        services.cancel_order(paid, account=ACCOUNT)
    assert Refund.objects.count() == 1


def test_one_of_several_goes_and_the_others_stay(paid, state):
    services.cancel_order(paid, tickets=tickets(paid, 2), shown_krw=20_000, account=ACCOUNT)

    paid.refresh_from_db()
    assert paid.status == Order.Status.CONFIRMED
    assert taken(state) == 2
    assert [t.number for t in services.live_tickets(paid)] == [1, 3]
    with pytest.raises(OrderGoneError):
        services.cancel_order(paid, tickets=tickets(paid, 2), account=ACCOUNT)


def test_the_last_who_goes_takes_the_order_along(paid, state):
    for number in (1, 2, 3):
        services.cancel_order(paid, tickets=tickets(paid, number), account=ACCOUNT)

    paid.refresh_from_db()
    assert paid.status == Order.Status.CANCELLED
    assert sum(Refund.objects.values_list("amount_krw", flat=True)) == 60_000
    assert taken(state) == 0


def test_less_is_owed_when_one_goes_before_paying(order, state):
    services.cancel_order(order, tickets=tickets(order, 3))

    payment = payment_of(order)
    assert (payment.state, payment.amount_krw) == (Payment.State.OPEN, 40_000)
    order.refresh_from_db()
    assert order.amount_krw == 40_000
    assert paid_or_not(order) == "미입금 40,000원"
    assert ("참가비", "40,000원") in issue_paper(Kind.REGISTRATION, order).rows
    assert "60,000" not in emails.answer_order(str(order.public_id)).text
    assert sum(payment.ledger_entries.values_list("amount_krw", flat=True)) == 0
    receivable = payment.ledger_entries.filter(account="receivable")
    assert sum(receivable.values_list("amount_krw", flat=True)) == 40_000
    assert taken(state) == 2


def test_what_came_may_be_enough_for_who_stays(order):
    receive(order, 45_000)

    services.cancel_order(order, tickets=tickets(order, 3), account=ACCOUNT)

    order.refresh_from_db()
    payment = payment_of(order)
    assert (order.status, payment.state) == (Order.Status.CONFIRMED, Payment.State.PAID)
    assert (payment.amount_krw, payment.refunded_krw) == (45_000, 5_000)


def test_a_closed_payment_cannot_be_lowered(order):
    services.cancel_order(order)

    assert lower_amount(payment_of(order), 10_000).amount_krw == 60_000


@pytest.mark.parametrize(
    ("days", "krw", "percent"),
    [(14, 60_000, 100), (7, 60_000, 100), (6, 30_000, 50), (1, 30_000, 50), (0, 0, 0)],
)
def test_the_day_decides_what_goes_back(paid, state, clock, days, krw, percent):
    # The last minute of that day in Seoul, where days are counted.
    day = state.begins_at - timedelta(days=days)
    moment = day.astimezone().replace(hour=14, minute=59) if days else day - timedelta(hours=1)

    quote = services.refund_quote(paid, moment)

    assert (quote.amount_krw, quote.percent) == (krw, percent)
    assert quote.rule


def test_after_the_beginning_nothing_goes_back(paid, state):
    assert services.refund_quote(paid, state.begins_at).amount_krw == 0


def test_without_a_table_everything_goes_back_until_the_beginning(paid, state):
    RefundTier.objects.all().delete()

    before = services.refund_quote(paid, state.begins_at - timedelta(seconds=1))
    assert before.amount_krw == 60_000
    assert services.refund_quote(paid, state.begins_at).amount_krw == 0


def test_a_forum_that_does_not_take_place_gives_everything_back(paid, state):
    ForumPage.objects.update(change=ForumPage.Change.CANCELLED)

    moment = state.begins_at + timedelta(days=1)
    assert services.refund_quote(Order.objects.get(), moment).amount_krw == 60_000


def test_another_sum_than_the_one_shown_is_not_taken(paid, state, clock):
    clock.move_to(state.begins_at - timedelta(days=3))

    with pytest.raises(RefundChangedError):
        services.cancel_order(paid, shown_krw=60_000, account=ACCOUNT)
    assert taken(state) == 3


def test_money_needs_an_account_to_go_back_to(paid):
    with pytest.raises(RefundAccountNeededError):
        services.cancel_order(paid)


def test_staff_may_leave_the_account_open(paid):
    services.cancel_order(paid, actor="7", reason="전화로 취소")

    assert Refund.objects.get().reason == "전화로 취소"
    assert Event.objects.get(subject_id=str(paid.public_id), kind="order_cancelled").actor == "7"


def test_a_lapsed_order_has_nothing_to_cancel(order):
    services.lapse_order(str(order.public_id))

    with pytest.raises(OrderGoneError):
        services.cancel_order(order)


def test_money_that_found_no_seat_goes_back_whole(order, state, clock):
    services.lapse_order(str(order.public_id))
    state.page.pools.update(capacity=0)
    told = {"user": UserFactory(administrator=True), "note": "통장 확인"}
    mark_paid(payment_of(order), method=Payment.Method.BANK_TRANSFER, **told)
    clock.move_to(state.begins_at - timedelta(days=1))

    services.cancel_order(order, account=ACCOUNT)

    assert Refund.objects.get().amount_krw == 60_000
    assert taken(state) == 0


def test_a_waived_fee_gives_nothing_back(order):
    told = {"user": UserFactory(administrator=True), "note": "발제자"}
    mark_paid(payment_of(order), method=Payment.Method.WAIVED, **told)

    services.cancel_order(order, shown_krw=0)

    assert not Refund.objects.exists()


def test_a_free_order_is_cancelled(free_state):
    order = services.place_order(free_state, asked(free_state))

    services.cancel_order(order)

    assert taken(free_state) == 0
