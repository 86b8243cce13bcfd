"""Who paid when the seats were gone comes before everybody who waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.models import ForumPage, Order, SeatPool
from campaigns.forums.services.late import _seat
from messaging.models import OutboxMessage
from payments.models import Payment
from payments.services import ask_refund, mark_paid, retry_settling
from tests.campaigns.forums.participant import asked, payment_of
from tests.campaigns.forums.waiter import State, assert_sound, fill, join, states
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def small(make_state):
    """Two seats for 20,000 won."""
    return make_state(first={"capacity": 2}, alone=True)


@pytest.fixture
def late(small):
    """Somebody whose seat went to another before the money came."""
    order = services.place_order(small, asked(small))
    services.lapse_order(str(order.public_id))
    fill(small)
    pay(order)
    assert status_of(order) == Order.Status.LAPSED
    return order


def pay(order):
    transfer = Payment.Method.BANK_TRANSFER
    mark_paid(payment_of(order), method=transfer, user=UserFactory(), note="통장 확인")


def status_of(order):
    return Order.objects.get(pk=order.pk).status


def sitting():
    return list(Order.objects.holding().order_by("pk"))


def test_the_next_free_seat_is_theirs_within_a_minute(small, late):
    waits = join(small)
    services.cancel_order(sitting()[0])
    assert states(waits) == [State.WAITING]
    assert SeatPool.objects.get(session__part="1부", kind="session").kept == 1

    services.tend_lists()

    assert status_of(late) == Order.Status.CONFIRMED
    assert payment_of(late).state == Payment.State.PAID
    assert states(waits) == [State.WAITING]
    assert OutboxMessage.objects.filter(purpose=emails.ORDER_CONFIRMED).count() == 1
    assert_sound()


def test_the_one_after_that_is_for_who_waits(small, late):
    waits = join(small)

    for order in sitting():
        services.cancel_order(order)
    services.tend_lists()

    assert status_of(late) == Order.Status.CONFIRMED
    assert states(waits) == [State.OFFERED]
    assert_sound()


def test_money_that_comes_takes_a_seat_that_gathers_for_others(small):
    late = services.place_order(small, asked(small))
    services.lapse_order(str(late.public_id))
    [first, _second] = fill(small)
    pair = join(small, people=2)
    services.cancel_order(first)
    assert SeatPool.objects.get(session__part="1부", kind="session").kept == 1

    pay(late)

    assert status_of(late) == Order.Status.CONFIRMED
    assert states(pair) == [State.WAITING]
    assert SeatPool.objects.get(session__part="1부", kind="session").kept == 0
    assert_sound()


def test_an_offer_that_stands_is_not_taken_away(small):
    late = services.place_order(small, asked(small))
    services.lapse_order(str(late.public_id))
    fill(small)
    waits = join(small)
    services.cancel_order(sitting()[0])
    assert states(waits) == [State.OFFERED]

    pay(late)

    assert payment_of(late).state == Payment.State.NO_SEAT
    assert states(waits) == [State.OFFERED]


def test_without_a_list_they_have_it_within_a_minute_too(small, late):
    services.cancel_order(sitting()[0])

    assert services.seat_late_payers() == 1
    assert status_of(late) == Order.Status.CONFIRMED
    assert services.seat_late_payers() == 0


def test_nothing_happens_without_a_seat_and_nobody_is_told_twice(late):
    for _ in range(3):
        assert services.seat_late_payers() == 0

    assert OutboxMessage.objects.filter(purpose=emails.ORDER_WITHOUT_SEAT).count() == 1


def test_whose_money_goes_back_has_no_seat_to_come(small, late):
    waits = join(small)
    ask_refund(
        payment_of(late),
        amount_krw=20_000,
        reason="자리가 없음",
        bank="가온은행",
        account_number="000-98-765432",
        account_holder="한가람",
    )

    services.cancel_order(sitting()[0])
    services.tend_lists()

    assert status_of(late) == Order.Status.LAPSED
    assert states(waits) == [State.OFFERED]


def test_once_the_forum_has_begun_no_seat_is_given(small, late, clock):
    services.cancel_order(sitting()[0])
    clock.move_to(ForumPage.objects.get().starts_at + timedelta(minutes=1))

    assert services.seat_late_payers() == 0
    assert timezone.now() > ForumPage.objects.get().starts_at


def test_somebody_else_was_faster(small, late):
    """The treasurer gives the seat while the job looks for one."""
    for order in sitting():
        services.cancel_order(order)
    [seen] = services.late_payers(ForumPage.objects.get())
    retry_settling(payment_of(late))

    assert _seat(seen) is False
    assert status_of(late) == Order.Status.CONFIRMED
