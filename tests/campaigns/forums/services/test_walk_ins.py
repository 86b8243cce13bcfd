"""Registered, paid and let in at the door: once, and never one more than there are seats."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from freezegun import freeze_time

from campaigns.forums import services
from campaigns.forums.emails import ORDER_CONFIRMED
from campaigns.forums.exceptions import RegistrationClosedError, SoldOutError
from campaigns.forums.models import CheckIn, Order
from evidence.models import Event
from messaging.models import OutboxMessage
from payments.models import LedgerEntry, Payment
from payments.services.comparison import find_faults
from tests.campaigns.forums.participant import NAME, asked, payment_of, taken
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Answer = services.Answer


def door_for(state):
    _door, raw = services.make_door(state.page, "1층 입구", user=UserFactory())
    return services.door_of(services.enrol_phone(raw))


@pytest.fixture
def door(state):
    return door_for(state)


def walks_in(state, **told):
    return asked(state, channel=Order.Channel.DOOR, **{"email": "", "phone": "", **told})


def admit(door, state, registration, part=0):
    return services.admit_walk_in(door, state, state.sessions[part].pk, registration)


@pytest.mark.sqlite_smoke
def test_somebody_is_registered_pays_and_is_in(state, door):
    scan = admit(door, state, walks_in(state))

    order = Order.objects.get()
    assert (scan.answer, scan.ticket.name) == (Answer.WELCOME, NAME)
    assert (order.status, order.channel, order.amount_krw) == ("confirmed", "door", 20_000)
    assert CheckIn.objects.get().door == door
    assert taken(state) == 1
    payment = payment_of(order)
    assert (payment.state, payment.method) == (Payment.State.PAID, Payment.Method.ON_SITE)
    assert (payment.received_krw, payment.marked_by) == (20_000, door.made_by)
    assert "1층 입구" in payment.note


def test_it_is_on_record_who_answers_for_it(state, door):
    admit(door, state, walks_in(state))

    event = Event.objects.get(kind="order_entered")
    assert event.actor == str(door.made_by_id)
    assert event.payload.values == {"reason": "1층 입구"}


def test_sent_twice_it_is_one_person_one_payment_one_coming(state, door):
    registration = walks_in(state)

    answers = [admit(door, state, registration).answer for _ in range(2)]

    assert answers == [Answer.WELCOME, Answer.WELCOME]
    counts = [model.objects.count() for model in (Order, Payment, CheckIn)]
    assert counts == [1, 1, 1]
    assert Event.objects.filter(kind="order_entered").count() == 1
    assert taken(state) == 1


def test_nothing_to_pay_leaves_no_payment(free_state):
    door = door_for(free_state)

    assert admit(door, free_state, walks_in(free_state)).answer == Answer.WELCOME
    assert not Payment.objects.exists()


def test_a_full_session_takes_nobody_and_no_money(make_state):
    state = make_state(first={"capacity": 1})
    door = door_for(state)
    admit(door, state, walks_in(state))

    with pytest.raises(SoldOutError):
        admit(door, state, walks_in(state, people=["남궁바다"]))

    assert (taken(state), Order.objects.count(), Payment.objects.count()) == (1, 1, 1)


def test_only_a_later_session_lets_in_to_none_now(state, door):
    scan = admit(door, state, walks_in(state, sessions=["2부"]))

    assert scan.answer == Answer.OTHER_SESSION
    assert not CheckIn.objects.exists()


def test_with_an_address_one_mail_confirms(state, door):
    admit(door, state, walks_in(state, email="garam@mail.example"))

    assert [row.purpose for row in OutboxMessage.objects.all()] == [ORDER_CONFIRMED]


def test_the_books_agree(state, door):
    admit(door, state, walks_in(state))

    assert LedgerEntry.objects.exists()
    assert list(find_faults()) == []


def test_who_may_be_entered_at_the_door(state):
    first, _second = state.sessions

    assert services.sessions_at_the_door(state, first.starts_at) == (first,)
    assert services.sessions_at_the_door(state, first.ends_at) == ()


def test_a_forum_that_is_called_off_takes_nobody(state, door):
    state.page.change = "cancelled"

    assert services.sessions_at_the_door(state, state.begins_at) == ()
    with pytest.raises(RegistrationClosedError):
        admit(door, state, walks_in(state))


def test_the_window_of_registration_does_not_hold(state):
    with freeze_time(state.begins_at + timedelta(minutes=5)):
        assert admit(door_for(state), state, walks_in(state)).answer == Answer.WELCOME


def at_once(calls):
    begin = threading.Barrier(len(calls))

    def work(call):
        begin.wait(30)
        try:
            return call().answer
        except SoldOutError:
            return "full"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(work, calls))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_phones_enter_people_for_three_seats(make_state):
    state = make_state(first={"capacity": 3})
    door = door_for(state)
    twice = walks_in(state)
    people = [twice, twice, *(walks_in(state, people=[f"김{sign}"]) for sign in "가나다라마바")]

    answers = at_once([lambda one=one: admit(door, state, one) for one in people])

    assert taken(state) == 3 == Order.objects.count() == Payment.objects.count()
    assert CheckIn.objects.count() == 3
    assert set(answers) == {Answer.WELCOME, "full"}
