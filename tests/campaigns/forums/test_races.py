"""Many people, and one person many times, at the same moment: real transactions side by side."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from campaigns.forums import services
from campaigns.forums.exceptions import (
    ForumError,
    OrganisationSeatsGoneError,
    OtherOrganisationError,
    SoldOutError,
)
from campaigns.forums.models import Order, Seat, SeatPool
from campaigns.forums.services import seats
from messaging.models import OutboxMessage
from payments.models import Payment, Refund
from payments.services import mark_paid
from tests.campaigns.forums.participant import asked, payment_of, taken
from tests.factories.accounts import UserFactory
from tests.factories.forums import InvitationFactory

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

THREADS = 12
ACCOUNT = services.RefundAccount("가온은행", "000-98-765432", "한가람")


def at_once(calls, threads=None):
    """Run the calls, as many side by side as there are threads; what each returned or raised."""
    begin = threading.Barrier(threads or len(calls))

    def work(mine):
        begin.wait(30)
        try:
            return [_outcome(call) for call in mine]
        finally:
            connection.close()

    number = threads or len(calls)
    with ThreadPoolExecutor(number) as pool:
        return sum(pool.map(work, [calls[n::number] for n in range(number)]), [])


def _outcome(call):
    try:
        return call()
    except (ForumError, IntegrityError) as error:
        return type(error)


def buyers(state, number, **told):
    return [
        lambda n=n: services.place_order(
            state,
            asked(state, people=[f"사람{'가' * (n % 9)}"], email=f"p{n}@mail.example", **told),
        )
        for n in range(number)
    ]


def counted_right():
    """Every pool says how many seats are held; nothing was lost, nothing doubled."""
    for pool in SeatPool.objects.filter(kind=SeatPool.Kind.SESSION):
        held = Seat.objects.filter(session_id=pool.session_id, released_at=None)
        holding = held.filter(ticket__cancelled_at=None, ticket__order__in=Order.objects.holding())
        assert pool.taken == held.count() == holding.count()


def test_two_hundred_buyers_get_a_hundred_seats(make_state):
    state = make_state(first={"fee_krw": 0, "capacity": 100, "meal": ""}, alone=True)

    outcomes = at_once(buyers(state, 200), threads=THREADS)

    refused = Counter(o for o in outcomes if isinstance(o, type))
    assert refused == {SoldOutError: 100}
    assert Order.objects.count() == OutboxMessage.objects.count() == taken(state) == 100
    counted_right()


@contextmanager
def without_the_guard(monkeypatch, *, nor_constraint):
    """Seats as a programme sells them that does not ask whether there are any."""
    monkeypatch.setattr(seats, "WITHIN_CAPACITY", "1 = 1")
    name = "forums_pool_within_capacity"
    constraint = next(c for c in SeatPool._meta.constraints if c.name == name)
    if not nor_constraint:
        yield
        return
    with connection.schema_editor() as editor:
        editor.remove_constraint(SeatPool, constraint)
    try:
        yield
    finally:
        SeatPool.objects.update(taken=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(SeatPool, constraint)


def test_without_the_guard_seats_are_sold_twice(make_state, monkeypatch):
    state = make_state(first={"fee_krw": 0, "capacity": 5, "meal": ""}, alone=True)

    with without_the_guard(monkeypatch, nor_constraint=True):
        at_once(buyers(state, THREADS))

        assert taken(state) == Order.objects.count() == THREADS > 5


def test_the_database_itself_sells_no_seat_twice(make_state, monkeypatch):
    state = make_state(first={"fee_krw": 0, "capacity": 5, "meal": ""}, alone=True)

    with without_the_guard(monkeypatch, nor_constraint=False):
        at_once(buyers(state, THREADS))

    assert taken(state) == Order.objects.count() == 5
    counted_right()


def test_fifty_requests_for_two_seats_of_an_organisation(state, invitation):
    told = {"sessions": ["2부"], "invitation": invitation, "phone": ""}

    outcomes = at_once(buyers(state, 50, **told), threads=THREADS)

    refused = Counter(o for o in outcomes if isinstance(o, type))
    assert refused == {OrganisationSeatsGoneError: 48}
    assert taken(state, "2부") == taken(state, "2부", SeatPool.Kind.ORGANISATION) == 2


def test_a_button_pressed_many_times_makes_one_order(state):
    registration = asked(state)

    outcomes = at_once([lambda: services.place_order(state, registration)] * THREADS)

    assert len({order.pk for order in outcomes}) == 1
    assert taken(state) == Order.objects.count() == OutboxMessage.objects.count() == 1
    assert Payment.objects.count() == 1


def test_nobody_represents_two_organisations_at_the_same_moment(make_state):
    state = make_state()
    codes = [InvitationFactory(forum=state.page) for _ in range(6)]

    outcomes = at_once(
        [
            lambda code=code: services.place_order(
                state, asked(state, sessions=["2부"], invitation=code)
            )
            for code in codes
        ]
    )

    assert Counter(o for o in outcomes if isinstance(o, type)) == {OtherOrganisationError: 5}
    assert taken(state, "2부") == 1


def test_orders_for_several_sessions_never_wait_for_each_other(state, invitation):
    invitation.forum.pools.filter(kind=SeatPool.Kind.ORGANISATION).update(capacity=None)
    ways = [["1부", "2부"], ["2부", "1부"], ["2부"], ["1부"]]
    calls = [
        lambda n=n: services.place_order(
            state,
            asked(state, sessions=ways[n % 4], invitation=invitation, email=f"p{n}@gaon.example"),
        )
        for n in range(24)
    ]

    outcomes = at_once(calls, threads=8)

    assert all(isinstance(outcome, Order) for outcome in outcomes)
    counted_right()


def pay(order, user):
    return mark_paid(
        payment_of(order), method=Payment.Method.BANK_TRANSFER, user=user, note="통장 확인"
    )


@pytest.mark.parametrize("round_", range(3))
def test_cancelling_while_the_money_arrives(state, round_):
    user, order = UserFactory(), services.place_order(state, asked(state))

    at_once([lambda: pay(order, user), lambda: services.cancel_order(order, account=ACCOUNT)])

    order.refresh_from_db()
    payment = payment_of(order)
    assert order.status == Order.Status.CANCELLED
    assert payment.state in (Payment.State.PAID, Payment.State.NO_SEAT)
    # Paid first: the money is on the list of refunds. Cancelled first: it waits for the treasurer.
    listed = sum(Refund.objects.values_list("amount_krw", flat=True))
    assert listed == (20_000 if payment.state == Payment.State.PAID else 0)
    assert taken(state) == 0
    counted_right()


@pytest.mark.parametrize("round_", range(3))
def test_lapsing_while_the_money_arrives(state, round_):
    user, order = UserFactory(), services.place_order(state, asked(state))

    at_once([lambda: pay(order, user), lambda: services.lapse_order(str(order.public_id))])

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert payment_of(order).state == Payment.State.PAID
    assert taken(state) == 1
    counted_right()


def test_cancelling_many_times_gives_back_once(state):
    user, order = UserFactory(), services.place_order(state, asked(state))
    pay(order, user)

    at_once([lambda: services.cancel_order(order, account=ACCOUNT)] * 8)

    assert Refund.objects.count() == 1
    assert taken(state) == 0
    counted_right()


def test_late_money_and_a_new_buyer_want_the_last_seat(make_state):
    state = make_state(first={"capacity": 1}, alone=True)
    user, late = UserFactory(), services.place_order(state, asked(state))
    services.lapse_order(str(late.public_id))

    at_once([lambda: pay(late, user), *buyers(state, 3)])

    late.refresh_from_db()
    has_seat = late.status == Order.Status.CONFIRMED
    assert payment_of(late).state == (Payment.State.PAID if has_seat else Payment.State.NO_SEAT)
    assert taken(state) == Order.objects.holding().count() == 1
    counted_right()
