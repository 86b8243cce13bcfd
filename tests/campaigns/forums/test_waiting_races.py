"""Fifty people at the same moment on the waiting lists of small forums."""

import random
from functools import partial

import pytest

from campaigns.forums import services
from campaigns.forums.exceptions import ForumError
from campaigns.forums.models import Order, SeatPool, WaitingEntry
from messaging.models import OutboxMessage
from tests.campaigns.forums.participant import asked, person
from tests.campaigns.forums.test_races import at_once
from tests.campaigns.forums.waiter import (
    State,
    accept,
    assert_nobody_waits_for_a_free_seat,
    assert_sound,
    fill,
    join,
)
from tests.factories.accounts import UserFactory
from tests.factories.forums import InvitationFactory

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

FREE = {"fee_krw": 0, "capacity": 3, "meal": ""}


@pytest.fixture
def small(make_state):
    return make_state(first=FREE, alone=True)


def entries(state=None):
    rows = WaitingEntry.objects.order_by("pk")
    return list(rows.filter(state=state) if state else rows)


def test_fifty_join_at_once_and_stand_in_one_line(small):
    orders = fill(small)

    at_once([partial(join, small, number=n) for n in range(50)])
    services.cancel_order(orders[0])

    assert [e.pk for e in entries(State.OFFERED)] == [entries()[0].pk]
    assert len(entries(State.WAITING)) == 49
    assert_sound()


def test_one_address_that_joins_fifty_times_stands_there_once(small):
    fill(small)

    found = at_once([partial(join, small)] * 50)

    assert {entry.pk for entry in found} == {WaitingEntry.objects.get().pk}


def test_a_button_pressed_fifty_times_makes_one_registration(small):
    orders = fill(small)
    entry = join(small)
    services.cancel_order(orders[0])

    found = at_once([partial(accept, entry)] * 50)

    assert len({order.pk for order in found}) == 1
    assert Order.objects.holding().count() == 3
    assert_sound()


def test_newcomers_and_who_waits_want_the_seats_that_get_free(small):
    orders = fill(small)
    waits = [join(small, number=n) for n in range(3)]
    newcomers = [
        partial(services.place_order, small, asked(small, email=f"new{n}@mail.example"))
        for n in range(44)
    ]

    calls = [*newcomers[:22], *(partial(services.cancel_order, o) for o in orders), *newcomers[22:]]
    outcomes = at_once(calls)

    assert [e.pk for e in entries(State.OFFERED)] == [entry.pk for entry in waits]
    assert not any(isinstance(o, Order) and o not in orders for o in outcomes)
    assert_sound()


def test_accepting_and_declining_one_offer_at_once_is_one_of_both(small):
    orders = fill(small)
    first, second = join(small, number=1), join(small, number=2)
    services.cancel_order(orders[0])

    at_once([partial(accept, first), partial(services.decline_offer, first)] * 5)

    first.refresh_from_db()
    second.refresh_from_db()
    taken = first.state == State.TAKEN
    assert taken or first.state == State.DECLINED
    assert second.state == (State.WAITING if taken else State.OFFERED)
    assert_sound()


@pytest.mark.parametrize("meals", [{}, {"meal": "점심", "meal_capacity": 2}])
@pytest.mark.parametrize("seed", range(4))
def test_everybody_does_something_at_once(make_state, seed, meals):
    """Two sessions for everybody, one by organisation, parties of one and two; then quiet."""
    chance = random.Random(seed)  # noqa: S311 (a test that can be repeated)
    state, codes = three_sessions(make_state, meals)
    orders = [o for o in at_once(buyers(state, codes)) if isinstance(o, Order)]
    waits = at_once(joins(state, codes, chance, 30))

    for _ in range(3):
        at_once(doings(state, codes, chance, orders, waits))
        assert_sound()
    services.tend_lists()

    assert_sound()
    assert_nobody_waits_for_a_free_seat()
    offered = WaitingEntry.objects.exclude(offered_at=None).count()
    mails = OutboxMessage.objects.filter(purpose="forums.seat_offered")
    assert offered <= mails.count()


def three_sessions(make_state, meals):
    second = {"capacity": 4, "seats_per_organisation": 1}
    state = make_state(first={**FREE, **meals}, second=second)
    return state, [InvitationFactory(forum=state.page) for _ in range(3)]


def buyers(state, codes):
    public = [
        asked(state, sessions=["1부"], email=f"b{n}@mail.example", phone="") for n in range(5)
    ]
    closed = [
        asked(state, sessions=["2부"], invitation=code, email=f"c{n}@gaon{i}.example", phone="")
        for i, code in enumerate(codes)
        for n in range(2)
    ]
    return [partial(services.place_order, state, one) for one in [*public, *closed]]


def joins(state, codes, chance, number):
    calls = []
    for n in range(number):
        told = {"number": chance.randrange(10**6), "people": chance.choice([1, 1, 1, 2])}
        if n % 3 == 0:
            told |= {"sessions": ["2부"], "invitation": chance.choice(codes), "people": 1}
        calls.append(partial(join, state, **told))
    return calls


def doings(state, codes, chance, orders, waits):
    """Fifty of all that can happen to a list."""
    user = UserFactory()
    free = [e for e in waits if isinstance(e, WaitingEntry)]
    ways = [
        lambda: partial(services.cancel_order, chance.choice(orders)),
        lambda: partial(services.leave_list, chance.choice(free)),
        lambda: partial(services.decline_offer, chance.choice(free)),
        lambda: partial(accept_as, chance.choice(free), chance.random() < 0.5),
        lambda: services.tend_lists,
        lambda: partial(
            services.remove_entry, chance.choice(free), actor=str(user.pk), reason="전화"
        ),
        lambda: partial(services.offer_now, chance.choice(free), actor=str(user.pk), reason="전화"),
        lambda: partial(
            services.place_order,
            state,
            asked(
                state,
                people=[person(takes_meal=chance.random() < 0.5)],
                email=f"n{chance.randrange(10**6)}@mail.example",
                phone="",
            ),
        ),
        lambda: chance.choice(joins(state, codes, chance, 3)),
    ]
    return [chance.choice(ways)() for _ in range(50)]


def accept_as(entry, takes_meal):
    people = [person(f"사람{'가' * n}", takes_meal=takes_meal) for n in range(entry.people)]
    try:
        return services.accept_offer(entry, people)
    except ForumError as refusal:
        return type(refusal)


def test_raising_the_seats_while_people_join(small):
    fill(small)

    def raise_seats():
        small.page.sessions.update(capacity=8)
        services.sync_pools(small.page)

    at_once([*(partial(join, small, number=n) for n in range(20)), raise_seats])

    assert [e.pk for e in entries(State.OFFERED)] == [e.pk for e in entries()[:5]]
    assert SeatPool.objects.get(session__part="1부", kind="session").taken == 8
    assert_sound()
